import { checkRules } from '../../miniprogram/domain/membership/checkRules';
import { PRESETS, rulesOf } from '../../miniprogram/domain/membership/presets';
import { stepped, typedNumber } from '../../miniprogram/hq/parts/number-field/typed';
import { PRESET_NAMES } from '../../miniprogram/hq/parts/presetWords';
import { ruleChanges } from '../../miniprogram/hq/rules/changes';
import {
  draftFrom,
  draftOfPreset,
  isSameRules,
  withCycle,
  withNumber,
  withoutCycle,
  withValueBy,
} from '../../miniprogram/hq/rules/draft';
import { draftShown, inForceShown, versionsShown } from '../../miniprogram/hq/rules/view';
import { VERSIONS } from './hq-samples';

describe('the draft', () => {
  const retail = draftOfPreset('retail');

  it('is apart from the rules it came from', () => {
    const rules = rulesOf('retail', 3);
    const draft = withNumber(draftFrom(rules), 'lost', 10);
    expect(rules).toEqual(rulesOf('retail', 3));
    expect(draft.ladder[0]).toEqual({ stage: 'lost', months: 10 });
    expect(draft).not.toHaveProperty('version');
  });

  it('bears a preset’s name exactly while it is that preset', () => {
    for (const name of PRESET_NAMES) expect(draftOfPreset(name).preset).toBe(name);
    const changed = withNumber(retail, 'drowsy', 2);
    expect(changed.preset).toBe('custom');
    expect(withNumber(changed, 'drowsy', 3).preset).toBe('retail');
  });

  it('every preset passes the check of the rules', () => {
    for (const name of PRESET_NAMES) expect(checkRules(draftOfPreset(name))).toBeNull();
    expect(checkRules(withNumber(retail, 'drowsy', 6))).toContain('沉睡要比预沉睡更久');
  });

  it('knows the same rules in another order of keys', () => {
    const a = withCycle(withCycle(retail, '奶粉', 30), '湿巾', 20);
    const b = withCycle(withCycle(retail, '湿巾', 20), '奶粉', 30);
    expect(isSameRules(a, b)).toBe(true);
    expect(isSameRules(a, withoutCycle(b, '湿巾'))).toBe(false);
    const older = { ...retail };
    delete older.cycles;
    expect(isSameRules(older, retail)).toBe(true);
  });

  it('turns to the other definition of value and back without losing its numbers', () => {
    const three = withNumber(withNumber(retail, 'orders', 5), 'topPercent', 15);
    const spend = withValueBy(three, 'annualSpend', null);
    expect(spend.value).toEqual({ by: 'annualSpend', highFen: 2_000_000, midFen: 500_000 });
    expect(withNumber(spend, 'midYuan', 6000).value).toMatchObject({ midFen: 600_000 });
    expect(withValueBy(spend, 'frequency', three.value)).toEqual(three);
    expect(withNumber(spend, 'orders', 9)).toEqual(spend);
  });

  it('says what changed, line by line', () => {
    expect(ruleChanges(retail, retail)).toEqual([]);
    expect(ruleChanges(retail, withCycle(withNumber(retail, 'lost', 10), '奶粉', 28))).toEqual([
      '流失：满 12 个月未消费 → 满 10 个月未消费',
      '品类周期：没有 → 奶粉 28 天',
    ]);
  });

  it('is shown with its fields, the presets and what differs from the rules in force', () => {
    const shown = draftShown(withNumber(retail, 'drowsy', 2), PRESETS.retail);
    expect(shown.presets.map((preset) => [preset.months, preset.on])).toEqual([
      ['3 / 6 / 12', false],
      ['6 / 12 / 18', false],
      ['1 / 2 / 4', false],
    ]);
    expect(shown.ladder.map((field) => field.value)).toEqual([2, 6, 12]);
    expect(shown.value.map((field) => field.value)).toEqual([3, 3, 20]);
    expect(shown.changes).toEqual(['预沉睡：满 3 个月未消费 → 满 2 个月未消费']);
  });
});

describe('the versions', () => {
  it('tell when, who and what each changed', () => {
    const [third, second, first] = versionsShown(VERSIONS, 3);
    expect(third).toMatchObject({
      title: '第3版',
      line: '2025年3月1日 14:00 · 沈总',
      note: '五一前多叫一批',
      current: true,
    });
    expect(second?.changes).toEqual([
      '下单未支付：有 7 天内的未付订单 → 有 3 天内的未付订单',
      '品类周期：没有 → 奶粉 28 天',
    ]);
    expect(first).toMatchObject({ line: '', changes: ['最初的规则'], current: false });
  });

  it('name the rules in force', () => {
    expect(inForceShown(rulesOf('maternity', 7), null).version).toBe('第7版 · 母婴');
    expect(inForceShown({ ...rulesOf('daily', 8), preset: 'custom' }, null).version).toBe('第8版 · 自定义');
  });
});

describe('a number that is typed', () => {
  it('is whole or nothing', () => {
    expect(['12', '１２', ' 3 ', '', '3.5', '-1', 'abc', '0'].map(typedNumber)).toEqual([
      12,
      12,
      3,
      null,
      null,
      null,
      null,
      0,
    ]);
  });

  it('steps to the next round one and not below its least', () => {
    expect(stepped(12.5, 1, 5)).toBe(15);
    expect(stepped(20, -1, 5)).toBe(15);
    expect(stepped(5250, 1, 500)).toBe(5500);
    expect(stepped(1, -1, 1, 1)).toBe(1);
  });
});
