import { OVERVIEW, rebuildOf, VERSIONS } from './hq-samples';
import { hands, mountPage, phone, replies, settled, startOver, textOf } from './mount';
import type { Mounted } from './mount';

/** The page of the rules before a cloud that answers: 3,000 members on three pages, 120 of whom a draft moves. */
const PAGES = 3;
const MOVE = {
  from: { lifecycle: 'active' as const, value: 'low' as const },
  to: { lifecycle: 'drowsy' as const, value: 'low' as const },
};

export const open = (): Promise<Mounted> => mountPage('hq/rules/rules');
export const set = (page: Mounted, field: string, value: number): Promise<void> =>
  hands(page, 'setNumber', { value }, { field });
export const bar = (page: Mounted): string => textOf(page, '.main--bottom-bar');

/** Changes the draft and tries it out. */
export async function tried(page: Mounted, drowsy = 2): Promise<void> {
  await set(page, 'drowsy', drowsy);
  await hands(page, 'tryOut', {});
  await settled(20);
}

/** Call it before each test. */
export function setDesk(): void {
  startOver();
  phone.showModal.mockResolvedValue({ confirm: true, cancel: false });
  replies('members', 'rules.list', () => ({ current: 3, versions: VERSIONS }));
  replies('members', 'tier.overview', () => OVERVIEW);
  replies('members', 'rules.preview', ({ after }) => {
    const at = Number(after ?? 0);
    return {
      read: 1000,
      total: 3000,
      moves: [{ ...MOVE, members: 40 }],
      examples: [
        {
          ...MOVE,
          memberId: `M${at}`,
          name: '王芳',
          phoneTail: '1234',
          before: '活跃：距今75天。',
          after: '预沉睡：满2个月。',
        },
      ],
      next: at + 1 < PAGES ? String(at + 1) : null,
      aovCut: OVERVIEW.aovCut,
    };
  });
  replies('members', 'rules.save', () => rebuildOf(0));
  replies('members', 'rebuild.step', () => rebuildOf(12_000));
}
