import { sentenceOf } from '../../../contract/failures';
import type { BranchShown, StaffShown } from '../../../contract/staff';
import { newRequestKey } from '../../../platform/requestKey';
import { ask } from '../../../platform/screen';
import { members } from '../../../services/functions';
import { grantQuestion, leaveQuestion, ROLE_WORDS } from '../view';

/**
 * One colleague: where she works, and her leaving. Events: `saved`, `left` with what is still in her name, `close`.
 *
 * @example <person-sheet person="{{person}}" branches="{{open}}" is-hq bind:saved="saved" bind:left="left" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    person: { type: Object, value: {} as StaffShown },
    branches: { type: Array, value: [] as BranchShown[] },
    /** HQ moves between branches; HQ and a manager end an employment */
    isHq: { type: Boolean, value: false },
  },
  data: {
    role: '',
    where: '',
    picked: [] as string[],
    mayMove: false,
    mayLeave: false,
    mayGrant: false,
    mayExport: false,
    changed: false,
    busy: false,
    refusal: '',
    key: '',
  },
  observers: {
    'person, isHq'(person: StaffShown, isHq: boolean) {
      if (!person.staffId) return;
      this.setData({
        role: person.active ? ROLE_WORDS[person.role] : '已离职',
        where: person.branches.map(({ name }) => name).join('、'),
        picked: person.branches.map(({ id }) => id),
        mayMove: isHq && person.active && person.role !== 'hq',
        mayLeave: person.active && (isHq || person.role === 'clerk'),
        // Clerks take no files out, so there is nothing to give them.
        mayGrant: isHq && person.active && person.role !== 'clerk',
        mayExport: person.mayExport,
        changed: false,
      });
    },
  },
  methods: {
    pickBranches(event: WechatMiniprogram.CustomEvent<{ ids: string[] }>) {
      this.setData({ picked: event.detail.ids, changed: true, refusal: '', key: '' });
    },
    begin(): string {
      if (this.data.busy) return '';
      const key = this.data.key || newRequestKey();
      this.setData({ busy: true, refusal: '', key });
      return key;
    },
    async save() {
      const person = this.data.person as StaffShown;
      const branchIds = this.data.picked;
      if (branchIds.length === 0) return this.setData({ refusal: '至少选一家门店；不再上班请办理离职。' });
      const key = this.begin();
      if (!key) return;
      const answer = await members('staff.branches', { staffId: person.staffId, branchIds }, key);
      this.setData({ busy: false });
      if (answer.ok) this.triggerEvent('saved');
      else this.setData({ refusal: sentenceOf(answer.failure) });
    },
    async grant() {
      const person = this.data.person as StaffShown;
      const mayExport = !this.data.mayExport;
      if (
        this.data.busy ||
        !(await ask('导出权限', grantQuestion(person.name, mayExport), mayExport ? '给她' : '收回'))
      )
        return;
      this.setData({ busy: true, refusal: '' });
      const asked = { staffId: person.staffId, mayExport };
      const answer = await members('export.right', asked, newRequestKey());
      this.setData({ busy: false });
      if (answer.ok) this.triggerEvent('saved');
      else this.setData({ refusal: sentenceOf(answer.failure) });
    },
    async leave() {
      const person = this.data.person as StaffShown;
      if (this.data.busy || !(await ask('办理离职', leaveQuestion(person), '办理离职'))) return;
      const key = this.begin();
      if (!key) return;
      const answer = await members('staff.leave', { staffId: person.staffId }, key);
      this.setData({ busy: false });
      if (!answer.ok) return this.setData({ refusal: sentenceOf(answer.failure) });
      const { members: hers, tasks } = answer.reply;
      this.triggerEvent('left', { name: person.name, members: hers, tasks });
    },
    close() {
      this.triggerEvent('close');
    },
  },
});
