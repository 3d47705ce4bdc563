import type { BoardsContract } from './boards';
import type { CampaignsContract } from './campaigns';
import type { GiftsContract } from './gifts';
import type { MembersContract } from './members';
import type { OutreachContract } from './outreach';

/** The cloud functions that phones call, and what each understands. */
export interface Contracts {
  members: MembersContract;
  campaigns: CampaignsContract;
  outreach: OutreachContract;
  gifts: GiftsContract;
  boards: BoardsContract;
}
export type FunctionName = keyof Contracts;
