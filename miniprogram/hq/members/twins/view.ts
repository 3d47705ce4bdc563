import type { PeopleContract } from '../../../contract/people';
import { memberShown } from '../../parts/memberRow';
import type { MemberShown } from '../../parts/memberRow';

type Twins = PeopleContract['member.twins']['reply']['twins'][number];

/** Members who share one phone. */
export interface TwinsShown {
  key: string;
  title: string;
  members: MemberShown[];
  /** the page on which the first two are merged */
  url: string;
}

/**
 * One group, the member who bought last first: hers is the number that is proposed to be kept.
 *
 * @example twinsShown({ phoneTail: '1234', members: [older, newer] }, 0).title // → '尾号 1234 · 2个会员号'
 */
export function twinsShown({ phoneTail, members }: Twins, n: number): TwinsShown {
  const sorted = [...members].sort(
    (a, b) => (b.lastPaidOn ?? '').localeCompare(a.lastPaidOn ?? '') || a.memberId.localeCompare(b.memberId),
  );
  const [keep, gone] = sorted.map((one) => encodeURIComponent(one.memberId));
  return {
    key: `${n}`,
    title: [phoneTail ? `尾号 ${phoneTail}` : '同一个手机号', `${members.length}个会员号`].join(' · '),
    // The number they share stands above them already.
    members: sorted.map((one) => memberShown({ ...one, phoneTail: '' })),
    url: `/hq/member/member?id=${keep ?? ''}${gone ? `&with=${gone}` : ''}`,
  };
}
