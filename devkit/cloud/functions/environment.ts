import type { Caller } from '../options';
import type { Bundle } from './bundle';

const REGION = 'ap-shanghai';
const LOCAL_APPID = 'wx0000000000000000';

/** Where the SDK finds this cloud. `owner` names the invocation, so that its calls can be counted. */
export function adminUrl(port: number, owner?: string): string {
  return `http://127.0.0.1:${port}/admin${owner ? `/of/${owner}` : ''}`;
}

/** The variables an unmodified SDK needs; no DNS look-up, no metadata server, any credentials. */
export function sdkVariables(env: string, url: string): Record<string, string> {
  return {
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: url }),
    TENCENTCLOUD: 'true',
    TENCENTCLOUD_SECRETID: 'local-secret-id',
    TENCENTCLOUD_SECRETKEY: 'local-secret-key',
    TENCENTCLOUD_REGION: REGION,
    TCB_ENV: env,
    SCF_NAMESPACE: env,
  };
}

/** What SCF puts into a function's process when it starts, the same for every invocation. */
export function processVariables(env: string, url: string, bundle: Bundle, extra: Record<string, string>) {
  const inherited: Record<string, string> = {};
  for (const key of ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot']) {
    const value = process.env[key];
    if (value !== undefined) inherited[key] = value;
  }
  return {
    ...inherited,
    ...sdkVariables(env, url),
    TENCENTCLOUD_RUNENV: 'SCF',
    SCF_RUNTIME: 'Nodejs20.19',
    SCF_FUNCTIONNAME: bundle.name,
    SCF_FUNCTIONVERSION: '$LATEST',
    TENCENTCLOUD_APPID: '1250000000',
    TENCENTCLOUD_UIN: '100000000000',
    ...extra,
    ...bundle.environment,
  };
}

/** What changes from one invocation to the next: who calls, and under which request. */
export interface InvocationVariables {
  variables: Record<string, string>;
  /** The same as the JSON text SCF passes in `context.environment`. */
  environment: string;
}

/**
 * The identity of one invocation. A timer or an HTTP caller has none: then no WX_ variable exists.
 */
export function invocationVariables(
  env: string,
  url: string,
  requestId: string,
  caller: Caller,
): InvocationVariables {
  const wx: Record<string, string> = {};
  if (caller.openid !== undefined) {
    wx.WX_OPENID = caller.openid;
    wx.WX_APPID = caller.appid ?? LOCAL_APPID;
    wx.WX_CLIENTIP = '127.0.0.1';
    if (caller.unionid !== undefined) wx.WX_UNIONID = caller.unionid;
  }
  const source = caller.source ?? (caller.openid !== undefined ? 'wx_client' : '');
  const tcb: Record<string, string> = {
    TCB_ENV: env,
    TCB_SEQID: requestId,
    TRIGGER_SRC: 'tcb',
    TCB_SOURCE: source,
  };
  const variables = {
    ...tcb,
    ...wx,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: url }),
    TCB_CONTEXT_KEYS: Object.keys(tcb).join(','),
    WX_CONTEXT_KEYS: Object.keys(wx).join(','),
  };
  return { variables, environment: JSON.stringify(variables) };
}
