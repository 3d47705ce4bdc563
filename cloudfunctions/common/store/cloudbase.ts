import type * as CloudBaseSdk from '@cloudbase/node-sdk';

type Sdk = typeof CloudBaseSdk;
type Database = ReturnType<CloudBaseSdk.CloudBase['database']>;

let sdkLoaded: Sdk | undefined;
let databaseOpened: Database | undefined;

/**
 * The SDK, loaded when first needed: a function that only refuses never pays for it. This file and its folder are the
 * only place that knows the SDK.
 */
function sdk(): Sdk {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded lazily on purpose, see above
  sdkLoaded ??= require('@cloudbase/node-sdk') as Sdk;
  return sdkLoaded;
}

const made = { reads: 0, writes: 0 };
/** How many database calls this instance has made since it started. */
export const databaseCalls = (): Readonly<typeof made> => ({ ...made });
/** Said by whoever is about to make one: the service has a price for each kind. */
export function countDatabaseCall(kind: keyof typeof made): void {
  made[kind] += 1;
}

/** The chain's document database, in the environment the function runs in. */
export function database(): Database {
  databaseOpened ??= sdk()
    .init({ env: sdk().SYMBOL_CURRENT_ENV as unknown as string, timeout: 15_000 })
    .database();
  return databaseOpened;
}

export interface PlatformIdentity {
  openid: string | null;
  requestId: string;
}

/** Who is calling, as WeChat and CloudBase say; nothing of it can be set by the caller. */
export function platformIdentity(context: object): PlatformIdentity {
  const known = sdk().getCloudbaseContext(context as Parameters<Sdk['getCloudbaseContext']>[0]) as {
    WX_OPENID?: string;
  };
  return {
    openid: known.WX_OPENID || null,
    requestId: String((context as { request_id?: string }).request_id ?? ''),
  };
}
