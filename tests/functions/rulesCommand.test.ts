import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { table } from '../../cloudfunctions/common/store/table';
import { generateChain } from '../../devkit/demo/chain';
import { EXIT } from '../../devkit/demo/import/run';
import { loadDemo } from '../../devkit/demo/load';
import { runRules } from '../../devkit/rules/run';
import { startChain, TODAY } from './chain';
import type { Chain } from './chain';

jest.setTimeout(120_000);
let chain: Chain;
let folder: string;
beforeAll(async () => {
  chain = await startChain(['members']);
  await loadDemo({ add: (name, docs) => chain.add(name, docs as never) }, generateChain(3, TODAY, 300));
  folder = mkdtempSync(path.join(tmpdir(), 'huitou-rules-'));
  mkdirSync(path.join(folder, 'data'));
  writeFileSync(path.join(folder, 'data', 'running.json'), JSON.stringify({ port: chain.cloud.port }));
});
afterAll(async () => {
  await chain.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function typed(...args: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const hear = (line: string) => (said += `${line}\n`);
  const bars = new PassThrough() as unknown as NodeJS.WriteStream;
  bars.on('data', (piece: Buffer) => (said += piece.toString()));
  const code = await runRules([...args, '--data', 'data', '--as', 'wx-demo-hq'], folder, {
    out: hear,
    err: hear,
    bars,
  });
  return { code, said };
}

describe('the rules from the command line', () => {
  beforeAll(async () => {
    const [hq] = await table('staff').page({ where: { role: 'hq' }, limit: 1 });
    await table('staff').changeIf({ _id: hq?._id ?? '' }, { openid: 'wx-demo-hq' });
  });

  it('are shown, and a preset is tried without writing anything', async () => {
    const before = await table('members').all({}, 1000);
    const { code, said } = await typed('--preset', 'daily');
    expect(code).toBe(EXIT.through);
    expect(said).toContain('正在使用第1版规则');
    expect(said).toMatch(/试算：300位会员里有\d+位会换分层/);
    expect(said).toContain('什么都没有改');
    expect(await table('members').all({}, 1000)).toEqual(before);
  });

  it('are saved and brought to every member, with progress', async () => {
    const tried = /有(\d+)位会换分层/.exec((await typed('--preset', 'daily')).said)?.[1];
    const { code, said } = await typed('--preset', 'daily', '--save', '--lanes', '2');
    expect(code).toBe(EXIT.through);
    expect(said).toContain('已保存为第2版');
    expect(said).toContain('重新分层 300/300 位会员');
    expect(said).toContain('全部300位会员已按第2版规则分层');
    const members = await table('members').all({}, 1000);
    expect(new Set(members.map(({ placement }) => placement.rulesVersion))).toEqual(new Set([2]));
    expect(Number(tried)).toBeGreaterThan(0);
  });

  it('say so when there is nothing to do, and refuse what they do not know', async () => {
    expect((await typed()).code).toBe(EXIT.through);
    expect(await typed('--preset', 'weekly')).toMatchObject({ code: EXIT.fileUnusable });
    expect((await typed('--save')).said).toContain('--preset');
    expect((await typed('--lanes', '99')).said).toContain('1 到 16');
  });
});
