import CloudBase from '@cloudbase/manager-node';
import type { IndexKey, Timer, WantedFunction } from '../declared';
import { CLOSED } from '../plan';
import { markText, readMark } from '../standing';
import type { StandingCollection, StandingFunction } from '../standing';
import { patiently } from './patience';
import type { Patience } from './patience';
import type { Service } from './service';

export interface Credentials {
  secretId: string;
  secretKey: string;
  /** of temporary credentials */
  token?: string;
}

/** What the service tells of a function, as far as we look at it. */
interface FunctionDetail {
  Status: string;
  StatusDesc?: string;
  Description?: string;
  Timeout: number;
  MemorySize: number;
  Runtime: string;
  Environment?: { Variables?: { Key: string; Value: string }[] };
  Triggers?: { TriggerName: string; Type: string; TriggerDesc: string }[];
}

const RUNTIME = 'Nodejs20.19';
const PAGE = 100;

/** `1`, `-1` or `2dsphere`, as the service writes it. */
const directionOf = (text: string | undefined): number | string =>
  text === '1' || text === '-1' ? Number(text) : (text ?? '1');

/** A timer's cron: plain, or wrapped as the service gives it back. */
function cronOf(text: string): string {
  try {
    const read = JSON.parse(text) as { cron?: unknown };
    return typeof read.cron === 'string' ? read.cron : text;
  } catch {
    return text;
  }
}

function readFunction(detail: FunctionDetail): StandingFunction {
  return {
    timeout: detail.Timeout,
    memoryMegabytes: detail.MemorySize,
    runtime: detail.Runtime,
    timers: (detail.Triggers ?? [])
      .filter(({ Type }) => Type === 'timer')
      .map(({ TriggerName, TriggerDesc }) => ({ name: TriggerName, cron: cronOf(TriggerDesc) })),
    variables: Object.fromEntries(
      (detail.Environment?.Variables ?? []).map(({ Key, Value }) => [Key, Value]),
    ),
    mark: readMark(detail.Description ?? ''),
  };
}

const settingsOf = (fn: WantedFunction, variables: Readonly<Record<string, string>>) => ({
  name: fn.name,
  timeout: fn.timeout,
  memorySize: fn.memoryMegabytes,
  envVariables: { ...variables },
  // The bundle holds everything: nothing is to be installed there.
  installDependency: false,
});

const isMissing = (error: unknown): boolean =>
  /ResourceNotFound|not ?exist|不存在/i.test(
    `${(error as { code?: string }).code} ${(error as Error).message}`,
  );
const isThere = (error: unknown): boolean =>
  /ResourceInUse|already ?exist|APICreated|已存在/i.test(
    `${(error as { code?: string }).code} ${(error as Error).message}`,
  );

/**
 * A CloudBase environment through Tencent's own `@cloudbase/manager-node`. Credentials are handed to it and kept nowhere.
 *
 * @param patience how long to wait between two looks at something that the service is still doing
 */
export function cloudBaseService(
  envId: string,
  region: string,
  credentials: Credentials,
  patience: Patience,
): Service {
  const app = new CloudBase({ ...credentials, envId, region });
  const { database, functions, permission, access } = app;
  const { once, until } = patiently(patience);

  const detailOf = async (name: string) =>
    (await once(() => functions.getFunctionDetail(name))) as unknown as FunctionDetail;
  const untilActive = (name: string) =>
    until(`函数 ${name} 就绪`, async () => {
      const { Status, StatusDesc } = await detailOf(name);
      if (/Failed$/.test(Status)) throw new Error(`函数 ${name} 处于 ${Status}：${StatusDesc ?? ''}`);
      return Status === 'Active';
    });
  // The library looks once a second whatever happens; its own calls wait by our patience instead.
  Object.assign(functions, { waitFunctionActive: untilActive });

  async function namesOfCollections(): Promise<string[]> {
    const names: string[] = [];
    for (;;) {
      const { Collections } = await once(() =>
        database.listCollections({ MgoLimit: PAGE, MgoOffset: names.length }),
      );
      names.push(...Collections.map(({ CollectionName }) => CollectionName));
      if (Collections.length < PAGE) return names;
    }
  }

  async function indexesOf(collection: string) {
    const { Indexes = [] } = await once(() => database.describeCollection(collection));
    return Indexes.map(({ Name, Keys, Unique }) => ({
      name: Name,
      keys: Keys.map((key): IndexKey => [key.Name ?? '', directionOf(key.Direction)]),
      unique: Unique,
    }));
  }

  async function standingCollections(): Promise<Map<string, StandingCollection>> {
    const names = await namesOfCollections();
    const permissions = new Map<string, string>();
    for (let from = 0; from < names.length; from += PAGE) {
      const resources = names.slice(from, from + PAGE);
      const { Data } = await once(() =>
        permission.describeResourcePermission({ resourceType: 'collection', resources }),
      );
      for (const { Resource = '', Permission = '' } of Data.PermissionList)
        permissions.set(Resource, Permission);
    }
    const found = new Map<string, StandingCollection>();
    for (const name of names)
      found.set(name, { permission: permissions.get(name) ?? '平台默认', indexes: await indexesOf(name) });
    return found;
  }

  async function standingFunctions(): Promise<Map<string, StandingFunction>> {
    const listed = await once(() => functions.listAllFunctions({ envId }));
    const found = new Map<string, StandingFunction>();
    for (const { FunctionName } of listed as { FunctionName?: string }[])
      if (FunctionName) found.set(FunctionName, readFunction(await detailOf(FunctionName)));
    return found;
  }

  return {
    async standing() {
      const collections = await standingCollections();
      const standing = await standingFunctions();
      const { APISet } = await once(() => access.getAccessList());
      const paths = (APISet ?? []).map(({ Path, Name, APIId, EnableAuth }) => {
        return { path: Path, functionName: Name, apiId: APIId, needsLogin: EnableAuth };
      });
      return { envId, region, collections, functions: standing, paths };
    },
    async addCollection(collection) {
      await once(() => database.createCollectionIfNotExists(collection));
    },
    async closeCollection(collection) {
      const options = { resourceType: 'collection', resource: collection, permission: CLOSED } as const;
      await once(() => permission.modifyResourcePermission(options));
    },
    async addIndex({ collection, name, keys, unique }) {
      const MgoIndexKeys = keys.map(([field, direction]) => ({ Name: field, Direction: String(direction) }));
      const CreateIndexes = [{ IndexName: name, MgoKeySchema: { MgoIndexKeys, MgoIsUnique: unique } }];
      await once(() => database.updateCollection(collection, { CreateIndexes }));
      await until(`索引 ${collection}.${name} 建好`, async () =>
        (await indexesOf(collection)).some((index) => index.name === name),
      );
    },
    async dropIndex(collection, name) {
      if (!(await indexesOf(collection)).some((index) => index.name === name)) return;
      await once(() => database.updateCollection(collection, { DropIndexes: [{ IndexName: name }] }));
    },
    async addFunction(fn, variables, mark) {
      const func = {
        ...settingsOf(fn, variables),
        runtime: RUNTIME,
        handler: 'index.main',
        description: markText(mark),
      };
      await once(() => functions.createFunction({ func, base64Code: fn.zip.toString('base64') } as never));
      await untilActive(fn.name);
    },
    async configure(fn, variables) {
      await untilActive(fn.name);
      await once(() => functions.updateFunctionConfig(settingsOf(fn, variables) as never));
      await untilActive(fn.name);
    },
    async replaceCode(fn, mark) {
      const func = { name: fn.name, runtime: RUNTIME, handler: 'index.main', installDependency: false };
      await once(() =>
        functions.updateFunctionCode({ func, base64Code: fn.zip.toString('base64') } as never),
      );
      await untilActive(fn.name);
      await once(() =>
        functions.updateFunctionConfig({ name: fn.name, description: markText(mark) } as never),
      );
      await untilActive(fn.name);
    },
    async addTimer(functionName, { name, cron }: Timer) {
      await untilActive(functionName);
      await once(() =>
        functions.createFunctionTriggers(functionName, [{ name, type: 'timer', config: cron }]),
      );
    },
    async removeTimer(functionName, timerName) {
      try {
        await once(() => functions.deleteFunctionTrigger(functionName, timerName));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
    async addPath(functionName, path) {
      try {
        await once(() => access.createAccess({ name: functionName, path, auth: false }));
      } catch (error) {
        if (!isThere(error)) throw error;
      }
    },
    async openPath(apiId) {
      await once(() => access.switchPathAuth({ apiIds: [apiId], auth: false }));
    },
  };
}
