import { sentenceOf } from '../../../contract/failures';
import { STARTER_SCRIPTS } from '../../../domain/outreach/scripts/starter';
import { wordsFault } from '../../../domain/outreach/scripts/chainWords';
import { STARTER_WORDS } from '../../../domain/outreach/scripts/words';
import { newRequestKey } from '../../../platform/requestKey';
import { outreach } from '../../../services/functions';
import { withWord, wordsShown } from './view';
import type { WordShown, Words } from './view';

/**
 * 词表: the words the chain does not use, besides those that come with huitou, and the phrases it allows.
 * Events: `close`; `saved` with the words as they stand.
 *
 * @example <word-list show="{{isOpen}}" bind:saved="…" bind:close="…" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: { show: { type: Boolean, value: false } },
  data: {
    state: 'loading' as 'loading' | 'error' | 'ready',
    failure: '',
    typed: { words: [], allow: [] } as Words,
    shown: [] as WordShown[],
    /** how many words came with huitou */
    starter: STARTER_WORDS.words.length,
    word: '',
    replacement: '',
    blocks: false,
    phrase: '',
    changed: false,
    saving: false,
    version: 0,
    key: '',
  },
  observers: {
    show(show: boolean) {
      if (show && !this.data.changed) void this.load();
    },
  },
  methods: {
    async load() {
      this.setData({ state: 'loading', failure: '' });
      const answer = await outreach('words.get', {});
      if (!answer.ok) {
        this.setData({ state: 'error', failure: sentenceOf(answer.failure) });
        return;
      }
      const { version, words, allow } = answer.reply;
      this.setData({ state: 'ready', version, changed: false });
      this.draw({ words, allow });
    },
    draw(typed: Words) {
      this.setData({ typed, shown: wordsShown(typed.words) });
    },
    /** Takes a change that leaves the lists sound, or says why not. @returns whether it was taken */
    change(typed: Words): boolean {
      const fault = wordsFault(typed, STARTER_SCRIPTS);
      if (fault) {
        this.setData({ failure: `${fault}。` });
        return false;
      }
      this.setData({ changed: true, key: '', failure: '' });
      this.draw(typed);
      return true;
    },
    onClose() {
      this.triggerEvent('close');
    },
    popupMoved(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.onClose();
    },
    onType(event: WechatMiniprogram.Input) {
      const { field } = event.currentTarget.dataset as { field: 'word' | 'replacement' | 'phrase' };
      this.setData({ [field]: event.detail.value });
    },
    onBlocks() {
      this.setData({ blocks: !this.data.blocks });
    },
    addWord() {
      const { typed, blocks } = this.data;
      const word = this.data.word.trim();
      const replacement = this.data.replacement.trim() || null;
      const words = withWord(typed.words, { word, replacement, blocks });
      if (this.change({ ...typed, words })) this.setData({ word: '', replacement: '', blocks: false });
    },
    addPhrase() {
      const { typed } = this.data;
      const phrase = this.data.phrase.trim();
      const allow = [phrase, ...typed.allow.filter((one) => one !== phrase)];
      if (this.change({ ...typed, allow })) this.setData({ phrase: '' });
    },
    dropWord(event: WechatMiniprogram.TouchEvent) {
      const { n } = event.currentTarget.dataset as { n: number };
      const { typed } = this.data;
      this.change({ ...typed, words: typed.words.filter((_, i) => i !== n) });
    },
    dropPhrase(event: WechatMiniprogram.TouchEvent) {
      const { n } = event.currentTarget.dataset as { n: number };
      const { typed } = this.data;
      this.change({ ...typed, allow: typed.allow.filter((_, i) => i !== n) });
    },
    async save() {
      if (this.data.saving || !this.data.changed) return;
      const key = this.data.key || newRequestKey();
      const { typed, version } = this.data;
      this.setData({ saving: true, failure: '', key });
      const answer = await outreach('words.save', { ...typed, basedOn: version }, key);
      this.setData({ saving: false });
      if (!answer.ok) {
        this.setData({ failure: sentenceOf(answer.failure) });
        // The next opening reads what the other one saved.
        if (answer.failure.code === 'words-stale') this.setData({ changed: false });
        return;
      }
      this.setData({ changed: false, version: answer.reply.version });
      this.triggerEvent('saved', typed);
    },
  },
});
