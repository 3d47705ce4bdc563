import { sentenceOf } from '../../../contract/failures';
import type { Failure } from '../../../contract/failures';
import { readInviteCode } from '../../../contract/staff';
import { newRequestKey } from '../../../platform/requestKey';
import { say, tick } from '../../../platform/screen';
import { members } from '../../../services/functions';
import { spacedCode } from '../view';

/**
 * How a person becomes staff: by an invitation, or, as the very first, by the secret of the installation.
 *
 * Events: `entered` when she is staff now, `close` when she goes back.
 *
 * @example <staff-door way="join" given="K7M4Q2XP" bind:entered="enter" bind:close="closeJoin" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** 'join' | 'setUp' */
    way: { type: String, value: 'join' },
    /** a code she brings along */
    given: { type: String, value: '' },
  },
  data: { code: '', secret: '', name: '', busy: false, refusal: '', key: '' },
  lifetimes: {
    attached() {
      this.setData({ code: spacedCode(this.data.given) });
    },
  },
  methods: {
    /** What is typed anew is a new act. */
    type(event: WechatMiniprogram.Input) {
      const { of } = event.currentTarget.dataset as { of: 'code' | 'secret' | 'name' };
      this.setData({ [of]: event.detail.value, refusal: '', key: '' });
    },
    back() {
      if (!this.data.busy) this.triggerEvent('close');
    },
    async join() {
      const code = readInviteCode(this.data.code);
      if (code === null) {
        this.setData({ refusal: '邀请码是 8 位字母和数字，里面没有 0、O、1、I、L。' });
        return;
      }
      const key = this.begin();
      if (!key) return;
      const answer = await members('staff.join', { code }, key);
      if (!answer.ok) return this.stop(answer.failure);
      this.enter(answer.reply.branchName ? `欢迎加入${answer.reply.branchName}` : '欢迎加入总部');
    },
    async setUp() {
      const secret = this.data.secret.trim();
      const name = this.data.name.trim();
      if (secret === '' || name === '') {
        this.setData({ refusal: secret === '' ? '先填安装密钥。' : '先填你的名字，同事会看到它。' });
        return;
      }
      const key = this.begin();
      if (!key) return;
      const answer = await members('staff.bootstrap', { secret, name }, key);
      if (!answer.ok) return this.stop(answer.failure);
      this.enter('总部账号建好了');
    },
    /** @returns the key of this act, kept for a retry; '' while it is under way */
    begin(): string {
      if (this.data.busy) return '';
      const key = this.data.key || newRequestKey();
      this.setData({ busy: true, refusal: '', key });
      return key;
    },
    stop(failure: Failure) {
      this.setData({ busy: false, refusal: sentenceOf(failure) });
    },
    enter(words: string) {
      tick();
      say(words);
      this.triggerEvent('entered');
    },
  },
});
