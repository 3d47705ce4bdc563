import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CloudError, invalidParam } from '../failures';
import type { Action, CloudParts } from './action';
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
    const name = String(parameters.action);
    if (owner !== undefined && name.startsWith('database.')) cloud.runner.countDatabaseCall(owner);
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (!action) throw invalidParam(`unknown action: ${name}`);
    const answer = await action({ cloud, requestId, owner }, parameters);
    reply = Buffer.isBuffer(answer) ? answer : { requestId, ...answer };
  } catch (cause) {
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
