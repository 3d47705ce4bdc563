import type { DraftRules } from '../../miniprogram/contract/rules';
import { PRESETS } from '../../miniprogram/domain/membership/presets';
import { newKey, replyOf, startChain } from './chain';
import type { Chain } from './chain';
import { crowd, everybody } from './crowd';
import { killedAt } from './killing';
import { seedStaff } from './people';
import { rebuilding } from './rebuilding';

jest.setTimeout(240_000);
const MEMBERS = 300;
/** `KILLED_AT=1,2,3,4,8,30` tries more of them. */
const WRITES = (process.env['KILLED_AT'] ?? '3').split(',').map(Number);
let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members', 'pulse']);
  await seedStaff(chain);
  await chain.add('members', crowd(MEMBERS, 3));
});
afterAll(() => chain.stop());

const { settings, save, step, lane, pulse, leasesOver, expectRebuilt } = rebuilding(() => chain);

it.each([
  ['before a write', 'error'],
  ['after a write', 'dropReply'],
] as const)('goes on wherever it was killed %s, and counts everybody once', async (_, kind) => {
  for (const write of WRITES) {
    const before = await everybody();
    const { rulesVersion } = await save();
    const isKilled = await killedAt(chain, 'members', write, kind, step);
    if (write <= 8) expect(isKilled).toBe(true);
    await leasesOver();
    await Promise.all([lane(), pulse()]);
    await expectRebuilt(before, rulesVersion);
  }
});

it.each([
  ['before a write', 'error'],
  ['after a write', 'dropReply'],
] as const)('a save killed %s has happened or not, and blocks nobody', async (_, kind) => {
  for (const write of [1, 2]) {
    const before = await everybody();
    const { version } = (await settings()).rules;
    const key = newKey();
    await killedAt(chain, 'members', write, kind, () => save(key));
    const rules: DraftRules = version % 2 === 0 ? PRESETS.retail : PRESETS.daily;
    const ask = { rules, basedOn: version, note: '' };
    const again = replyOf(await chain.call('wx-hq', 'members', 'rules.save', ask, key));
    expect(again).toMatchObject({ rulesVersion: version + 1 });
    await leasesOver();
    await lane();
    await expectRebuilt(before, version + 1);
    const { versions } = replyOf(await chain.call('wx-hq', 'members', 'rules.list', {}));
    expect(versions.map((one) => one.rules.version)).toEqual(
      Array.from({ length: version + 1 }, (_one, i) => version + 1 - i),
    );
  }
});
