import type { Change, Condition, DocumentStep, Reply, Row, Scalar, Step, Value } from './language';

class Refused extends Error {}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
/** The order of the fields counts, the place of `_id` does not. */
const same = (a: Row, b: Row) => text(a) === text(b);
const text = ({ _id, ...fields }: Row) => JSON.stringify([_id, fields]);

/**
 * What CloudBase's documentation says of its database, over a plain Map: no index, no bytes, nothing
 * shared with the store under test. Only the values and operators of `sequences.ts` are known to it.
 */
export class PlainModel {
  rows = new Map<string, Row>();

  /** Plays one step: all of it, or none when it is refused. */
  play(step: Step): Reply {
    const before = new Map(this.rows);
    try {
      return this.run(step);
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause;
      this.rows = before;
      return 'refused';
    }
  }

  private run(step: Step): Reply {
    switch (step.act) {
      case 'add':
        for (const row of step.rows) {
          if (this.rows.has(row._id)) throw new Refused();
          this.rows.set(row._id, copy(row));
        }
        return step.rows.length;
      case 'get':
        return this.rows.get(step.id) ?? null;
      case 'set': {
        const row = { _id: step.id, ...step.data };
        const old = this.rows.get(step.id);
        this.rows.set(step.id, copy(row));
        return old && !same(old, row) ? 1 : 0;
      }
      case 'update':
        return this.change(this.rows.has(step.id) ? [step.id] : [], step.changes);
      case 'remove':
        return this.rows.delete(step.id) ? 1 : 0;
      case 'find':
        return this.matching(step.where)
          .sort(
            (a, b) =>
              step.sort.map(([field, way]) => order(a[field], b[field]) * way).find((o) => o !== 0) ??
              order(a._id, b._id),
          )
          .slice(step.skip, step.skip + step.limit);
      case 'count':
        return this.matching(step.where).length;
      case 'removeWhere': {
        const gone = this.matching(step.where);
        for (const { _id } of gone) this.rows.delete(_id);
        return gone.length;
      }
      case 'updateWhere':
        return this.change(
          this.matching(step.where).map(({ _id }) => _id),
          step.changes,
        );
      case 'transaction':
        return this.transaction(step.steps, step.commits);
    }
  }

  /** A refused step ends a transaction, and nothing of it stays. */
  private transaction(steps: DocumentStep[], commits: boolean): Reply {
    const before = new Map(this.rows);
    const replies: Reply[] = [];
    for (const step of steps) {
      const reply = this.play(step);
      replies.push(copy(reply));
      if (reply === 'refused') break;
    }
    if (!commits || replies.includes('refused')) this.rows = before;
    return replies;
  }

  private matching(where: Condition): Row[] {
    return [...this.rows.values()].filter((row) => meets(row, where));
  }

  private change(ids: string[], changes: Change[]): number {
    let changed = 0;
    for (const id of ids) {
      const row = this.rows.get(id) as Row;
      const after = copy(row);
      for (const change of changes) apply(after, change);
      if (!same(row, after)) changed++;
      this.rows.set(id, after);
    }
    return changed;
  }
}

/** `a.b` of a document; undefined when there is no such field. No array lies on the way in these tests. */
function valueAt(row: Row, field: string): Value | undefined {
  let value: Value | undefined = row;
  for (const step of field.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = value[step];
  }
  return value;
}

function meets(row: Row, where: Condition): boolean {
  if ('all' in where) return where.all.every((part) => meets(row, part));
  if ('any' in where) return where.any.some((part) => meets(row, part));
  const value = valueAt(row, where.field);
  // A condition on a field that holds an array is met by any of its elements.
  const seen = Array.isArray(value) ? [value, ...value] : [value];
  const equal = (wanted: Scalar) => seen.some((one) => (one ?? null) === wanted);
  switch (where.op) {
    case 'eq':
      return equal(where.value);
    case 'neq':
      return !equal(where.value);
    case 'in':
      return where.value.some(equal);
    case 'nin':
      return !where.value.some(equal);
    case 'exists':
      return (value !== undefined) === where.value;
    default: {
      const { op, value: bound } = where;
      return seen.some((one = null) => kind(one) === kind(bound) && holds[op](order(one, bound)));
    }
  }
}

const holds = {
  gt: (o: number) => o > 0,
  gte: (o: number) => o >= 0,
  lt: (o: number) => o < 0,
  lte: (o: number) => o <= 0,
};

/** BSON's order of types, as far as these tests go. */
function kind(value: Value | undefined): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'object') return Array.isArray(value) ? 4 : 3;
  return typeof value === 'number' ? 1 : typeof value === 'string' ? 2 : 5;
}

function order(a: Value | undefined, b: Value | undefined): number {
  if (kind(a) !== kind(b)) return kind(a) - kind(b);
  const [x, y] = [a as number, b as number];
  return x < y ? -1 : x > y ? 1 : 0;
}

function apply(row: Row, change: Change): void {
  const steps = change.field.split('.');
  const last = steps.pop() as string;
  const creates = !['remove', 'rename', 'pop', 'shift', 'pull', 'pullAll'].includes(change.op);
  let holder: { [field: string]: Value } = row;
  for (const step of steps) {
    if (holder[step] === undefined) {
      if (!creates) return;
      holder[step] = {};
    }
    const next = holder[step];
    if (typeof next !== 'object' || next === null || Array.isArray(next)) {
      if (!creates) return;
      throw new Refused();
    }
    holder = next;
  }
  const now = holder[last];
  const after = result(now, change);
  if (after === undefined) delete holder[last];
  else holder[last] = after;
  if (change.op === 'rename' && now !== undefined) row[change.to] = now;
}

function result(now: Value | undefined, change: Change): Value | undefined {
  switch (change.op) {
    case 'set':
      return copy(change.value);
    case 'remove':
    case 'rename':
      return undefined;
    case 'inc':
    case 'mul': {
      if (now !== undefined && typeof now !== 'number') throw new Refused();
      // Whole numbers have one zero.
      return (change.op === 'inc' ? (now ?? 0) + change.value : (now ?? 0) * change.value) + 0;
    }
    case 'min':
      return now === undefined || order(change.value, now) < 0 ? change.value : now;
    case 'max':
      return now === undefined || order(change.value, now) > 0 ? change.value : now;
    default:
      return changedList(now, change);
  }
}

type ListChange = Exclude<Change, { op: 'set' | 'remove' | 'rename' | 'inc' | 'mul' | 'min' | 'max' }>;

function changedList(now: Value | undefined, change: ListChange): Value | undefined {
  if (now !== undefined && !Array.isArray(now)) throw new Refused();
  const list = now ?? [];
  const kept = (after: Value[]) => (now === undefined ? undefined : after);
  switch (change.op) {
    case 'pop':
      return kept(list.slice(0, -1));
    case 'shift':
      return kept(list.slice(1));
    case 'pull':
      return kept(list.filter((one) => one !== change.value));
    case 'pullAll':
      return kept(list.filter((one) => !change.value.some((gone) => gone === one)));
    case 'addToSet':
      return list.includes(change.value) ? list : [...list, change.value];
    case 'unshift':
      return [...change.value, ...list];
    case 'push': {
      const at = change.position ?? list.length;
      const all = [...list.slice(0, at), ...change.value, ...list.slice(at)];
      const { sort, slice } = change;
      if (sort !== undefined) all.sort((a, b) => order(a, b) * sort);
      if (slice === undefined) return all;
      return slice < 0 ? all.slice(slice) : all.slice(0, slice);
    }
  }
}
