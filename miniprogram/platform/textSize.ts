/** The sizes of styles/tokens.wxss, in rpx. */
const SIZES = [44, 36, 32, 28, 24];
/** WeChat's 关怀模式 on an iPhone; beyond it lines of a ticket would be torn apart. */
const LARGEST = 1.4;
const STANDARD_PX = 17;

/**
 * The page's text in the size that she has chosen in WeChat (通用 · 字体大小): the sizes of styles/tokens.wxss, to be laid on the
 * outermost view. WeChat itself leaves text in rpx as it is. Empty at the standard size and below.
 *
 * Source: developers.weixin.qq.com, 小程序适老化设计指南 (fontSizeScaleFactor: 1.4 with 关怀模式).
 *
 * @param chosen what `wx.getAppBaseInfo()` says
 * @example textStyle({ fontSizeScaleFactor: 1.4 }) // → '--fs-44:62rpx;--fs-36:50rpx;--fs-32:45rpx;--fs-28:39rpx;--fs-24:34rpx'
 */
export function textStyle(
  chosen: { fontSizeScaleFactor?: number; fontSizeSetting?: number } = wx.getAppBaseInfo(),
): string {
  const told = chosen.fontSizeScaleFactor ?? (chosen.fontSizeSetting ?? STANDARD_PX) / STANDARD_PX;
  const scale = Math.min(LARGEST, told);
  if (!(scale > 1)) return '';
  return SIZES.map((size) => `--fs-${size}:${Math.round(size * scale)}rpx`).join(';');
}
