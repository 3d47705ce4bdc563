import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const ROOT = path.resolve(__dirname, '..');

interface Source {
  /** path below the repository, with `/` */
  file: string;
  ast: ts.SourceFile;
}

function sourcesBelow(dir: string): Source[] {
  if (!existsSync(path.join(ROOT, dir))) return [];
  return readdirSync(path.join(ROOT, dir), { withFileTypes: true }).flatMap((entry) => {
    const file = `${dir}/${entry.name}`;
    if (entry.isDirectory()) return /node_modules|miniprogram_npm/.test(entry.name) ? [] : sourcesBelow(file);
    if (!entry.name.endsWith('.ts')) return [];
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    return [{ file, ast: ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true) }];
  });
}

/** What a file imports: a path below the repository, or an npm name. */
function importsOf({ file, ast }: Source): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const named =
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier
        ? node.moduleSpecifier
        : ts.isCallExpression(node) &&
            (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')
          ? node.arguments[0]
          : undefined;
    if (named && ts.isStringLiteral(named)) {
      const name = named.text;
      found.push(name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name);
    }
    node.forEachChild(visit);
  };
  visit(ast);
  return found;
}

/** Places where the text of a syntax node matches, as `file:line`. */
function placesOf({ file, ast }: Source, is: (node: ts.Node) => boolean): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(`${file}:${ast.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    node.forEachChild(visit);
  };
  visit(ast);
  return found;
}

const MINI = sourcesBelow('miniprogram');
const FUNCTIONS = sourcesBelow('cloudfunctions');
const CORE = MINI.filter((s) => /^miniprogram\/(domain|contract)\//.test(s.file));

/** Each room of the core may look at the rooms before it, never at one behind it. */
const CORE_ORDER = ['kernel', 'membership', 'offers', 'outreach', 'credit'];
const roomOf = (file: string): number =>
  CORE_ORDER.indexOf(/^miniprogram\/domain\/([^/]+)\//.exec(file)?.[1] ?? '');

/** The first folder of the mini program a file lies in, subpackages with their page. */
const partOf = (file: string): string => file.split('/')[1] ?? '';
const PAGE_PARTS = ['pages', 'clerk', 'member', 'manager', 'hq'];
/** A page has a folder of its own; `<subpackage>/parts/` and files beside the folders are shared by its pages. */
const pageOf = (file: string): string | null => {
  const [, part = '', page = '', inside] = file.split('/');
  return PAGE_PARTS.includes(part) && page !== 'parts' && inside !== undefined ? `${part}/${page}` : null;
};

function offences(sources: Source[], isWrong: (file: string, target: string) => boolean): string[] {
  return sources.flatMap((s) =>
    importsOf(s)
      .filter((target) => isWrong(s.file, target))
      .map((target) => `${s.file} → ${target}`),
  );
}

describe('the direction of the code', () => {
  it('finds code to look at', () => {
    expect(CORE.length).toBeGreaterThan(10);
    expect(FUNCTIONS.length).toBeGreaterThan(5);
  });

  it('lets a room of the core look only at the rooms before it', () => {
    const isWrong = (file: string, target: string) =>
      file.startsWith('miniprogram/domain/') &&
      target.startsWith('miniprogram/') &&
      (!target.startsWith('miniprogram/domain/') || roomOf(`${target}/`) > roomOf(file));
    expect(offences(CORE, isWrong)).toEqual([]);
  });

  it('keeps the core free of every package but dayjs and lodash-es', () => {
    const isWrong = (_: string, target: string) =>
      !target.startsWith('miniprogram/') && !/^(dayjs|lodash-es)(\/|$)/.test(target);
    expect(offences(CORE, isWrong)).toEqual([]);
  });

  it('lets the contract name the core and nothing else', () => {
    const isWrong = (file: string, target: string) =>
      file.startsWith('miniprogram/contract/') && !/^miniprogram\/(domain|contract)\//.test(target);
    expect(offences(CORE, isWrong)).toEqual([]);
  });

  it('never lets the mini program reach for the cloud functions or the devkit', () => {
    expect(offences(MINI, (_, t) => /^(cloudfunctions|devkit|tests)\//.test(t))).toEqual([]);
  });

  it('lets cloud functions use the core and the contract, nothing else of the mini program', () => {
    const isWrong = (_: string, t: string) =>
      t.startsWith('miniprogram/') && !/^miniprogram\/(domain|contract)\//.test(t);
    expect(offences(FUNCTIONS, isWrong)).toEqual([]);
  });

  it('never lets a function look into another function', () => {
    const isWrong = (file: string, t: string) =>
      t.startsWith('cloudfunctions/') && partOf(t) !== 'common' && partOf(t) !== partOf(file);
    expect(offences(FUNCTIONS, isWrong)).toEqual([]);
  });

  it('never lets a page look into another page', () => {
    const isWrong = (file: string, t: string) =>
      pageOf(file) !== null && pageOf(t) !== null && pageOf(file) !== pageOf(t);
    expect(offences(MINI, isWrong)).toEqual([]);
  });

  it('lets only the store know the SDK', () => {
    const isWrong = (file: string, t: string) =>
      /^(@cloudbase|wx-server-sdk)/.test(t) && !/^cloudfunctions\/common\/(store|channels)\//.test(file);
    expect(offences([...FUNCTIONS, ...MINI], isWrong)).toEqual([]);
  });

  it('lets only platform/ speak to WeChat', () => {
    const isWx = (node: ts.Node) =>
      ts.isPropertyAccessExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === 'wx';
    const wrong = MINI.filter((s) => partOf(s.file) !== 'platform').flatMap((s) => placesOf(s, isWx));
    expect(wrong).toEqual([]);
  });

  it('lets pages reach the cloud only through services', () => {
    const isWrong = (file: string, t: string) =>
      partOf(file) !== 'services' && file !== 'miniprogram/app.ts' && t === 'miniprogram/platform/cloud';
    expect(offences(MINI, isWrong)).toEqual([]);
  });
});

describe('the core', () => {
  const text = (node: ts.Node) => node.getText().replace(/\s/g, '');
  const isClock = (node: ts.Node) =>
    (ts.isNewExpression(node) && /^newDate(\(\))?$/.test(text(node))) ||
    (ts.isCallExpression(node) &&
      /^(Date\.now|Date|dayjs|dayjs\.utc|performance\.now)\(\)$/.test(text(node)));
  const isDice = (node: ts.Node) =>
    ts.isPropertyAccessExpression(node) && /^(Math\.random|crypto\.\w+)$/.test(text(node));

  it('has no clock', () => {
    expect(CORE.flatMap((s) => placesOf(s, isClock))).toEqual([]);
  });

  it('has no dice', () => {
    expect(CORE.flatMap((s) => placesOf(s, isDice))).toEqual([]);
  });

  it.each([
    ['a clock', 'const a = Date.now()', isClock],
    ['a new Date without an argument', 'const a = new Date()', isClock],
    ['dayjs without an argument', 'const a = dayjs()', isClock],
    ['a dice', 'const a = Math.random()', isDice],
  ])('would notice %s', (_, code, is) => {
    const file = 'miniprogram/domain/kernel/x.ts';
    expect(
      placesOf({ file, ast: ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true) }, is),
    ).toHaveLength(1);
  });

  it('would notice a forbidden import', () => {
    const file = 'miniprogram/domain/kernel/x.ts';
    const ast = ts.createSourceFile(
      file,
      "import { a } from '../outreach/a'; import fs from 'node:fs';",
      ts.ScriptTarget.ES2022,
      true,
    );
    expect(importsOf({ file, ast })).toEqual(['miniprogram/domain/outreach/a', 'node:fs']);
    expect(roomOf('miniprogram/domain/outreach/a')).toBeGreaterThan(roomOf(file));
  });

  it('fails its own type check when it reaches for wx or node', () => {
    const config = ts.readConfigFile(path.join(ROOT, 'tsconfig.core.json'), ts.sys.readFile);
    const options = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT).options;
    const file = path.join(ROOT, 'miniprogram/domain/kernel/__probe.ts');
    const host = ts.createCompilerHost(options);
    const getSourceFile = host.getSourceFile.bind(host);
    host.getSourceFile = (name, version) =>
      name === file
        ? ts.createSourceFile(name, 'wx.login(); process.exit(); window.open();', version)
        : getSourceFile(name, version);
    const program = ts.createProgram([file], options, host);
    const messages = program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map((d) => ts.flattenDiagnosticMessageText(d.messageText, ' '));
    expect(messages.filter((m) => /Cannot find name/.test(m))).toHaveLength(3);
  });
});
