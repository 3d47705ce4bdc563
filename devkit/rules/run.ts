import { omit } from 'lodash-es';
import { setTimeout } from 'node:timers/promises';
import { sentenceOf } from '../../miniprogram/contract/failures';
import type { Failure } from '../../miniprogram/contract/failures';
import type { DraftRules, RebuildProgress } from '../../miniprogram/contract/rules';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import { rulesOf } from '../../miniprogram/domain/membership/presets';
import { inLanes } from '../../miniprogram/hq/parts/inLanes';
import { rulesShort } from '../../miniprogram/hq/parts/ruleWords';
import { CloudLost, findCloud } from '../demo/import/cloud';
import type { CloudSession } from '../demo/import/cloud';
import { progressOn } from '../demo/import/progress';
import { EXIT } from '../demo/import/run';
import type { Terminal } from '../demo/import/run';
import { readRulesAsk, USAGE } from './ask';
import { preview } from './preview';

/**
 * The whole command: shows the rules in force, tries a preset, saves it, and brings all members along.
 *
 * @param root the repository
 * @returns the exit code, see `EXIT`
 */
export async function runRules(args: readonly string[], root: string, terminal: Terminal): Promise<number> {
  const ask = readRulesAsk(args, root);
  if (!ask.ok) {
    terminal.err(`${ask.failure}\n${USAGE}`);
    return EXIT.fileUnusable;
  }
  const { preset, save, lanes, dataDir, as } = ask.value;
  const cloud = await findCloud(dataDir, as);
  if (!cloud.ok) {
    terminal.err(cloud.failure);
    return EXIT.cloudNotRunning;
  }
  try {
    const draft = preset === null ? null : omit(rulesOf(preset, 0), 'version');
    const ended = await work(cloud.value, draft, save, lanes, terminal);
    if (ended.ok) return EXIT.through;
    terminal.err(`没有完成：${sentenceOf(ended.failure)}`);
  } catch (error) {
    if (!(error instanceof CloudLost)) throw error;
    terminal.err(error.message);
  }
  return EXIT.stopped;
}

async function work(
  cloud: CloudSession,
  draft: DraftRules | null,
  save: boolean,
  lanes: number,
  terminal: Terminal,
): Promise<Result<true, Failure>> {
  const list = await cloud.members('rules.list', {});
  if (!list.ok) return refuse(list.failure);
  const { current, versions } = list.reply;
  const inForce = versions.find(({ rules }) => rules.version === current)?.rules;
  terminal.out(`正在使用第${current}版规则${inForce ? `：${rulesShort(inForce).join('；')}` : ''}`);
  if (draft) {
    const tried = await preview(cloud, draft, terminal);
    if (!tried.ok) return tried;
    if (!save) {
      terminal.out('这只是试算，什么都没有改。加上 --save 保存并重新分层。');
      return done(true);
    }
    const saved = await cloud.members('rules.save', {
      rules: draft,
      basedOn: current,
      note: '命令行保存',
    });
    if (!saved.ok) return refuse(saved.failure);
    terminal.out(`已保存为第${saved.reply.rulesVersion}版。`);
  }
  return rebuild(cloud, lanes, terminal);
}

/** Works on the pass in several lanes until it is finished, also one that somebody else began. */
async function rebuild(
  cloud: CloudSession,
  lanes: number,
  terminal: Terminal,
): Promise<Result<true, Failure>> {
  const begun = performance.now();
  const bar = progressOn(terminal.bars, '重新分层', '位会员');
  let newest: RebuildProgress | null = null;
  let failure: Failure | null;
  try {
    failure = await inLanes<RebuildProgress>(lanes, {
      step: () => cloud.members('rebuild.step', {}),
      look: async () => {
        const jobs = await cloud.members('jobs.list', {});
        return jobs.ok ? { ok: true, reply: jobs.reply.rebuild } : jobs;
      },
      onProgress: (progress) => {
        newest = progress;
        bar.show(progress.done, progress.total);
      },
      left: () => false,
      wait: setTimeout,
      now: () => performance.now(),
    });
  } finally {
    bar.end();
  }
  if (failure) return refuse(failure);
  terminal.out(endOf(newest, performance.now() - begun));
  return done(true);
}

function endOf(last: RebuildProgress | null, ms: number): string {
  if (!last || last.total === 0) return '没有要做的重新分层。';
  const { rulesVersion, total, changed } = last;
  const seconds = (ms / 1000).toFixed(1);
  return `全部${total}位会员已按第${rulesVersion}版规则分层，${changed}位有变化，用时${seconds}秒`;
}
