/**
 * Started by bench.ts as a process of its own, so that the figures are the cloud's and not those of
 * the SDK beside it: `node --import tsx bench-server.ts <data folder> <indexes>`. Without a folder it
 * is a server that answers every request at once with the same document.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { member } from './bench-baseline';
import { adminUrl, sdkVariables } from './functions/environment';
import { startLocalCloud, type IndexDeclaration } from './index';

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
  const answer = JSON.stringify({ requestId: 'r', data: { list: [JSON.stringify(member(1))], updated: 1 } });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) };
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, headers).end(answer));
  });
  server.keepAliveTimeout = 65_000;
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.send?.({ env: 'local', variables: sdkVariables('local', adminUrl(port)), startMs: 0 });
  });
}

process.on('message', (message) => {
  if (message === 'memory') process.send?.({ bytes: process.memoryUsage.rss() });
});
// Without its parent it has nothing to do.
process.on('disconnect', () => process.exit());

const [dataDir = '', indexes = '[]'] = process.argv.slice(2);
if (dataDir === '') startEcho();
else void startCloud(dataDir, indexes);
