import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildFunctions } from '../build/functions';
import { median, rounded } from './measurement';
import type { Bench } from './measurement';
import { playground } from './playground';
import type { Playground } from './playground';

const run = promisify(execFile);
const ROUNDS = 7;
const GOAL = 'ratio ≤ 0.35';

/** One real read per function, as the first call after a cold start. Timer and HTTP functions are woken otherwise. */
const FIRST_CALLS: Readonly<Record<string, { as: string; event: object }>> = {
  members: { as: 'wx-hq', event: { action: 'session.open', ask: {} } },
  campaigns: { as: 'wx-hq', event: { action: 'campaign.list', ask: {} } },
  outreach: { as: 'wx-c01', event: { action: 'task.list', ask: { tab: 'today' } } },
  gifts: { as: 'wx-c01', event: { action: 'coupon.mine', ask: {} } },
  boards: { as: 'wx-m1', event: { action: 'board.branches', ask: {} } },
};

/**
 * What a cold start costs before the function can begin: `require` of its bundle in a fresh process, beside a plain
 * `require('@cloudbase/node-sdk')`; and then the first call to its answer, beside the plain SDK's first read.
 */
export const coldstart: Bench = async function* (root, say) {
  const functionsDir = path.join(root, 'cloudfunctions');
  const names = Object.keys(await buildFunctions(functionsDir));
  const here = await playground(root);
  try {
    const taken = new Map<string, ColdStart[]>();
    for (let round = 1; round <= ROUNDS; round++) {
      say(`round ${round} of ${ROUNDS}`);
      // The yardstick and what it measures take turns, so that a busy minute of the machine hits both.
      for (const name of [SDK, ...names]) {
        const start =
          name === SDK ? await startSdk(root, here) : await startFunction(functionsDir, name, here);
        taken.set(name, [...(taken.get(name) ?? []), start]);
      }
    }
    const of = (name: string, part: keyof ColdStart) => median((taken.get(name) ?? []).map((s) => s[part]));
    yield { bench: 'coldstart', case: `require ${SDK}`, value: rounded(of(SDK, 'loadMs')), unit: 'ms' };
    for (const name of names) {
      yield {
        bench: 'coldstart',
        case: `require ${name}`,
        value: rounded(of(name, 'loadMs')),
        unit: 'ms',
        ratio: rounded(of(name, 'loadMs') / of(SDK, 'loadMs')),
        against: `require ${SDK}`,
        goal: GOAL,
      };
    }
    for (const name of names.filter((one) => one in FIRST_CALLS)) {
      yield {
        bench: 'coldstart',
        case: `first answer of ${name}`,
        value: rounded(of(name, 'answerMs')),
        unit: 'ms',
        ratio: rounded(of(name, 'answerMs') / of(SDK, 'answerMs')),
        against: `first read through ${SDK}`,
      };
    }
  } finally {
    await here.end();
  }
};

const SDK = '@cloudbase/node-sdk';

interface ColdStart {
  /** from nothing to loaded */
  loadMs: number;
  /** from nothing to the first answer */
  answerMs: number;
}

/** Printed by the child process: the two times, or what went wrong. */
const CHILD = `
const begun = process.hrtime.bigint();
const since = () => Number(process.hrtime.bigint() - begun) / 1e6;
const loaded = require(process.env.BENCH_TARGET);
const loadMs = since();
(async () => {
  const event = JSON.parse(process.env.BENCH_EVENT);
  if (process.env.BENCH_KIND === 'sdk') {
    await loaded.init({ env: process.env.TCB_ENV }).database().collection('chain').limit(1).get();
  } else if (event) {
    const context = { request_id: 'bench', environment: process.env.BENCH_ENVIRONMENT, getRemainingTimeInMillis: () => 20000 };
    const answer = await loaded.main(event, context);
    if (!answer || answer.ok !== true) throw new Error(JSON.stringify(answer));
  }
  const answerMs = since();
  require('fs').writeSync(1, '\\n' + JSON.stringify({ loadMs, answerMs }));
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(1); });
`;

async function startSdk(root: string, here: Playground): Promise<ColdStart> {
  const target = require.resolve(SDK, { paths: [root] });
  return child({
    ...here.cloud.sdkEnvironment(),
    BENCH_KIND: 'sdk',
    BENCH_TARGET: target,
    BENCH_EVENT: 'null',
  });
}

async function startFunction(functionsDir: string, name: string, here: Playground): Promise<ColdStart> {
  const call = FIRST_CALLS[name];
  const identity: Record<string, string> = {
    TENCENTCLOUD_RUNENV: 'SCF',
    WX_OPENID: call?.as ?? '',
    WX_APPID: 'wx0000000000000000',
    WX_CONTEXT_KEYS: 'WX_OPENID,WX_APPID',
    TCB_CONTEXT_KEYS: 'TCB_ENV',
  };
  const environment = { ...here.cloud.sdkEnvironment(), ...identity };
  return child({
    ...environment,
    BENCH_KIND: 'function',
    BENCH_TARGET: path.join(functionsDir, name, 'index.js'),
    BENCH_EVENT: JSON.stringify(call ? { ...call.event, requestKey: 'bench-key' } : null),
    BENCH_ENVIRONMENT: JSON.stringify(environment),
  });
}

async function child(environment: Record<string, string>): Promise<ColdStart> {
  const { stdout } = await run(process.execPath, ['-e', CHILD], {
    env: { PATH: process.env['PATH'], ...environment },
  });
  // What the function logs stands before it.
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as ColdStart;
}
