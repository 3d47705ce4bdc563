import type { ChartRow } from '../../../components/chart/picture';
import type { Radar, RadarAxis } from '../../../domain/outreach/radar/radar';

export interface AxisShown {
  id: string;
  word: string;
  /** 62%, or — where it is not known */
  share: string;
  text: string;
  says: string;
  meaning: string;
}

export interface RadarShown {
  /** empty where the picture cannot be drawn */
  rows: ChartRow[];
  axes: AxisShown[];
  basis: string;
}

const percent = (share: number | null): string => (share === null ? '—' : `${Math.round(share * 100)}%`);

function rowOf({ word, share, text, says }: RadarAxis): ChartRow {
  return { label: word, value: share ?? 0, text: percent(share), notes: [text, says] };
}

/** What the card shows: the picture with its table, and six numbers to tap. */
export function radarView(radar: Radar): RadarShown {
  return {
    rows: radar.isWhole ? radar.axes.map(rowOf) : [],
    axes: radar.axes.map(({ id, word, share, text, says, meaning }) => ({
      id,
      word,
      share: percent(share),
      text,
      says,
      meaning,
    })),
    basis: radar.basis,
  };
}
