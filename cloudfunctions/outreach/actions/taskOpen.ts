import * as z from 'zod';
import type { OutreachContract } from '../../../miniprogram/contract/outreach';
import type { Failure } from '../../../miniprogram/contract/failures';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import { explainPlacement } from '../../../miniprogram/domain/membership/explain';
import { aovOf } from '../../../miniprogram/domain/membership/aov';
import { rulesOf } from '../../../miniprogram/domain/membership/presets';
import { conditionsOf, headlineOf } from '../../../miniprogram/domain/offers/coupon';
import { chooseScripts } from '../../../miniprogram/domain/outreach/scripts/choose';
import { STARTER_SCRIPTS } from '../../../miniprogram/domain/outreach/scripts/starter';
import type { SuggestedScript } from '../../../miniprogram/domain/outreach/types';
import type { Actions } from '../../common/entry/action';
import { anId } from '../../common/entry/asks';
import { reaches } from '../reach';
import type { MemberDoc, TaskDoc, TouchDoc } from '../../common/store/documents';
import { lastOrdersOf } from '../../common/store/orders';
import { branchesNamed, chainNow } from '../../common/store/remembered';
import { memberIdOf, taskWithAll } from '../../common/store/tasks';
import { ledgerOf } from '../../common/store/touches';
import { cardOf } from '../card';
import type { Moment } from '../card';
import { contactRefusal, isOver, promiseOf } from '../contact';
import { couponOf, orderBriefsOf, touchRowsOf } from '../history';
import { blanksOf, voiceOf } from '../words';
import type { Voice } from '../words';

const SUGGESTED = 3;

function refusalNow(task: TaskDoc, member: MemberDoc, touches: TouchDoc[], moment: Moment): Failure | null {
  if (isOver(task)) return { code: 'task-closed' };
  return contactRefusal(member, ledgerOf(member, touches), 'promo', moment.now);
}

function suggest(
  task: TaskDoc,
  touches: readonly TouchDoc[],
  voice: Voice,
  moment: Moment,
): SuggestedScript[] {
  const promise = promiseOf(task, moment.now);
  return chooseScripts(
    STARTER_SCRIPTS,
    {
      lifecycle: task.lifecycle,
      value: task.value,
      values: blanksOf(task, voice, moment),
      received: touches.flatMap(({ scriptId }) => (scriptId === null ? [] : [scriptId])),
      urgencyAllowed: promise.validHours !== null,
      hasOffer: promise.offer,
      memberId: task.memberId,
    },
    SUGGESTED,
  );
}

/** The customer page. Two database calls beside the caller's scope, at the same time; names are kept warm. */
export const openTask: Actions<OutreachContract>['task.open'] = {
  who: ['clerk', 'manager', 'hq'],
  writes: false,
  ask: z.strictObject({ taskId: anId }),
  async run({ scope, now, today }, { taskId }) {
    const [found, orders] = await Promise.all([taskWithAll(taskId), lastOrdersOf(memberIdOf(taskId))]);
    if (!found) return refuse({ code: 'not-found', detail: '这条任务' });
    const { task, member, touches, coupon } = found;
    if (!reaches(scope, task)) return refuse({ code: 'out-of-scope' });

    const moment = { now, today };
    const [voice, chain, branches] = await Promise.all([
      voiceOf(task, now),
      chainNow(now),
      branchesNamed(
        orders.map((order) => order.branchId),
        now,
      ),
    ]);
    const rules = chain?.rules ?? rulesOf('retail', 1);
    const contactRefused = refusalNow(task, member, touches, moment);
    const { facts } = member;
    const { offer, followUp } = task;
    return done({
      card: cardOf(task, moment),
      tierSentence: explainPlacement(facts, member.placement, rules, chain?.aovCut ?? null, today),
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
      scripts: contactRefused || task.redeemedAt !== null ? [] : suggest(task, touches, voice, moment),
      offer: {
        text: `${headlineOf(offer.rule)} · ${conditionsOf(offer.rule)}`,
        title: offer.title,
        validHours: offer.validHours,
        trial: offer.trial,
      },
      giftPath: `/member/gift/gift?l=${task.link}`,
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
    });
  },
};
