import { sentenceOf } from '../../../contract/failures';
import type { BranchShown, InviteShown, StaffRole } from '../../../contract/staff';
import { copyText } from '../../../platform/device';
import { newRequestKey } from '../../../platform/requestKey';
import { say, tick } from '../../../platform/screen';
import { members } from '../../../services/functions';
import { expiryText, inviteMessage, ROLE_WORDS, spacedCode } from '../view';

interface RoleShown {
  id: StaffRole;
  word: string;
}
interface CodeShown {
  spaced: string;
  line: string;
}

/**
 * Invites one person, and shows the code with how it is used. Events: `invited` with the invitation, `close`.
 *
 * @example <invite-sheet branches="{{open}}" roles="{{roles}}" invite="{{invite}}" bind:invited="invited" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    branches: { type: Array, value: [] as BranchShown[] },
    roles: { type: Array, value: [] as StaffRole[] },
    /** the branch that is looked at: chosen beforehand */
    branchId: { type: String, value: '' },
    /** an invitation that stands; null = one is to be made */
    invite: { type: Object, optionalTypes: [null], value: null as InviteShown | null },
  },
  data: {
    name: '',
    role: 'clerk' as StaffRole,
    picked: [] as string[],
    roleChips: [] as RoleShown[],
    code: null as CodeShown | null,
    busy: false,
    refusal: '',
    key: '',
  },
  observers: {
    invite(invite: InviteShown | null) {
      if (!invite) {
        this.setData({ code: null });
        return;
      }
      const { code, role, branchName, name, expiresAt } = invite;
      const line = [name, branchName, ROLE_WORDS[role], expiryText(expiresAt)].filter(Boolean).join(' · ');
      this.setData({ code: { spaced: spacedCode(code), line } });
    },
  },
  lifetimes: {
    attached() {
      const branches = this.data.branches as BranchShown[];
      const only = branches.length === 1 ? (branches[0]?.branchId ?? '') : this.data.branchId;
      this.setData({
        roleChips: (this.data.roles as StaffRole[]).map((id) => ({ id, word: ROLE_WORDS[id] })),
        picked: branches.some((one) => one.branchId === only) ? [only] : [],
      });
    },
  },
  methods: {
    /** Whatever is changed makes it another act. */
    type(event: WechatMiniprogram.Input) {
      this.setData({ name: event.detail.value, refusal: '', key: '' });
    },
    pickRole(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: StaffRole };
      this.setData({ role: id, refusal: '', key: '' });
    },
    pickBranch(event: WechatMiniprogram.CustomEvent<{ ids: string[] }>) {
      this.setData({ picked: event.detail.ids, refusal: '', key: '' });
    },
    async make() {
      const { role, picked, busy } = this.data;
      const name = this.data.name.trim();
      const branchId = role === 'hq' ? null : (picked[0] ?? null);
      if (busy) return;
      if (name === '') return this.setData({ refusal: '先填她的名字，同事和顾客会看到它。' });
      if (role !== 'hq' && branchId === null) return this.setData({ refusal: '先选她在哪家门店。' });
      const key = this.data.key || newRequestKey();
      this.setData({ busy: true, refusal: '', key });
      const answer = await members('staff.invite', { role, branchId, name }, key);
      this.setData({ busy: false, ...(answer.ok ? {} : { refusal: sentenceOf(answer.failure) }) });
      if (!answer.ok) return;
      tick();
      this.triggerEvent('invited', answer.reply);
    },
    async copy() {
      const invite = this.data.invite as InviteShown | null;
      if (!invite) return;
      const isCopied = await copyText(inviteMessage(invite));
      say(isCopied ? '已复制，去微信发给她' : '没有复制：需要先同意隐私说明');
    },
    close() {
      this.triggerEvent('close');
    },
  },
});
