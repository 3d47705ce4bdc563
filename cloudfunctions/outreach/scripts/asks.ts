import * as z from 'zod';
import type { ScriptDraft } from '../../../miniprogram/contract/scripts';
import { LIFECYCLES, VALUES } from '../../../miniprogram/domain/membership/types';
import type { Lifecycle, Value } from '../../../miniprogram/domain/membership/types';
import { LONGEST_SCENARIO } from '../../../miniprogram/domain/outreach/scripts/checkScript';
import { OCCASION_WORDS, PURPOSES, TONE_WORDS } from '../../../miniprogram/domain/outreach/types';
import type { Occasion, Tone } from '../../../miniprogram/domain/outreach/types';
import { someText } from '../../common/entry/asks';

const keysOf = <K extends string>(words: Record<K, string>) => Object.keys(words) as [K, ...K[]];

export const aLifecycle = z.enum(LIFECYCLES as [Lifecycle, ...Lifecycle[]]);
export const anOccasion = z.enum(keysOf<Occasion>(OCCASION_WORDS));

const oneOfEach = <T>(list: readonly T[]): boolean => new Set(list).size === list.length;

/** A script as it is typed. Its form only; whether it may be kept, `scriptFault` says. */
export const aDraft: z.ZodType<ScriptDraft> = z.strictObject({
  tone: z.enum(keysOf<Tone>(TONE_WORDS)),
  occasion: anOccasion,
  purpose: z.enum(PURPOSES),
  lifecycles: z.array(aLifecycle).max(LIFECYCLES.length).refine(oneOfEach, '会员状态选重复了'),
  values: z
    .array(z.enum(VALUES as [Value, ...Value[]]))
    .max(VALUES.length)
    .refine(oneOfEach, '会员价值选重复了'),
  scenario: someText(LONGEST_SCENARIO),
  notFor: someText(LONGEST_SCENARIO).optional(),
  text: someText(500),
});
