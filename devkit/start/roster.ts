import type { BranchDoc, MemberDoc, StaffDoc, TaskDoc } from '../../cloudfunctions/common/store/documents';
import { LIFECYCLE_WORDS } from '../../miniprogram/domain/membership/types';
import type { Person, Slot } from '../phone/host';
import type { ChainDatabase } from './chainDatabase';

const ROLE_WORDS: Record<StaffDoc['role'], string> = { hq: '总部', manager: '店长', clerk: '导购' };

/** The WeChat identity of a member on the desk; one who never opened the mini program gets one by her number. */
export const openidOf = (member: Pick<MemberDoc, '_id' | 'openid'>): string =>
  member.openid ?? `wx-${member._id}`;

function personOf(member: MemberDoc, branches: ReadonlyMap<string, BranchDoc>): Person {
  const branch = member.homeBranchId ? branches.get(member.homeBranchId)?.name : undefined;
  return {
    openid: openidOf(member),
    name: member.name,
    note: [LIFECYCLE_WORDS[member.lifecycle], branch].filter(Boolean).join(' · '),
    memberId: member._id,
    ...(member.homeBranchId ? { branchId: member.homeBranchId } : {}),
  };
}

/** Who can hold which phone of the desk. */
export function rosterOf(db: ChainDatabase) {
  const branchesById = async () =>
    new Map((await db.page<BranchDoc>('branches', {}, 1000)).map((b) => [b._id, b]));

  async function staff(role: StaffDoc['role'], query: string): Promise<Person[]> {
    const [people, branches] = await Promise.all([
      db.page<StaffDoc>('staff', { role, active: true }, 200),
      branchesById(),
    ]);
    return people
      .filter((s) => s.name.includes(query) || s._id === query)
      .slice(0, 50)
      .map((s) => ({
        openid: s.openid,
        name: s.name,
        note: [s.branchId ? branches.get(s.branchId)?.name : null, ROLE_WORDS[s.role]]
          .filter(Boolean)
          .join(' · '),
        ...(s.branchId ? { branchId: s.branchId } : {}),
      }));
  }

  async function membersLike(query: string): Promise<MemberDoc[]> {
    if (query === '') {
      // Whom the story is about comes first: valuable members who have not come for long.
      const cold = await db.page<MemberDoc>('members', { lifecycle: 'dormant', value: 'high' }, 20);
      return cold.length > 0 ? cold : db.page<MemberDoc>('members', {}, 20);
    }
    const byNumber = await db.page<MemberDoc>('members', { _id: query }, 1);
    return byNumber.length > 0
      ? byNumber
      : db.page<MemberDoc>('members', { name: db.startingWith(query) }, 50);
  }

  return {
    async people(slot: Slot, query: string): Promise<Person[]> {
      if (slot !== 'member') return staff(slot, query.trim());
      const [found, branches] = await Promise.all([membersLike(query.trim()), branchesById()]);
      return found.map((m) => personOf(m, branches));
    },

    /** How the phone number of whoever holds a phone ends; empty when the chain does not know. */
    async phoneTailOf(openid: string): Promise<string> {
      const [bound] = await db.page<MemberDoc>('members', { openid }, 1);
      const [named] = bound
        ? []
        : await db.page<MemberDoc>('members', { _id: openid.replace(/^wx-/, '') }, 1);
      return (bound ?? named)?.phoneTail ?? '';
    },

    /** For whom a share card was made, and someone else who may tap it. */
    async recipientOf(path: string): Promise<{ person: Person; friend: Person } | null> {
      const link = /[?&]l=([\w-]+)/.exec(path)?.[1];
      const task = link ? (await db.page<TaskDoc>('tasks', { link }, 1))[0] : undefined;
      const member = task ? (await db.page<MemberDoc>('members', { _id: task.memberId }, 1))[0] : undefined;
      if (!member) return null;
      // A friend who is a member already stays that one; a stranger would become whom the card was meant for.
      const known = await db.page<MemberDoc>('members', { openid: db.startingWith('wx-') }, 2);
      const others = [...known, ...(await db.page<MemberDoc>('members', { lifecycle: 'active' }, 2))];
      const friend = others.find((m) => m._id !== member._id);
      if (!friend) return null;
      const branches = await branchesById();
      return { person: personOf(member, branches), friend: personOf(friend, branches) };
    },
  };
}
