import type { IncomingMessage, ServerResponse } from 'node:http';
import { CloudError } from '../failures';
import { ReplyDropped } from '../faults/faults';
import type { CloudParts } from './action';
import { readBody } from './body';

/** What a function may answer to an HTTP request; anything else is sent as JSON or text. */
interface IntegratedReply {
  statusCode?: unknown;
  headers?: unknown;
  body?: unknown;
  isBase64Encoded?: unknown;
}

const STATUS: Record<string, number> = {
  FUNCTION_NOT_FOUND: 404,
  EXCEED_MAX_PAYLOAD_SIZE: 413,
  FUNCTIONS_TIME_LIMIT_EXCEEDED: 504,
};

/** `/http/<function>/<rest>`: the function gets the request as CloudBase's HTTP access gives it. */
export async function answerHttpTrigger(
  cloud: CloudParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const [, , encoded = '', ...rest] = url.pathname.split('/');
  const name = decodeURIComponent(encoded);
  try {
    const body = await readBody(request);
    const text = isText(request.headers['content-type'] ?? '');
    const { result } = await cloud.runner.invoke(name, {
      path: '/' + rest.join('/'),
      httpMethod: request.method ?? 'GET',
      headers: request.headers,
      queryStringParameters: Object.fromEntries(url.searchParams),
      body: body.length === 0 ? '' : body.toString(text ? 'utf8' : 'base64'),
      isBase64Encoded: body.length > 0 && !text,
    });
    send(response, result);
  } catch (cause) {
    if (cause instanceof ReplyDropped) return void response.destroy();
    const { code, message, requestId } =
      cause instanceof CloudError ? cause : new CloudError('SYS_ERR', String(cause));
    response.writeHead(STATUS[code] ?? 500, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify({ code, message, requestId }));
  }
}

const isText = (type: string) =>
  type === '' ||
  /^(text\/|application\/(json|xml|x-www-form-urlencoded|javascript))|\+(json|xml)/i.test(type);

function send(response: ServerResponse, result: unknown): void {
  if (typeof result === 'object' && result !== null && 'statusCode' in result) {
    const { statusCode, headers, body, isBase64Encoded } = result as IntegratedReply;
    response.writeHead(statusFrom(statusCode), headersFrom(headers));
    const text =
      typeof body === 'string' ? body : body === undefined || body === null ? '' : JSON.stringify(body);
    response.end(isBase64Encoded === true ? Buffer.from(text, 'base64') : text);
    return;
  }
  const plain = typeof result === 'string';
  response.writeHead(200, {
    'content-type': plain ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
  });
  response.end(plain ? result : JSON.stringify(result ?? null));
}

const statusFrom = (value: unknown) => {
  const status = Number(value);
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : 502;
};

function headersFrom(value: unknown): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  if (typeof value !== 'object' || value === null) return headers;
  for (const [name, text] of Object.entries(value)) {
    if (/^[\w-]+$/.test(name)) headers[name.toLowerCase()] = String(text).replace(/[\r\n]/g, ' ');
  }
  return headers;
}
