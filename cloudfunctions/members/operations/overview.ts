import type { DeadLetter, ExportBrief, Operations } from '../../../miniprogram/contract/operations';
import type { OperationsContract } from '../../../miniprogram/contract/operations';
import { done } from '../../../miniprogram/domain/kernel/result';
import type { Actions } from '../../common/entry/action';
import { nothing } from '../../common/entry/asks';
import type { BranchDoc, ExportDoc, OutboxDoc } from '../../common/store/documents';
import { newestExports } from '../../common/store/exports';
import { countMessages, deadLetters } from '../../common/store/outbox';
import { countOptedOut } from '../../common/store/optOuts';
import { PAGE_LIMIT, table } from '../../common/store/table';
import { figuresShown } from './figures';

const DEAD_SHOWN = 50;
const EXPORTS_SHOWN = 10;

function letterOf(message: OutboxDoc, names: ReadonlyMap<string, string>): DeadLetter {
  const { _id: messageId, kind, channel, memberId, reason, tries, endedAt, notAfter, createdAt } = message;
  return {
    messageId,
    kind,
    channel,
    memberId,
    memberName: names.get(memberId) ?? memberId,
    reason: reason ?? '',
    tries,
    endedAt: endedAt ?? createdAt,
    notAfter,
  };
}

function briefOf(file: ExportDoc, branches: readonly BranchDoc[]): ExportBrief {
  const { _id: mark, staffName, what, branchId, phones, at, rows, finishedAt } = file;
  const branchName =
    branchId === null ? null : (branches.find(({ _id }) => _id === branchId)?.name ?? branchId);
  return { mark, staffName, what, branchName, phones, at, rows, isFinished: finishedAt !== null };
}

async function outboxShown(): Promise<NonNullable<Operations['outbox']>> {
  const [counts, dead] = await Promise.all([countMessages(), deadLetters(DEAD_SHOWN)]);
  const members = await table('members').findMany([...new Set(dead.map(({ memberId }) => memberId))]);
  const names = new Map(members.map(({ _id, name }) => [_id, name]));
  return { counts, dead: dead.map((message) => letterOf(message, names)) };
}

/**
 * 运营: how the machinery stands and what it costs, what waits in the outbox and what died there, who opted out and which files were taken out. A manager is shown what
 * concerns herself: her right, her branches, her files. Twelve calls beside the caller's scope, none in proportion to the
 * members; two for a manager.
 */
export const overview: Actions<OperationsContract>['operations.overview'] = {
  who: ['hq', 'manager'],
  writes: false,
  ask: nothing,
  async run({ scope, now, today }) {
    const isHq = scope.role === 'hq';
    const [exports, branches, outbox, optedOut, figures] = await Promise.all([
      newestExports(isHq ? null : (scope.staff?._id ?? ''), EXPORTS_SHOWN),
      isHq ? table('branches').all({}, PAGE_LIMIT, ['name']) : table('branches').findMany(scope.branchIds),
      isHq ? outboxShown() : null,
      isHq ? countOptedOut() : null,
      isHq ? figuresShown(now, today) : null,
    ]);
    return done({
      figures,
      outbox,
      optedOut,
      mayExport: scope.staff?.mayExport === true,
      branches: branches.map(({ _id: branchId, name }) => ({ branchId, name })),
      exports: exports.map((file) => briefOf(file, branches)),
    });
  },
};
