/** One thing that was looked at. */
export interface Finding {
  /** `ill` must be mended, `mind` should be known, `well` is as it should be */
  state: 'well' | 'mind' | 'ill';
  /** what was looked at and how it stands */
  what: string;
  /** what to do about it */
  todo?: string;
}

const MARKS: Record<Finding['state'], string> = { well: '✓', mind: '!', ill: '✗' };

/** @example findingWords({ state: 'ill', what: '没有总部账号', todo: '打开小程序…' }) // → ['✗ 没有总部账号', '    → 打开小程序…'] */
export function findingWords({ state, what, todo }: Finding): string[] {
  return [`${MARKS[state]} ${what}`, ...(todo ? [`    → ${todo}`] : [])];
}

export const well = (what: string): Finding => ({ state: 'well', what });
export const mind = (what: string, todo: string): Finding => ({ state: 'mind', what, todo });
export const ill = (what: string, todo: string): Finding => ({ state: 'ill', what, todo });
