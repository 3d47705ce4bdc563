import { chosen, choiceShown, SEARCH_FROM } from './view';
import type { ChoiceRow, NamedBranch } from './view';

/**
 * Chooses one branch, or several with the main one first. Says `change` with `{ ids }`.
 *
 * @example <branch-choice branches="{{open}}" picked="{{ids}}" many bind:change="pickBranches" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    branches: { type: Array, value: [] as NamedBranch[] },
    picked: { type: Array, value: [] as string[] },
    many: { type: Boolean, value: false },
  },
  data: { search: '', rows: [] as ChoiceRow[], hidden: 0, mayScan: false },
  observers: {
    'branches, picked, many'() {
      this.draw();
    },
  },
  methods: {
    draw() {
      const { branches, picked, many, search } = this.data;
      const { rows, hidden } = choiceShown(
        branches as NamedBranch[],
        picked as string[],
        many,
        search.trim(),
      );
      this.setData({ rows, hidden, mayScan: branches.length >= SEARCH_FROM });
    },
    type(event: WechatMiniprogram.Input) {
      this.setData({ search: event.detail.value });
      this.draw();
    },
    pick(event: WechatMiniprogram.TouchEvent) {
      const { id } = event.currentTarget.dataset as { id: string };
      this.triggerEvent('change', { ids: chosen(this.data.picked as string[], id, this.data.many) });
    },
  },
});
