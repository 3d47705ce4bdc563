import { describePlan, type Looked } from './find';

/** A kind of query with the way it was answered: which fields it asked for, and how many documents that took. */
export interface QueryKind {
  collection: string;
  /** the fields asked for, e.g. `clerkId, status` */
  fields: string;
  /** e.g. `index clerk_status_due`, or `all documents`; `, then sorted` where the order was not the way's */
  plan: string;
  /** asked by a function; otherwise by a program outside */
  byFunction: boolean;
  calls: number;
  /** documents looked at by the call that looked at most */
  mostScanned: number;
  /** found by that call */
  found: number;
}

/** So many kinds are kept; a program that makes up its fields does not fill the memory. */
const MOST_KINDS = 2000;

/** The fields of a query, those within `$and` and `$or` too, without their values. */
function fieldsOf(query: unknown, into: Set<string> = new Set()): Set<string> {
  if (Array.isArray(query)) for (const part of query) fieldsOf(part, into);
  else if (typeof query === 'object' && query !== null)
    for (const [key, part] of Object.entries(query)) {
      if (key.startsWith('$')) fieldsOf(part, into);
      else into.add(key);
    }
  return into;
}

/** Remembers the kinds of queries since the cloud started, for whoever asks which of them lacks an index. */
export class QueryBook {
  private readonly kinds = new Map<string, QueryKind>();

  keep(
    collection: string,
    query: unknown,
    { scanned, found, plan, sorts }: Looked,
    byFunction: boolean,
  ): void {
    const fields = [...fieldsOf(query)].sort().join(', ');
    const way = sorts ? `${describePlan(plan)}, then sorted` : describePlan(plan);
    const key = [collection, fields, way, byFunction].join('\n');
    const kind = this.kinds.get(key);
    if (!kind) {
      const first = { collection, fields, plan: way, byFunction, calls: 1, mostScanned: scanned, found };
      if (this.kinds.size < MOST_KINDS) this.kinds.set(key, first);
      return;
    }
    kind.calls += 1;
    if (scanned > kind.mostScanned) Object.assign(kind, { mostScanned: scanned, found });
  }

  all(): QueryKind[] {
    return [...this.kinds.values()];
  }
}
