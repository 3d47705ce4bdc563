import type { LintMark } from '../types';

/** One thing a draft should not say. */
export interface WordRow {
  word: string;
  kind: Extract<LintMark['kind'], 'riskyWord' | 'absoluteWord'>;
  blocks: boolean;
  /** null where only deletion helps */
  replacement: string | null;
  /** headquarters' own word, not one of the law or of WeChat */
  own?: boolean;
}
export interface WordLists {
  words: readonly WordRow[];
  /** harmless phrases; what lies inside one is no hit */
  allow: readonly string[];
}

/** `word→replacement word→ …`; nothing behind the arrow means: delete it. */
function rows(kind: WordRow['kind'], blocks: boolean, table: string): WordRow[] {
  return table
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [word = '', replacement] = entry.split('→');
      return { word, kind, blocks, replacement: replacement || null };
    });
}

/** Words platforms filter and customers distrust; advice. */
const RISKY = `
  免费领取→到店即赠 免费领→到店即赠 免费赠送→到店即赠 免费送→到店即赠 白送→到店即赠 白拿→到店即赠
  限时特价→会员专享价 限时秒杀→会员专享价 限时抢购→会员专享价 秒杀→会员专享价 特价→会员价
  跳楼价→会员价 骨折价→会员价 白菜价→会员价 超低价→会员价 清仓甩卖→会员优惠 甩卖→会员优惠
  亏本→ 血亏→ 恭喜中奖→ 中奖→ 点击链接→打开卡片 点击领取→打开卡片领取 速抢→欢迎来看看 快抢→欢迎来看看
`;

/** What WeChat forbids (rewards for sharing) and the law does (cures, promised gains); blocks. */
const FORBIDDEN = `
  转发领取→ 转发有礼→ 转发朋友圈→ 转发到朋友圈→ 分享领取→ 分享有礼→ 分享到朋友圈→ 分享得→ 集赞→ 砍一刀→
  根治→ 疗效→ 药到病除→ 无副作用→ 稳赚→ 保本→
`;

/** 广告法 article 9 and what the courts add to it: absolute words; blocks. */
const ABSOLUTE = `
  国家级→ 世界级→ 最高级→高级 最佳→很好 最好→很好 最优惠→优惠 最优质→优质 最优→优质 最低价→会员价
  全网最低价→会员价 全网最低→会员价 史上最低→会员价 最便宜→实惠 最实惠→实惠 最划算→划算 最先进→先进
  最顶级→优质 顶级→优质 极品→优质 第一品牌→品牌 全国第一→ 销量第一→ 第一→ 唯一→ 独一无二→特别
  绝无仅有→难得 万能→ 王牌→ 驰名商标→ 特供→ 国家领导人→ 100%有效→ 百分百有效→ 永久有效→长期有效
`;

/** Other superlatives: not always unlawful, never necessary; advice. */
const SUPERLATIVE = '最→很 绝对→确实 首选→不错的选择';

const ALLOW = `
  女装 男装 童装 干净 女儿 第一次 第一回 第一时间 第一天 第一件 第一个 第一步 第一眼 第一句 第一批 第一季度 第一位
  最近 最后 最初 最终 最多 最少 最晚 最迟 最早 最新 最爱 最想 最喜欢 最怕 最担心 最起码 最长 最短 最低消费
  最好别 最好先 最好提前 最好早 最好能 最好是 最好不要 最好在 最好的朋友 绝对不会打扰 无论最 中奖名单
  24小时营业 营业24小时 24小时客服 24小时在线 唯一码 特价区
`;

/** The lists a chain starts with. Longer entries win over shorter ones, allowed phrases over what lies inside them. */
export const STARTER_WORDS: WordLists = {
  words: [
    ...rows('riskyWord', false, RISKY),
    ...rows('riskyWord', true, FORBIDDEN),
    ...rows('absoluteWord', true, ABSOLUTE),
    ...rows('absoluteWord', false, SUPERLATIVE),
  ],
  allow: ALLOW.trim().split(/\s+/),
};
