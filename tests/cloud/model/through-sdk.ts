import type { App, Transaction } from '../harness';
import type { Change, Condition, DocumentStep, Reply, Row, Step } from './language';

type Database = ReturnType<App['database']>;
type Command = Database['command'];

/** Plays the steps of the model's language with the SDK's calls. */
export function playerThroughSdk(db: Database, collection: string): (step: Step) => Promise<Reply> {
  const _ = db.command;
  const rows = () => db.collection(collection);
  const run = async (step: Step): Promise<Reply> => {
    switch (step.act) {
      case 'find': {
        let query = rows().where(conditionIn(_, step.where));
        for (const [field, way] of step.sort) query = query.orderBy(field, way === 1 ? 'asc' : 'desc');
        query = query.orderBy('_id', 'asc').skip(step.skip).limit(step.limit);
        return (await query.get()).data as Row[];
      }
      case 'count':
        return (await rows().where(conditionIn(_, step.where)).count()).total ?? 0;
      case 'removeWhere':
        return Number((await rows().where(conditionIn(_, step.where)).remove()).deleted);
      case 'updateWhere':
        return Number(
          (await rows().where(conditionIn(_, step.where)).update(updateIn(_, step.changes))).updated,
        );
      case 'transaction':
        return inTransaction(step.steps, step.commits);
      default:
        return onDocument(db, step);
    }
  };
  const onDocument = async (where: Database | Transaction, step: DocumentStep): Promise<Reply> => {
    const within = where.collection(collection);
    switch (step.act) {
      case 'add': {
        const one = step.rows.length === 1 ? step.rows[0] : undefined;
        await within.add(one ?? step.rows);
        return step.rows.length;
      }
      case 'get': {
        // A list outside a transaction, a document inside one.
        const { data } = (await within.doc(step.id).get()) as { data: Row[] | Row | null };
        return Array.isArray(data) ? (data[0] ?? null) : data;
      }
      case 'set':
        return Number((await within.doc(step.id).set(step.data)).updated ?? 0);
      case 'update':
        return Number((await within.doc(step.id).update(updateIn(_, step.changes))).updated);
      case 'remove':
        return Number((await within.doc(step.id).remove()).deleted);
    }
  };
  const inTransaction = async (steps: DocumentStep[], commits: boolean): Promise<Reply> => {
    const transaction = await db.startTransaction();
    const replies: Reply[] = [];
    for (const step of steps) {
      const reply = await orRefused(onDocument(transaction, step));
      replies.push(reply);
      // The refusal has ended the transaction on the server.
      if (reply === 'refused') return replies;
    }
    await (commits ? transaction.commit() : transaction.rollback());
    return replies;
  };
  return (step) => orRefused(run(step));
}

/** A refusal by the database; anything else that goes wrong is not one. */
async function orRefused(reply: Promise<Reply>): Promise<Reply> {
  try {
    return await reply;
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (code === 'DATABASE_REQUEST_FAILED' || code === 'DATABASE_DUPLICATE_WRITE') return 'refused';
    throw cause;
  }
}

export function conditionIn(_: Command, where: Condition): object {
  if ('all' in where) return _.and(where.all.map((part) => conditionIn(_, part)));
  if ('any' in where) return _.or(where.any.map((part) => conditionIn(_, part)));
  const { field, op, value } = where;
  const build = _[op] as (value: unknown) => unknown;
  return { [field]: build.call(_, value) };
}

function updateIn(_: Command, changes: Change[]): object {
  return Object.fromEntries(changes.map((change) => [change.field, commandOf(_, change)]));
}

function commandOf(_: Command, change: Change): unknown {
  switch (change.op) {
    case 'set':
      return _.set(change.value);
    case 'remove':
    case 'pop':
    case 'shift':
      return _[change.op]();
    case 'push': {
      const { value, position, sort, slice } = change;
      return _.push({ each: value, position, sort, slice } as never);
    }
    case 'rename':
      return _.rename(change.to);
    case 'unshift':
      return _.unshift(change.value);
    default:
      return (_[change.op] as (value: unknown) => unknown).call(_, change.value);
  }
}
