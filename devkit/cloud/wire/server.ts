import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { TimerSchedule } from '../clock/timers';
import type { Console } from '../console/answer';
import { CloudStartError } from '../failures';
import type { CloudParts } from './action';
import { answerAdmin } from './admin';
import { answerBlob } from './blob-requests';
import { answerDev } from './dev-requests';
import { refusalFor } from './gate';
import { answerHttpTrigger } from './http-trigger';

/** What requests need, once everything has started. */
export interface Served {
  cloud: CloudParts;
  schedule: TimerSchedule;
  console: Console;
}

/** The one HTTP server, on 127.0.0.1 only. */
export interface WireServer {
  readonly port: number;
  /** Before this is called, and after `undefined`, every request but the lock's is answered with 503. */
  serve(served: Served | undefined): void;
  close(): Promise<void>;
}

export async function listen(port: number, lockToken: string): Promise<WireServer> {
  let served: Served | undefined;
  const server = createServer((request, response) => {
    route(request, response, () => served, portOf(server), lockToken).catch((cause: unknown) => {
      if (isMalformed(cause)) return sendText(request, response, 400, 'the address is malformed');
      served?.cloud.log({
        level: 'error',
        source: 'http',
        about: request.url ?? '',
        message: String((cause as Error).stack),
      });
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('internal error, see the log');
    });
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(notListening(port, cause)));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: portOf(server),
    serve: (parts) => void (served = parts),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  served: () => Served | undefined,
  port: number,
  lockToken: string,
): Promise<void> {
  const refused = refusalFor(request, port);
  if (refused !== undefined) return sendText(request, response, 403, refused);
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
  if (url.pathname === '/_dev/lock') return sendText(request, response, 200, lockToken);
  const ready = served();
  if (!ready) return sendText(request, response, 503, 'starting');
  const [, room = '', of, owner] = url.pathname.split('/');
  switch (room) {
    case 'admin':
      if (request.method !== 'POST') return sendText(request, response, 405, 'POST only');
      return answerAdmin(ready.cloud, request, response, of === 'of' ? owner : undefined);
    case 'http':
      return answerHttpTrigger(ready.cloud, request, response, url);
    case '_blob':
      return answerBlob(ready.cloud, request, response, url);
    case '_dev':
      return answerDev(ready.cloud, ready.schedule, request, response, url.pathname);
    case '_console':
      return ready.console.answer(request, response, url);
    default:
      return sendText(request, response, 404, 'not found');
  }
}

/** An address that cannot be read is the asker's mistake, not ours. */
function isMalformed(cause: unknown): boolean {
  const { name, code } = cause as NodeJS.ErrnoException;
  return name === 'URIError' || code === 'ERR_INVALID_URL';
}

function sendText(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  request.resume();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function notListening(port: number, cause: NodeJS.ErrnoException): Error {
  if (cause.code !== 'EADDRINUSE' && cause.code !== 'EACCES') return cause;
  return new CloudStartError(
    'PORT_IN_USE',
    `端口 ${port} 无法使用（${cause.code}）。请关闭占用它的程序，或换一个端口；端口 0 会自动选择空闲端口。`,
  );
}
