import type { Ms } from '../domain/kernel/day';

export type StaffRole = 'hq' | 'manager' | 'clerk';

export interface StaffShown {
  staffId: string;
  name: string;
  role: StaffRole;
  branches: { id: string; name: string }[];
  active: boolean;
  /** may take data out as files (导出权) */
  mayExport: boolean;
  joinedAt: Ms | null;
  leftAt: Ms | null;
}
export interface InviteShown {
  code: string;
  role: StaffRole;
  branchId: string | null;
  branchName: string;
  name: string;
  expiresAt: Ms;
}
export interface BranchShown {
  branchId: string;
  name: string;
  address: string;
  active: boolean;
  /** named by an order before anybody entered it */
  unknown: boolean;
  staff: number;
  /** missing = in no region */
  region?: string;
}

/**
 * What a person typed, as a code: eight letters and digits, none of which is mistaken for another. Null when it cannot
 * be one.
 *
 * @example readInviteCode(' k7m4-q2xp ') // → 'K7M4Q2XP'
 * @example readInviteCode('K7M4Q2XO') // → null, since no code holds an O
 */
export function readInviteCode(typed: string): string | null {
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  return /^[A-HJKMNP-Z2-9]{8}$/.test(code) ? code : null;
}

export interface StaffContract {
  /** anybody, while no HQ account stands: the first one, by the one-time secret of the installation */
  'staff.bootstrap': { ask: { secret: string; name: string }; reply: { staffId: string } };
  /** HQ: all; manager: her branch */
  'staff.list': {
    ask: { branchId?: string };
    reply: {
      staff: StaffShown[];
      invites: InviteShown[];
      branches: BranchShown[];
      /** whom the caller may invite; HQ also edits branches */
      mayInvite: StaffRole[];
    };
  };
  /** HQ: any role; manager: clerks of her branch. The code is good for 7 days and one person */
  'staff.invite': {
    ask: { role: StaffRole; branchId: string | null; name: string };
    reply: InviteShown;
  };
  'staff.uninvite': { ask: { code: string }; reply: { removed: boolean } };
  /** a person who has a code; joining twice with the same account is joining once */
  'staff.join': { ask: { code: string }; reply: { role: StaffRole; branchName: string } };
  /** HQ any, manager clerks of her branch: a tombstone is left so that history keeps its names */
  'staff.leave': {
    ask: { staffId: string };
    /** members and open tasks that are still in her name; `clerk.handover` gives them to colleagues */
    reply: { staff: StaffShown; members: number; tasks: number };
  };
  /** HQ: a clerk works in these branches */
  'staff.branches': { ask: { staffId: string; branchIds: string[] }; reply: StaffShown };
  /** HQ */
  'branch.save': {
    ask: { branchId: string; name: string; address: string; active: boolean; region?: string };
    reply: BranchShown;
  };
}
