import type { IncomingMessage } from 'node:http';

const LIMIT = 20 * 1024 * 1024;

/** A request that cannot be served, with its HTTP status and a sentence saying why. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Only pages of this very server, opened on this very machine, may ask.
 *
 * A foreign Host means a name was pointed at this machine (DNS rebinding); a foreign Origin means another site asks.
 */
export function checkCaller(request: IncomingMessage, port: number): void {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const host = request.headers.host ?? '';
  if (!hosts.includes(host)) throw new Refused(403, '只接受本机 127.0.0.1 的访问。');
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`)
    throw new Refused(403, '不接受别的网站发来的请求。');
  if (request.method === 'POST') {
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') throw new Refused(403, '不接受别的网站发来的请求。');
  }
}

/** The whole body, at most 20 MB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LIMIT) throw new Refused(413, '请求太大，上限 20 MB。');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The body as a JSON object; anything else is refused. */
export async function readJsonBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    throw new Refused(415, '请求必须是 JSON。');
  }
  let value: unknown;
  try {
    value = JSON.parse((await readBody(request)).toString('utf8'));
  } catch (cause) {
    if (cause instanceof Refused) throw cause;
    throw new Refused(400, '请求不是合法的 JSON。');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refused(400, '请求必须是 JSON 对象。');
  return value as Record<string, unknown>;
}

/** A text field of a request; refused when it is missing or something else. */
export function textOf(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw new Refused(400, `缺少 ${name}。`);
  return value;
}

/** A number field of a request; refused when it is missing or something else. */
export function numberOf(body: Record<string, unknown>, name: string): number {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Refused(400, `${name} 必须是数字。`);
  return value;
}
