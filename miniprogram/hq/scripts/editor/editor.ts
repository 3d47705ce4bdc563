import { sentenceOf } from '../../../contract/failures';
import type { ScriptDraft, ScriptShown } from '../../../contract/scripts';
import type { ChainWords } from '../../../domain/outreach/scripts/chainWords';
import { applyReplacement } from '../../../domain/outreach/scripts/lint';
import { newRequestKey } from '../../../platform/requestKey';
import { outreach } from '../../../services/functions';
import { BLANK_CHIPS, draftOf, editorShown, marksOf, withBlank, withChip } from './view';
import type { ChipField, EditorShown } from './view';

/**
 * Writing a script: whom it is for, its text with blanks, what the linter says of it and how a customer would read it.
 * A draft that was not saved is still there when the same script is opened again.
 * Events: `close`; `saved` with `{ script }`; `stale` when somebody else saved first.
 *
 * @example <editor show="{{isWriting}}" script="{{null}}" words="{{null}}" bind:saved="…" bind:close="…" />
 */
Component({
  options: { styleIsolation: 'apply-shared' },
  properties: {
    show: { type: Boolean, value: false },
    /** the script that is changed; null = a new one */
    script: { type: Object, value: null as unknown as object },
    /** the chain's own words; null = not known here */
    words: { type: Object, value: null as unknown as object },
  },
  data: {
    draft: draftOf(null),
    shown: editorShown(draftOf(null), null) as EditorShown,
    blanks: BLANK_CHIPS,
    isOpen: false,
    isNew: true,
    saving: false,
    failure: '',
    /** what somebody else saved while this was written; '' = nothing */
    newer: '',
    /** which script and version the draft is of */
    of: '',
    /** where the cursor was last; -1 = nobody knows */
    cursor: -1,
    /** names the saving of this very draft; '' = not begun */
    key: '',
  },
  observers: {
    show(show: boolean) {
      // Told again without a change when another property changes; only an opening begins.
      if (show && !this.data.isOpen) this.begin();
      if (show !== this.data.isOpen) this.setData({ isOpen: show });
    },
    script() {
      const script = this.original();
      if (!this.data.isOpen || !script || !this.data.of.startsWith(`${script.scriptId} `)) return;
      // Somebody saved meanwhile: she sees it beside her draft, and saving again is then her decision.
      const of = `${script.scriptId} ${script.version}`;
      if (of !== this.data.of)
        this.setData({
          of,
          key: '',
          failure: '',
          newer: `别人刚保存了第${script.version}版：${script.text}`,
        });
    },
    words() {
      if (this.data.show) this.setData({ shown: editorShown(this.data.draft, this.ownWords()) });
    },
  },
  methods: {
    original(): ScriptShown | null {
      return this.data.script as unknown as ScriptShown | null;
    },
    ownWords(): ChainWords | null {
      return this.data.words as unknown as ChainWords | null;
    },
    begin() {
      const script = this.original();
      const of = script ? `${script.scriptId} ${script.version}` : 'new';
      if (of === this.data.of) return;
      this.setData({ of, isNew: script === null, cursor: -1, newer: '' });
      this.change(draftOf(script));
    },
    change(draft: ScriptDraft) {
      this.setData({ draft, shown: editorShown(draft, this.ownWords()), key: '', failure: '' });
    },
    onClose() {
      this.triggerEvent('close');
    },
    popupMoved(event: WechatMiniprogram.CustomEvent<{ visible: boolean }>) {
      if (!event.detail.visible) this.onClose();
    },

    onChip(event: WechatMiniprogram.TouchEvent) {
      const { field, id } = event.currentTarget.dataset as { field: ChipField; id: string };
      this.change(withChip(this.data.draft, field, id));
    },
    onScenario(event: WechatMiniprogram.Input) {
      this.change({ ...this.data.draft, scenario: event.detail.value });
    },
    onNotFor(event: WechatMiniprogram.Input) {
      this.change({ ...this.data.draft, notFor: event.detail.value });
    },
    onText(event: WechatMiniprogram.TextareaInput) {
      this.setData({ cursor: event.detail.cursor ?? -1 });
      this.change({ ...this.data.draft, text: event.detail.value });
    },
    onLeaveText(event: WechatMiniprogram.CustomEvent<{ cursor?: number }>) {
      if (event.detail.cursor !== undefined) this.setData({ cursor: event.detail.cursor });
    },
    onBlank(event: WechatMiniprogram.TouchEvent) {
      const { name } = event.currentTarget.dataset as { name: string };
      const { text, cursor } = withBlank(this.data.draft.text, name, this.data.cursor);
      this.setData({ cursor });
      this.change({ ...this.data.draft, text });
    },
    onRemedy(event: WechatMiniprogram.TouchEvent) {
      const { text } = this.data.draft;
      const mark = marksOf(text, this.ownWords())[Number(event.currentTarget.dataset['n'])];
      if (mark) this.change({ ...this.data.draft, text: applyReplacement(text, mark) });
    },

    async save() {
      if (this.data.saving || this.data.shown.fault) return;
      const script = this.original();
      // Kept until the draft changes: a saving whose answer was lost is asked for again by the same key.
      const key = this.data.key || newRequestKey();
      this.setData({ saving: true, failure: '', key });
      const answer = await outreach(
        'script.save',
        { scriptId: script?.scriptId ?? null, basedOn: script?.version ?? 0, draft: this.data.draft },
        key,
      );
      this.setData({ saving: false });
      if (!answer.ok) {
        this.setData({ failure: sentenceOf(answer.failure) });
        if (answer.failure.code === 'script-stale') this.triggerEvent('stale');
        return;
      }
      this.setData({ of: '' });
      this.triggerEvent('saved', { script: answer.reply });
    },
  },
});
