import { exactCount } from '../../components/stat-tile/count';
import { sentenceOf } from '../../contract/failures';
import type { DraftRules, RebuildProgress, RulesVersion } from '../../contract/rules';
import { checkRules } from '../../domain/membership/checkRules';
import type { AovCut, PresetName } from '../../domain/membership/types';
import { newRequestKey } from '../../platform/requestKey';
import { ask, say, tick } from '../../platform/screen';
import { scrollTo } from '../../platform/scroll';
import { members } from '../../services/functions';
import { inLanes } from '../parts/inLanes';
import { movesShown } from '../parts/movesShown';
import { rebuildShown } from '../parts/rebuildShown';
import { REBUILD_JOB } from '../parts/rebuildJob';
import { cutText } from '../parts/ruleWords';
import {
  draftFrom,
  draftOfPreset,
  isSameRules,
  withCycle,
  withNumber,
  withoutCycle,
  withValueBy,
} from './draft';
import type { NumberField } from './draft';
import { BLANK } from './screen';
import { startTrial } from './trial';
import type { Trial } from './trial';
import { draftShown, inForceShown, saveQuestion, trialProgress, versionsShown } from './view';

/** Parts of a rebuild that this phone keeps going at once. */
const LANES = 2;

Page({
  data: BLANK,
  versions: [] as RulesVersion[],
  inForce: null as RulesVersion['rules'] | null,
  draft: null as DraftRules | null,
  /** the numbers of the other definition of value, as they were last set */
  spare: null as DraftRules['value'] | null,
  trial: null as Trial | null,
  /** names the saving of this very draft; '' = not begun */
  saveKey: '',
  rebuilding: false,
  left: false,

  onLoad() {
    void this.load();
  },
  onUnload() {
    this.left = true;
    this.trial?.stop();
  },

  /** Reads rules and what runs; a draft in hand stays. */
  async load() {
    if (!this.inForce) this.setData({ state: 'loading' });
    const [list, overview] = await Promise.all([members('rules.list', {}), members('tier.overview', {})]);
    if (!list.ok || !overview.ok) {
      const failure = !list.ok ? list.failure : !overview.ok ? overview.failure : null;
      this.setData({ state: 'error', text: failure ? sentenceOf(failure) : '' });
      return;
    }
    const { versions, current } = list.reply;
    this.take(versions, current, overview.reply.aovCut);
    if (overview.reply.rebuild && !overview.reply.rebuild.finished) void this.follow(overview.reply.rebuild);
  },
  take(versions: RulesVersion[], current: number, cut: AovCut | null) {
    const rules = versions.find((each) => each.rules.version === current)?.rules;
    if (!rules) {
      this.setData({ state: 'error', text: sentenceOf({ code: 'server-error' }) });
      return;
    }
    this.versions = versions;
    this.inForce = rules;
    this.setData({
      state: 'ready',
      inForce: inForceShown(rules, cut),
      nextVersion: current + 1,
      versions: versionsShown(versions, current),
    });
    this.change(this.draft ?? draftFrom(rules));
  },

  /** Every change of the draft makes the trial worthless. */
  change(draft: DraftRules) {
    if (!this.inForce) return;
    this.draft = draft;
    this.saveKey = '';
    this.trial?.stop();
    this.trial = null;
    const changed = !isSameRules(draft, this.inForce);
    this.setData({
      draft: draftShown(draft, this.inForce),
      changed,
      fault: changed ? (checkRules(draft) ?? '') : '',
      trial: 'no',
      moves: null,
    });
  },
  edit(how: (draft: DraftRules) => DraftRules) {
    if (this.draft && !this.data.saving) this.change(how(this.draft));
  },
  setNumber(event: WechatMiniprogram.CustomEvent<{ value: number }, never, never, { field: NumberField }>) {
    const { field } = event.currentTarget.dataset;
    this.edit((draft) => withNumber(draft, field, event.detail.value));
  },
  pickPreset(event: WechatMiniprogram.TouchEvent) {
    const { id } = event.currentTarget.dataset as { id: PresetName };
    this.edit(() => draftOfPreset(id));
  },
  pickValueBy(event: WechatMiniprogram.TouchEvent) {
    const { by } = event.currentTarget.dataset as { by: DraftRules['value']['by'] };
    this.edit((draft) => {
      const after = withValueBy(draft, by, this.spare);
      if (after !== draft) this.spare = draft.value;
      return after;
    });
  },
  setCycle(event: WechatMiniprogram.CustomEvent<{ value: number }, never, never, { name: string }>) {
    const { name } = event.currentTarget.dataset;
    this.edit((draft) => withCycle(draft, name, event.detail.value));
  },
  removeCycle(event: WechatMiniprogram.TouchEvent) {
    const { name } = event.currentTarget.dataset as { name: string };
    this.edit((draft) => withoutCycle(draft, name));
  },
  typeCategory(event: WechatMiniprogram.Input) {
    this.setData({ newCategory: event.detail.value });
  },
  addCycle() {
    const name = this.data.newCategory.trim();
    if (name === '') say('先写品类的名字，例如：奶粉');
    else if (Object.keys(this.draft?.cycles ?? {}).includes(name)) say(`${name}已经在上面了`);
    else {
      this.setData({ newCategory: '' });
      this.edit((draft) => withCycle(draft, name));
    }
  },
  undo() {
    const { inForce } = this;
    if (inForce) this.edit(() => draftFrom(inForce));
  },
  useVersion(event: WechatMiniprogram.TouchEvent) {
    const { version } = event.currentTarget.dataset as { version: number };
    const chosen = this.versions.find((each) => each.rules.version === version);
    if (!chosen) return;
    this.edit(() => draftFrom(chosen.rules));
    scrollTo('#editor');
  },
  allVersions() {
    this.setData({ versionsDrawn: this.versions.length });
  },

  async tryOut() {
    const { draft } = this;
    if (!draft || this.data.fault || this.data.trial === 'running') return;
    // A trial that was interrupted goes on where it stood; the draft is still the same.
    const trial = (this.trial ??= startTrial({
      ask: (after, aovCut) =>
        members('rules.preview', { rules: draft, after, ...(aovCut === undefined ? {} : { aovCut }) }),
      onProgress: (sum) => this.setData({ progress: trialProgress(sum) }),
    }));
    this.setData({ trial: 'running', fault: '', notice: '', progress: trialProgress(trial.sum()) });
    const failure = await trial.resume();
    if (trial !== this.trial || this.left) return;
    if (failure) this.setData({ trial: 'stopped', notice: sentenceOf(failure) });
    else {
      this.setData({
        trial: 'done',
        moves: movesShown(trial.sum()),
        trialCut: cutText(draft, trial.cut()),
      });
      scrollTo('#result');
    }
  },
  stopTrial() {
    if (this.draft) this.change(this.draft);
  },
  typeNote(event: WechatMiniprogram.Input) {
    this.saveKey = '';
    this.setData({ note: event.detail.value });
  },

  async save() {
    const { draft, trial, inForce } = this;
    if (!draft || !inForce || !trial?.isComplete() || this.data.saving) return;
    const { nextVersion } = this.data;
    if (!(await ask(`保存为第${nextVersion}版规则？`, saveQuestion(trial.sum()), '保存'))) return;
    // Kept until the draft changes: a saving whose answer was lost is asked for again by the same key.
    this.saveKey = this.saveKey || newRequestKey();
    this.setData({ saving: true, notice: '' });
    const answer = await members(
      'rules.save',
      { rules: draft, basedOn: inForce.version, note: this.data.note.trim() },
      this.saveKey,
    );
    this.setData({ saving: false });
    if (!answer.ok) {
      if (answer.failure.code === 'rules-stale') await this.load();
      this.setData({ notice: sentenceOf(answer.failure) });
      scrollTo('#top');
      return;
    }
    tick();
    this.draft = null;
    this.setData({ note: '' });
    scrollTo('#top');
    void this.follow(answer.reply);
    await this.load();
  },

  /** Shows a rebuild and keeps it going as long as the page is looked at; the pulse goes on without us. */
  async follow(progress: RebuildProgress) {
    if (this.rebuilding) return;
    this.rebuilding = true;
    let last = progress;
    this.setData({ rebuild: rebuildShown(progress), rebuildStopped: '' });
    const failure = progress.finished
      ? null
      : await inLanes(LANES, {
          ...REBUILD_JOB,
          onProgress: (now) => {
            last = now;
            this.setData({ rebuild: rebuildShown(now) });
          },
          left: () => this.left,
        });
    this.rebuilding = false;
    if (this.left) return;
    if (failure) {
      this.setData({ rebuildStopped: `${sentenceOf(failure)}后台会接着做。` });
      return;
    }
    this.setData({
      rebuild: null,
      notice: `第${last.rulesVersion}版规则已全部生效，${exactCount(last.changed)} 位会员换了位置。`,
    });
    await this.load();
  },
});
