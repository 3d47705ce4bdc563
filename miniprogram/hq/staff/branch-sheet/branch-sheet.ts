import { sentenceOf } from '../../../contract/failures';
import type { BranchShown } from '../../../contract/staff';
import { newRequestKey } from '../../../platform/requestKey';
import { members } from '../../../services/functions';

/**
 * One branch: completing, changing, closing or adding it. Events: `saved`, `staff` to see who works there, `close`.
 *
 * @example <branch-sheet branch="{{branch}}" bind:saved="saved" bind:staff="seeStaff" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    /** null = a new one */
    branch: { type: Object, optionalTypes: [null], value: null as BranchShown | null },
  },
  data: {
    id: '',
    name: '',
    address: '',
    region: '',
    active: true,
    isNew: true,
    staff: 0,
    busy: false,
    refusal: '',
    key: '',
  },
  observers: {
    branch(branch: BranchShown | null) {
      if (!branch?.branchId) {
        this.setData({ id: '', name: '', address: '', region: '', active: true, isNew: true, staff: 0 });
        return;
      }
      const { branchId: id, address, region = '', active, staff, unknown } = branch;
      // An unknown branch is called by its number: that is no name to start from.
      const name = unknown && branch.name === id ? '' : branch.name;
      this.setData({ id, name, address, region, active, isNew: false, staff });
    },
  },
  methods: {
    type(event: WechatMiniprogram.Input) {
      const { of } = event.currentTarget.dataset as { of: 'id' | 'name' | 'address' | 'region' };
      this.setData({ [of]: event.detail.value, refusal: '', key: '' });
    },
    pickActive(event: WechatMiniprogram.TouchEvent) {
      const { active } = event.currentTarget.dataset as { active: boolean };
      this.setData({ active, refusal: '', key: '' });
    },
    async save() {
      const { busy, active } = this.data;
      const branchId = this.data.id.trim();
      const name = this.data.name.trim();
      if (busy) return;
      if (branchId === '') return this.setData({ refusal: '先填门店编号，和收银系统里的一样。' });
      if (!/^[\p{L}\p{N}_:.-]+$/u.test(branchId)) {
        return this.setData({ refusal: '门店编号只用字母、数字或汉字，不要空格。' });
      }
      if (name === '') return this.setData({ refusal: '先填门店名字，顾客会看到它。' });
      const key = this.data.key || newRequestKey();
      this.setData({ busy: true, refusal: '', key });
      const answer = await members(
        'branch.save',
        { branchId, name, address: this.data.address.trim(), active, region: this.data.region.trim() },
        key,
      );
      this.setData({ busy: false });
      if (answer.ok) this.triggerEvent('saved');
      else this.setData({ refusal: sentenceOf(answer.failure) });
    },
    seeStaff() {
      this.triggerEvent('staff');
    },
    close() {
      this.triggerEvent('close');
    },
  },
});
