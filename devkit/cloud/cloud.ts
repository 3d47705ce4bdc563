import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { TimerSchedule } from './clock/timers';
import { VirtualClock } from './clock/virtual-clock';
import { openConsole } from './console/answer';
import { Recent } from './console/recent';
import { CloudError, CloudStartError } from './failures';
import { Faults } from './faults/faults';
import { checkFormat } from './folder/format';
import { lockFolder } from './folder/lock';
import { adminUrl, sdkVariables } from './functions/environment';
import { FunctionRunner } from './functions/runner';
import type { IndexDeclaration, LocalCloud, LocalCloudOptions, LogEntry } from './options';
import { Blobs } from './storage/blobs';
import { Links } from './storage/links';
import { idMaker } from './store/ids';
import { readIndexShape } from './store/index-shape';
import { QueryBook } from './store/query-book';
import { Store } from './store/store';
import type { StoreReports } from './store/store';
import { WechatSink } from './wechat/sink';
import type { CloudParts } from './wire/action';
import { FileNames } from './wire/file-names';
import { listen, type WireServer } from './wire/server';

/**
 * Starts a CloudBase environment on this machine: document database, functions with timers and HTTP
 * triggers, file storage, and a sink for WeChat API calls, on one port of 127.0.0.1.
 *
 * Rejects with a `CloudStartError` whose Chinese message says what to do.
 *
 * @example
 * const cloud = await startLocalCloud({ dataDir: '.data', functionsDir: 'cloudfunctions', collections: ['members'] });
 * (await cloud.invoke('hello', { name: '小王' }, { openid: 'o1' })).result; // → whatever hello's main returns
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const dataDir = resolve(options.dataDir);
  const token = randomUUID();
  const server = await listen(options.port ?? 0, token);
  const undo: (() => void | Promise<void>)[] = [() => server.close()];
  try {
    const lock = await lockFolder(dataDir, server.port, token);
    undo.unshift(() => lock.release());
    checkFormat(dataDir);
    const words: StoreWords = { tell: () => undefined, before: [] };
    const store = openStore(join(dataDir, 'documents'), words, options.isFlushed ?? true);
    undo.unshift(() => store.close());
    await ensureDeclared(store, options);
    return assemble(options, dataDir, server, store, words, undo);
  } catch (cause) {
    for (const step of undo) await step();
    throw cause;
  }
}

/** What the store has to say while requests go on; `before` holds what there is no log for yet. */
interface StoreWords {
  before: Omit<LogEntry, 'at'>[];
  tell: (entry: Omit<LogEntry, 'at'>) => void;
}

function openStore(folder: string, words: StoreWords, isFlushed: boolean): Store {
  try {
    mkdirSync(folder, { recursive: true });
    const say = (entry: Omit<LogEntry, 'at'>) => {
      words.before.push(entry);
      words.tell(entry);
    };
    const reports: StoreReports = {
      buildFailed: (about, index, { message: why }) => {
        const message = `index ${index} could not be built and is not there: ${why}`;
        say({ level: 'error', source: 'database', about, message });
      },
      commitRepeated: ({ message: why }) =>
        say({ level: 'warn', source: 'database', about: 'commit', message: `done again: ${why}` }),
    };
    return new Store(folder, reports, { isFlushed });
  } catch (cause) {
    throw new CloudStartError(
      'DATA_FOLDER_UNUSABLE',
      `无法打开数据目录 ${folder}:${String(cause)}。请检查磁盘空间与权限。`,
    );
  }
}

async function ensureDeclared(
  store: Store,
  { collections = [], indexes = [] }: LocalCloudOptions,
): Promise<void> {
  for (const name of [...collections, ...indexes.map(({ collection }) => collection)]) {
    if (!store.has(name)) await store.createCollection(name);
  }
  for (const declaration of indexes) {
    try {
      // Over many documents it goes on being built while the first requests are answered.
      await store.beginIndex(declaration.collection, shapeOf(declaration));
    } catch (cause) {
      if (!(cause instanceof CloudError)) throw cause;
      throw new CloudStartError(
        'INDEX_NOT_POSSIBLE',
        `集合 ${declaration.collection} 的索引 ${declaration.name} 无法建立：${cause.message}。请修正索引声明或已有数据。`,
      );
    }
  }
}

const shapeOf = ({ name, keys, unique = false, sparse = false }: IndexDeclaration) => ({
  name,
  keys,
  unique,
  sparse,
});

function assemble(
  options: LocalCloudOptions,
  dataDir: string,
  server: WireServer,
  store: Store,
  words: StoreWords,
  undo: (() => void | Promise<void>)[],
): LocalCloud {
  const env = options.env ?? 'local';
  const clock = new VirtualClock(store, options.startAt);
  const now = () => clock.now();
  const recent = new Recent();
  const log = (entry: Omit<LogEntry, 'at'>) => {
    const whole = { at: now(), ...entry };
    recent.keepLog(whole);
    options.log?.(whole);
  };
  words.before.forEach(log);
  words.tell = log;
  const faults = new Faults(now);
  const runner = new FunctionRunner({
    folder: options.functionsDir === undefined ? undefined : resolve(options.functionsDir),
    env,
    port: server.port,
    environment: options.environment ?? {},
    clock: clock.shared,
    log,
    faults,
    record: (invocation) => recent.keepInvocation({ at: now(), ...invocation }),
    coldStart: options.coldStart ?? false,
  });
  const blobs = new Blobs(join(dataDir, 'blobs'));
  const files = new FileNames(store);
  const wechat = new WechatSink(store, now);
  const schedule = new TimerSchedule(clock, runner, options.timers ?? true, log);
  const newId = idMaker(now);
  const cloud: CloudParts = {
    env,
    port: server.port,
    store,
    runner,
    blobs,
    files,
    links: new Links(store),
    wechat,
    faults,
    now,
    newId,
    queries: new QueryBook(),
    log,
  };
  server.serve({ cloud, schedule, console: openConsole(cloud, recent, options.consoleWrite ?? false) });
  let closing: Promise<void> | undefined;
  return {
    port: server.port,
    env,
    sdkEnvironment: () => sdkVariables(env, adminUrl(server.port)),
    invoke: (name, event, as) => runner.invoke(name, event, as),
    clock: { now, moveTo: (ms, how) => schedule.moveTo(ms, how) },
    createIndex: ({ collection, ...shape }) => store.createIndex(collection, readIndexShape(shape)),
    wechat: {
      sent: () => wechat.sent(),
      setQuota: (openid, templateId, n) => wechat.setQuota(openid, templateId, n),
      phoneCode: (phone) => wechat.phoneCode(phone),
    },
    faults: {
      set: (rules, seed) => faults.set(rules, seed),
      clear: () => faults.clear(),
      log: () => faults.log(),
    },
    queries: () => cloud.queries.all(),
    drop: async () => {
      await runner.stop();
      await store.empty();
      await blobs.empty();
      await files.empty();
      await wechat.empty();
    },
    close: () => (closing ??= shutDown()),
  };

  async function shutDown(): Promise<void> {
    schedule.stop();
    faults.stop();
    server.serve(undefined);
    await runner.stop();
    await clock.keep();
    // The order of starting, turned round: store, lock, server.
    for (const step of undo) await step();
  }
}
