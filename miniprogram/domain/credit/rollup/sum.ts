import { addInto, emptyTally } from './cell';
import type { ArmMoney, Cell, Purse, Tally } from './cell';

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function summed<T>(
  lists: readonly (readonly T[])[],
  keyOf: (one: T) => string,
  add: (into: T, one: T) => void,
): T[] {
  const found = new Map<string, T>();
  for (const one of lists.flat()) {
    const key = keyOf(one);
    const into = found.get(key);
    if (into) add(into, one);
    else found.set(key, structuredCopy(one));
  }
  return [...found.entries()].sort(([a], [b]) => byText(a, b)).map(([, one]) => one);
}

/** Cells are plain JSON, and the core has no `structuredClone`. */
const structuredCopy = <T>(one: T): T => JSON.parse(JSON.stringify(one)) as T;

function addPurse(into: Purse, one: Purse): void {
  into.members += one.members;
  into.repeat += one.repeat;
  into.orders += one.orders;
  into.fen += one.fen;
}
function addMoney(into: ArmMoney, one: ArmMoney): void {
  into.wakes += one.wakes;
  into.wakeFen += one.wakeFen;
  into.wakeYuan2 += one.wakeYuan2;
  addPurse(into.now, one.now);
  addPurse(into.before, one.before);
}
const addCount = (into: { n: number }, one: { n: number }): void => {
  into.n += one.n;
};
const addTally = (into: { n: Tally }, one: { n: Tally }): void => addInto(into.n, one.n);

/** Cells without their periods, added up: a campaign's figures are the sum of its branches'. */
export type CellSum = Omit<Cell, 'by' | 'undone'>;

/** @example sumCells([]).tiers // → [] */
export function sumCells(cells: readonly CellSum[]): CellSum {
  const purse = (): Purse => ({ members: 0, repeat: 0, orders: 0, fen: 0 });
  const arm = (): ArmMoney => ({ wakes: 0, wakeFen: 0, wakeYuan2: 0, now: purse(), before: purse() });
  const money: Cell['money'] = { treated: arm(), heldOut: arm(), coupons: 0, offFen: 0 };
  for (const cell of cells) {
    addMoney(money.treated, cell.money.treated);
    addMoney(money.heldOut, cell.money.heldOut);
    money.coupons += cell.money.coupons;
    money.offFen += cell.money.offFen;
  }
  const keyOf = ({ key }: { key: string }) => key;
  return {
    tiers: summed(
      cells.map(({ tiers }) => tiers),
      ({ tier }) => tier,
      (into, one) => {
        into.treated += one.treated;
        into.heldOut += one.heldOut;
        addInto(into.treatedWakes, one.treatedWakes);
        addInto(into.heldOutWakes, one.heldOutWakes);
      },
    ),
    offers: summed(
      cells.map(({ offers }) => offers),
      keyOf,
      addTally,
    ),
    scripts: summed(
      cells.map(({ scripts }) => scripts),
      keyOf,
      addTally,
    ),
    reasons: summed(
      cells.map(({ reasons }) => reasons),
      keyOf,
      addCount,
    ),
    outcomes: summed(
      cells.map(({ outcomes }) => outcomes),
      keyOf,
      addCount,
    ),
    days: summed(
      cells.map(({ days }) => days),
      ({ on }) => on,
      (into, one) => {
        into.entered += one.entered;
        into.contacted += one.contacted;
        into.claimed += one.claimed;
        into.redeemed += one.redeemed;
        into.woken += one.woken;
        into.heldWoken += one.heldWoken;
      },
    ),
    money,
  };
}

/** Tallies of rows added up. @example tallySum([]) // → all zero */
export function tallySum(rows: readonly { n: Tally }[]): Tally {
  const sum = emptyTally();
  for (const { n } of rows) addInto(sum, n);
  return sum;
}
