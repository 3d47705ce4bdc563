import type { IncomingMessage } from 'node:http';

/**
 * Why a request is turned away before anything looks at it; `undefined` lets it in.
 *
 * Another Host means DNS rebinding, another Origin (or a cross-site fetch) means a page of somewhere
 * else using this browser: neither may reach the data on this machine. Plain programs send neither.
 */
export function refusalFor(request: IncomingMessage, port: number): string | undefined {
  const host = request.headers.host ?? '';
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!own.includes(host)) return `Host '${host}' is not this server: use 127.0.0.1:${port}`;
  const { origin } = request.headers;
  if (origin !== undefined && !own.some((name) => origin === `http://${name}`)) {
    return `requests from ${origin} are not allowed`;
  }
  const site = request.headers['sec-fetch-site'];
  const reading = request.method === 'GET' && (request.url ?? '').startsWith('/_blob/');
  // A signed address of a file may be shown by a page of another port, as an image.
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !reading && !followsLink(request)) {
    return `cross-site requests are not allowed (${String(site)})`;
  }
  return undefined;
}

/** A person who follows a link to the console from a page of this machine opens it as a page of its own. */
function followsLink({ method, url = '', headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    /^\/_console(\/|\?|$)/.test(url) &&
    headers['sec-fetch-site'] === 'same-site' &&
    headers['sec-fetch-mode'] === 'navigate' &&
    headers['sec-fetch-dest'] === 'document'
  );
}
