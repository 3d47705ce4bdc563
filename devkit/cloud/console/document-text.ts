import { encodeDocument } from '../wire/ejson';
import type { Doc } from '../store/values';

/**
 * A document as the extended JSON that can be edited and read back by `decode` without loss; dates as ISO text.
 *
 * @example documentText({ at: new Date(0) }); // → '{\n  "at": {\n    "$date": "1970-01-01T00:00:00.000Z"\n  }\n}'
 */
export function documentText(doc: Doc): string {
  return JSON.stringify(JSON.parse(encodeDocument(doc), withIsoDate), null, 2);
}

function withIsoDate(key: string, value: unknown): unknown {
  if (key !== '$date' || typeof value !== 'object' || value === null) return value;
  const ms = Number((value as { $numberLong?: string }).$numberLong);
  // Beyond what ISO text can say (and for an invalid date) the number stays.
  return Number.isNaN(new Date(ms).getTime()) ? value : new Date(ms).toISOString();
}
