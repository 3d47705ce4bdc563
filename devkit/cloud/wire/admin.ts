import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CloudError, invalidParam } from '../failures';
import { ReplyDropped, type FaultyCall } from '../faults/faults';
import type { Action, ActionContext, CloudParts, Parameters } from './action';
import { parseParameters, readBody } from './body';
import { DATABASE_ACTIONS } from './database-actions';
import { OTHER_ACTIONS } from './other-actions';

const ACTIONS: Record<string, Action> = { ...DATABASE_ACTIONS, ...OTHER_ACTIONS };

/**
 * The SDK's own address: `POST /admin`, or `/admin/of/<request>` from inside a function. Answers
 * with HTTP 200 always; a refusal is `{ code, message, requestId }`.
 */
export async function answerAdmin(
  cloud: CloudParts,
  request: IncomingMessage,
  response: ServerResponse,
  owner: string | undefined,
): Promise<void> {
  const requestId = randomUUID();
  let reply: object | Buffer;
  try {
    const parameters = parseParameters(await readBody(request), request.headers['content-type'] ?? '');
    const name = textOf(parameters.action);
    if (owner !== undefined && name.startsWith('database.')) cloud.runner.countDatabaseCall(owner);
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw invalidParam(`unknown action: ${name}`);
    const context: ActionContext = { cloud, requestId, owner };
    const call = faultyCall(context, name, parameters, response);
    const answer = await cloud.faults.around(call, async () => action(context, parameters));
    reply = Buffer.isBuffer(answer) ? answer : { requestId, ...answer };
  } catch (cause) {
    if (cause instanceof ReplyDropped) return void response.destroy();
    reply = refusal(cloud, cause, requestId);
  }
  const binary = Buffer.isBuffer(reply);
  const body = binary ? (reply as Buffer) : Buffer.from(JSON.stringify(reply), 'utf8');
  response.writeHead(200, {
    'content-type': binary ? 'application/octet-stream' : 'application/json; charset=utf-8',
    'content-length': body.length,
  });
  response.end(body);
}

function faultyCall(
  { cloud, requestId, owner }: ActionContext,
  action: string,
  parameters: Parameters,
  response: ServerResponse,
): FaultyCall {
  return {
    action,
    requestId,
    function: owner === undefined ? undefined : cloud.runner.functionOf(owner),
    gone: () => new Promise((resolve) => response.once('close', resolve)),
    abort: () => {
      try {
        cloud.store.transactions.abort(parameters.transactionId);
      } catch (cause) {
        // Outside a transaction, or after its end, there is nothing to abort.
        if (!(cause instanceof CloudError)) throw cause;
      }
    },
  };
}

/** The action's name; in a multipart request it arrives as bytes. */
const textOf = (value: unknown) =>
  typeof value === 'string' || Buffer.isBuffer(value) ? value.toString('utf8') : '';

/** Anything that is not a named refusal is a bug of this cloud: it is logged with its stack. */
function refusal(cloud: CloudParts, cause: unknown, requestId: string): object {
  if (cause instanceof CloudError) {
    return { requestId: cause.requestId || requestId, code: cause.code, message: cause.message };
  }
  const error = cause instanceof Error ? cause : new Error(String(cause));
  cloud.log({
    level: 'error',
    source: 'cloud',
    about: 'admin',
    message: error.stack ?? error.message,
    requestId,
  });
  return { requestId, code: 'SYS_ERR', message: `[InternalError] ${error.message}` };
}
