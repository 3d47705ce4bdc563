import type { ChartRow } from '../../components/chart/picture';
import { exactCount } from '../../components/stat-tile/count';
import type { Review, ReviewShown } from '../../contract/boards';
import { FIRST_STEP } from '../../domain/credit/report/review';
import { tierWords, topicWords } from '../../domain/credit/report/topic';
import type { Topic } from '../../domain/credit/report/topic';
import { addDays, spokenDay, spokenTime } from '../../domain/kernel/day';

/** Something that asks for a decision: a reason that matters, or a tier that wakes too little. */
export interface TopicCard {
  topic: Topic;
  words: string;
  fact: string;
  suggestion: string;
  /** agreed already */
  isAgreed: boolean;
}

export interface PageShown {
  branchName: string;
  campaignName: string;
  campaignNames: string[];
  campaignIndex: number;
  countedAt: string;
  weekWords: string;
  weekLines: { word: string; now: string; change: string }[];
  weekDays: ChartRow[];
  weekSentence: string;
  pareto: ChartRow[];
  paretoSentence: string;
  topics: TopicCard[];
  reviews: (ReviewShown & { due: string })[];
  owners: string[];
  empty: string;
}

/** @example changeOf(5, 3) // → '比上周多 2' */
function changeOf(now: number, before: number): string {
  if (now === before) return '与上周持平';
  return now > before ? `比上周多 ${now - before}` : `比上周少 ${before - now}`;
}

function weekSentence({ lines }: Review['week']): string {
  const of = (word: string) => lines.find((line) => line.word === word);
  const [contacted, woken] = [of('已联系'), of('已唤醒')];
  if (!contacted || !woken) return '';
  if (contacted.now === 0) return '这周还没有联系顾客，先从逾期的开始。';
  if (woken.now === 0) return `这周联系了 ${contacted.now} 位，还没有人回来，再等几天看。`;
  return `这周联系了 ${contacted.now} 位，回来了 ${woken.now} 位。`;
}

/** The review as the page shows it. */
export function reviewPageShown(reply: Review): PageShown {
  const { campaign, reasons, lowTiers, reviews, week } = reply;
  const agreed = new Set(reviews.filter(({ status }) => status === 'open').map(({ topic }) => topic));
  const of = reasons[0]?.of ?? 0;
  return {
    branchName: reply.branchName,
    campaignName: campaign?.name ?? '',
    campaignNames: reply.campaigns.map(({ name }) => name),
    campaignIndex: Math.max(
      0,
      reply.campaigns.findIndex(({ campaignId }) => campaignId === campaign?.campaignId),
    ),
    countedAt: reply.countedAt === null ? '' : `数字截至 ${spokenTime(reply.countedAt)}`,
    weekWords: week.words,
    weekLines: week.lines.map(({ word, now, before }) => ({
      word,
      now: exactCount(now),
      change: changeOf(now, before),
    })),
    weekDays: [
      {
        label: '近 14 天每天唤醒',
        value: week.days[week.days.length - 1]?.woken ?? 0,
        text: `${week.days.reduce((sum, { woken }) => sum + woken, 0)} 位`,
        points: week.days.map(({ woken }, i) => ({ at: i / 13, value: woken })),
        notes: week.days
          .filter(({ woken }) => woken > 0)
          .map(({ on, woken }) => `${on.slice(5)}：${woken} 位`),
      },
    ],
    weekSentence: weekSentence(week),
    pareto: reasons.map(({ word, count, of: all, upTo, isVital }) => ({
      label: word,
      value: count,
      text: `${count}/${all} · 累计 ${Math.round(upTo * 100)}%`,
      ...(isVital ? { own: true } : {}),
    })),
    paretoSentence:
      of === 0
        ? '还没有登记过流失原因。跟进时选上原因，这里就看得出先改什么。'
        : of < 10
          ? `只登记了 ${of} 个原因，先多问几位再下结论。`
          : `${reasons
              .filter(({ isVital }) => isVital)
              .map(({ word }) => word)
              .join('、')}占了大头，先改这些。`,
    topics: [
      ...reasons
        .filter(({ isVital }) => isVital)
        .slice(0, 3)
        .map(({ reason, count, of: all }): TopicCard => {
          const topic: Topic = `reason:${reason}`;
          return {
            topic,
            words: topicWords(topic),
            fact: `${count}/${all} 位这样说`,
            suggestion: FIRST_STEP[reason],
            isAgreed: agreed.has(topic),
          };
        }),
      ...lowTiers.map(({ tier, woken, assigned, chainRate, suggestion }): TopicCard => {
        const topic: Topic = `tier:${tier}`;
        return {
          topic,
          words: `低唤醒：${tierWords(tier)}`,
          fact: `${woken}/${assigned} 位唤醒，全连锁 ${(chainRate * 100).toFixed(1)}%`,
          suggestion,
          isAgreed: agreed.has(topic),
        };
      }),
    ],
    reviews: reviews.map((review) => ({ ...review, due: spokenDay(review.dueOn) })),
    owners: reply.staff.map(({ name }) => name),
    empty: campaign ? '' : '还没有召回活动，活动开始后再来复盘。',
  };
}

/** When a fresh agreement falls due: in a week. */
export const dueFor = (reply: Review): string => addDays(reply.today, 7);
