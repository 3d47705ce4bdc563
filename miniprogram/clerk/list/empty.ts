import type { TaskList } from '../../contract/outreach';
import { TASK_TAB_WORDS } from '../../domain/outreach/types';
import type { TaskTab } from '../../domain/outreach/types';

export interface EmptyShown {
  sentence: string;
  /** words on the button; empty = there is nothing to do */
  action: string;
  /** where the button leads; null = it clears the search */
  to: TaskTab | null;
}

type Counted = Pick<TaskList, 'counts' | 'progress'>;

/**
 * Why there is nothing to see, and the next step: what is late before what is still to come.
 *
 * @example emptyView('today', true, list).action // → '清空搜索'
 */
export function emptyView(tab: TaskTab, searching: boolean, list: Counted): EmptyShown {
  if (searching) {
    return { sentence: '已加载的顾客里没有找到，换个名字或手机尾号试试。', action: '清空搜索', to: null };
  }
  if (Object.values(list.counts).every((count) => count === 0)) {
    return { sentence: '还没有分给你的顾客。总部下发召回任务后，会出现在这里。', action: '', to: null };
  }
  const next = (['overdue', 'today', 'upcoming'] as const).find(
    (each) => each !== tab && list.counts[each] > 0,
  );
  return {
    sentence: sentenceFor(tab, list),
    action: next ? `看看${TASK_TAB_WORDS[next]}` : '',
    to: next ?? null,
  };
}

function sentenceFor(tab: TaskTab, { progress }: Counted): string {
  switch (tab) {
    case 'today':
      // Praise only what was done: a campaign that has ended leaves the day empty too.
      return progress.due > 0 && progress.contacted >= progress.due
        ? '今天的顾客都联系过了，辛苦了。'
        : '今天没有要联系的顾客了。';
    case 'upcoming':
      return '后面几天还没有安排，总部下发新活动后会出现在这里。';
    case 'overdue':
      return '没有逾期的顾客，真好。';
    case 'done':
      return '还没有完成的任务。联系过的顾客回来消费后，会出现在这里。';
  }
}
