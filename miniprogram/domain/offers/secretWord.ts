import { stableHash } from '../kernel/stableHash';

/** Things one can picture: flowers, trees, fruit, birds. Each is two plain characters that are hard to mishear. */
const THINGS = (
  '海棠 茉莉 桂花 荷花 牡丹 玫瑰 百合 梅花 兰花 水仙 杏花 桃花 丁香 樱花 芙蓉 山茶 ' +
  '银杏 青松 翠竹 枫叶 柳树 橡树 香樟 椰子 苹果 葡萄 草莓 樱桃 石榴 柠檬 青梅 橙子 ' +
  '西瓜 荔枝 芒果 菠萝 核桃 红豆 绿豆 花生 小麦 稻田 葵花 麦穗 喜鹊 燕子 白鹭 孔雀 ' +
  '画眉 黄莺 蝴蝶 蜻蜓 蜜蜂 熊猫 海豚 锦鲤 小鹿 骏马 绵羊 松鼠 云雀 天鹅 海鸥 金鱼'
).split(' ');
/** Weather, light and landscape, to stand behind them. */
const SCENES = (
  '清风 明月 朝霞 晚霞 彩虹 星光 阳光 月光 春雨 细雨 白云 蓝天 晴空 雪花 露珠 晨曦 ' +
  '山谷 小溪 大河 湖水 海浪 沙滩 草原 森林 花园 田野 竹林 果园 泉水 瀑布 高山 远山 ' +
  '灯塔 小桥 长亭 木屋 风车 帆船 码头 书房 茶香 琴声 笛声 歌声 笑声 欢喜 安康 如意 ' +
  '吉祥 平安 团圆 丰收 春天 夏天 秋天 冬天 早春 金秋 初夏 暖冬 时光 故乡 家园 远方'
).split(' ');

/**
 * The secret word (核销暗号) a member says at the till: a thing, a scene and two digits, easy to say and to type.
 * The same seed always gives the same word. There are 64 × 64 × 90 of them, so a word is unique only together with
 * the campaign it belongs to, and the caller has to check it there.
 *
 * @param seed for example the coupon's id and a salt only the cloud knows
 * @example secretWordOf('coupon-1') // → two words and a number such as '海棠清风27'
 */
export function secretWordOf(seed: string): string {
  const pick = (words: readonly string[], role: string): string =>
    words[stableHash(`${role}\u0000${seed}`) % words.length] ?? '';
  const digits = 10 + (stableHash(`digits\u0000${seed}`) % 90);
  return `${pick(THINGS, 'thing')}${pick(SCENES, 'scene')}${digits}`;
}

/**
 * What a clerk typed, as the word is stored: spaces, dashes and invisible characters go, full-width digits and letters
 * become plain ones, capitals small ones.
 *
 * @example readSecretWord(' 海棠 清风２７ ') // → '海棠清风27'
 */
export function readSecretWord(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\u2060\ufeff\-_·.,，。]/g, '')
    .toLowerCase();
}

/** How many different words there are. */
export const SECRET_WORDS = THINGS.length * SCENES.length * 90;
