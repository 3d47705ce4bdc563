import { createRequire } from 'node:module';
import { isLook, rehearse } from '../../devkit/deploy/rehearsal/serve';
import type { Rehearsal } from '../../devkit/deploy/rehearsal/serve';
import { zipOf } from '../../devkit/deploy/zip';
import { aFunction, changesIn, deployInto, GIVEN, said, SECRET, SMALL } from './deploying';

jest.setTimeout(60_000);
/** Each run fails another call; with 1 every one of them. */
const STRIDE = Number(process.env['EVERY_NTH_WRITE'] ?? 4);

let rehearsal: Rehearsal;
beforeEach(async () => {
  rehearsal = await rehearse('shop-1a2b');
  said.length = 0;
});
afterEach(() => rehearsal.end());

const kinds = (plan: { steps: readonly { kind: string }[] }) => plan.steps.map(({ kind }) => kind);

describe('deploying into an empty environment', () => {
  it('leaves closed collections, indexes, functions with their settings, the till’s door and a timer', async () => {
    await deployInto(rehearsal);
    const { collections, functions, paths } = rehearsal.environment;
    expect([...collections.values()].map(({ permission }) => permission)).toEqual(Array(3).fill('ADMINONLY'));
    expect(collections.get('orders')?.indexes.at(-1)).toEqual({
      Name: 'memberId_paidAt',
      Keys: [
        { Name: 'memberId', Direction: '1' },
        { Name: 'paidAt', Direction: '-1' },
      ],
      Unique: false,
    });
    expect(collections.get('coupons')?.indexes.at(-1)?.Unique).toBe(true);
    expect(functions.get('ingest')).toMatchObject({ Timeout: 20, MemorySize: 256, variables: GIVEN });
    expect(functions.get('ingest')?.Description).toBe('huitou code=0123456789abcdef schema=0');
    expect(functions.get('pulse')?.triggers).toEqual({ pulse: '0 * * * * * *' });
    expect(paths).toMatchObject([{ Path: '/ingest', Name: 'ingest', EnableAuth: false }]);
  });

  it('has every index before any code, and all code before any timer', async () => {
    await deployInto(rehearsal);
    const order = changesIn(rehearsal);
    expect(order.lastIndexOf('UpdateTable')).toBeLessThan(order.indexOf('CreateFunction'));
    expect(order.lastIndexOf('CreateFunction')).toBeLessThan(order.indexOf('BatchCreateTrigger'));
    expect(order.lastIndexOf('CreateTable')).toBeLessThan(order.indexOf('UpdateTable'));
  });

  it('does nothing the second time, and says so', async () => {
    await deployInto(rehearsal);
    const before = changesIn(rehearsal).length;
    const again = await deployInto(rehearsal);
    expect(again.steps).toEqual([]);
    expect(changesIn(rehearsal)).toHaveLength(before);
    expect(said.at(-1)).toContain('0 项要做');
  });

  it('shows what it would do and changes nothing while nobody says yes', async () => {
    const { deploy } = await import('../../devkit/deploy/deploy');
    const { cloudBaseService } = await import('../../devkit/deploy/service/cloudbase');
    await deploy({
      wanted: SMALL,
      service: cloudBaseService(
        'shop-1a2b',
        'ap-shanghai',
        { secretId: 'a', secretKey: 'b' },
        { between: 0, atMost: 100 },
      ),
      wishes: { given: {}, unset: [], prune: false },
      say: (line) => said.push(line),
      mayGoOn: async () => false,
    });
    expect(changesIn(rehearsal)).toEqual([]);
    expect(said.join('\n')).toContain('+ 索引 coupons.code（code↑，唯一）');
    expect(said.join('\n')).toContain('没有 HUITOU_WEBHOOK_SECRET');
  });
});

describe('a deployment that fails in the middle', () => {
  it('ends, run again, where an undisturbed one ends, whichever call failed and whether or not it was done', async () => {
    await deployInto(rehearsal);
    const undisturbed = rehearsal.environment.state();
    const count = changesIn(rehearsal).length;
    expect(count).toBeGreaterThan(10);
    for (let nth = 1; nth <= count; nth += STRIDE) {
      for (const when of ['before', 'after'] as const) {
        await rehearsal.end();
        rehearsal = await rehearse('shop-1a2b');
        let seen = 0;
        rehearsal.disturb[when] = ({ action }) => {
          if (!isLook(action) && ++seen === nth) throw new Error('the line was cut');
        };
        await expect(deployInto(rehearsal)).rejects.toThrow(/步没有做成：.*the line was cut/s);
        await deployInto(rehearsal);
        expect(rehearsal.environment.state()).toEqual(undisturbed);
      }
    }
  }, 60_000);

  it('sends again what came too soon', async () => {
    let refused = 0;
    const { answer } = rehearsal.environment;
    const { Refused } = await import('../../devkit/deploy/rehearsal/environment');
    rehearsal.environment.answer = (action, ask) => {
      if (action === 'CreateTable' && refused < 2) {
        refused += 1;
        throw new Refused('RequestLimitExceeded', 'too many');
      }
      return answer.call(rehearsal.environment, action, ask);
    };
    await deployInto(rehearsal);
    expect(refused).toBe(2);
    expect(rehearsal.environment.collections.size).toBe(3);
  });
});

describe('deploying a change', () => {
  beforeEach(() => deployInto(rehearsal));

  const change = (name: string, what: object) => ({
    ...SMALL,
    functions: SMALL.functions.map((fn) => (fn.name === name ? { ...fn, ...what } : fn)),
  });

  it('replaces only the code that changed', async () => {
    const plan = await deployInto(rehearsal, change('pulse', { codeHash: 'fedcba9876543210' }));
    expect(kinds(plan)).toEqual(['code']);
    expect(rehearsal.environment.functions.get('pulse')?.Description).toContain('fedcba9876543210');
  });

  it('puts the settings in before the code that needs them', async () => {
    const wanted = change('ingest', { codeHash: 'fedcba9876543210', memoryMegabytes: 512 });
    expect(kinds(await deployInto(rehearsal, wanted))).toEqual(['configure', 'code']);
    expect(rehearsal.environment.functions.get('ingest')?.MemorySize).toBe(512);
  });

  it('keeps a variable that somebody else set, and a secret that was not given this time', async () => {
    const ingest = rehearsal.environment.functions.get('ingest');
    if (ingest) ingest.variables['TEAM_NOTE'] = 'theirs';
    const plan = await deployInto(rehearsal, change('ingest', { timeout: 30 }), { given: {} });
    expect(kinds(plan)).toEqual(['configure']);
    expect(ingest?.variables).toEqual({ ...GIVEN, TEAM_NOTE: 'theirs' });
  });

  it('takes a variable away when told to', async () => {
    const wanted = change('ingest', { variables: ['HUITOU_WEBHOOK_SECRET', 'HUITOU_BOOTSTRAP_SECRET'] });
    await deployInto(rehearsal, wanted, { given: { ...GIVEN, HUITOU_BOOTSTRAP_SECRET: 'first-day-secret' } });
    expect(Object.keys(rehearsal.environment.functions.get('ingest')?.variables ?? {})).toHaveLength(2);
    await deployInto(rehearsal, wanted, { given: {}, unset: ['HUITOU_BOOTSTRAP_SECRET'] });
    expect(rehearsal.environment.functions.get('ingest')?.variables).toEqual(GIVEN);
  });

  it('moves a timer, and takes away one that is not wanted any more', async () => {
    const later = change('pulse', { timer: { name: 'pulse', cron: '0 */2 * * * * *' } });
    await deployInto(rehearsal, later);
    expect(rehearsal.environment.functions.get('pulse')?.triggers).toEqual({ pulse: '0 */2 * * * * *' });
    await deployInto(rehearsal, change('pulse', { timer: null }));
    expect(rehearsal.environment.functions.get('pulse')?.triggers).toEqual({});
  });

  it('closes a collection that somebody opened to clients', async () => {
    const members = rehearsal.environment.collections.get('members');
    if (members) members.permission = 'READONLY';
    expect(kinds(await deployInto(rehearsal))).toEqual(['close']);
    expect(members?.permission).toBe('ADMINONLY');
  });

  it('makes an index anew whose fields changed, and drops an unneeded one last and only when told', async () => {
    const [, second, third] = SMALL.indexes;
    const wanted = {
      ...SMALL,
      indexes: [
        { collection: 'members', name: 'openid', keys: [['openid', -1]] as const, unique: false },
        ...(third ? [third] : []),
      ],
      functions: [...SMALL.functions, aFunction('gifts')],
    };
    const plan = await deployInto(rehearsal, wanted);
    expect(kinds(plan)).toEqual(['reindex', 'function']);
    expect(plan.notes.join()).toContain(`orders.${second?.name}`);
    expect(kinds(await deployInto(rehearsal, wanted, { prune: true }))).toEqual(['drop']);
    expect(rehearsal.environment.collections.get('orders')?.indexes).toHaveLength(1);
  });

  it('never says a secret, whether it is new, changed or there already', async () => {
    await deployInto(rehearsal, SMALL, { given: { HUITOU_WEBHOOK_SECRET: `${SECRET}-rotated` } });
    expect(said.join('\n')).toContain('环境变量 HUITOU_WEBHOOK_SECRET 换新值');
    expect(said.join('\n')).not.toContain(SECRET);
  });
});

describe('data migrations', () => {
  const step = { number: 1, name: 'ids of two parts', collection: 'members', change: () => null } as const;
  const widened = { ...SMALL, migrations: [{ ...step, way: 'widen' as const }] };
  const narrowed = {
    ...SMALL,
    migrations: [...widened.migrations, { ...step, number: 2, way: 'narrow' as const, completes: 1 }],
  };

  it('are part of what the functions carry', async () => {
    await deployInto(rehearsal, widened);
    expect(rehearsal.environment.functions.get('pulse')?.Description).toMatch(/schema=1$/);
  });

  it('may narrow where nothing runs yet', async () => {
    expect((await deployInto(rehearsal, narrowed)).refusal).toBeNull();
  });

  it('may not narrow while code from before the widening runs', async () => {
    await deployInto(rehearsal);
    const before = changesIn(rehearsal).length;
    expect((await deployInto(rehearsal, narrowed)).refusal).toContain('请先部署停在第 1 步的版本');
    expect(changesIn(rehearsal)).toHaveLength(before);
  });

  it('may narrow once every function was deployed with the widening', async () => {
    await deployInto(rehearsal);
    await deployInto(rehearsal, widened);
    expect((await deployInto(rehearsal, narrowed)).refusal).toBeNull();
    expect(rehearsal.environment.functions.get('pulse')?.Description).toMatch(/schema=2$/);
  });
});

describe('the archive of a function', () => {
  it('is the same bytes for the same files, and another reader finds them in it', async () => {
    const files = [
      { name: 'index.js', bytes: Buffer.from('exports.main = async () => 1;\n'.repeat(400)) },
      { name: '说明.txt', bytes: Buffer.from('你好') },
    ];
    expect(zipOf(files).equals(zipOf(files))).toBe(true);
    // The one that Tencent's library brings along.
    const reader = createRequire(require.resolve('@cloudbase/manager-node'))('unzipper') as {
      Open: { buffer(b: Buffer): Promise<{ files: { path: string; buffer(): Promise<Buffer> }[] }> };
    };
    const { files: found } = await reader.Open.buffer(zipOf(files));
    expect(found.map(({ path }) => path)).toEqual(['index.js', '说明.txt']);
    expect(await Promise.all(found.map((file) => file.buffer()))).toEqual(files.map(({ bytes }) => bytes));
  });
});
