import type { Failure } from '../../miniprogram/contract/failures';
import type { MembersContract } from '../../miniprogram/contract/members';
import type { Outcome } from '../../miniprogram/contract/outcome';
import type { Cell, DraftRules } from '../../miniprogram/contract/rules';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import { LIFECYCLE_WORDS, VALUE_WORDS } from '../../miniprogram/domain/membership/types';
import { addPage, examplesOf, NO_MOVES } from '../../miniprogram/hq/parts/sumMoves';
import type { CloudSession } from '../demo/import/cloud';
import { progressOn } from '../demo/import/progress';
import type { Terminal } from '../demo/import/run';

type Ask = MembersContract['rules.preview']['ask'];
type Page = MembersContract['rules.preview']['reply'];

const MOVES_SHOWN = 20;
const EXAMPLES_SHOWN = 5;
const word = ({ lifecycle, value }: Cell) => `${LIFECYCLE_WORDS[lifecycle]}·${VALUE_WORDS[value]}`;

/** Tries a draft over all members and prints whom it would move, the largest move first. Nothing is written. */
export async function preview(
  cloud: CloudSession,
  rules: DraftRules,
  terminal: Terminal,
): Promise<Result<true, Failure>> {
  const bar = progressOn(terminal.bars, '试算', '位会员');
  let sum = NO_MOVES;
  let ask: Ask = { rules, after: null };
  try {
    for (;;) {
      const page: Outcome<Page> = await cloud.members('rules.preview', ask);
      if (!page.ok) return refuse(page.failure);
      sum = addPage(sum, page.reply);
      bar.show(sum.read, sum.total);
      if (page.reply.next === null) break;
      ask = { rules, after: page.reply.next, aovCut: page.reply.aovCut };
    }
  } finally {
    bar.end();
  }
  terminal.out(`试算：${sum.total}位会员里有${sum.moved}位会换分层`);
  for (const { from, to, members } of sum.moves.slice(0, MOVES_SHOWN))
    terminal.out(`  ${word(from)} → ${word(to)}  ${members}`);
  for (const { phoneTail, before, after } of examplesOf(sum, EXAMPLES_SHOWN))
    terminal.out(`  例如尾号${phoneTail || '不详'}的会员  现在：${before}  改后：${after}`);
  return done(true);
}
