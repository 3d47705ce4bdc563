import * as z from 'zod';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { aovOf } from '../../../miniprogram/domain/membership/aov';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import { conditionsOf, headlineOf } from '../../../miniprogram/domain/offers/coupon';
import { preferredScripts } from '../../../miniprogram/domain/outreach/campaign/preferred';
import { OCCASIONS } from '../../../miniprogram/domain/outreach/care/occasions';
import { careLifecycle, careScripts } from '../../../miniprogram/domain/outreach/care/shown';
import { bestTime } from '../../../miniprogram/domain/outreach/bestTime';
import { radarOf } from '../../../miniprogram/domain/outreach/radar/radar';
import type { SmallTest } from '../../../miniprogram/domain/outreach/scripts/smallTest';
import { chooseScripts } from '../../../miniprogram/domain/outreach/scripts/choose';
import type { Purpose, Script, SuggestedScript } from '../../../miniprogram/domain/outreach/types';
import type { ReadingAhead } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { radarPersonOf } from '../../common/flows/measuring';
import { standingOf } from '../../common/flows/standing';
import { reaches } from '../reach';
import type { MemberDoc, TaskDoc, TouchDoc } from '../../common/store/documents';
import { measuresNow } from '../../common/store/measures';
import { lastOrdersOf } from '../../common/store/orders';
import { branchesNamed, campaignNow, chainNow } from '../../common/store/remembered';
import { ownWordsNow, scriptLibrary } from '../../common/store/scripts';
import { runningTests } from '../../common/store/scriptTests';
import { memberIdOf, taskWithAll } from '../../common/store/tasks';
import type { TaskAndMember } from '../../common/store/tasks';
import { ledgerOf } from '../../common/store/touches';
import { cardOf } from '../card';
import type { Moment } from '../card';
import { contactRefusal, isOver, overRefusal, promiseOf } from '../contact';
import { couponOf, orderBriefsOf, touchRowsOf } from '../history';
import { knowledgeOf, reasonsOf } from '../knowledge';
import type { Reasons } from '../knowledge';
import { moreWays } from '../smsWords';
import { placeOf, writePlace } from '../place';
import { blanksOf, voiceOf } from '../words';
import type { Voice } from '../words';

const SUGGESTED = 3;

/** A care message is allowed whenever a push is, and sometimes when it is not. */
function refusalNow(
  task: TaskDoc,
  member: MemberDoc,
  touches: TouchDoc[],
  purpose: Purpose,
  { now }: Moment,
): Failure | null {
  const over = overRefusal(task, member);
  if (over) return over;
  return contactRefusal(member, ledgerOf(member, touches), purpose, now);
}

function suggest(
  library: readonly Script[],
  { task, member: { quiet } }: TaskAndMember,
  touches: readonly TouchDoc[],
  voice: Voice,
  reasons: Reasons,
  purposes: readonly Purpose[],
  preferred: readonly string[],
  tests: readonly SmallTest[],
  moment: Moment,
): SuggestedScript[] {
  const promise = promiseOf(task, moment.now);
  const { care } = task;
  return chooseScripts(
    care ? careScripts(library, care) : library,
    {
      lifecycle: care ? careLifecycle(care, task.lifecycle, quiet) : task.lifecycle,
      value: task.value,
      values: blanksOf(task, voice, reasons, moment),
      received: touches.flatMap(({ scriptId, undoneAt }) =>
        scriptId === null || undoneAt !== undefined ? [] : [scriptId],
      ),
      occasions: care ? OCCASIONS[care.occasion].scripts : reasons.occasions,
      purposes,
      preferred,
      tests,
      urgencyAllowed: promise.validHours !== null,
      hasOffer: promise.offer,
      memberId: task.memberId,
    },
    SUGGESTED,
  );
}

/** The task with everything around it, and what its member bought last. */
type Found = Awaited<ReturnType<typeof readTask>>;

/** Two calls at the same time. */
export const readTask = (taskId: string) =>
  Promise.all([taskWithAll(taskId), lastOrdersOf(memberIdOf(taskId))]);

/**
 * The customer page. Two database calls, at the same time as the one for the caller's scope; names and the chain's settings are
 * kept warm, and so are the branch's weekly measures, the chain's words and its small tests. One or two more while new rules are on their way to her (see `standingOf`).
 */
export const openTask: ReadingAhead<OutreachContract['task.open'], Found> = {
  who: ['clerk', 'manager', 'hq'],
  writes: false,
  ask: z.strictObject({ taskId: anId }),
  ahead: ({ taskId }) => readTask(taskId),
  async run({ scope, now, today }, { taskId }, [found, ordersOfId]) {
    if (!found) return refuse({ code: 'not-found', detail: '这条任务' });
    const { task, member, touches, coupon, isPaused } = found;
    if (!reaches(scope, task)) return refuse({ code: 'out-of-scope' });
    // A task keeps its id when the number in it was merged into another.
    const isMoved = task.memberId !== memberIdOf(taskId);
    const orders = isMoved ? await lastOrdersOf(task.memberId) : ordersOfId;

    const moment = { now, today };
    const [voice, chain, campaign, library, branches, measures, own, tests] = await Promise.all([
      voiceOf(task, now),
      chainNow(now),
      task.kind === 'care' ? null : campaignNow(task.campaignId, now),
      scriptLibrary(task.branchId, now),
      branchesNamed([member.homeBranchId, ...orders.map((order) => order.branchId)], now),
      measuresNow(member.homeBranchId ?? task.branchId, now),
      ownWordsNow(now),
      runningTests(now),
    ]);
    const settings = chain ?? { rules: rulesOf('retail', 1), aovCut: null };
    const standing = await standingOf(member, settings, moment);
    const refusedFor = (purpose: Purpose) =>
      isPaused && !isOver(task)
        ? { code: 'campaign-paused' as const }
        : refusalNow(task, member, touches, purpose, moment);
    const contactRefused = refusedFor('care');
    const purposes: Purpose[] = refusedFor('promo') ? ['care', 'knowledge'] : ['promo', 'care', 'knowledge'];
    const reasons = reasonsOf(member, standing.rules, today);
    const { facts } = member;
    const { offer, followUp } = task;
    return done({
      card: cardOf(task, moment),
      tierSentence: standing.sentence,
      ...knowledgeOf(member, branches, { rules: standing.rules, rhythm: chain?.rhythm ?? null }, today),
      facts: {
        paidOrders: facts.paidOrders,
        paidFen: facts.paidFen,
        aovFen: aovOf(facts),
        firstPaidOn: facts.firstPaidOn,
        lastPaidOn: facts.lastPaidOn,
      },
      ownerText: task.assignReason,
      contactRefused,
      // Who has just used her gift needs no invitation; the order that wakes the task is on its way.
      scripts:
        contactRefused || task.redeemedAt !== null
          ? []
          : suggest(
              library,
              found,
              touches,
              voice,
              reasons,
              purposes,
              preferredScripts(campaign?.plan.scripts, task),
              tests,
              moment,
            ),
      offer: offer && {
        text: `${headlineOf(offer.rule)} · ${conditionsOf(offer.rule)}`,
        title: offer.title,
        validHours: offer.validHours,
        trial: offer.trial,
      },
      giftPath: offer && `/member/gift/gift?l=${task.link}`,
      moreWays: moreWays(),
      touches: touchRowsOf(touches),
      orders: orderBriefsOf(orders, branches),
      coupon: couponOf(coupon, now),
      followUp: followUp && {
        outcome: followUp.outcome,
        lapseReason: followUp.lapseReason,
        note: followUp.note,
        nextContactOn: followUp.nextContactOn,
        at: followUp.at,
      },
      radar: radarOf(radarPersonOf(member), measures?.row ?? null, today),
      bestTime: bestTime(measures?.slots ?? []),
      promisedHours: promiseOf(task, now).validHours,
      ...(own ? { ownWords: { words: own.words, allow: own.allow } } : {}),
      place: writePlace(placeOf(task, moment)),
    });
  },
};
