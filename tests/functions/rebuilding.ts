import { table } from '../../cloudfunctions/common/store/table';
import type { ChainDoc, MemberDoc, RunDoc } from '../../cloudfunctions/common/store/documents';
import type { DraftRules } from '../../miniprogram/contract/rules';
import { PRESETS } from '../../miniprogram/domain/membership/presets';
import { newKey, replyOf, TODAY } from './chain';
import type { Chain } from './chain';
import { everybody, expectPlacedFromScratch } from './crowd';

/** A rebuild as HQ's page begins it and works on it, and what has to be true when it is through. */
export function rebuilding(chainNow: () => Chain) {
  const settings = async () => (await table('chain').find('chain')) as ChainDoc;
  /** Others each time: retail, and a shop people come to more often. */
  async function save(key = newKey()) {
    const { version } = (await settings()).rules;
    const rules: DraftRules = version % 2 === 0 ? PRESETS.retail : PRESETS.daily;
    return replyOf(
      await chainNow().call('wx-hq', 'members', 'rules.save', { rules, basedOn: version, note: '' }, key),
    );
  }
  const step = async () => replyOf(await chainNow().call('wx-hq', 'members', 'rebuild.step', {}));
  async function lane() {
    for (;;) {
      const progress = await step();
      if (progress.finished) return progress;
    }
  }
  const pulse = () => chainNow().send(undefined, 'pulse', { Type: 'Timer', TriggerName: 'pulse' });
  const leasesOver = () => chainNow().cloud.clock.moveTo(chainNow().now() + 61_000);
  const runOf = (version: number) => table('runs').find(`rebuild:${version}`) as Promise<RunDoc>;

  /** What the run has to tell: everybody read once, and who moved from where to where. */
  function movedBetween(before: readonly MemberDoc[], after: readonly MemberDoc[]) {
    const then = new Map(after.map((member) => [member._id, member.placement]));
    const moves: Record<string, number> = {};
    let changed = 0;
    for (const { _id, placement } of before) {
      const next = then.get(_id);
      if (!next || (next.lifecycle === placement.lifecycle && next.value === placement.value)) continue;
      changed += 1;
      const move = `${placement.lifecycle}>${next.lifecycle}`;
      moves[move] = (moves[move] ?? 0) + 1;
    }
    return { read: before.length, changed, moves, left: 0 };
  }
  async function expectRebuilt(before: readonly MemberDoc[], version: number): Promise<void> {
    await expectPlacedFromScratch(TODAY);
    const after = await everybody();
    expect(after.filter(({ placement }) => placement.rulesVersion !== version)).toEqual([]);
    const moved = movedBetween(before, after);
    expect(moved.changed).toBeGreaterThan(before.length / 10);
    expect(await runOf(version)).toMatchObject(moved);
  }
  return { settings, save, step, lane, pulse, leasesOver, runOf, movedBetween, expectRebuilt };
}
