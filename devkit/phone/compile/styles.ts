import fs from 'node:fs';
import path from 'node:path';
import postcss, { type Declaration, type Root, type Rule } from 'postcss';
import selectorParser from 'postcss-selector-parser';
import { phoneUnits } from '../runtime/units';
import type { Unit } from './collect';
import type { Project } from './project';

/**
 * The style sheets of the app and of every unit, as CSS the browser understands.
 *
 * `rpx` follows `--rpx`; `vh` and the safe areas are those of the phone, not of the browser window; every tag is
 * `wx-…`; a component's classes carry its scope; a page's rules hold inside that page only.
 */
export function compileStyles(project: Project, units: Unit[]): Record<string, string> {
  const sheets: Record<string, string> = { app: toCss(loadWxss(project, 'app'), 'app', null) };
  for (const unit of units) sheets[unit.v] = toCss(loadWxss(project, unit.v), unit.v, unit);
  return sheets;
}

/** CSS text of a unit with its `@import`s in place. */
function loadWxss(project: Project, v: string): string {
  return inline(project, project.onDisk(v) + '.wxss', []);
}

function inline(project: Project, file: string, chain: string[]): string {
  if (chain.includes(file) || !fs.existsSync(file)) return '';
  return fs
    .readFileSync(file, 'utf8')
    .replace(/@import\s+(?:url\()?['"]([^'"]+)['"]\)?\s*;/g, (_whole, ref: string) =>
      inline(
        project,
        ref.startsWith('/') ? path.join(project.root, ref) : path.resolve(path.dirname(file), ref),
        [...chain, file],
      ),
    );
}

function toCss(wxss: string, v: string, unit: Unit | null): string {
  if (!wxss.trim()) return '';
  const root = postcss.parse(wxss, { from: v });
  root.walkAtRules('font-face', (rule) => {
    if (/https?:/.test(rule.toString())) rule.remove();
  });
  root.walkDecls((declaration) => {
    declaration.value = phoneUnits(localUrls(declaration, v));
  });
  drawIcons(root);
  root.walkRules((rule) => {
    if (!isKeyframe(rule)) rule.selector = scopedSelector(rule.selector, unit);
  });
  return root.toString();
}

/** Pictures of the package are served below /mp/. */
function localUrls(declaration: Declaration, v: string): string {
  return declaration.value.replace(/url\((['"]?)([^'")]+)\1\)/g, (whole, _quote: string, url: string) => {
    if (/^(?:[a-z]+:|#)/i.test(url)) return whole;
    const inside = url.startsWith('/') ? url : path.posix.join('/', path.posix.dirname(v), url);
    return `url("/mp${inside}")`;
  });
}

/** TDesign's icon font lives on a CDN; the same icons are drawn as masks from local SVG files. */
function drawIcons(root: Root): void {
  root.walkRules(/^\.t-icon-[\w-]+:before$/, (rule) => {
    if (!rule.nodes.some((n) => n.type === 'decl' && n.prop === 'content')) return;
    const name = rule.selector.slice('.t-icon-'.length, -':before'.length);
    rule.removeAll();
    rule.append({ prop: '--icon', value: `url(/icons/${name}.svg)` });
  });
  root.walkRules('.t-icon-base', (rule) => {
    rule.after(
      '.t-icon-base:before{content:"";display:block;width:1em;height:1em;background:currentColor;' +
        'mask:var(--icon,linear-gradient(#0000,#0000)) center/contain no-repeat}',
    );
  });
}

function isKeyframe(rule: Rule): boolean {
  return (
    rule.parent?.type === 'atrule' && 'name' in rule.parent && /keyframes$/.test(String(rule.parent.name))
  );
}

function scopedSelector(selector: string, unit: Unit | null): string {
  return selectorParser((list) => {
    list.walk((node) => {
      if (node.type === 'tag') node.value = `wx-${node.value}`;
      else if (node.type === 'class' && unit?.scope) node.value = `${unit.scope}--${node.value}`;
      else if (node.type === 'pseudo' && node.value === ':host') {
        node.replaceWith(
          selectorParser.attribute({
            attribute: 'wx-host',
            operator: '=',
            value: unit?.scope ?? '',
            quoteMark: '"',
            raws: {},
          }),
        );
      }
    });
    if (!unit?.isPage) return;
    list.each((one) => {
      one.prepend(selectorParser.combinator({ value: ' ' }));
      one.prepend(selectorParser.pseudo({ value: `:where([data-route="${unit.v}"])` }));
    });
  }).processSync(selector);
}
