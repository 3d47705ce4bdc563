import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Outcome } from '../../../miniprogram/contract/outcome';
import type { MembersContract } from '../../../miniprogram/contract/members';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';

/** The running local cloud, as somebody signed in to it. */
export interface CloudSession {
  members<A extends keyof MembersContract>(
    action: A,
    ask: MembersContract[A]['ask'],
    requestKey?: string,
  ): Promise<Outcome<MembersContract[A]['reply']>>;
}

/** The cloud went away or answered something that is no answer; what it did until then stays done. */
export class CloudLost extends Error {}

const NOT_RUNNING =
  '请先在另一个终端运行 npm start，再导入（数据目录不是默认的话，两边都加上同一个 --data）。';

/**
 * Finds the cloud that `npm start` left word of in `running.json`, and asks whether it is there.
 *
 * @example const cloud = await findCloud('.huitou', 'wx-hq');
 */
export async function findCloud(dataDir: string, openid: string): Promise<Result<CloudSession, string>> {
  const file = path.join(dataDir, 'running.json');
  let port: unknown;
  try {
    port = (JSON.parse(await readFile(file, 'utf8')) as { port?: unknown }).port;
  } catch {
    return refuse(`本地云没有运行：${dataDir} 里没有它的运行记录。${NOT_RUNNING}`);
  }
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65535) {
    return refuse(`${file} 的内容不完整。${NOT_RUNNING}`);
  }
  const base = `http://127.0.0.1:${port}`;
  try {
    const status = await fetch(`${base}/_dev/status`);
    if (!status.ok) return refuse(`端口 ${port} 上的程序不是回头客的本地云。${NOT_RUNNING}`);
    await status.arrayBuffer();
  } catch {
    return refuse(`本地云没有运行：端口 ${port} 没有回应。${NOT_RUNNING}`);
  }
  return done(sessionAt(base, openid));
}

/** @param base e.g. `http://127.0.0.1:8100` */
export function sessionAt(base: string, openid: string): CloudSession {
  return {
    async members(action, ask, requestKey = randomUUID()) {
      const answer = await invoke(base, { name: 'members', event: { action, ask, requestKey }, openid });
      return answer as never;
    },
  };
}

async function invoke(base: string, body: object): Promise<Outcome<unknown>> {
  let answer: { result?: unknown; code?: unknown; message?: unknown };
  try {
    const response = await fetch(`${base}/_dev/invoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    answer = (await response.json()) as typeof answer;
  } catch (error) {
    const cause = (error as { cause?: { message?: string } }).cause?.message ?? (error as Error).message;
    throw new CloudLost(
      `与本地云的连接断开了（${cause}）。已导入的都在；重新运行 npm start 后再导入一次即可。`,
    );
  }
  const outcome = answer.result as { ok?: unknown } | null | undefined;
  if (typeof outcome === 'object' && outcome !== null && typeof outcome.ok === 'boolean') {
    return outcome as Outcome<unknown>;
  }
  throw new CloudLost(
    `云函数出错：${String(answer.code ?? '没有结果')} ${String(answer.message ?? '')}`.trim() +
      '。已导入的都在，可以再导入一次。',
  );
}
