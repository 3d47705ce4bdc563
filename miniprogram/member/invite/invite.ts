import type { InviteMine, InviteSeen } from '../../contract/invite';
import { sentenceOf } from '../../contract/failures';
import type { Outcome } from '../../contract/outcome';
import { newRequestKey } from '../../platform/requestKey';
import { goTo, noShareMenu } from '../../platform/screen';
import { gifts } from '../../services/functions';
import { ownPage } from '../ownPage';
import type { OwnCustom, OwnData } from '../ownPage';
import { friendShown, mineShown, shareTitle } from './view';
import type { InviteShown } from './view';

interface Data extends OwnData<InviteShown> {
  busy: boolean;
  refusal: string;
}
interface Custom extends OwnCustom {
  /** of the card it was opened by; empty = her own page */
  code: string;
  path: string;
  acceptKey: string;
  onAccept(e: { detail: { name: string; phoneCode?: string } }): Promise<void>;
  onCoupons(): void;
}
type Fields = Pick<Custom, 'code' | 'path'>;
type Reply = { mine: InviteMine } | { seen: InviteSeen };

/** Her own page; by a card's code the friend's, unless it is her own card. */
async function ask(page: Fields): Promise<Outcome<Reply>> {
  if (page.code !== '') {
    const seen = await gifts('referral.look', { code: page.code });
    if (!seen.ok || seen.reply.face !== 'mine')
      return seen.ok ? { ok: true, reply: { seen: seen.reply } } : seen;
    page.code = '';
  }
  const mine = await gifts('referral.invite', {}, newRequestKey());
  if (!mine.ok) return mine;
  page.path = mine.reply.path ?? '';
  return { ok: true, reply: { mine: mine.reply } };
}

const own = ownPage<Reply, InviteShown, Fields>({
  call: ask,
  view: (reply) => ('mine' in reply ? mineShown(reply.mine) : friendShown(reply.seen)),
});

/**
 * 老带新: what an invitation is, the card for one friend, and what became of earlier ones; opened by a card, the page of the
 * friend. Sharing brings nothing, so nothing on it asks for it.
 */
Page<Data, Custom>({
  ...own,
  data: { ...own.data, busy: false, refusal: '' },
  code: '',
  path: '',
  acceptKey: '',

  onLoad(query) {
    this.code = query['c'] ?? '';
    if (this.code !== '') noShareMenu();
    own.onLoad.call(this);
  },

  onShareAppMessage() {
    const { shown } = this.data;
    const path = shown?.kind === 'mine' && this.path !== '' ? this.path : '/pages/entry/entry';
    return { title: shareTitle(shown?.shopName ?? '我常去的店'), path };
  },

  async onAccept({ detail: { name, phoneCode } }) {
    if (this.data.busy) return;
    this.setData({ busy: true, refusal: '' });
    this.acceptKey = this.acceptKey || newRequestKey();
    const asked = { code: this.code, name, ...(phoneCode ? { phoneCode } : {}) };
    const answer = await gifts('referral.accept', asked, this.acceptKey);
    this.setData({ busy: false, refusal: answer.ok ? '' : sentenceOf(answer.failure) });
    await this.load();
  },

  onCoupons() {
    goTo('/member/coupons/coupons');
  },
});
