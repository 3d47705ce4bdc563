import { evalExpr } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as pipelines from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import * as windows from 'mingo/operators/window';
import type { Options } from 'mingo/types';
import { requestFailed } from '../failures';

/** An expression operator: the document, the unevaluated argument, and mingo's options. */
type Expression = (doc: unknown, argument: unknown, options: Options) => unknown;

/** `$week`: weeks begin on Sunday, the days before the first Sunday are week 0. mingo counts ISO weeks. */
const $week: Expression = (doc, argument, options) => {
  const date = evalExpr(doc, { $toDate: dateOf(argument) }, options);
  if (!(date instanceof Date)) return null;
  const yearStart = Date.UTC(date.getUTCFullYear(), 0, 1);
  const dayOfYear = Math.floor((date.getTime() - yearStart) / 86_400_000);
  return Math.floor((dayOfYear + 7 - date.getUTCDay()) / 7);
};
const dateOf = (argument: unknown) =>
  typeof argument === 'object' && argument !== null && 'date' in argument ? argument.date : argument;

/** `$indexOfCP`, which mingo lacks: counted in code points. */
const $indexOfCP: Expression = (doc, argument, options) => {
  const [text, part, start = 0, end] = evalExpr(doc, argument, options) as [
    unknown,
    unknown,
    number?,
    number?,
  ];
  if (text === null || text === undefined) return null;
  if (typeof text !== 'string' || typeof part !== 'string') {
    throw requestFailed('$indexOfCP requires strings as the first and second arguments');
  }
  const points = [...text].slice(0, end);
  const at = points.slice(start).join('').indexOf(part);
  return at < 0 ? -1 : start + [...points.slice(start).join('').slice(0, at)].length;
};

/** `$substr` takes a negative length for "the rest"; mingo refuses it. */
const $substr: Expression = (doc, argument, options) => {
  const [text, start, length] = evalExpr(doc, argument, options) as [unknown, number, number];
  if (text === null || text === undefined) return '';
  const bytes = Buffer.from(String(text), 'utf8');
  if (start < 0) return '';
  return bytes.toString('utf8', start, length < 0 ? bytes.length : start + length);
};

const CORRECTED = { $week, $indexOfCP, $substr, $substrBytes: $substr };

/** mingo's operators by kind, the expression operators corrected to what MongoDB answers. */
export const OPERATORS = {
  accumulator: accumulators,
  expression: { ...expressions, ...CORRECTED },
  pipeline: pipelines,
  projection: projections,
  query: queries,
  window: windows,
};
