import { addDays, endOf, spokenDay, startOf } from '../../../miniprogram/domain/kernel/day';
import type { Day, Ms } from '../../../miniprogram/domain/kernel/day';
import { LEVEL_WORDS } from '../../../miniprogram/domain/offers/types';
import type { Loyalty } from '../../../miniprogram/domain/offers/types';
import { subscribeTemplate } from '../channels/settings';
import { chainSettings } from '../store/chain';
import { membersEnding } from '../store/endings';
import type { EndingMember } from '../store/endings';
import { putInOutbox } from '../store/outbox';
import type { NewMessage } from '../store/outbox';
import { command, table } from '../store/table';
import type { Moment } from './retier';
import { subscriptionsOf } from './subscriptions';

/** So many days ahead she is reminded: time to come by once more. */
export const REMIND_DAYS = 7;
const MORNING = 10;
const PAGE = 500;

/** What of a member's ends by a day, and how it is said. */
interface Ending {
  kind: 'pointsEnding' | 'levelEnding';
  field: 'loyalty.expiring.on' | 'loyalty.levelUntil';
  page: string;
  onOf(loyalty: Loyalty | undefined): Day | null;
  wordsOf(loyalty: Loyalty): Record<string, string>;
}

export const ENDINGS: readonly Ending[] = [
  {
    kind: 'pointsEnding',
    field: 'loyalty.expiring.on',
    page: '/member/points/points',
    onOf: (loyalty) => loyalty?.expiring?.on ?? null,
    wordsOf: ({ expiring }) => ({ points: String(expiring?.points ?? '') }),
  },
  {
    kind: 'levelEnding',
    field: 'loyalty.levelUntil',
    page: '/member/level/level',
    onOf: (loyalty) => loyalty?.levelUntil ?? null,
    wordsOf: ({ level }) => ({ level: LEVEL_WORDS[level] }),
  },
];

/** One message for each thing that ends: asked for again it is the same one. */
const messageId = ({ kind }: Ending, memberId: string, on: Day): string => `${kind}:${memberId}:${on}`;

const saysYes = ({ openid, optOut }: EndingMember): boolean =>
  openid !== null && (optOut === null || optOut.scope === 'promo');

/** Puts the messages of one page of members into the outbox. Two calls, one where nobody of them said yes. */
async function remind(
  members: readonly EndingMember[],
  ending: Ending,
  templateId: string,
  { shop, now, today }: Moment & { shop: string },
): Promise<number> {
  const asked = members.filter(saysYes);
  const subscriptions = await subscriptionsOf(
    asked.map(({ openid }) => openid ?? ''),
    templateId,
  );
  const messages = asked.flatMap(({ _id, openid, loyalty }): NewMessage[] => {
    const on = ending.onOf(loyalty);
    const said = subscriptions.get(openid ?? '');
    if (!loyalty || on === null || !said || said.granted <= 0) return [];
    return [
      {
        _id: messageId(ending, _id, on),
        kind: ending.kind,
        purpose: 'service',
        channel: 'subscribe',
        memberId: _id,
        words: { shop, until: spokenDay(on), ...ending.wordsOf(loyalty) },
        page: ending.page,
        dueAt: Math.max(now, startOf(today, MORNING)),
        notAfter: endOf(on),
        createdAt: now,
        askedAt: said.changedAt,
      },
    ];
  });
  if (messages.length > 0) await putInOutbox(messages);
  return messages.length;
}

/**
 * 到期前提醒: whose points or level end within a week and who said yes to a message about it is sent one, once for each
 * day on which something ends. Only members with such a day are read, by its index, the nearest day first; whoever says
 * yes during the week is found by the next night. Cut off or out of time, the next night does what is left.
 *
 * @returns messages asked for, those that stood already included
 */
export async function remindOfEndings(at: Moment, isTimeUp: () => boolean): Promise<number> {
  const wanted = ENDINGS.flatMap((ending) => {
    const template = subscribeTemplate(ending.kind);
    return template ? [{ ending, templateId: template.id }] : [];
  });
  if (wanted.length === 0) return 0;
  const { name: shop } = await chainSettings();
  let messages = 0;
  for (let ahead = 0; ahead <= REMIND_DAYS; ahead++) {
    const on = addDays(at.today, ahead);
    for (const { ending, templateId } of wanted) {
      for (let after = ''; !isTimeUp();) {
        const members = await membersEnding(ending.field, { on, after, limit: PAGE });
        if (members.length > 0) messages += await remind(members, ending, templateId, { ...at, shop });
        const last = members.at(-1);
        if (!last || members.length < PAGE) break;
        after = last._id;
      }
    }
  }
  return messages;
}

/**
 * What was about to end does not any more, or not on that day: its message is taken back while it waits. No call unless a
 * message may stand, else one.
 */
export async function dropEndings(
  memberId: string,
  before: Loyalty | undefined,
  after: Loyalty,
  { now, today }: { now: Ms; today: Day },
): Promise<void> {
  const soon = addDays(today, REMIND_DAYS);
  const over = ENDINGS.flatMap((ending) => {
    const on = ending.onOf(before);
    return on !== null && on <= soon && on !== ending.onOf(after) ? [messageId(ending, memberId, on)] : [];
  });
  if (over.length === 0) return;
  await table('outbox').changeAll(
    { _id: command().in(over), status: 'waiting' },
    { status: 'dropped', reason: '已用掉或保住了', endedAt: now },
  );
}
