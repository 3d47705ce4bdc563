import { exactCount } from '../../components/stat-tile/count';
import type {
  DeadLetter,
  ExportBrief,
  ExportWhat,
  MessageState,
  Operations,
} from '../../contract/operations';
import { spokenTime } from '../../domain/kernel/day';
import type { Ms } from '../../domain/kernel/day';
import { MESSAGE_KIND_WORDS } from '../../domain/outreach/messages';
import { CHANNEL_WORDS } from '../../domain/outreach/types';

const STATE_WORDS: readonly (readonly [MessageState, string])[] = [
  ['waiting', '等着发'],
  ['sending', '正在发'],
  ['sent', '已发出'],
  ['dead', '没发出'],
  ['dropped', '不再发'],
];

export const WHAT_WORDS: Record<ExportWhat, string> = { members: '会员', tasks: '任务', touches: '触达记录' };

export interface Tile {
  id: MessageState;
  label: string;
  value: string;
  tone: string;
}
export interface Letter {
  messageId: string;
  title: string;
  reason: string;
  line: string;
  /** it may still be sent; otherwise it can only be let go */
  maySend: boolean;
}
export interface FileLine {
  mark: string;
  title: string;
  line: string;
}
export interface Shown {
  tiles: Tile[];
  letters: Letter[];
  /** dead letters that are not shown */
  moreDead: string;
  files: FileLine[];
}

function letterShown(letter: DeadLetter, now: Ms): Letter {
  const { messageId, kind, channel, memberName, reason, tries, endedAt, notAfter } = letter;
  const maySend = notAfter >= now;
  return {
    messageId,
    title: `${memberName} · ${MESSAGE_KIND_WORDS[kind]}`,
    reason,
    line: `${CHANNEL_WORDS[channel]} · 试过 ${tries} 次 · ${spokenTime(endedAt)}${maySend ? '' : ' · 已过时间'}`,
    maySend,
  };
}

function fileShown({
  mark,
  staffName,
  what,
  branchName,
  phones,
  at,
  rows,
  isFinished,
}: ExportBrief): FileLine {
  const where = branchName ?? '全部门店';
  const whole = phones === 'whole' ? ' · 完整手机号' : '';
  return {
    mark,
    title: `${staffName} · ${WHAT_WORDS[what]}`,
    line: `${where} · ${exactCount(rows)} 行${isFinished ? '' : '（没取完）'}${whole} · ${spokenTime(at)} · 编号 ${mark}`,
  };
}

/** The page as it is drawn. @param now the cloud's hour is not known here: the phone's own is near enough for a hint */
export function shownOf({ outbox, exports }: Operations, now: Ms): Shown {
  const dead = outbox?.dead ?? [];
  const hidden = (outbox?.counts.dead ?? 0) - dead.length;
  return {
    tiles: outbox
      ? STATE_WORDS.map(([id, label]) => ({
          id,
          label,
          value: exactCount(outbox.counts[id]),
          tone: id === 'dead' && outbox.counts.dead > 0 ? 'bad' : '',
        }))
      : [],
    letters: dead.map((letter) => letterShown(letter, now)),
    moreDead: hidden > 0 ? `还有 ${exactCount(hidden)} 条较早的，处理完上面的会显示出来` : '',
    files: exports.map(fileShown),
  };
}

/** What each state means, for whoever taps its number. */
export const STATE_MEANINGS: Record<MessageState, string> = {
  waiting: '还没到时间，或上一次没发成、过一会儿再试，或她现在不能被打扰，到能打扰的时候再发。',
  sending: '这一分钟正在发的。',
  sent: '发送通道收下了的。收下不等于对方看到。',
  dead: '试了几次都没发出，或中途断了不知道对方收到没有，要由总部决定重发还是丢弃。',
  dropped: '不能或不必再发的：她已退订、没有订阅次数、没有号码、通道没配置，或过了有效时间。',
};
