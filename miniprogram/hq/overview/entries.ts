import type { TierOverview } from '../../contract/members';

/** Where the overview leads. */
export const ENTRIES = {
  recalls: '/hq/recalls/recalls',
  report: '/hq/report/report',
  board: '/manager/board/board',
  members: '/hq/members/members',
  changes: '/hq/changes/changes',
  paste: '/hq/paste/paste',
  scripts: '/hq/scripts/scripts',
  care: '/hq/care/care',
  offers: '/hq/offers/offers',
  staff: '/hq/staff/staff',
  rules: '/hq/rules/rules',
  operations: '/hq/operations/operations',
  setup: '/hq/setup/setup',
} as const;
export type Entry = keyof typeof ENTRIES;

export interface EntryGroup {
  title: string;
  entrances: { to: Entry; word: string; note: string }[];
}

/**
 * What headquarters does besides the campaigns, which stand above: what is used most mornings first. With nobody in the
 * books there is nobody to look up or compare.
 */
export function entryGroups({ members, rules }: Pick<TierOverview, 'members' | 'rules'>): EntryGroup[] {
  const data: EntryGroup = {
    title: '数据',
    entrances: [
      { to: 'members', word: '查会员', note: '姓名、会员号或手机号' },
      { to: 'changes', word: '门店变化', note: '比较两天' },
      { to: 'paste', word: '粘贴名单', note: '没有系统的门店' },
    ],
  };
  return [
    ...(members > 0 ? [data] : []),
    {
      title: '话术、关怀与礼遇',
      entrances: [
        { to: 'scripts', word: '话术库', note: '小测试、词表' },
        { to: 'care', word: '关怀设置', note: '生日、补货、节日、会员日' },
        { to: 'offers', word: '礼遇设置', note: '礼包间隔、毛利底线、返利、老带新' },
      ],
    },
    {
      title: '人员与规则',
      entrances: [
        { to: 'staff', word: '门店与员工', note: '邀请、交接、权限' },
        { to: 'rules', word: `分层规则 · 第${rules.version}版`, note: '查看与修改' },
      ],
    },
    {
      title: '运营',
      entrances: [
        { to: 'operations', word: '消息、导出与系统状况', note: '没发出的、费用、报错' },
        { to: 'setup', word: '开店准备', note: '一步一步来' },
      ],
    },
  ];
}
