import type { Theme } from '../../platform/canvas';
import type { ChartTone } from './picture';

/** The tokens of styles/tokens.wxss that charts use; a canvas cannot read CSS variables. Keep the two in step. */
export const PALETTES: Record<Theme, Record<ChartTone, string>> = {
  light: {
    bar: '#e98d6c',
    own: '#e4572e',
    track: '#f0eeea',
    ink: '#1f2328',
    ink2: '#57606a',
  },
  dark: {
    bar: '#96563d',
    own: '#f0764f',
    track: '#2b2927',
    ink: '#eceae6',
    ink2: '#b3b0aa',
  },
};
