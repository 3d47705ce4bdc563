import type { PresetName } from '../../domain/membership/types';

export const PRESET_NAMES: readonly PresetName[] = ['retail', 'maternity', 'daily'];

/** What each preset of rules is called, and whom it fits. */
export const PRESET_WORDS: Record<PresetName, { word: string; fits: string }> = {
  retail: { word: '零售', fits: '服饰、美妆' },
  maternity: { word: '母婴', fits: '奶粉、用品' },
  daily: { word: '便利', fits: '社区、生鲜' },
};
