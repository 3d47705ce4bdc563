import { mapValues, omit } from 'lodash-es';

interface FakeIndex {
  Name: string;
  Keys: { Name: string; Direction: string }[];
  Unique: boolean;
}
interface FakeFunction {
  Runtime: string;
  Handler: string;
  Timeout: number;
  MemorySize: number;
  Description: string;
  variables: Record<string, string>;
  /** base64 of the archive */
  code: string;
  triggers: Record<string, string>;
  /** how many more looks will find it busy */
  busyFor: number;
}
interface FakePath {
  APIId: string;
  Path: string;
  Name: string;
  Type: number;
  EnableAuth: boolean;
}

type Ask = Record<string, unknown>;

/** A refusal in the service's own form. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * An environment of CloudBase as far as a deployment touches it, in memory: what each action of the management interface
 * changes and answers, by the parameters that manager-node 5.6.5 sends and reads. It is stricter than it need be: whatever
 * it does not know is refused.
 */
export class FakeEnvironment {
  readonly collections = new Map<string, { permission: string; indexes: FakeIndex[] }>();
  readonly functions = new Map<string, FakeFunction>();
  readonly paths: FakePath[] = [];

  constructor(readonly envId: string) {}

  /** Everything that a deployment leaves behind, to be compared. */
  state(): unknown {
    return {
      collections: Object.fromEntries(this.collections),
      functions: mapValues(Object.fromEntries(this.functions), (fn) => omit(fn, 'busyFor')),
      paths: this.paths.map((path) => omit(path, 'APIId')),
    };
  }

  answer(action: string, ask: Ask): object {
    const known = (this.actions as Record<string, ((ask: Ask) => object) | undefined>)[action];
    if (!known) throw new Refused('InvalidAction', `the rehearsal does not know ${action}`);
    return known(ask);
  }

  private collection(ask: Ask) {
    const found = this.collections.get(text(ask.TableName));
    if (!found) throw new Refused('ResourceNotFound', `no collection ${text(ask.TableName)}`);
    return found;
  }

  private fn(ask: Ask, isChange = true): FakeFunction {
    const name = text(ask.FunctionName);
    const found = this.functions.get(name);
    if (!found) throw new Refused('ResourceNotFound.FunctionName', `no function ${name}`);
    if (isChange && found.busyFor > 0)
      throw new Refused('FailedOperation.FunctionStatusError', `function ${name} is being updated`);
    return found;
  }

  private readonly actions = {
    DescribeEnvInfo: () => ({
      EnvInfo: {
        EnvBaseInfo: {
          EnvId: this.envId,
          Status: 'NORMAL',
          Databases: [{ InstanceId: 'tnt-rehearsal', Status: 'RUNNING', Region: 'ap-shanghai' }],
          Functions: [{ Namespace: this.envId, Region: 'ap-shanghai' }],
          Storages: [{ Bucket: 'rehearsal-1250000000', AppId: '1250000000' }],
          LogServices: [{ LogsetId: 'logset', TopicId: 'topic' }],
        },
      },
    }),
    ListTables: (ask: Ask) => {
      const [from, limit] = [Number(ask.MgoOffset ?? 0), Number(ask.MgoLimit ?? 100)];
      const names = [...this.collections.keys()].slice(from, from + limit);
      return {
        Tables: names.map((TableName) => ({ TableName, Count: 0, Size: 0, IndexCount: 1, IndexSize: 0 })),
        Pager: { Offset: from, Limit: limit, Total: this.collections.size },
      };
    },
    CreateTable: (ask: Ask) => {
      const name = text(ask.TableName);
      if (this.collections.has(name)) throw new Refused('ResourceInUse', `${name} already exists`);
      const own = { Name: '_id_', Keys: [{ Name: '_id', Direction: '1' }], Unique: false };
      this.collections.set(name, { permission: 'PRIVATE', indexes: [own] });
      return {};
    },
    DescribeTable: (ask: Ask) => {
      const { indexes } = this.collection(ask);
      return { Indexes: indexes, IndexNum: indexes.length };
    },
    UpdateTable: (ask: Ask) => {
      const found = this.collection(ask);
      for (const { IndexName } of (ask.DropIndexes ?? []) as { IndexName: string }[])
        found.indexes = found.indexes.filter(({ Name }) => Name !== IndexName);
      for (const made of (ask.CreateIndexes ?? []) as {
        IndexName: string;
        MgoKeySchema: { MgoIndexKeys: FakeIndex['Keys']; MgoIsUnique: boolean };
      }[]) {
        const { MgoIndexKeys: Keys, MgoIsUnique: Unique } = made.MgoKeySchema;
        const other = found.indexes.find(({ Name }) => Name === made.IndexName);
        if (other && JSON.stringify(other.Keys) !== JSON.stringify(Keys))
          throw new Refused('FailedOperation', `index ${made.IndexName} exists with other keys`);
        if (!other) found.indexes.push({ Name: made.IndexName, Keys, Unique });
      }
      return {};
    },
    DescribeResourcePermission: (ask: Ask) => {
      const PermissionList = ((ask.Resources ?? []) as string[]).flatMap((Resource) => {
        const found = this.collections.get(Resource);
        return found ? [{ ResourceType: 'collection', Resource, Permission: found.permission }] : [];
      });
      return { Data: { TotalCount: PermissionList.length, PermissionList } };
    },
    ModifyResourcePermission: (ask: Ask) => {
      this.collection({ TableName: ask.Resource }).permission = text(ask.Permission);
      return { Data: { Success: true } };
    },
    ListFunctions: (ask: Ask) => {
      const [from, limit] = [Number(ask.Offset ?? 0), Number(ask.Limit ?? 20)];
      const names = [...this.functions.keys()].slice(from, from + limit);
      return {
        Functions: names.map((FunctionName) => ({ FunctionName, Status: 'Active' })),
        TotalCount: this.functions.size,
      };
    },
    GetFunction: (ask: Ask) => {
      const fn = this.fn(ask, false);
      const Status = fn.busyFor > 0 ? 'Updating' : 'Active';
      fn.busyFor = Math.max(0, fn.busyFor - 1);
      return {
        FunctionName: ask.FunctionName,
        Status,
        Description: fn.Description,
        Timeout: fn.Timeout,
        MemorySize: fn.MemorySize,
        Runtime: fn.Runtime,
        Environment: { Variables: Object.entries(fn.variables).map(([Key, Value]) => ({ Key, Value })) },
        Triggers: Object.entries(fn.triggers).map(([TriggerName, cron]) => {
          return { TriggerName, Type: 'timer', TriggerDesc: JSON.stringify({ cron }), Enable: 1 };
        }),
      };
    },
    CreateFunction: (ask: Ask) => {
      const name = text(ask.FunctionName);
      if (this.functions.has(name)) throw new Refused('ResourceInUse.FunctionName', `${name} already exists`);
      const made: FakeFunction = {
        Runtime: text(ask.Runtime),
        Handler: text(ask.Handler),
        Timeout: 3,
        MemorySize: 256,
        Description: '',
        variables: {},
        code: text((ask.Code as { ZipFile?: string } | undefined)?.ZipFile),
        triggers: {},
        busyFor: 1,
      };
      if (made.code === '') throw new Refused('InvalidParameterValue', 'no code');
      this.functions.set(name, made);
      settle(made, ask);
      return {};
    },
    UpdateFunctionConfiguration: (ask: Ask) => {
      const fn = this.fn(ask);
      settle(fn, ask);
      fn.busyFor = 1;
      return {};
    },
    UpdateFunctionCode: (ask: Ask) => {
      const fn = this.fn(ask);
      fn.code = text((ask.Code as { ZipFile?: string } | undefined)?.ZipFile);
      fn.Handler = text(ask.Handler);
      fn.busyFor = 1;
      return {};
    },
    BatchCreateTrigger: (ask: Ask) => {
      const fn = this.fn(ask);
      for (const { TriggerName, TriggerDesc } of JSON.parse(text(ask.Triggers)) as Record<string, string>[]) {
        if (Object.keys(fn.triggers).some((name) => name !== TriggerName))
          throw new Refused('LimitExceeded.Trigger', 'one timer a function');
        fn.triggers[TriggerName ?? ''] = TriggerDesc ?? '';
      }
      return {};
    },
    DeleteTrigger: (ask: Ask) => {
      delete this.fn(ask).triggers[text(ask.TriggerName)];
      return {};
    },
    DescribeCloudBaseGWAPI: (ask: Ask) => ({
      APISet: this.paths.filter(({ Name }) => ask.Name === undefined || Name === ask.Name),
      Total: this.paths.length,
    }),
    CreateCloudBaseGWAPI: (ask: Ask) => {
      if (this.paths.some(({ Path }) => Path === ask.Path))
        throw new Refused('InvalidParameter.APICreated', `${text(ask.Path)} is taken`);
      this.paths.push({
        APIId: `api-${this.paths.length + 1}`,
        Path: text(ask.Path),
        Name: text(ask.Name),
        Type: Number(ask.Type),
        EnableAuth: ask.AuthSwitch === 1,
      });
      return {};
    },
    ModifyCloudBaseGWAPIPrivilegeBatch: (ask: Ask) => {
      const [option] = (ask.Options ?? []) as { Value: string }[];
      for (const path of this.paths)
        if ((ask.APIIdSet as string[]).includes(path.APIId)) path.EnableAuth = option?.Value === 'true';
      return {};
    },
  };
}

/** The settings that an ask names; the others stay, and the variables are replaced as a whole. */
function settle(fn: FakeFunction, ask: Ask): void {
  if (ask.Timeout !== undefined) fn.Timeout = Number(ask.Timeout);
  if (ask.MemorySize !== undefined) fn.MemorySize = Number(ask.MemorySize);
  if (ask.Description !== undefined) fn.Description = text(ask.Description);
  const environment = ask.Environment as { Variables: { Key: string; Value: string }[] } | undefined;
  if (environment)
    fn.variables = Object.fromEntries(environment.Variables.map(({ Key, Value }) => [Key, Value]));
}
