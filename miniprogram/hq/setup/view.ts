import { countText } from '../../components/stat-tile/count';
import type { SetUpShown } from '../../contract/setup';
import type { PresetName } from '../../domain/membership/types';
import type { SetUpFacts, SetUpState, SetUpStepId } from '../../domain/outreach/setUp';
import { PRESET_NAMES, PRESET_WORDS } from '../parts/presetWords';

interface Words {
  title: string;
  why: string;
  act: string;
  url: string;
  /** what stands, once anything does */
  told(facts: SetUpFacts, rules: SetUpShown['rules']): string;
}

const sum = (...parts: (string | false)[]): string => parts.filter(Boolean).join('，');

const WORDS: Readonly<Record<SetUpStepId, Words>> = {
  name: {
    title: '给连锁起个名字',
    why: '顾客打开礼包，第一眼看到的就是它。',
    act: '',
    url: '',
    told: ({ name }) => name,
  },
  rules: {
    title: '多久没来算“好久不见”',
    why: '行业不同，节奏不同。先选最像的一套，以后随时能改。',
    act: '自己定',
    url: '/hq/rules/rules',
    told: (_, { preset, version }) => `第${version}版 · ${preset ? PRESET_WORDS[preset].word : '自定义'}`,
  },
  import: {
    title: '导入订单',
    why: '有收银系统的导出文件就行，会员、门店和分层都会自动建好。',
    act: '去导入',
    url: '/hq/import/import',
    told: ({ members, waiting }) =>
      sum(members > 0 && `${countText(members)}位会员`, waiting > 0 && `还有${countText(waiting)}位没排完`),
  },
  branches: {
    title: '核对门店',
    why: '导入会带出门店；没有文件也可以在这里一家家加。',
    act: '看门店',
    url: '/hq/staff/staff',
    told: ({ branches }) => (branches > 0 ? `${countText(branches)}家门店` : ''),
  },
  staff: {
    title: '邀请店长和导购',
    why: '给每人发一个 8 位邀请码，她在小程序里输入就能开始。',
    act: '去邀请',
    url: '/hq/staff/staff',
    told: ({ staff, openInvites }) =>
      sum(
        staff > 0 && `${countText(staff)}位已加入`,
        openInvites > 0 && `${countText(openInvites)}个邀请码还没人用`,
      ),
  },
  campaign: {
    title: '发起第一次召回',
    why: '选好人群和礼物，预览没问题再下发，任务会分到每位导购手里。',
    act: '去发起',
    url: '/hq/campaign/campaign',
    told: ({ launched, drafts }) =>
      sum(
        launched > 0 && `${countText(launched)}个活动已下发`,
        drafts > 0 && `${countText(drafts)}个还没下发`,
      ),
  },
};

export interface StepShown {
  id: SetUpStepId;
  n: number;
  state: SetUpState;
  title: string;
  /** why it is worth doing, until it is done */
  why: string;
  told: string;
  /** 先做… , where something has to come first */
  waits: string;
  act: string;
  url: string;
}
export interface Shown {
  head: string;
  isComplete: boolean;
  steps: StepShown[];
  presets: { id: PresetName; word: string; fits: string }[];
}

/** The page as it is drawn. */
export function shownOf({ facts, rules, steps }: SetUpShown): Shown {
  const done = steps.filter(({ state }) => state === 'done').length;
  const isComplete = done === steps.length;
  return {
    head: isComplete ? '都准备好了' : `${steps.length} 步，已完成 ${done} 步`,
    isComplete,
    steps: steps.map(({ id, state, needs }, at) => {
      const { title, why, act, url, told } = WORDS[id];
      const isDone = state === 'done';
      const stands = isDone || id !== 'rules' ? told(facts, rules) : '';
      return {
        id,
        n: at + 1,
        state,
        title,
        why: isDone ? '' : why,
        told: stands,
        waits: needs === null ? '' : `先做第 ${steps.findIndex((one) => one.id === needs) + 1} 步`,
        act: isDone && act !== '' ? '再看看' : act,
        url,
      };
    }),
    presets: PRESET_NAMES.map((id) => ({ id, word: PRESET_WORDS[id].word, fits: PRESET_WORDS[id].fits })),
  };
}
