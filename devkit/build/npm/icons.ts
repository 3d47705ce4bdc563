import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * TDesign draws its icons with a font from a CDN, which a shop's phone in a cellar may never load. The packed icon
 * sheet draws the same icons from their SVGs, as masks, and only those that are named somewhere: as a whole text between quotes, for a
 * word of a comment (work, time, user) is often an icon's name too.
 *
 * @param sheet the library's own icon.wxss
 * @param texts everything in which an icon's name may stand: our pages and the packed components
 * @param svgDir the folder of `tdesign-icons-svg` with one file per icon
 */
export function localIconSheet(sheet: string, texts: readonly string[], svgDir: string): string {
  const named = new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/['"`]([a-z][a-z0-9]*(?:-[a-z0-9]+)*)['"`]/g)].map(([, name]) => name),
    ),
  );
  const rest = sheet
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/\.t-icon-[\w-]+::?before\s*\{[^}]*\}/g, '')
    .replace(/\n\s*\n+/g, '\n');
  const icons = [...sheet.matchAll(/\.t-icon-([\w-]+)::?before/g)].map((m) => m[1]!);
  const drawn = icons
    .filter((name) => named.has(name) && existsSync(path.join(svgDir, `${name}.svg`)))
    .map(
      (name) => `.t-icon-${name}:before{${maskOf(readFileSync(path.join(svgDir, `${name}.svg`), 'utf8'))}}`,
    );
  return `${rest}\n${drawn.join('\n')}\n`;
}

function maskOf(svg: string): string {
  const clean = svg
    .replace(/view-box/g, 'viewBox')
    .replace(/\s+/g, ' ')
    .replace(/"/g, "'")
    .trim();
  const url = `url("data:image/svg+xml,${encodeURIComponent(clean).replace(/%20/g, ' ').replace(/%3D/g, '=').replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%27/g, "'")}")`;
  // The prefixed name alone: every web view of WeChat knows it, and the picture would stand there twice.
  return `content:'';display:inline-block;width:1em;height:1em;background:currentColor;-webkit-mask:${url} center/contain no-repeat`;
}
