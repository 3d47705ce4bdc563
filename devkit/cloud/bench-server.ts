/**
 * Started by bench.ts as a process of its own, so that the figures are the cloud's and not those of
 * the SDK beside it: `node --import tsx bench-server.ts <data folder> <indexes>`. Without a folder it
 * is a server that answers every request at once: with the same document, or a ready page of 1000.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { member } from './bench-baseline';
import { adminUrl, sdkVariables } from './functions/environment';
import { startLocalCloud, type IndexDeclaration } from './index';
import { replyText } from './wire/ejson';

async function startCloud(dataDir: string, indexes: string): Promise<void> {
  const started = performance.now();
  const cloud = await startLocalCloud({
    dataDir,
    indexes: JSON.parse(indexes) as IndexDeclaration[],
    timers: false,
  });
  const startMs = performance.now() - started;
  process.send?.({ env: cloud.env, variables: cloud.sdkEnvironment(), startMs });
}

function startEcho(): void {
  const answerWith = (n: number) => {
    const list = Array.from({ length: n }, (_, i) => replyText(member(i)));
    return Buffer.from(JSON.stringify({ requestId: 'r', data: { list, updated: 1, insertedIds: [] } }));
  };
  const [one, page] = [answerWith(1), answerWith(1000)];
  const server = createServer((request, response) => {
    let isPage = false;
    request.on('data', (part: Buffer) => (isPage ||= part.includes('"limit":1000')));
    request.on('end', () => {
      const answer = isPage ? page : one;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
      response.end(answer);
    });
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.({ env: 'local', variables: sdkVariables('local', adminUrl(port)), startMs: 0 });
  });
}

process.on('message', (message) => {
  if (message !== 'usage') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ bytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 });
});
// Without its parent it has nothing to do.
process.on('disconnect', () => process.exit());

const [dataDir = '', indexes = '[]'] = process.argv.slice(2);
if (dataDir === '') startEcho();
else void startCloud(dataDir, indexes);
