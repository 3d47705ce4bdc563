import type { CampaignPlan } from '../../../contract/campaigns';
import { conditionsOf, headlineOf } from '../../../domain/offers/coupon';
import { spokenKeep } from '../../../domain/offers/pack';
import { LEVEL_WORDS, LEVELS } from '../../../domain/offers/types';
import type { CouponTemplate, PackPoints, Validity } from '../../../domain/offers/types';
import { spokenValidity } from '../../../domain/offers/validity';
import { numberChips } from '../chips';
import type { Chip } from '../chips';
import { couponsOf, mayAdd, missingInGift, VALIDITIES } from '../pack';
import type { PartId, PartKind } from '../pack';

/** One number of a part. */
export interface PartNumber {
  label: string;
  hint: string;
  unit: string;
  value: number;
  step: number;
}

/** One part that is in the pack. */
export interface PartShown {
  id: PartId;
  kind: PartKind;
  mark: string;
  title: string;
  detail: string;
  open: boolean;
  number: PartNumber | null;
  /** of a coupon */
  coupon: CouponTemplate | null;
  validities: Chip[];
  categories: Chip[];
  isAlone: boolean;
  /** of points: when they come, and how long they last; of a kept level: which */
  choices: { of: 'on' | 'days' | 'level'; label: string; chips: Chip[] }[];
}

export interface PackShown {
  parts: PartShown[];
  adds: { id: PartKind; word: string }[];
  /** what keeps this gift from being launched; '' = nothing */
  fault: string;
}

const ADD_WORDS: readonly [PartKind, string][] = [
  ['coupon', '再放一张券'],
  ['points', '积分'],
  ['levelKeep', '等级保级'],
  ['survey', '问卷积分'],
  ['stock', '限量'],
];

const NOTHING = { coupon: null, validities: [], categories: [], isAlone: false, choices: [] };

/** What else lies in the pack, with the part that is open, and what may still be put in. */
export function packShown(plan: CampaignPlan, open: PartId, known: readonly string[]): PackShown {
  const { points, levelKeep, surveyPoints, stock } = plan.offer;
  const parts: PartShown[] = couponsOf(plan).map((one, i) => couponShown(one, `coupon:${i}`, open, known));
  if (points) parts.push(pointsShown(points, open));
  if (levelKeep)
    parts.push({
      ...NOTHING,
      id: 'levelKeep',
      kind: 'levelKeep',
      mark: '级',
      title: '等级保级',
      detail: spokenKeep(levelKeep),
      open: open === 'levelKeep',
      number: { label: '保留多久', hint: '从领取那天算起', unit: '个月', value: levelKeep.months, step: 1 },
      choices: [
        {
          of: 'level',
          label: '保到哪一级',
          chips: LEVELS.filter((level) => level !== 'basic').map((id) => ({
            id,
            word: LEVEL_WORDS[id],
            on: id === levelKeep.level,
          })),
        },
      ],
    });
  if (surveyPoints)
    parts.push({
      ...NOTHING,
      id: 'survey',
      kind: 'survey',
      mark: '问',
      title: `答问卷得 ${surveyPoints} 积分`,
      detail: '问一句为什么好久没来，答案进复盘',
      open: open === 'survey',
      number: { label: '答完给多少', hint: '', unit: '分', value: surveyPoints, step: 10 },
    });
  if (stock)
    parts.push({
      ...NOTHING,
      id: 'stock',
      kind: 'stock',
      mark: '限',
      title: `一共 ${stock} 份`,
      detail: '领完为止，礼包页会写还剩多少',
      open: open === 'stock',
      number: { label: '一共多少份', hint: '追加跟进的礼包另有一样多', unit: '份', value: stock, step: 50 },
    });
  return {
    parts,
    adds: ADD_WORDS.filter(([id]) => mayAdd(plan, id)).map(([id, word]) => ({ id, word })),
    fault: missingInGift(plan),
  };
}

const isSame = (one: Validity, other: Validity): boolean => spokenValidity(one) === spokenValidity(other);

function couponShown(one: CouponTemplate, id: PartId, open: PartId, known: readonly string[]): PartShown {
  const chosen = one.scope?.categories ?? [];
  const isUsual = VALIDITIES.some(({ validity }) => isSame(validity, one.validity));
  return {
    ...NOTHING,
    id,
    kind: 'coupon',
    mark: '券',
    title: `${headlineOf(one.rule) || '体验券'} · ${one.title}`,
    detail: `${conditionsOf(one.rule, one.scope)}；${spokenValidity(one.validity)}有效`,
    open: open === id,
    number: null,
    coupon: one,
    validities: [
      ...VALIDITIES.map(({ id: of, word, validity }) => ({
        id: of,
        word,
        on: isSame(validity, one.validity),
      })),
      ...(isUsual ? [] : [{ id: 'own', word: spokenValidity(one.validity), on: true }]),
    ],
    categories: [...new Set([...chosen, ...known])].map((word) => ({
      id: word,
      word,
      on: chosen.includes(word),
    })),
    isAlone: one.stacking === 'alone',
  };
}

const FOREVER = 0;
const POINT_DAYS = [30, 90, 180, 365, FOREVER];

function pointsShown({ points, validDays, on }: PackPoints, open: PartId): PartShown {
  return {
    ...NOTHING,
    id: 'points',
    kind: 'points',
    mark: '分',
    title: `${points} 积分`,
    detail: `${on === 'claim' ? '领取即到账' : '用券后到账，退货收回'}${validDays === null ? '' : `，${validDays} 天内有效`}`,
    open: open === 'points',
    number: { label: '给多少', hint: '', unit: '分', value: points, step: 50 },
    choices: [
      {
        of: 'on',
        label: '什么时候到账',
        chips: [
          { id: 'redeem', word: '用券后', on: on === 'redeem' },
          { id: 'claim', word: '领取时', on: on === 'claim' },
        ],
      },
      {
        of: 'days',
        label: '多久内有效',
        chips: numberChips(POINT_DAYS, validDays ?? FOREVER, (n) => (n === FOREVER ? '不过期' : `${n} 天`)),
      },
    ],
  };
}
