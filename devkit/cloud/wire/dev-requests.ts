import type { IncomingMessage, ServerResponse } from 'node:http';
import { CloudError, invalidParam } from '../failures';
import { ReplyDropped } from '../faults/faults';
import type { TimerSchedule } from '../clock/timers';
import { readIndexShape } from '../store/index-shape';
import type { CloudParts } from './action';
import { parseParameters, readBody } from './body';

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** `/_dev/…`: what a command line or a page of tools asks, JSON in and out. */
export async function answerDev(
  cloud: CloudParts,
  schedule: TimerSchedule,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  let status = 200;
  let reply: unknown;
  try {
    const body = await readBody(request);
    const asked = request.method === 'POST' ? parseParameters(body, 'application/json') : undefined;
    reply = await answer(cloud, schedule, path, asked);
  } catch (cause) {
    if (cause instanceof ReplyDropped) return void response.destroy();
    const refusal =
      cause instanceof CloudError ? cause : new CloudError('SYS_ERR', String((cause as Error).stack));
    status = refusal.code === 'NOT_FOUND' ? 404 : refusal.code === 'SYS_ERR' ? 500 : 400;
    reply = { code: refusal.code, message: refusal.message, requestId: refusal.requestId };
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(reply));
}

async function answer(
  cloud: CloudParts,
  schedule: TimerSchedule,
  path: string,
  asked: Record<string, unknown> | undefined,
): Promise<unknown> {
  if (path === '/_dev/status' && !asked) return statusOf(cloud);
  if (path === '/_dev/queries' && !asked) return { queries: cloud.queries.all() };
  if (path === '/_dev/clock') {
    if (!asked) return { now: cloud.now() };
    if (typeof asked.moveTo !== 'number') throw invalidParam('moveTo must be an instant in ms');
    const fired = await schedule.moveTo(asked.moveTo);
    return { now: cloud.now(), fired };
  }
  if (path === '/_dev/invoke' && asked) {
    if (typeof asked.name !== 'string') throw invalidParam('name must be the name of a function');
    return cloud.runner.invoke(asked.name, asked.event, {
      openid: text(asked.openid),
      appid: text(asked.appid),
      unionid: text(asked.unionid),
      source: text(asked.source),
    });
  }
  if (path === '/_dev/indexes' && asked) {
    const shape = readIndexShape(asked);
    const build = await cloud.store.beginIndex(String(asked.collection), shape);
    return { name: shape.name, state: build ? 'building' : 'ready' };
  }
  if (path === '/_dev/faults') {
    if (asked) cloud.faults.set(asked.rules, asked.seed);
    return { rules: cloud.faults.rules(), seed: cloud.faults.seed(), log: cloud.faults.log() };
  }
  if (path === '/_dev/cold') {
    if (asked && typeof asked.cold !== 'boolean') throw invalidParam('cold must be true or false');
    if (asked) cloud.runner.coldStart = asked.cold === true;
    return { cold: cloud.runner.coldStart };
  }
  throw new CloudError(
    'NOT_FOUND',
    `${path} is not known here: status, queries, invoke (POST), indexes (POST), clock, faults and cold are`,
  );
}

function statusOf(cloud: CloudParts) {
  const collections = cloud.store.names().map((name) => {
    const collection = cloud.store.collection(name);
    const ready = collection.indexes.map(({ shape }) => shape);
    const building = cloud.store.underBuilding(collection).map(({ shape, filed }) => ({ ...shape, filed }));
    return { name, count: collection.count, indexes: [...ready, ...building] };
  });
  const functions = cloud.runner.names().map((name) => {
    try {
      const bundle = cloud.runner.bundle(name);
      return { name, timeout: bundle?.timeoutSeconds, timer: bundle?.timer && describe(bundle.timer) };
    } catch (cause) {
      return { name, problem: (cause as Error).message };
    }
  });
  return {
    env: cloud.env,
    port: cloud.port,
    now: cloud.now(),
    collections,
    functions,
    messages: cloud.wechat.sent().length,
  };
}

const describe = (timer: { name: string; cron: { text: string } }) => ({
  name: timer.name,
  cron: timer.cron.text,
});
