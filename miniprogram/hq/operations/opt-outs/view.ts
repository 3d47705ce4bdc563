import { exactCount } from '../../../components/stat-tile/count';
import type { OptedOut, OptOutSource } from '../../../contract/operations';
import { dayOf, spokenDay } from '../../../domain/kernel/day';

export const SOURCES: readonly (readonly [OptOutSource, string])[] = [
  ['member', '会员自己退订'],
  ['clerk', '导购替她记下'],
  ['import', '导入时带来'],
];

export interface SourceLine {
  id: OptOutSource;
  word: string;
  count: string;
  isAny: boolean;
}
export interface OptOutLine {
  memberId: string;
  name: string;
  line: string;
}

export function sourceLines(counts: Record<OptOutSource, number> | null): SourceLine[] {
  return SOURCES.map(([id, word]) => {
    const count = counts?.[id] ?? 0;
    return { id, word, count: `${exactCount(count)} 位`, isAny: count > 0 };
  });
}

export function optOutLine({ memberId, name, phoneTail, scope, at }: OptedOut): OptOutLine {
  const what = scope === 'promo' ? '不要推销' : '什么都不要';
  return {
    memberId,
    name,
    line: [phoneTail && `尾号${phoneTail}`, what, spokenDay(dayOf(at))].filter(Boolean).join(' · '),
  };
}
