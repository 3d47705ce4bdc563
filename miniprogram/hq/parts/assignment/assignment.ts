import type { AssignmentShown } from '../assignmentShown';

/** Branches drawn at first; the rest is one tap away. */
const BRANCHES_AT_FIRST = 10;

/** Who would get whom, before anything is written: counts, offers, days, cost, branches with their clerks, examples. */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: { preview: { type: Object, value: null as unknown as object } },
  data: { openBranch: '', branchesDrawn: BRANCHES_AT_FIRST },
  methods: {
    swapBranch(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: string };
      this.setData({ openBranch: this.data.openBranch === id ? '' : id });
    },
    allBranches() {
      const { branches } = this.data.preview as AssignmentShown;
      this.setData({ branchesDrawn: branches.length });
    },
  },
});
