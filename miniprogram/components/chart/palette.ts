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
    none: '#e3e0db',
    active: '#f9d5c7',
    oneOrderOnly: '#f3b49c',
    drowsy: '#e98d6c',
    dormant: '#cf6240',
    lost: '#8f3a1f',
  },
  dark: {
    bar: '#96563d',
    own: '#f0764f',
    track: '#2b2927',
    ink: '#eceae6',
    ink2: '#b3b0aa',
    none: '#3b3936',
    active: '#4a332a',
    oneOrderOnly: '#6e4433',
    drowsy: '#96563d',
    dormant: '#c56b48',
    lost: '#f09c78',
  },
};
