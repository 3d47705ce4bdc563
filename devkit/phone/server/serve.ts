import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import fs from 'node:fs';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { DeskBusy, type DeskHost } from '../host';
import { actions, slotOf } from './actions';
import { assetsOf } from './assets';
import { deskPage, phonePage } from './phonePage';
import { checkCaller, Refused } from './requests';

export interface ServeOptions {
  outDir: string;
  miniprogramDir: string;
  host: DeskHost;
  /** 0 takes any free port. */
  port: number;
}

/** The phones cannot be served; the message is a sentence for the person at the keyboard. */
export class PhonesCannotStart extends Error {}

export interface PhoneServer {
  port: number;
  close(): Promise<void>;
}

/**
 * Serves the desk at `/` and single phones at `/phone/?slot=clerk&as=OPENID#/route`, on 127.0.0.1 only.
 *
 * @throws PhonesCannotStart when the port is taken or nothing was built
 * @example const server = await servePhones({ outDir, miniprogramDir, host, port: 5180 }); // → server.port === 5180
 */
export async function servePhones(options: ServeOptions): Promise<PhoneServer> {
  if (!fs.existsSync(path.join(options.outDir, 'phone.js'))) {
    throw new PhonesCannotStart(`${options.outDir} 里没有 phone.js，请先调用 buildPhones。`);
  }
  const assets = assetsOf(options.outDir, options.miniprogramDir);
  let port = options.port;
  const server = http.createServer((request, response) => {
    answer(request, response).catch((cause: unknown) => {
      const refused =
        cause instanceof DeskBusy ? new Refused(409, cause.message) : cause instanceof Refused ? cause : null;
      if (!refused) console.error(cause);
      const message = refused?.message ?? (cause instanceof Error ? cause.message : String(cause));
      send(response, refused?.status ?? 500, 'application/json', JSON.stringify({ message }));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    checkCaller(request, port);
    const url = new URL(request.url ?? '/', 'http://phone');
    const action = actions[`${request.method} ${url.pathname}`];
    if (action) {
      const body = await action(options.host, request, url.searchParams);
      response.setHeader('x-huitou-now', String(options.host.now()));
      return send(response, 200, 'application/json; charset=utf-8', JSON.stringify(body));
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refused(405, '这个地址只能读取。');
    if (url.pathname === '/') return send(response, 200, 'text/html; charset=utf-8', deskPage());
    if (url.pathname === '/phone/') {
      return send(response, 200, 'text/html; charset=utf-8', await phoneDocument(url.searchParams));
    }
    const asset = assets(decodePath(url.pathname));
    return send(response, 200, asset.type, asset.body);
  }

  async function phoneDocument(query: URLSearchParams): Promise<string> {
    const slot = slotOf(query.get('slot') ?? 'clerk');
    const openid = query.get('as') ?? (await options.host.people(slot, ''))[0]?.openid;
    if (!openid) throw new Refused(404, '没有人可以拿这台手机。');
    return phonePage({ slot, openid, now: options.host.now(), scene: Number(query.get('scene')) || 1001 });
  }

  await new Promise<void>((ready, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      fail(
        cause.code === 'EADDRINUSE'
          ? new PhonesCannotStart(
              `端口 ${options.port} 已被占用。请关掉占用它的程序，或者用 --port 换一个端口。`,
              { cause },
            )
          : cause,
      ),
    );
    server.listen(options.port, '127.0.0.1', ready);
  });
  port = (server.address() as AddressInfo).port;
  return {
    port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function decodePath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    throw new Refused(400, '地址写得不对。');
  }
}

function send(response: ServerResponse, status: number, type: string, body: Buffer | string): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "frame-ancestors 'self'",
  });
  response.end(body);
}
