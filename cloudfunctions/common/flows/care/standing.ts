import { groupBy } from 'lodash-es';
import { WAKE_DEFINITION } from '../../../../miniprogram/domain/credit/wake';
import { DAY_MS, dayOf } from '../../../../miniprogram/domain/kernel/day';
import type { Ms } from '../../../../miniprogram/domain/kernel/day';
import type { CareStanding } from '../../../../miniprogram/domain/outreach/care/choose';
import type { CareMember } from '../../store/careMembers';
import { tasksHad } from '../../store/careTasks';
import type { TaskHad } from '../../store/careTasks';
import { WORKED_ON } from '../../store/tasks';
import { ledgerOf } from '../../store/touches';
import type { CareContext } from './context';

/** Whoever has marked a member and not given her the task by then has died. */
const MARK_MS = 120_000;
const MEASURED_MS = WAKE_DEFINITION.withinDays * DAY_MS;

/** A member with what she has had. */
export interface Stood {
  member: CareMember;
  standing: CareStanding;
  /** her care tasks that somebody works on: one, as a rule; one that has passed its day waits for the night to end it */
  open: TaskHad[];
  /** somebody is giving her a task this very moment: come back later */
  isBeingGiven: string | null;
}

const isOpen = ({ kind, status }: TaskHad): boolean => kind === 'care' && WORKED_ON.includes(status);

/** A campaign is measured while it runs, and until the last day on which a purchase would count for it. */
function isMeasured({ arm, campaignId, enteredAt }: TaskHad, { running, at }: CareContext): boolean {
  return arm === 'heldOut' && (running.has(campaignId) || at.now < enteredAt + MEASURED_MS);
}

const newest = (a: TaskHad, b: TaskHad): number => b.enteredAt - a.enteredAt;

function markOf({ careTask }: CareMember, had: readonly TaskHad[], now: Ms): string | null {
  if (!careTask || now >= careTask.at + MARK_MS) return null;
  return had.some(({ _id }) => _id === careTask.id) ? null : careTask.id;
}

function stoodOf(member: CareMember, had: readonly TaskHad[], context: CareContext): Stood {
  const { running, at } = context;
  const care = had.filter(({ kind }) => kind === 'care');
  const open = care.filter(isOpen);
  const alive = open.filter(({ claimBy }) => claimBy >= at.today);
  const looked = care.filter((task) => task.care?.occasion === 'browse').sort(newest)[0];
  const { optOut } = member;
  return {
    member,
    open,
    isBeingGiven: markOf(member, had, at.now),
    standing: {
      given: new Set(care.map(({ campaignId }) => campaignId)),
      open: alive.sort(newest)[0]?.care?.occasion ?? null,
      isHeldOut: had.some((task) => isMeasured(task, context)),
      isRecalled: had.some(
        (task) => task.kind !== 'care' && WORKED_ON.includes(task.status) && running.has(task.campaignId),
      ),
      lastBrowseOn: looked ? dayOf(looked.enteredAt) : null,
      ledger: {
        touches: ledgerOf(member, []),
        optOut: optOut === null ? null : (optOut.scope ?? 'all'),
        value: member.value,
      },
    },
  };
}

/** What stands of each of these members. One call for each 1000 tasks of theirs. @param members at most 1000 */
export async function standings(members: readonly CareMember[], context: CareContext): Promise<Stood[]> {
  const had = members.length === 0 ? [] : await tasksHad(members.map(({ _id }) => _id));
  const byMember = new Map(Object.entries(groupBy(had, ({ memberId }) => `m${memberId}`)));
  return members.map((member) => stoodOf(member, byMember.get(`m${member._id}`) ?? [], context));
}
