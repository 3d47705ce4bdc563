import { findingWords } from '../../devkit/doctor/finding';
import {
  clockFinding,
  differences,
  releaseFindings,
  variableFindings,
} from '../../devkit/doctor/installation';
import { localFindings } from '../../devkit/doctor/local';
import type { LocalStatus } from '../../devkit/doctor/local';
import { scansIn } from '../../devkit/doctor/scans';
import { CLOSED } from '../../devkit/deploy/plan';
import type { Standing, StandingFunction } from '../../devkit/deploy/standing';
import { SECRET, SMALL } from './deploying';

const fn = (change: Partial<StandingFunction> = {}): StandingFunction => ({
  timeout: 20,
  memoryMegabytes: 256,
  runtime: 'Nodejs20.19',
  timers: [],
  variables: {},
  mark: { codeHash: '0123456789abcdef', schema: 0 },
  ...change,
});

/** The small installation as it should stand. */
const healthy = (): Standing => ({
  envId: 'shop-1a2b',
  region: 'ap-shanghai',
  collections: new Map(
    SMALL.collections.map((name) => [
      name,
      { permission: CLOSED, indexes: SMALL.indexes.filter(({ collection }) => collection === name) },
    ]),
  ),
  functions: new Map([
    ['ingest', fn({ variables: { HUITOU_WEBHOOK_SECRET: SECRET } })],
    ['pulse', fn({ timers: [{ name: 'pulse', cron: '0 * * * * * *' }] })],
  ]),
  paths: [{ path: '/ingest', functionName: 'ingest', apiId: 'api-1', needsLogin: false }],
});

const all = (standing: Standing) => [
  ...differences(SMALL, standing),
  ...variableFindings(SMALL, standing),
  ...releaseFindings(SMALL, standing),
];
const ills = (standing: Standing) =>
  all(standing)
    .filter(({ state }) => state === 'ill')
    .flatMap(findingWords)
    .join('\n');

describe('the doctor', () => {
  it('finds nothing ill in an installation as it was deployed', () => {
    expect(all(healthy()).every(({ state }) => state === 'well')).toBe(true);
  });

  it('names a collection that clients may read, and says what to do', () => {
    const standing = healthy();
    Object.assign(standing.collections.get('members') ?? {}, { permission: 'READONLY' });
    expect(ills(standing)).toContain('集合 members 权限 READONLY');
    expect(ills(standing)).toContain('→ npm run deploy -- --env shop-1a2b');
  });

  it('names a missing index, a timer that nobody set, and a door that asks for a login', () => {
    const standing = healthy();
    Object.assign(standing.collections.get('coupons') ?? {}, { indexes: [] });
    Object.assign(standing.functions.get('pulse') ?? {}, { timers: [] });
    Object.assign(standing.paths[0] ?? {}, { needsLogin: true });
    const text = ills(standing);
    expect(text).toContain('索引 coupons.code');
    expect(text).toContain('定时器 pulse');
    expect(text).toContain('HTTP 访问 /ingest');
  });

  it('names a secret that is missing or too short, and never says one', () => {
    const missing = healthy();
    Object.assign(missing.functions.get('ingest') ?? {}, { variables: {} });
    expect(ills(missing)).toContain('函数 ingest 没有 HUITOU_WEBHOOK_SECRET');
    const short = healthy();
    Object.assign(short.functions.get('ingest') ?? {}, { variables: { HUITOU_WEBHOOK_SECRET: 'tooshort' } });
    expect(ills(short)).toContain('HUITOU_WEBHOOK_SECRET 太短');
    expect(all(short).flatMap(findingWords).join()).not.toContain('tooshort');
  });

  it('sees two functions that seal phones with different keys', () => {
    const standing = healthy();
    const keys = [5, 6].map((byte) => Buffer.alloc(32, byte).toString('base64'));
    for (const [i, found] of [...standing.functions.values()].entries())
      Object.assign(found, { variables: { ...found.variables, HUITOU_PHONE_KEY: keys[i] } });
    expect(ills(standing)).toContain('HUITOU_PHONE_KEY 不一样');
  });

  it('sees functions of two releases', () => {
    const standing = healthy();
    Object.assign(standing.functions.get('pulse') ?? {}, {
      mark: { codeHash: '0123456789abcdef', schema: 3 },
    });
    expect(ills(standing)).toContain('不同的版本');
  });

  it('lets a clock be four minutes off and not five', () => {
    expect(clockFinding(4 * 60_000).state).toBe('well');
    expect(clockFinding(-5 * 60_000).what).toContain('慢了 300 秒');
    expect(clockFinding(null).state).toBe('mind');
  });
});

describe('the doctor of the local cloud', () => {
  const status = (): LocalStatus => ({
    now: 0,
    collections: SMALL.collections.map((name) => ({
      name,
      count: 0,
      indexes: SMALL.indexes
        .filter(({ collection }) => collection === name)
        .map(({ keys, ...index }) => ({ ...index, keys: [...keys] })),
    })),
    functions: SMALL.functions.map(({ name, timeout, timer }) => ({
      name,
      timeout,
      ...(timer && { timer }),
    })),
  });
  const scan = {
    collection: 'members',
    fields: 'birthday',
    plan: 'all documents',
    byFunction: true,
    calls: 3,
    mostScanned: 2000,
    found: 2,
  };

  it('finds a cloud as it should be', () => {
    expect(localFindings(SMALL, status(), []).every(({ state }) => state === 'well')).toBe(true);
  });

  it('names an index that is not there, one that is being built, and a query that no index serves', () => {
    const standing = status();
    standing.collections[0]?.indexes.pop();
    Object.assign(standing.collections[1]?.indexes[0] ?? {}, { filed: 400 });
    const text = localFindings(SMALL, standing, [scan]).flatMap(findingWords).join('\n');
    expect(text).toContain('✗ 没有索引 members.openid');
    expect(text).toContain('! 索引 orders.memberId_paidAt 正在建立（已 400 条）');
    expect(text).toContain('✗ members 按 birthday 查询没有索引可用：一次看了 2000 条，找到 2 条');
  });

  it('minds only what functions ask of collections that grow, by a field', () => {
    expect(scansIn([scan])).toHaveLength(1);
    for (const change of [
      { byFunction: false },
      { fields: '' },
      { collection: 'branches' },
      { plan: 'index birthday' },
      { plan: 'by id' },
      { plan: 'index birthday, then sorted', mostScanned: 1000 },
    ])
      expect(scansIn([{ ...scan, ...change }])).toEqual([]);
  });

  it('names a query that sorts more than a page before the first can be given', () => {
    const sorted = { ...scan, plan: 'index birthday, then sorted', mostScanned: 1001 };
    const text = localFindings(SMALL, status(), [sorted]).flatMap(findingWords).join('\n');
    expect(text).toContain(
      '✗ members 按 birthday 查询没有索引给出顺序，要先全部排序：一次看了 1001 条，找到 2 条',
    );
  });
});
