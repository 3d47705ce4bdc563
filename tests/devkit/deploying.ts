import type { Wanted, WantedFunction } from '../../devkit/deploy/declared';
import { deploy } from '../../devkit/deploy/deploy';
import { isLook } from '../../devkit/deploy/rehearsal/serve';
import type { Rehearsal } from '../../devkit/deploy/rehearsal/serve';
import { cloudBaseService } from '../../devkit/deploy/service/cloudbase';
import type { Plan, Wishes } from '../../devkit/deploy/plan';
import { zipOf } from '../../devkit/deploy/zip';

/** A function of a few bytes. */
export function aFunction(name: string, change: Partial<WantedFunction> = {}): WantedFunction {
  const zip = zipOf([{ name: 'index.js', bytes: Buffer.from(`exports.main = () => '${name}'`) }]);
  const plain = { timer: null, httpPath: null, variables: [], codeHash: '0123456789abcdef' };
  return { name, timeout: 20, memoryMegabytes: 256, zip, ...plain, ...change };
}

/** Three collections, three indexes, a till's door and a timer: one of everything that a deployment knows. */
export const SMALL: Wanted = {
  collections: ['members', 'orders', 'coupons'],
  indexes: [
    { collection: 'members', name: 'openid', keys: [['openid', 1]], unique: false },
    {
      collection: 'orders',
      name: 'memberId_paidAt',
      keys: [
        ['memberId', 1],
        ['paidAt', -1],
      ],
      unique: false,
    },
    { collection: 'coupons', name: 'code', keys: [['code', 1]], unique: true },
  ],
  functions: [
    aFunction('ingest', { httpPath: '/ingest', variables: ['HUITOU_WEBHOOK_SECRET'] }),
    aFunction('pulse', { timer: { name: 'pulse', cron: '0 * * * * * *' } }),
  ],
  migrations: [],
};

export const SECRET = 'till-secret-0123456789abcdef-0123456789';
export const GIVEN = { HUITOU_WEBHOOK_SECRET: SECRET };

export const said: string[] = [];

/** Deploys into the rehearsal with the real library. */
export function deployInto(
  rehearsal: Rehearsal,
  wanted: Wanted = SMALL,
  wishes: Partial<Wishes> = {},
): Promise<Plan> {
  const account = { secretId: 'AKIDrehearsal', secretKey: 'rehearsal-key' };
  const patience = { between: 0, atMost: 1000 };
  return deploy({
    wanted,
    service: cloudBaseService(rehearsal.environment.envId, 'ap-shanghai', account, patience),
    wishes: { given: GIVEN, unset: [], prune: false, ...wishes },
    say: (line) => said.push(line),
    mayGoOn: async () => true,
  });
}

/** The calls so far that change something. */
export const changesIn = (rehearsal: Rehearsal): string[] =>
  rehearsal.calls.filter(({ action }) => !isLook(action)).map(({ action }) => action);
