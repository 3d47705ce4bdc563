import type { Tag } from '../../domain/membership/tags';
import { tell } from '../../platform/screen';

/**
 * What the orders say about a member, as chips. The whole row is one target for the thumb: a tap tells the numbers
 * behind every chip.
 *
 * @example <tag-row tags="{{tags}}" />  shows  爱买奶粉  秋冬来得多
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    tags: { type: Array, value: [] as Tag[] },
    /** so many chips are drawn, the others are told with the reasons; 0 = all */
    most: { type: Number, value: 0 },
  },
  data: { drawn: [] as string[], rest: 0 },
  observers: {
    'tags, most'(tags: Tag[], most: number) {
      const drawn = (most > 0 ? tags.slice(0, most) : tags).map((tag) => tag.word);
      this.setData({ drawn, rest: tags.length - drawn.length });
    },
  },
  methods: {
    onTap() {
      const tags = this.data.tags as Tag[];
      void tell(tags.map(({ word, why }) => `${word}：${why}`).join('\n'), '标签从哪里来');
    },
  },
});
