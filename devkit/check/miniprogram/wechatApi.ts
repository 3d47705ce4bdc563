import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { Complaint } from './project';
import { nodesOf, placeOf } from './sources';
import type { Script } from './sources';

/**
 * The oldest base library we run on: set the same under 小程序后台 → 设置 → 基础库最低版本. Below 2.32.3 WeChat has no privacy
 * consent, without which it refuses what we ask of the phone.
 */
export const OLDEST_BASE_LIBRARY = '2.32.3';

/** Calls for which WeChat wants an entry in the privacy guide (用户隐私保护指引), with the entry's name there. */
export const PRIVATE_CALLS: Readonly<Record<string, string>> = {
  chooseMessageFile: '选中的文件',
  setClipboardData: '剪切板',
  getClipboardData: '剪切板',
  chooseMedia: '选中的照片或视频信息',
  chooseImage: '选中的照片或视频信息',
  saveImageToPhotosAlbum: '相册（仅写入）权限',
  getLocation: '位置信息',
  chooseLocation: '位置信息',
  chooseAddress: '地址',
  addPhoneContact: '通讯录（仅写入）权限',
  addPhoneCalendar: '日历（仅写入）权限',
  startRecord: '麦克风',
  getWeRunData: '微信运动步数',
};
/** The same for what a `<button open-type="…">` hands over. */
export const PRIVATE_BUTTONS: Readonly<Record<string, string>> = {
  getPhoneNumber: '手机号',
  getRealtimePhoneNumber: '手机号',
  chooseAvatar: '头像',
};
/** Places of app.json's `requiredPrivateInfos`. */
const LOCATION_CALLS = new Set(
  'getFuzzyLocation getLocation onLocationChange startLocationUpdate startLocationUpdateBackground chooseLocation choosePoi chooseAddress'.split(
    ' ',
  ),
);

/** One use of `wx.name` or `wx.cloud.name`. */
export interface WechatUse {
  name: string;
  place: string;
  /** the phone is asked first whether it has it */
  isGuarded: boolean;
}

function nameAfterWx(node: ts.PropertyAccessExpression): string | null {
  const { expression } = node;
  if (ts.isIdentifier(expression) && expression.text === 'wx') return node.name.text;
  return null;
}

/** Every use of WeChat's doors; one is guarded when its script asks `wx.canIUse('name')` or calls it by `?.`. */
export function wechatUses(scripts: readonly Script[]): WechatUse[] {
  return scripts.flatMap((script) =>
    [...nodesOf(script.tree)].flatMap((node) => {
      if (!ts.isPropertyAccessExpression(node)) return [];
      const name = nameAfterWx(node);
      if (name === null) return [];
      const isAsked =
        new RegExp(`canIUse\\(\\s*['"]${name}\\b`).test(script.text) ||
        new RegExp(`\\bwx\\.${name}\\?\\.|\\bif \\(wx\\.${name}\\)|'${name}' in wx`).test(script.text);
      return [{ name, place: placeOf(script, node), isGuarded: isAsked }];
    }),
  );
}

/**
 * Which base library each door of `wx` needs, read from the words above it in `miniprogram-api-typings`; one without a
 * number has been there from the beginning.
 */
export function versionsIn(typings: string): Map<string, string> {
  const versions = new Map<string, string>();
  const tree = ts.createSourceFile('wx.d.ts', typings, ts.ScriptTarget.ESNext, true);
  for (const node of nodesOf(tree)) {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'Wx') continue;
    for (const member of node.members) {
      if (!member.name || !ts.isIdentifier(member.name)) continue;
      const words = typings.slice(member.getFullStart(), member.getStart(tree));
      versions.set(member.name.text, /需要基础库： `([\d.]+)`/.exec(words)?.[1] ?? '1.0.0');
    }
  }
  return versions;
}

const isNewer = (a: string, b: string): boolean => {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)];
  const at = [0, 1, 2].find((i) => (x[i] ?? 0) !== (y[i] ?? 0));
  return at !== undefined && (x[at] ?? 0) > (y[at] ?? 0);
};

export interface WechatRules {
  versions: ReadonlyMap<string, string>;
  oldest: string;
  app: { __usePrivacyCheck__?: boolean; requiredPrivateInfos?: string[] };
  /** the page that tells the shop what to enter in the privacy guide */
  guide: string;
}

/** Doors that WeChat does not have, that are newer than the oldest base library, or that nobody declared. */
export function wechatComplaints(uses: readonly WechatUse[], rules: WechatRules): Complaint[] {
  return uses.flatMap(({ name, place, isGuarded }) => {
    const version = rules.versions.get(name);
    if (name === 'qy') return isGuarded ? [] : [`${place}: wx.qy exists only in WeCom; ask for it first`];
    if (version === undefined) return [`${place}: wx.${name} is not in miniprogram-api-typings`];
    const complaints: Complaint[] = [];
    if (!isGuarded && isNewer(version, rules.oldest))
      complaints.push(
        `${place}: wx.${name} needs base library ${version}, we run from ${rules.oldest} on: ask wx.canIUse('${name}') first`,
      );
    if (LOCATION_CALLS.has(name) && !rules.app.requiredPrivateInfos?.includes(name))
      complaints.push(`${place}: wx.${name} must stand in app.json's requiredPrivateInfos`);
    const entry = PRIVATE_CALLS[name];
    if (entry !== undefined && rules.app.__usePrivacyCheck__ !== true)
      complaints.push(
        `${place}: wx.${name} touches personal data; app.json needs "__usePrivacyCheck__": true`,
      );
    if (entry !== undefined && !rules.guide.includes(entry))
      complaints.push(
        `${place}: wx.${name} needs the entry “${entry}” in docs/running-on-cloudbase.zh-CN.md`,
      );
    return complaints;
  });
}

/**
 * Buttons of a template that hand over something of hers and that nobody declared.
 *
 * @param name the template's file, as the complaint names it
 */
export function buttonComplaints(
  name: string,
  wxml: string,
  { app, guide }: Pick<WechatRules, 'app' | 'guide'>,
): Complaint[] {
  const asked = [...wxml.matchAll(/open-type="([\w|]+)"/g)].flatMap((m) => (m[1] ?? '').split('|'));
  return [...new Set(asked)].flatMap((type) => {
    const entry = PRIVATE_BUTTONS[type];
    if (entry === undefined) return [];
    return [
      ...(app.__usePrivacyCheck__ === true
        ? []
        : [`${name}: open-type ${type} touches personal data; app.json needs "__usePrivacyCheck__": true`]),
      ...(guide.includes(`**${entry}**`)
        ? []
        : [`${name}: open-type ${type} needs the entry “${entry}” in docs/running-on-cloudbase.zh-CN.md`]),
    ];
  });
}

/** @param nodeModules where the typings lie */
export function readVersions(nodeModules: string): Map<string, string> {
  return versionsIn(readFileSync(`${nodeModules}/miniprogram-api-typings/types/wx/lib.wx.api.d.ts`, 'utf8'));
}
