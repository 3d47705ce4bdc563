/** Text that is HTML already; everything else is escaped when it is put into a page. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = Html | string | number | undefined | false | readonly Piece[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * A piece of a page. Whatever is put in is escaped, unless `markup` made it; `undefined` and `false` are nothing.
 * Attributes must stand in quotes.
 *
 * @example markup`<b title="${'"'}">${'<script>'}</b>`.text; // → '<b title="&quot;">&lt;script&gt;</b>'
 */
export function markup(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return new Html(strings.reduce((text, next, place) => text + textOf(pieces[place - 1]) + next));
}

function textOf(piece: Piece): string {
  if (piece === undefined || piece === false) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(textOf).join('');
  return String(piece).replace(/[&<>"']/g, (c) => ENTITIES[c] as string);
}

/**
 * Long text, cut, with its length said.
 *
 * @example cut('abcdef', 3); // → 'abc…（共 6 字）'
 */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)}…（共 ${text.length} 字）`;
}

/**
 * An instant as Shanghai's clock shows it, the local cloud's own time zone.
 *
 * @example timeText(0); // → '1970-01-01 08:00:00'
 */
export function timeText(ms: number): string {
  const date = new Date(ms + 8 * 3_600_000);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString().slice(0, 19).replace('T', ' ');
}
