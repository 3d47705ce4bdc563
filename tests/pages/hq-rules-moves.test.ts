import fc from 'fast-check';
import type { Cell, MoveExample, MovesPage, TierMove } from '../../miniprogram/contract/rules';
import { LIFECYCLES, VALUES } from '../../miniprogram/domain/membership/types';
import { kindOf, movesShown } from '../../miniprogram/hq/parts/movesShown';
import { addPage, examplesOf, NO_MOVES } from '../../miniprogram/hq/parts/sumMoves';
import { saveQuestion } from '../../miniprogram/hq/rules/view';

const cell = (lifecycle: Cell['lifecycle'], value: Cell['value'] = 'low'): Cell => ({ lifecycle, value });
const move = (from: Cell, to: Cell, members: number): TierMove => ({ from, to, members });
const COLDER = move(cell('active'), cell('drowsy'), 30);
const WARMER = move(cell('lost'), cell('dormant'), 5);
const exampleOf = ({ from, to }: TierMove, n: number): MoveExample => ({
  memberId: `M${from.lifecycle}${n}`,
  name: '王芳',
  phoneTail: '1234',
  from,
  to,
  before: '前',
  after: '后',
});
const pageOf = (moves: TierMove[], more: Partial<MovesPage> = {}): MovesPage => ({
  read: 100,
  total: 200,
  moves,
  examples: [],
  next: null,
  ...more,
});

describe('adding pages up', () => {
  it('adds the same move together, largest first', () => {
    const sum = addPage(addPage(NO_MOVES, pageOf([WARMER, COLDER])), pageOf([{ ...WARMER, members: 40 }]));
    expect(sum.moves.map((each) => each.members)).toEqual([45, 30]);
    expect(sum).toMatchObject({ read: 200, total: 200, moved: 75 });
  });

  it('answers the same whatever the order of the pages', () => {
    const anyCell = fc.record({
      lifecycle: fc.constantFrom(...LIFECYCLES),
      value: fc.constantFrom(...VALUES),
    });
    const anyMove = fc.record({ from: anyCell, to: anyCell, members: fc.integer({ min: 1, max: 999 }) });
    const bag = (moves: TierMove[]): string[] => moves.map((each) => JSON.stringify(each)).sort();
    fc.assert(
      fc.property(fc.array(fc.array(anyMove, { maxLength: 8 }), { maxLength: 6 }), (pages) => {
        const forth = pages.reduce((sum, moves) => addPage(sum, pageOf(moves)), NO_MOVES);
        const back = [...pages].reverse().reduce((sum, moves) => addPage(sum, pageOf(moves)), NO_MOVES);
        expect(bag(back.moves)).toEqual(bag(forth.moves));
        expect(forth.moved).toBe(pages.flat().reduce((all, each) => all + each.members, 0));
      }),
    );
  });

  it('keeps few examples of each move, however many pages bring them', () => {
    const examples = Array.from({ length: 10 }, (_, n) => exampleOf(COLDER, n));
    const one = pageOf([COLDER], { examples });
    const sum = Array.from({ length: 50 }).reduce<typeof NO_MOVES>((all) => addPage(all, one), NO_MOVES);
    expect(sum.examples.map((each) => each.memberId)).toEqual(['Mactive0', 'Mactive1', 'Mactive2']);
  });

  it('names one of each move before a second of any', () => {
    const examples = [0, 1, 2].map((n) => exampleOf(COLDER, n)).concat(exampleOf(WARMER, 0));
    const sum = addPage(NO_MOVES, pageOf([WARMER, COLDER], { examples }));
    expect(examplesOf(sum, 3).map((each) => each.memberId)).toEqual(['Mactive0', 'Mlost0', 'Mactive1']);
  });
});

describe('what moves mean', () => {
  it.each([
    [cell('active'), cell('lost'), 'colder'],
    [cell('lost'), cell('dormant', 'high'), 'warmer'],
    [cell('active', 'low'), cell('active', 'mid'), 'valueUp'],
    [cell('active', 'high'), cell('active', 'mid'), 'valueDown'],
    [cell('orderUnpaid'), cell('lost'), 'other'],
    [cell('oneOrderOnly'), cell('active'), 'warmer'],
  ] as const)('%o → %o is %s', (from, to, kind) => {
    expect(kindOf({ from, to, members: 1 })).toBe(kind);
  });

  it('counts everyone once in the bar, and lifecycle and value apart in the lists', () => {
    const both = move(cell('active', 'high'), cell('drowsy', 'mid'), 12);
    const shown = movesShown(addPage(NO_MOVES, pageOf([COLDER, WARMER, both])));
    expect(shown.headline).toBe('200 位会员里有 47 位会换位置（23.5%）');
    expect(shown.kinds.map(({ word, members }) => [word, members])).toEqual([
      ['变冷', '42'],
      ['变暖', '5'],
    ]);
    expect(shown.lifecycles.map(({ from, to, members }) => `${from}→${to} ${members}`)).toEqual([
      '活跃→预沉睡 42',
      '流失→沉睡 5',
    ]);
    expect(shown.values.map(({ from, to }) => `${from}→${to}`)).toEqual(['高价值→中价值']);
    expect(shown.both).toContain('12 位');
  });

  it('says when nobody moves, and never that 0.0% move', () => {
    expect(movesShown(addPage(NO_MOVES, pageOf([]))).headline).toBe('200 位会员都留在原来的位置');
    const few = addPage(NO_MOVES, pageOf([{ ...WARMER, members: 1 }], { total: 1_234_567 }));
    expect(movesShown(few).headline).toBe('1,234,567 位会员里有 1 位会换位置（不到 0.1%）');
    expect(movesShown(NO_MOVES).headline).toContain('还没有会员');
  });

  it('asks with the counts before saving', () => {
    const question = saveQuestion(addPage(NO_MOVES, pageOf([COLDER, WARMER])));
    expect(question).toContain('变冷 30，变暖 5');
    expect(question).toContain('旧规则留在历史版本里');
  });
});
