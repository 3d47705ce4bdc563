import { openApiFaults, tooNew } from '../../devkit/check/bundles';
import { readAudit } from '../../devkit/check/audit';
import { unusedExports } from '../../devkit/check/exports';
import { hasIndexForKey } from '../../devkit/check/miniprogram/components';
import { languageComplaints } from '../../devkit/check/miniprogram/language';
import { parseScript } from '../../devkit/check/miniprogram/sources';
import {
  buttonComplaints,
  versionsIn,
  wechatComplaints,
  wechatUses,
} from '../../devkit/check/miniprogram/wechatApi';

const language = (code: string) => languageComplaints([parseScript('page.ts', code)]);

describe('the language of a mini program', () => {
  it.each([
    ['const n = 10n;', 'BigInt'],
    ["const m = await import('./x');", 'import()'],
    ['await ready();', 'await outside a function'],
    ['const r = /(?<=元)\\d+/;', 'look-behind'],
    ['const r = /a/v;', 'too new'],
    ['list.toSorted();', 'toSorted'],
    ['window.scrollTo(0, 0);', 'window'],
    ["const box = document.querySelector('a');", 'document'],
    ['void fetch(url);', 'fetch'],
    ['use({ at: process.env.X });', 'process'],
  ])('refuses %s', (code, why) => {
    expect(language(code).join()).toContain(why);
    expect(language(code)[0]).toMatch(/^page\.ts:1: /);
  });

  it.each([
    'const named = { window: 1, document: 2 }; named.window;',
    'function of(document: string) { return document; }',
    'interface Shown { history: string[] } const shown: Shown = { history: [] }; shown.history;',
    'async function later() { await ready(); }',
    'const r = /(?<year>\\d{4})-(?!0)/u;',
    'const { history } = page; history.length;',
  ])('takes %s', (code) => expect(language(code)).toEqual([]));
});

describe('what a page asks of WeChat', () => {
  const typings = `interface Wx {
    canIUse(name: string): boolean
    /** 需要基础库： \`2.20.1\` */ getWindowInfo(): void
    /** 需要基础库： \`3.5.0\` */ getSomethingNew(): void
    /** 从来就有 */ showToast(o: object): void
    /** 需要基础库： \`2.5.0\` */ chooseMessageFile(o: object): void
    /** 需要基础库： \`1.0.0\` */ getLocation(o: object): void
  }`;
  const complaints = (
    code: string,
    app: object = { __usePrivacyCheck__: true },
    guide = '选中的文件 位置信息',
  ) =>
    wechatComplaints(wechatUses([parseScript('a.ts', code)]), {
      versions: versionsIn(typings),
      oldest: '2.32.3',
      app,
      guide,
    }).join('\n');

  it('may be as old as the oldest base library, and newer only after asking', () => {
    expect(complaints('wx.getWindowInfo(); wx.showToast({});')).toBe('');
    expect(complaints('wx.getSomethingNew();')).toContain('needs base library 3.5.0');
    expect(complaints("if (wx.canIUse('getSomethingNew')) wx.getSomethingNew();")).toBe('');
    expect(complaints('wx.getSomethingNew?.();')).toBe('');
  });

  it('has to exist', () => {
    expect(complaints('wx.getEverything();')).toContain('not in miniprogram-api-typings');
    expect(complaints('wx.qy.login();')).toContain('only in WeCom');
  });

  it('has to be declared when it touches personal data', () => {
    expect(complaints('wx.chooseMessageFile({});')).toBe('');
    expect(complaints('wx.chooseMessageFile({});', {})).toContain('__usePrivacyCheck__');
    expect(complaints('wx.chooseMessageFile({});', undefined, '')).toContain('“选中的文件”');
    expect(complaints('wx.getLocation({});')).toContain('requiredPrivateInfos');
  });

  it('has to be declared when a button hands it over', () => {
    const button = '<button open-type="getPhoneNumber|agreePrivacyAuthorization" />';
    const app = { __usePrivacyCheck__: true };
    const said = (guide: string) => buttonComplaints('a.wxml', button, { app, guide }).join();
    expect([said('**手机号**'), said('看到后四位手机号')]).toEqual(['', expect.stringContaining('“手机号”')]);
    expect(buttonComplaints('a.wxml', button, { app: {}, guide: '**手机号**' })).toHaveLength(1);
    expect(buttonComplaints('a.wxml', '<button open-type="share" />', { app: {}, guide: '' })).toEqual([]);
  });
});

describe('bundles for Node 18', () => {
  it('may hold ES2022 and nothing newer', () => {
    expect(tooNew('class A { #x = 1; static { this.y = 2; } has(o) { return #x in o; } }')).toBeNull();
    expect(tooNew('using file = open();')).not.toBeNull();
    expect(tooNew('const r = /[a--b]/v;')).not.toBeNull();
  });
});

describe('what a function asks of WeChat', () => {
  it('has to stand in its permissions, and nothing else does', () => {
    const code = 'wechat().openapi.subscribeMessage.send(message)';
    expect(openApiFaults('pulse', code, ['subscribeMessage.send'])).toEqual([]);
    expect(openApiFaults('pulse', code, [])).toEqual([
      expect.stringContaining('lacks subscribeMessage.send'),
    ]);
    expect(openApiFaults('gifts', '', ['phonenumber.getPhoneNumber'])).toHaveLength(1);
  });
});

describe('the dependency audit', () => {
  it('says when the registry cannot be asked, and does not fail for it', () => {
    for (const answer of ['', '{"message":"405 Method Not Allowed"}', '{"error":{"code":"ENOTFOUND"}}']) {
      expect(readAudit(answer).complaints).toEqual([]);
      expect(readAudit(answer).remark).toContain('npm audit');
    }
  });

  it('stops at what is high or critical', () => {
    const vulnerabilities = Object.fromEntries(
      ['low', 'moderate', 'high', 'critical'].map((severity) => [
        `a-${severity}`,
        { severity, isDirect: true, fixAvailable: severity === 'high' },
      ]),
    );
    expect(readAudit(JSON.stringify({ vulnerabilities }))).toEqual({
      complaints: ['a-high: high, a fix is there', 'a-critical: critical'],
      remark: null,
    });
  });
});

describe('an exported name', () => {
  const complaints = (files: Record<string, string>) => unusedExports(new Map(Object.entries(files)));

  it('that nobody says again is complained of', () => {
    const lost = 'export const lost = 1;\nexport async function gone() {}\nexport interface Left {}';
    expect(complaints({ 'a.ts': lost, 'b.ts': "import { kept } from './c';" })).toEqual(
      ['lost', 'gone', 'Left'].map((name) => `a.ts: ${name} is exported and nobody names it`),
    );
  });

  it('is left alone when another file or its own one names it', () => {
    const a = 'export type Shape = { id: string };\nexport const used = (of: Shape) => of.id;';
    expect(complaints({ 'a.ts': a, 'b.ts': "import { used } from './a';" })).toEqual([]);
  });
});

it('the key of a list is a field of its items, and `index` is none', () => {
  expect(hasIndexForKey('<text wx:for="{{runs}}" wx:key="index">')).toBe(true);
  expect(hasIndexForKey('<text wx:for="{{runs}}" wx:key="n" wx:for-index="index">')).toBe(false);
});
