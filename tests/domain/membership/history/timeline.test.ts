import fc from 'fast-check';
import { addDays, day, endOf, startOf } from '../../../../miniprogram/domain/kernel/day';
import type { Day } from '../../../../miniprogram/domain/kernel/day';
import { happeningsOf } from '../../../../miniprogram/domain/membership/history/happenings';
import type { History } from '../../../../miniprogram/domain/membership/history/replay';
import { replayOf } from '../../../../miniprogram/domain/membership/history/replay';
import { standardOn } from '../../../../miniprogram/domain/membership/history/standards';
import type { KeptRules } from '../../../../miniprogram/domain/membership/history/standards';
import { tierTurnsOf, timelineOf } from '../../../../miniprogram/domain/membership/history/timeline';
import { rulesOf } from '../../../../miniprogram/domain/membership/presets';
import { paidOrder } from '../../people';
import { aHistory, daysFrom, END, someCuts, someVersions } from './lives';

const RETAIL: KeptRules[] = [{ rules: rulesOf('retail', 1), savedAt: startOf(day('2024-01-01')) }];
const historyOf = (...orders: History['orders']): History => ({ orders, visits: [], browses: [] });
const turnsOf = (history: History, today: Day, versions = RETAIL) =>
  tierTurnsOf(history, versions, [], today).map(({ on, text }) => `${on} ${text}`);

describe('the turns of a member', () => {
  it('follow the calendar to the day: a last payment on 31 August is drowsy on 30 November', () => {
    const history = historyOf(paidOrder('2024-08-31'));
    expect(turnsOf(history, day('2025-09-01'))).toEqual([
      '2024-08-31 从这天起有记录：活跃、普通',
      '2024-10-01 首单后超过30天没有再买，转为一单未复购',
      '2024-11-30 满3个月未消费，转为预沉睡',
      '2025-02-28 满6个月未消费，转为沉睡',
      '2025-08-31 满12个月未消费，转为流失',
    ]);
    expect(turnsOf(history, day('2024-11-29')).at(-1)).toMatch(/^2024-10-01/);
  });

  it('name the purchase that brought her back, and the refund that took it away', () => {
    const back = paidOrder('2024-09-20', {
      status: 'refunded',
      refundedFen: 10_000,
      refunds: [{ at: startOf(day('2024-09-25')), fen: 10_000 }],
    });
    const turns = turnsOf(historyOf(paidOrder('2024-01-10'), back), day('2024-10-01'));
    expect(turns.slice(-3)).toEqual([
      '2024-07-10 满6个月未消费，转为沉睡',
      '2024-09-20 有了新消费，转为活跃',
      '2024-09-25 退款后，转为沉睡',
    ]);
  });

  it('do not give a visit the blame for what the calendar did on the same day', () => {
    const history = {
      ...historyOf(paidOrder('2024-01-10'), paidOrder('2024-01-11')),
      visits: [day('2024-04-11')],
    };
    expect(turnsOf(history, day('2024-04-12')).at(-1)).toBe('2024-04-11 满3个月未消费，转为预沉睡');
  });

  it('name the version of the rules that moved her', () => {
    const versions = [...RETAIL, { rules: rulesOf('daily', 2), savedAt: startOf(day('2024-04-20'), 9) }];
    const history = historyOf(paidOrder('2024-02-10'), paidOrder('2024-02-20'));
    expect(turnsOf(history, day('2024-04-30'), versions).at(-1)).toBe('2024-04-20 规则改为第2版，转为沉睡');
  });

  it('name a cut-off that moved her value', () => {
    const cuts = [
      { at: startOf(day('2024-03-01'), 4), cut: { fen: 20_000, computedOn: day('2024-03-01'), members: 9 } },
      { at: startOf(day('2024-03-08'), 4), cut: { fen: 9_000, computedOn: day('2024-03-08'), members: 9 } },
    ];
    const turns = tierTurnsOf(historyOf(paidOrder('2024-03-02')), RETAIL, cuts, day('2024-03-09'));
    expect(turns.at(-1)).toMatchObject({
      on: '2024-03-08',
      text: '全店客单价标准变为¥90，价值由普通变为中价值',
    });
  });

  it('tell an unpaid order and that it ran out', () => {
    const history = historyOf(paidOrder('2024-03-02', { status: 'unpaid', paidAt: null }));
    expect(turnsOf(history, day('2024-03-20'))).toEqual([
      '2024-03-02 从这天起有记录：下单未支付、普通',
      '2024-03-09 订单满7天仍未付款，转为潜客',
    ]);
  });

  it('are none for a member of whom nothing is known', () => {
    expect(tierTurnsOf(historyOf(), RETAIL, [], day('2024-03-20'))).toEqual([]);
  });
});

describe('the timeline', () => {
  it('is newest first, a turn above the event that brought it about', () => {
    const refunded = paidOrder('2024-03-02', {
      refundedFen: 3_000,
      refunds: [{ at: startOf(day('2024-03-05')), fen: 3_000 }],
    });
    const history = { ...historyOf(refunded), visits: [day('2024-03-01')], browses: [day('2024-03-07')] };
    const lines = timelineOf(history, RETAIL, [], day('2024-03-10'), (id) =>
      id === 'B1' ? '东湖店' : undefined,
    );
    expect(lines.map(({ on, text }) => `${on} ${text}`)).toEqual([
      '2024-03-07 看了会员页面',
      '2024-03-05 退款¥30（东湖店）',
      '2024-03-02 有了新消费，转为活跃',
      '2024-03-02 消费¥100（东湖店）',
      '2024-03-01 从这天起有记录：进店未下单、普通',
      '2024-03-01 到店',
    ]);
  });

  it('tells an order paid another day twice, as ordered and as paid, and one paid the same day once', () => {
    const later = paidOrder('2024-03-02', { paidAt: startOf(day('2024-03-03'), 9) });
    expect(happeningsOf(historyOf(later)).map(({ kind, on }) => `${kind} ${on}`)).toEqual([
      'unpaid 2024-03-02',
      'paid 2024-03-03',
    ]);
    expect(happeningsOf(historyOf(paidOrder('2024-03-02'))).map(({ kind }) => kind)).toEqual(['paid']);
  });

  it('knows nothing of days to come', () => {
    expect(timelineOf(historyOf(paidOrder('2024-03-12')), RETAIL, [], day('2024-03-10'))).toEqual([]);
  });
});

it('tells for every day of a random year the tier that a replay of that day finds', () => {
  fc.assert(
    fc.property(aHistory, someVersions, someCuts, (history, versions, cuts) => {
      const turns = tierTurnsOf(history, versions, cuts, END);
      const [first] = turns;
      if (!first) return;
      let at = 0;
      for (const on of daysFrom(first.on, END)) {
        while (turns[at + 1] && (turns[at + 1]?.on ?? END) <= on) at += 1;
        const { rules, cut } = standardOn(versions, cuts, endOf(on));
        const { placement } = replayOf(history, rules, cut, on);
        const { lifecycle, value } = turns[at]?.placement ?? first.placement;
        expect([on, lifecycle, value]).toEqual([on, placement.lifecycle, placement.value]);
      }
      // Nothing is known of her on the eve.
      const { rules, cut } = standardOn(versions, cuts, endOf(addDays(first.on, -1)));
      expect(replayOf(history, rules, cut, addDays(first.on, -1)).placement.lifecycle).toBe('prospect');
    }),
    { numRuns: 25 },
  );
});

it('never tells a turn twice, nor one that is none', () => {
  fc.assert(
    fc.property(aHistory, someVersions, someCuts, (history, versions, cuts) => {
      const turns = tierTurnsOf(history, versions, cuts, END);
      turns.forEach((turn, i) => {
        const before = turns[i - 1];
        if (!before) return;
        expect(before.on < turn.on).toBe(true);
        const tier = ({ placement }: typeof turn) => `${placement.lifecycle} ${placement.value}`;
        expect(tier(turn)).not.toBe(tier(before));
        expect(turn.text).not.toMatch(/undefined|记录有变|日子到了/);
      });
    }),
    { numRuns: 60 },
  );
});
