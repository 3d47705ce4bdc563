import type { TaskCard } from '../../contract/outreach';

/** How far the gift has come, in the words of a card; empty = nothing to say yet. */
const STAGE_WORDS: Readonly<Record<TaskCard['stage'], string>> = {
  new: '',
  contacted: '已联系',
  opened: '打开了礼包',
  claimed: '已领券',
  redeemed: '已核销',
  woken: '已唤醒',
};

/** The stage in a word, and that the task ended where it ended without her coming back. */
export function stageWord({ stage, status }: Pick<TaskCard, 'stage' | 'status'>): string {
  return [STAGE_WORDS[stage], status === 'closed' ? '已结束' : ''].filter(Boolean).join(' · ');
}

/** The chip's colour: good news is green, a customer who is waiting for you is warm. */
export const STAGE_TONES: Readonly<Record<TaskCard['stage'], '' | 'warm' | 'good'>> = {
  new: '',
  contacted: '',
  opened: 'warm',
  claimed: 'warm',
  redeemed: 'good',
  woken: 'good',
};
