import { sentenceOf } from '../../contract/failures';
import { dayOf } from '../../domain/kernel/day';
import { careFault, FESTIVALS, MOST_AHEAD, MOST_DAILY } from '../../domain/outreach/care/settings';
import type { CareSettings, Festival, SeenComing } from '../../domain/outreach/care/settings';
import { CARE_OCCASIONS } from '../../domain/outreach/care/types';
import type { CareOccasion } from '../../domain/outreach/care/types';
import { phoneNow } from '../../platform/clock';
import { outreach } from '../../services/functions';
import { saveSettings } from '../parts/saveSettings';
import { dayChoices, savedWords, settingsShown, toggled } from './view';
import type { SettingsShown } from './view';

interface Data {
  state: 'loading' | 'error' | 'ready';
  failureText: string;
  shown: SettingsShown | null;
  savedText: string;
  dayWords: string[];
  isChanged: boolean;
  isSaving: boolean;
  refusal: string;
}

interface Custom {
  settings: CareSettings | null;
  /** kept until a save is answered, so that a lost try is repeated as the same act */
  saveKey: string;
  load(): Promise<void>;
  retry(): void;
  change(part: Partial<CareSettings>): void;
  onSwitch(event: WechatMiniprogram.TouchEvent): void;
  onAhead(event: WechatMiniprogram.CustomEvent<{ value: number }>): void;
  onFestival(event: WechatMiniprogram.TouchEvent): void;
  onAddDay(event: WechatMiniprogram.CustomEvent<{ value: string }>): void;
  onDropDay(event: WechatMiniprogram.TouchEvent): void;
  onDaily(event: WechatMiniprogram.CustomEvent<{ value: number }>): void;
  save(): Promise<void>;
}

/** 关怀设置: which occasions clerks get tasks for, how early, on which days, and how many a day. */
Page<Data, Custom>({
  data: {
    state: 'loading',
    failureText: '',
    shown: null,
    savedText: '',
    dayWords: [],
    isChanged: false,
    isSaving: false,
    refusal: '',
  },
  settings: null,
  saveKey: '',

  onLoad() {
    void this.load();
  },
  retry() {
    this.setData({ state: 'loading' });
    void this.load();
  },
  async load() {
    const answer = await outreach('care.settings', {});
    if (!answer.ok) {
      this.setData({ state: 'error', failureText: sentenceOf(answer.failure) });
      return;
    }
    const { settings } = answer.reply;
    this.settings = settings;
    this.setData({
      state: 'ready',
      shown: settingsShown(settings),
      savedText: savedWords(answer.reply, dayOf(phoneNow())),
      dayWords: dayChoices(settings.memberDays).words,
      isChanged: false,
      refusal: '',
    });
  },

  change(part) {
    if (!this.settings) return;
    this.settings = { ...this.settings, ...part };
    this.saveKey = '';
    this.setData({
      shown: settingsShown(this.settings),
      dayWords: dayChoices(this.settings.memberDays).words,
      isChanged: true,
      refusal: '',
    });
  },
  onSwitch(event) {
    const id = event.currentTarget.dataset['id'] as CareOccasion;
    if (this.settings) this.change({ off: toggled(this.settings.off, id, CARE_OCCASIONS) });
  },
  onAhead(event) {
    const id = event.currentTarget.dataset['id'] as SeenComing;
    const days = Math.min(event.detail.value, MOST_AHEAD);
    if (this.settings) this.change({ daysAhead: { ...this.settings.daysAhead, [id]: days } });
  },
  onFestival(event) {
    const name = event.currentTarget.dataset['name'] as Festival;
    if (this.settings) this.change({ festivals: toggled(this.settings.festivals, name, FESTIVALS) });
  },
  onAddDay(event) {
    if (!this.settings) return;
    const { memberDays } = this.settings;
    const day = dayChoices(memberDays).days[Number(event.detail.value)];
    if (day !== undefined) this.change({ memberDays: [...memberDays, day].sort((a, b) => a - b) });
  },
  onDropDay(event) {
    const day = Number(event.currentTarget.dataset['day']);
    if (this.settings) this.change({ memberDays: this.settings.memberDays.filter((each) => each !== day) });
  },
  onDaily(event) {
    this.change({ clerkDaily: Math.min(event.detail.value, MOST_DAILY) });
  },

  async save() {
    const { settings } = this;
    if (!settings) return;
    const send = (key: string) => outreach('care.save', { settings }, key);
    await saveSettings(this, careFault(settings), send, '保存好了，今晚起照新的来');
  },
});
