import { startLocalCloud } from '../../devkit/cloud';
import { COLLECTIONS, INDEXES } from '../../cloudfunctions/common/store/indexes';

/**
 * A local cloud in a process of its own, so that it can be killed: started by gifts.killed.test.ts with the data folder,
 * the functions' folder, the port (0 = any) and the first instant. Prints the SDK's environment once it listens.
 */
const [dataDir = '', functionsDir = '', port = '0', startAt = '0'] = process.argv.slice(2);
void startLocalCloud({
  dataDir,
  functionsDir,
  port: Number(port),
  collections: [...COLLECTIONS],
  indexes: INDEXES.map((index) => ({ ...index })),
  startAt: Number(startAt),
  timers: false,
}).then((cloud) => {
  process.stdout.write(`${JSON.stringify({ port: cloud.port, environment: cloud.sdkEnvironment() })}\n`);
});
