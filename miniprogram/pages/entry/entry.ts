import { sentenceOf } from '../../contract/failures';
import { readInviteCode } from '../../contract/staff';
import { goTo, startAt } from '../../platform/screen';
import { members } from '../../services/functions';
import { faceOf, homeOf } from './view';
import type { Face } from './view';

interface Data {
  face: Face | 'waiting' | 'failed';
  sentence: string;
  shopName: string;
  /** a code that came with a shared invitation */
  code: string;
}

/** The door: finds out who holds the phone and leads her home. Whoever is nobody yet is asked who she is. */
Page({
  data: { face: 'waiting', sentence: '', shopName: '', code: '' } as Data,

  onLoad(query: Record<string, string | undefined>) {
    this.setData({ code: readInviteCode(query['code'] ?? '') ?? '' });
    void this.enter();
  },

  async enter() {
    this.setData({ face: 'waiting' });
    const answer = await members('session.open', {});
    if (!answer.ok) {
      this.setData({ face: 'failed', sentence: sentenceOf(answer.failure) });
      return;
    }
    const { chain } = answer.reply;
    const face = faceOf(answer.reply, this.data.code !== '');
    if (face === 'home') startAt(homeOf(answer.reply));
    else this.setData({ face, shopName: chain.name || '回头客' });
  },

  openJoin() {
    this.setData({ face: 'join' });
  },
  closeJoin() {
    this.setData({ face: 'stranger', code: '' });
  },
  enterAsGuest() {
    startAt(homeOf({ role: 'stranger' }));
  },
  openPrivacy() {
    goTo('/pages/privacy/privacy');
  },
});
