import type { Failure } from '../../miniprogram/contract/failures';
import type { Ms } from '../../miniprogram/domain/kernel/day';
import { done, refuse } from '../../miniprogram/domain/kernel/result';
import type { Result } from '../../miniprogram/domain/kernel/result';
import { holdContact } from '../../miniprogram/domain/outreach/contactHold';
import type { ContactHold } from '../../miniprogram/domain/outreach/contactHold';
import { DEFAULT_POLICY } from '../../miniprogram/domain/outreach/contactPolicy';
import type { Channel, Purpose } from '../../miniprogram/domain/outreach/types';
import type { Acting } from '../common/entry/action';
import type { MemberDoc } from '../common/store/documents';
import { againWhenRaced } from '../common/store/raced';
import { taskToContact } from '../common/store/tasks';
import type { TaskAndMember } from '../common/store/tasks';
import { keepHolds, ledgerOf } from '../common/store/touches';
import { failureOf, overRefusal, optOutScopeOf } from './contact';
import { reaches } from './reach';

/** How somebody wants to reach the member of a task. */
export interface Approach {
  taskId: string;
  channel: Channel;
  /** what the contact is for; where it depends on the task, it is asked of the task */
  purposeOf: (found: TaskAndMember) => Promise<Result<Purpose, Failure>>;
}

/** What is handed out to whoever may contact her, and until when the contact is hers. */
export interface Held<T> {
  handed: T;
  heldUntil: Ms;
}

/** `holds` null = nothing is to be written. */
type Decided = Result<{ holds: readonly ContactHold[] | null; until: Ms }, Failure>;

function decide(
  { scope, now, requestKey }: Acting,
  { taskId, channel }: Approach,
  purpose: Purpose,
  member: MemberDoc,
): Decided {
  const id = `${taskId}:${requestKey}`;
  // The answer was lost on the way and she has said meanwhile that it was sent: the hold has done its work.
  const stated = member.touches.find(({ heldAs }) => heldAs === id);
  if (stated) return done({ holds: null, until: stated.at });
  const answer = holdContact(
    {
      touches: ledgerOf(member, []),
      optOut: optOutScopeOf(member),
      value: member.value,
      purpose,
      now,
    },
    member.holds ?? [],
    { id, taskId, staffId: scope.staff?._id ?? '', channel },
    DEFAULT_POLICY,
  );
  return answer.ok ? answer : refuse(failureOf(answer.failure));
}

/**
 * The one gate before every contact, whoever asks and by whatever channel: own task, still running, its
 * campaign not paused, allowed by the contact policy. What opens it holds the contact for some minutes, by a write that fails when anything the decision rests on
 * has changed: then it is decided anew. Two calls: read and hold; the same act again finds its hold and writes nothing.
 *
 * @param hand what is handed out, or why not after all; asked only when contact is allowed, and before anything is held
 */
export async function passGate<T>(
  acting: Acting,
  approach: Approach,
  hand: (found: TaskAndMember) => Promise<Result<T, Failure>>,
): Promise<Result<Held<T>, Failure>> {
  const passed = await againWhenRaced(async (): Promise<Result<Held<T>, Failure> | null> => {
    const found = await taskToContact(approach.taskId);
    if (!found) return refuse({ code: 'not-found', detail: '这条任务' });
    const { task, member } = found;
    if (!reaches(acting.scope, task)) return refuse({ code: 'out-of-scope' });
    const over = overRefusal(task, member);
    if (over) return refuse(over);
    if (found.isPaused) return refuse({ code: 'campaign-paused' });
    const purpose = await approach.purposeOf(found);
    if (!purpose.ok) return purpose;
    const decided = decide(acting, approach, purpose.value, member);
    if (!decided.ok) return decided;
    const handed = await hand(found);
    if (!handed.ok) return handed;
    const { holds, until } = decided.value;
    if (holds && !(await keepHolds(member, holds))) return null;
    return done({ handed: handed.value, heldUntil: until });
  });
  return passed ?? refuse({ code: 'busy' });
}
