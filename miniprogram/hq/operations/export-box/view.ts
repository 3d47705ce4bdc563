import type { ExportAsk, ExportWhat, Operations } from '../../../contract/operations';

export interface Choice {
  id: string;
  word: string;
  on: boolean;
}
export interface Wish {
  what: ExportWhat;
  /** '' = the whole chain */
  branchId: string;
  phones: ExportAsk['phones'];
}

const choices = (words: readonly (readonly [string, string])[], chosen: string): Choice[] =>
  words.map(([id, word]) => ({ id, word, on: id === chosen }));

/** What can be chosen, as the caller's role allows: only HQ the whole chain and whole numbers. */
export function choicesOf(
  wish: Wish,
  branches: Operations['branches'],
  isHq: boolean,
): { whats: Choice[]; places: Choice[]; phones: Choice[] } {
  const places = branches.map(({ branchId, name }) => [branchId, name] as const);
  return {
    whats: choices(
      [
        ['members', '会员'],
        ['tasks', '任务'],
        ['touches', '触达记录'],
      ],
      wish.what,
    ),
    places: choices([...(isHq ? [['', '全部门店'] as const] : []), ...places], wish.branchId),
    phones:
      isHq && wish.what === 'members'
        ? choices(
            [
              ['masked', '手机号打码'],
              ['whole', '完整手机号'],
            ],
            wish.phones,
          )
        : [],
  };
}

/** What is asked of the cloud. A file without numbers needs none. */
export function askOf({ what, branchId, phones }: Wish): ExportAsk {
  return {
    what,
    branchId: branchId === '' ? null : branchId,
    phones: what === 'members' ? phones : 'masked',
    since: null,
  };
}

/** @example fileNameOf('k7m4q2xp9a', 'members') // → '回头客-会员-k7m4q2xp9a.csv' */
export function fileNameOf(mark: string, what: ExportWhat): string {
  const word = { members: '会员', tasks: '任务', touches: '触达记录' }[what];
  return `回头客-${word}-${mark}.csv`;
}

export function progressText(rows: number, matching: number): string {
  return matching === 0 ? '没有符合的行' : `已取 ${Math.min(rows, matching)} / ${matching} 行`;
}
