import { exactCount } from '../../components/stat-tile/count';
import type { RebuildProgress } from '../../contract/rules';
import { percentOf } from './untilFinished';

export interface RebuildShown {
  percent: number;
  /** what is happening, and that numbers will move */
  sentence: string;
  text: string;
}

/**
 * New rules on their way through the members.
 *
 * @example rebuildShown({ rulesVersion: 4, done: 37, total: 100, changed: 5, finished: false, parts: [] }).sentence
 * // → '正在按第4版规则重新分层 37%，数字会随之变化'
 */
export function rebuildShown(progress: RebuildProgress): RebuildShown {
  // All members may be read while the last ones are still swept up: only the end is 100.
  const percent = progress.finished ? 100 : Math.min(99, percentOf(progress));
  const done = Math.min(progress.done, progress.total);
  return {
    percent,
    sentence: `正在按第${progress.rulesVersion}版规则重新分层 ${percent}%，数字会随之变化`,
    text: `已重排 ${exactCount(done)} / ${exactCount(progress.total)} 位，${exactCount(progress.changed)} 位换了位置`,
  };
}
