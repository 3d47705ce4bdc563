import type { Day } from '../../../miniprogram/domain/kernel/day';
import { addDays } from '../../../miniprogram/domain/kernel/day';
import type { Outcome } from '../../../miniprogram/contract/outcome';
import { phoneOf } from './phone';
import type { Phone } from './phone';
import type { Tally } from './tally';
import type { Bought } from './tape';
import type { Truth } from './truth';
import type { Cast, Somebody, World } from './world';

/** The parts of a day, by the hour at which they begin in Shanghai. */
export const HOURS = { clerks: 10, members: 13, shops: 17, evening: 19 } as const;
export type PartOfDay = keyof typeof HOURS;

/** Something that somebody will do. */
export type Deed = () => Promise<void>;

/** A simulation under way: who lives there, what is true, and what people have in mind for the days to come. */
export class Play {
  private readonly agenda = new Map<string, Deed[]>();
  private readonly byId: ReadonlyMap<string, Somebody>;
  /** how often each member was contacted */
  readonly contacts = new Map<string, number>();
  /** every purchase as it happened */
  readonly tape: Bought[] = [];
  /** until when a clerk's phone said that a member must be left alone */
  readonly restsUntil = new Map<string, number>();

  constructor(
    readonly world: World,
    readonly cast: Cast,
    readonly truth: Truth,
    readonly tally: Tally,
    /** its first day: names its acts, so that days played later on the same chain are days of their own */
    readonly began: Day,
  ) {
    this.byId = new Map(cast.people.map((one) => [one.memberId, one]));
  }

  phone(openid: string): Phone {
    return phoneOf(this.world, openid);
  }

  /** Somebody by her number; who came later is somebody the simulation knows nothing of. */
  somebody(memberId: string): Somebody {
    const known = this.byId.get(memberId);
    return (
      known ?? {
        memberId,
        openid: `wx-${memberId}`,
        lifecycle: 'dormant',
        homeBranchId: this.cast.clerks[0]?.branchId ?? '',
        gapDays: null,
        aovFen: 10_000,
      }
    );
  }

  plan(on: Day, part: PartOfDay, deed: Deed): void {
    const at = `${on} ${part}`;
    const planned = this.agenda.get(at);
    if (planned) planned.push(deed);
    else this.agenda.set(at, [deed]);
  }
  planIn(days: number, from: Day, part: PartOfDay, deed: Deed): void {
    this.plan(addDays(from, days), part, deed);
  }
  /** What is planned for a part of a day; asking takes it off the agenda. */
  due(on: Day, part: PartOfDay): Deed[] {
    const at = `${on} ${part}`;
    const planned = this.agenda.get(at) ?? [];
    this.agenda.delete(at);
    return planned;
  }

  /** The reply, or null when the business refused; the refusal is counted. */
  told<T>(outcome: Outcome<T>): T | null {
    if (outcome.ok) return outcome.reply;
    const { code } = outcome.failure;
    this.tally.refused[code] = (this.tally.refused[code] ?? 0) + 1;
    return null;
  }
}

/** Does all of it, so many at once. */
export async function inLanes(deeds: readonly Deed[], lanes: number): Promise<void> {
  const queue = deeds.values();
  const lane = async (): Promise<void> => {
    for (const deed of queue) await deed();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
