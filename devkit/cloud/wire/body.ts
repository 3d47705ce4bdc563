import type { IncomingMessage } from 'node:http';
import { CloudError, invalidParam } from '../failures';

const LARGEST_BODY = 64 * 1024 * 1024;

/** The whole body; refuses more than 64 MB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= LARGEST_BODY) parts.push(part);
    // The rest is taken off the connection, or the next request on it would never be read.
    else parts.length = 0;
  }
  if (size > LARGEST_BODY) {
    throw new CloudError('EXCEED_MAX_PAYLOAD_SIZE', 'the request is larger than 64 MB');
  }
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}

/** The parameters of an SDK request: JSON, or multipart for `wx.openApi`, whose parts stay bytes. */
export function parseParameters(body: Buffer, contentType: string): Record<string, unknown> {
  if (contentType.startsWith('multipart/')) return parseMultipart(body, contentType);
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8') || '{}');
  } catch (cause) {
    throw invalidParam(`the request is not JSON: ${(cause as Error).message}`);
  }
  if (typeof parsed !== 'object' || parsed === null) throw invalidParam('the request must be an object');
  return parsed as Record<string, unknown>;
}

function parseMultipart(body: Buffer, contentType: string): Record<string, Buffer> {
  const boundary = /boundary="?([^";]+)/.exec(contentType)?.[1];
  if (!boundary) throw invalidParam('multipart without a boundary');
  const mark = Buffer.from(`--${boundary}`);
  const fields: Record<string, Buffer> = {};
  let start = body.indexOf(mark);
  while (start >= 0) {
    const from = start + mark.length;
    const next = body.indexOf(mark, from);
    if (next < 0) break;
    const part = body.subarray(from + 2, next - 2);
    const split = part.indexOf('\r\n\r\n');
    const name = split < 0 ? undefined : /name="([^"]+)"/.exec(part.subarray(0, split).toString('utf8'))?.[1];
    if (name !== undefined && name !== '__proto__') fields[name] = part.subarray(split + 4);
    start = next;
  }
  return fields;
}
