import { extname } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CloudParts } from './action';
import { readBody } from './body';

const TYPES: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.pdf': 'application/pdf',
};

/** `/_blob/<path>`: reading and writing a file under an address signed for it. */
export async function answerBlob(
  cloud: CloudParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const path = decodeURIComponent(url.pathname.slice('/_blob/'.length));
  const use = request.method === 'PUT' ? 'write' : 'read';
  const expires = Number(url.searchParams.get('expires'));
  const allowed =
    url.searchParams.get('use') === use &&
    cloud.links.allows(use, path, expires, url.searchParams.get('sign') ?? '');
  if (!allowed || !['GET', 'HEAD', 'PUT'].includes(request.method ?? '')) {
    request.resume();
    response.writeHead(403, { 'content-type': 'application/xml' });
    response.end(xmlError('AccessDenied', 'the address is not signed for this, or has expired', path));
    return;
  }
  if (use === 'write') {
    const content = await readBody(request);
    await cloud.blobs.put(path, content);
    await cloud.files.keep({ path, bytes: content.length, at: cloud.now() });
    response.writeHead(200);
    response.end();
    return;
  }
  const content = await cloud.blobs.get(path);
  if (!content) {
    response.writeHead(404, { 'content-type': 'application/xml' });
    response.end(xmlError('NoSuchKey', 'The specified key does not exist.', path));
    return;
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    'content-length': content.length,
    // What was uploaded is shown, never run.
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}

/** The shape in which object storage complains, which the SDK parses. */
function xmlError(code: string, message: string, resource: string): string {
  const safe = resource.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
  return `<?xml version='1.0' encoding='utf-8' ?><Error><Code>${code}</Code><Message>${message}</Message><Resource>/${safe}</Resource><RequestId>local</RequestId><TraceId>local</TraceId></Error>`;
}
