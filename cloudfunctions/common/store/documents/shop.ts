import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';

/** 门店. `_id` is the branch number of the chain's own books. */
export interface BranchDoc {
  _id: string;
  name: string;
  address: string;
  active: boolean;
  /** named by an order before anybody entered it: HQ is asked to complete it */
  unknown?: boolean;
  /** degrees; null or missing where nobody entered it */
  place?: Place | null;
  /** 区域, for the board of regions; missing or '' = in none */
  region?: string;
}

export interface Place {
  lng: number;
  lat: number;
}

/** 员工. Departed staff stay as tombstones (`active: false`) so that history keeps its names. */
export interface StaffDoc {
  _id: string;
  openid: string;
  name: string;
  role: 'hq' | 'manager' | 'clerk';
  branchId: string | null;
  active: boolean;
  /** other branches she works in besides */
  alsoBranchIds?: string[];
  /** 导出权: may take data out as files; a right of its own, given by HQ, whatever the role. Missing = no */
  mayExport?: boolean;
  /** away until the end of this day */
  awayUntil?: Day | null;
  /** the last time her members and tasks went to colleagues, under way or finished */
  handover?: HandoverDoc | null;
  joinedAt?: Ms | null;
  leftAt?: Ms | null;
  /** the code she joined by; `bootstrap` = she set the system up. Missing = she came with the chain */
  joinedBy?: string;
}

/**
 * 离职继承: a clerk's members and open tasks on their way to colleagues. It is a resumable job: who gets whom of the next
 * page is written here before anything moves, so that whoever goes on after a crash moves the same ones to the same.
 */
export interface HandoverDoc {
  /** the act that began it */
  requestKey: string;
  by: string;
  at: Ms;
  /** the colleague who gets everything; null = spread over the branch */
  toClerkId: string | null;
  /** moved so far, the announced page not counted */
  members: number;
  tasks: number;
  /** counts the pages announced, so that two workers cannot both announce one */
  turn: number;
  page: HandoverPage | null;
  finishedAt: Ms | null;
}

export interface HandoverPage {
  of: 'members' | 'tasks';
  /** `clerkId` null = the branch manager settles it */
  moves: { id: string; clerkId: string | null }[];
}

/** An invitation to join as staff. `_id` = its code. One that was taken stays, so that a second try is told so. */
export interface InviteDoc {
  _id: string;
  role: StaffDoc['role'];
  branchId: string | null;
  name: string;
  invitedBy: string;
  expiresAt: Ms;
  /** names the act of inviting: with `invitedBy` it is unique, so that a repeated act gives the same code */
  requestKey: string;
  /** who took it, as staff; null = still open */
  takenBy: string | null;
}

/** What one account guessed wrong within the hour. `_id` = `what:openid`. */
export interface GuessDoc {
  _id: string;
  since: Ms;
  wrong: number;
}

/** Something that has to be accounted for later: a phone number shown, an export, a handover. Append-only. */
export interface AuditDoc {
  _id: string;
  at: Ms;
  what:
    | 'phoneShown'
    | 'export'
    | 'exportRight'
    | 'outbox'
    | 'handover'
    | 'staffLeft'
    | 'staffJoined'
    | 'merge'
    | 'offers'
    | 'erase';
  staffId: string | null;
  memberId: string | null;
  detail: string;
}
