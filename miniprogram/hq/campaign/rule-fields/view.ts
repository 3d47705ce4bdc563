import type { CouponRule } from '../../../domain/offers/types';
import type { Chip } from '../chips';
import type { RuleField, RuleKind } from '../rules';

/** A number of a rule as a field shows it; yuan for money. */
export interface NumberShown {
  field: RuleField;
  label: string;
  hint: string;
  unit: string;
  value: number;
  step: number;
  least: number;
}

export interface RuleShown {
  kinds: Chip[];
  numbers: NumberShown[];
  isTrial: boolean;
  /** what a trial hands over */
  product: string;
}

const KINDS: readonly [RuleKind, string][] = [
  ['percent', '打折'],
  ['amountOff', '减钱'],
  ['trial', '送体验'],
];

export function ruleShown(rule: CouponRule): RuleShown {
  return {
    kinds: KINDS.map(([id, word]) => ({ id, word, on: id === rule.kind })),
    numbers: numbersOf(rule),
    isTrial: rule.kind === 'trial',
    product: rule.kind === 'trial' ? rule.product : '',
  };
}

const wholeYuan = (fen: number): number => Math.round(fen / 100);

function numbersOf(rule: CouponRule): NumberShown[] {
  const minimum: NumberShown = {
    field: 'min',
    label: '满多少可用',
    hint: '0 就是无门槛',
    unit: '元',
    value: wholeYuan(rule.minFen),
    step: 50,
    least: 0,
  };
  if (rule.kind === 'trial')
    return [
      {
        ...minimum,
        field: 'worth',
        label: '值多少',
        hint: '0 就不写价值；算花费时按这个数',
        value: wholeYuan(rule.worthFen ?? 0),
        step: 5,
      },
      minimum,
    ];
  if (rule.kind === 'amountOff')
    return [
      {
        ...minimum,
        field: 'off',
        label: '减多少',
        hint: '',
        value: wholeYuan(rule.offFen),
        step: 5,
        least: 1,
      },
      minimum,
    ];
  return [
    { field: 'pay', label: '顾客付', hint: '70 就是 7 折', unit: '%', value: rule.pay, step: 5, least: 10 },
    minimum,
    {
      ...minimum,
      field: 'cap',
      label: '最高减',
      hint: '0 就是不封顶，花费也就说不准',
      value: wholeYuan(rule.capFen ?? 0),
    },
  ];
}
