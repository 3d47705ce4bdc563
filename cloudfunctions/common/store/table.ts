import { randomUUID } from 'node:crypto';
import { countDatabaseCall, database } from './cloudbase';
import type { Collections } from './documents';

/** The service gives at most this many documents an answer, and 100 when nobody asks. */
export const PAGE_LIMIT = 1000;

/** A condition as the SDK takes it: fields of the document, dotted paths and `db.command` values. */
export type Condition<T> = { [K in keyof T]?: unknown } & Record<string, unknown>;
export type Change<T> = { [K in keyof T]?: unknown } & Record<string, unknown>;

/** `db.command`, the SDK's comparison and update operators. */
export const command = (): ReturnType<typeof database>['command'] => database().command;

export interface PageAsk<T> {
  where?: Condition<T>;
  orderBy?: [field: string, direction: 'asc' | 'desc'][];
  limit: number;
  /** parts of the document, dotted paths too; the rest is missing from the answer, whatever its type says */
  fields?: ((keyof T & string) | `${keyof T & string}.${string}`)[];
}

/** One collection, typed. Every method is one database call unless its name says more. */
export interface Table<T extends { _id: string }> {
  find(id: string): Promise<T | null>;
  /** at most 1000 ids */
  findMany(ids: readonly string[]): Promise<T[]>;
  findOne(where: Condition<T>): Promise<T | null>;
  page(ask: PageAsk<T>): Promise<T[]>;
  /**
   * The n-th document in an order, the first being 1; null when there are fewer. Those before it are passed over, so
   * both the condition and the order have to be an index's, and it is for a few places of a long row, never for paging.
   */
  nth(ask: Omit<PageAsk<T>, 'limit'>, rank: number): Promise<T | null>;
  /** everything that fulfils the condition, by id; one call for each `pageSize`, by key */
  all(where: Condition<T>, pageSize: number, fields?: PageAsk<T>['fields']): Promise<T[]>;
  /** which of these ids stand; at most 1000 */
  known(ids: readonly string[]): Promise<Set<string>>;
  count(where: Condition<T>): Promise<number>;
  /** @returns false when a document with this `_id` (or another unique key) stands already; nothing is changed then */
  addNew(doc: T): Promise<boolean>;
  /** Adds documents none of which exists yet; a taken key throws and the service may have added those before it. */
  addAll(docs: readonly T[]): Promise<void>;
  /** As `addAll`, but a taken key is an answer: false, and some of them may have been added. Read again and decide anew. */
  tryAddAll(docs: readonly T[]): Promise<boolean>;
  /** Changes the one document that still fulfils the condition. @returns false when none does */
  changeIf(where: Condition<T>, change: Change<T>): Promise<boolean>;
  /** Changes all that fulfil the condition. @returns how many */
  changeAll(where: Condition<T>, change: Change<T>): Promise<number>;
  /** Adds those of at most 1000 documents that do not stand yet. One call when none does, else some more. */
  addMissing(docs: readonly T[]): Promise<void>;
  /** Removes all that fulfil the condition. @returns how many */
  removeAll(where: Condition<T>): Promise<number>;
  /** Writes the whole document, whether it stood or not. */
  put(doc: T): Promise<void>;
  aggregate<Row>(
    stages: (from: ReturnType<ReturnType<ReturnType<typeof database>['collection']>['aggregate']>) => {
      end(): Promise<{ data: unknown }>;
    },
  ): Promise<Row[]>;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Object.getPrototypeOf(value) === Object.prototype || Array.isArray(value))
  );
}

/**
 * The SDK flattens a nested object to dotted paths: `update({facts: {}})` would keep what was there. A part of a
 * document that we give is meant whole, so it goes in by `_.set`.
 */
export function wholeParts(change: Record<string, unknown>): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(change)) {
    whole[field] = isPlain(value) ? command().set(value) : value;
  }
  return whole;
}

/**
 * Every write of a task says so in the task itself: the boards find by it what they have not counted yet. The mark is
 * part of the write, so it cannot be lost between two; it names the write, so whoever clears it clears what was counted and
 * nothing later. Care tasks stand on no board.
 */
function marked<C extends object>(name: string, part: C): C {
  if (name !== 'tasks' || 'uncounted' in part || (part as { kind?: unknown }).kind === 'care') return part;
  return { ...part, uncounted: `${Date.now().toString(36)}-${randomUUID().slice(0, 8)}` };
}

function isTakenKey(error: unknown): boolean {
  return /E11000|duplicate key/i.test(String((error as { message?: unknown }).message));
}

/**
 * @example const tasks = table('tasks'); await tasks.changeIf({ _id, status: 'open' }, { status: 'contacted' });
 */
export function table<N extends keyof Collections>(name: N): Table<Collections[N]> {
  type T = Collections[N];
  const collection = (kind: Parameters<typeof countDatabaseCall>[0] = 'reads') => {
    countDatabaseCall(kind);
    return database().collection(name);
  };
  const rows = (answer: unknown) => (answer as { data: T[] }).data;
  const asked = ({ where, orderBy = [], fields }: Omit<PageAsk<T>, 'limit'>) => {
    let query = collection().where(where ?? {});
    for (const [field, direction] of orderBy) query = query.orderBy(field, direction);
    return fields ? query.field(Object.fromEntries(fields.map((f) => [f, true]))) : query;
  };
  const updated = (answer: unknown) => Number((answer as { updated?: number }).updated ?? 0);

  const self: Table<T> = {
    async find(id) {
      return rows(await collection().where({ _id: id }).limit(1).get())[0] ?? null;
    },
    async findMany(ids) {
      if (ids.length === 0) return [];
      return rows(
        await collection()
          .where({ _id: command().in([...ids]) })
          .limit(PAGE_LIMIT)
          .get(),
      );
    },
    async findOne(where) {
      return rows(await collection().where(where).limit(1).get())[0] ?? null;
    },
    async page({ limit, ...ask }) {
      return rows(await asked(ask).limit(Math.min(limit, PAGE_LIMIT)).get());
    },
    async nth(ask, rank) {
      return (
        rows(
          await asked(ask)
            .skip(rank - 1)
            .limit(1)
            .get(),
        )[0] ?? null
      );
    },
    async all(where, pageSize, fields) {
      const found: T[] = [];
      for (let after = ''; ; after = found.at(-1)?._id ?? '') {
        const next = await self.page({
          where: { ...where, _id: command().gt(after) },
          orderBy: [['_id', 'asc']],
          limit: pageSize,
          ...(fields ? { fields } : {}),
        });
        found.push(...next);
        if (next.length < Math.min(pageSize, PAGE_LIMIT)) return found;
      }
    },
    async known(ids) {
      if (ids.length === 0) return new Set();
      const docs = await self.page({
        where: { _id: command().in([...ids]) },
        limit: PAGE_LIMIT,
        fields: ['_id'],
      });
      return new Set(docs.map((doc) => doc._id));
    },
    async count(where) {
      return (await collection().where(where).count()).total ?? 0;
    },
    async addNew(doc) {
      try {
        await collection('writes').add(marked(name, doc));
        return true;
      } catch (error) {
        if (isTakenKey(error)) return false;
        throw error;
      }
    },
    async addAll(docs) {
      if (docs.length > 0) await collection('writes').add(docs.map((doc) => marked(name, doc)));
    },
    async tryAddAll(docs) {
      try {
        if (docs.length > 0) await collection('writes').add(docs.map((doc) => marked(name, doc)));
        return true;
      } catch (error) {
        if (isTakenKey(error)) return false;
        throw error;
      }
    },
    async addMissing(docs) {
      let missing = docs;
      while (!(await self.tryAddAll(missing))) {
        const known = await self.known(missing.map((doc) => doc._id));
        if (known.size === 0) throw new Error(`${name}: another unique key than _id is taken`);
        missing = missing.filter((doc) => !known.has(doc._id));
      }
    },
    async removeAll(where) {
      return Number((await collection('writes').where(where).remove()).deleted ?? 0);
    },
    async changeIf(where, change) {
      return (
        updated(
          await collection('writes')
            .where(where)
            .update(wholeParts(marked(name, change))),
        ) > 0
      );
    },
    async changeAll(where, change) {
      return updated(
        await collection('writes')
          .where(where)
          .update(wholeParts(marked(name, change))),
      );
    },
    async put(doc) {
      const { _id, ...rest } = marked(name, doc);
      await collection('writes').doc(_id).set(rest);
    },
    async aggregate(stages) {
      return (await stages(collection().aggregate()).end()).data as never;
    },
  };
  return self;
}
