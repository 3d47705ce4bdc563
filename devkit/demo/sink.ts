import type { DocumentSink } from './load';

type Sdk = typeof import('@cloudbase/node-sdk');

/**
 * A sink that stores through the real SDK, in this process.
 *
 * @param environment how to reach the cloud, as a local cloud's `sdkEnvironment()` gives it; these variables are set in
 * this process, because the SDK reads them nowhere else
 * @example await loadDemo(sinkThrough(cloud.sdkEnvironment()), generateChain(1, today));
 */
export function sinkThrough(environment: Readonly<Record<string, string>>): DocumentSink {
  Object.assign(process.env, environment);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- it reads the environment when it is loaded
  const sdk = require('@cloudbase/node-sdk') as Sdk;
  const database = sdk.init({ env: environment['TCB_ENV'], timeout: 30_000 }).database();
  return {
    async add(collection, docs) {
      if (docs.length > 0) await database.collection(collection).add([...docs]);
    },
  };
}
