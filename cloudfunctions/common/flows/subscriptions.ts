import type { Ms } from '../../../miniprogram/domain/kernel/day';
import type { SubscriptionDoc } from '../store/documents';
import { command, table } from '../store/table';

/** So many acts of saying yes are told from repetitions. */
const KEPT_GRANTS = 20;

const idOf = (openid: string, template: string): string => `${openid}:${template}`;

/**
 * She said yes to one more message of this template (到期前提醒我). Once per act: the act's key lies in the document, written
 * with the count. One or two calls.
 *
 * @param template the template's id, as `subscribeTemplate` of common/channels/settings.ts names it
 * @example await grantSubscription('wx-M1', 'tmpl-1', requestKey, now);
 */
export async function grantSubscription(
  openid: string,
  template: string,
  requestKey: string,
  now: Ms,
): Promise<void> {
  const _ = command();
  const _id = idOf(openid, template);
  const first = { _id, openid, template, granted: 1, grants: [requestKey], changedAt: now };
  if (await table('subscriptions').addNew(first)) return;
  await table('subscriptions').changeIf(
    { _id, grants: _.neq(requestKey) },
    {
      granted: _.inc(1),
      grants: _.push({ each: [requestKey], slice: -KEPT_GRANTS }),
      changedAt: now,
    },
  );
}

/** Takes one of the messages she said yes to. One call. @returns false when none is left */
export function takeSubscription(openid: string, template: string, now: Ms): Promise<boolean> {
  const _ = command();
  return table('subscriptions').changeIf(
    { _id: idOf(openid, template), granted: _.gt(0) },
    { granted: _.inc(-1), changedAt: now },
  );
}

/** Gives back what was taken for a message that WeChat did not take. One call. */
export function giveBackSubscription(openid: string, template: string, now: Ms): Promise<boolean> {
  return table('subscriptions').changeIf(
    { _id: idOf(openid, template) },
    { granted: command().inc(1), changedAt: now },
  );
}

/** WeChat says that none is left (43101): ours was too high. One call. */
export function forgetSubscription(openid: string, template: string, now: Ms): Promise<boolean> {
  return table('subscriptions').changeIf({ _id: idOf(openid, template) }, { granted: 0, changedAt: now });
}

/** How many messages of a template she may still be sent. One call. */
export async function subscriptionsLeft(openid: string, template: string): Promise<number> {
  return (await table('subscriptions').find(idOf(openid, template)))?.granted ?? 0;
}

/** What these people said yes to, of one template. One call. @param openids at most 1000 */
export async function subscriptionsOf(
  openids: readonly string[],
  template: string,
): Promise<ReadonlyMap<string, SubscriptionDoc>> {
  const found = await table('subscriptions').findMany(openids.map((openid) => idOf(openid, template)));
  return new Map(found.map((one) => [one.openid, one]));
}
