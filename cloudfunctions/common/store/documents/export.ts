import type { Day, Ms } from '../../../../miniprogram/domain/kernel/day';
import type { ExportAsk } from '../../../../miniprogram/contract/operations';

/** 导出: one file that somebody takes out, page by page. `_id` = its mark, which stands in the file's first line. */
export interface ExportDoc {
  _id: string;
  staffId: string;
  staffName: string;
  what: ExportAsk['what'];
  /** null = the whole chain */
  branchId: string | null;
  phones: ExportAsk['phones'];
  since: Day | null;
  at: Ms;
  /** the act that began it */
  requestKey: string;
  /** rows that matched when it began */
  matching: number;
  /** rows handed out so far */
  rows: number;
  /** the last document handed out */
  cursor: string;
  finishedAt: Ms | null;
}
