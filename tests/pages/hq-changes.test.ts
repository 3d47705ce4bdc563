import type { MovesPage } from '../../miniprogram/contract/rules';
import { SESSION } from './hq-samples';
import { askedFor, hands, mountPage, refuses, replies, settled, startOver, textOf } from './mount';
import type { Mounted } from './mount';

const BRANCHES = [
  { branchId: 'B1', name: '城西店', members: 1500, counts: {} },
  { branchId: 'B2', name: '万象城旗舰体验中心店（二期）', members: 12, counts: {} },
];
const page = (known: Partial<MovesPage>): MovesPage => ({
  read: 200,
  total: 400,
  moves: [],
  examples: [],
  next: null,
  ...known,
});
const cold = {
  from: { lifecycle: 'active', value: 'mid' },
  to: { lifecycle: 'drowsy', value: 'mid' },
  members: 9,
} as const;

beforeEach(() => {
  startOver();
  replies('members', 'session.open', () => SESSION);
  replies('members', 'tier.branches', () => ({ branches: BRANCHES, next: null }));
});

async function open(query: Record<string, string> = {}): Promise<Mounted> {
  const mounted = await mountPage('hq/changes/changes', query);
  await settled();
  return mounted;
}

describe('what changed in a branch', () => {
  it('adds the pages up and says who went where', async () => {
    const pages: MovesPage[] = [
      page({ moves: [{ ...cold }], next: 'M200' }),
      page({ moves: [{ ...cold, members: 3 }] }),
    ];
    replies('members', 'branch.diff', () => pages[askedFor('branch.diff').length - 1] ?? page({}));
    const changes = await open();
    await hands(changes, 'compare', {});
    await settled();
    expect(askedFor('branch.diff').map(({ ask }) => ask)).toEqual([
      { branchId: 'B1', from: '2025-02-05', to: '2025-03-05', after: null },
      { branchId: 'B1', from: '2025-02-05', to: '2025-03-05', after: 'M200' },
    ]);
    const text = textOf(changes);
    expect(text).toContain('400 位会员里有 12 位换了分层');
    expect(text).toContain('活跃 → 预沉睡');
  });

  it('takes the branch it was opened with, and turns two days round that stand the wrong way', async () => {
    replies('members', 'branch.diff', () => page({ total: 12, read: 12 }));
    const changes = await open({ branchId: 'B2' });
    await hands(changes, 'pickFrom', { value: '2025-03-04' });
    await hands(changes, 'pickTo', { value: '2025-01-01' });
    await hands(changes, 'compare', {});
    await settled();
    expect(askedFor('branch.diff')[0]?.ask).toMatchObject({
      branchId: 'B2',
      from: '2025-01-01',
      to: '2025-03-04',
    });
    expect(textOf(changes)).toContain('12 位会员都没有换分层');
  });

  it('asks for two different days', async () => {
    const changes = await open();
    await hands(changes, 'pickFrom', { value: '2025-03-05' });
    await hands(changes, 'compare', {});
    expect(textOf(changes)).toContain('请选两个不同的日子');
    expect(askedFor('branch.diff')).toEqual([]);
  });

  it('says why it cannot be compared, and drops what comes late for another branch', async () => {
    refuses('members', 'branch.diff', { code: 'out-of-scope' });
    const changes = await open();
    await hands(changes, 'compare', {});
    await settled();
    expect(textOf(changes)).toContain('不在你名下');
    await hands(changes, 'pickBranch', { value: '1' });
    expect(textOf(changes)).not.toContain('不在你名下');
  });

  it('has a face for a chain without branches, and for one that cannot be read', async () => {
    replies('members', 'tier.branches', () => ({ branches: [], next: null }));
    expect(textOf(await open())).toContain('还没有门店');
    refuses('members', 'session.open', { code: 'network-lost-reading' });
    expect(textOf(await open())).toContain('网络断开了');
  });
});
