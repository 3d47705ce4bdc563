import type { Fen } from '../../../miniprogram/domain/kernel/fen';

export interface Product {
  code: string;
  name: string;
  fen: Fen;
  kind: 'drink' | 'bite' | 'leaf' | 'ware' | 'gift';
  /** months (1–12) it is on the shelf; missing = all year */
  months?: readonly number[];
}

/** 商品: what the shops sell. Codes stand on the order lines. */
export const PRODUCTS: readonly Product[] = [
  { code: 'D01', name: '望湖乌龙·现萃', fen: 1800, kind: 'drink' },
  { code: 'D02', name: '桂花龙井拿铁', fen: 2600, kind: 'drink' },
  { code: 'D03', name: '茉莉雪毫', fen: 2000, kind: 'drink' },
  { code: 'D04', name: '陈皮白茶·热煮', fen: 2800, kind: 'drink', months: [10, 11, 12, 1, 2, 3] },
  { code: 'D05', name: '青梅冷泡', fen: 2200, kind: 'drink', months: [5, 6, 7, 8, 9] },
  { code: 'D06', name: '凤凰单丛手冲', fen: 3200, kind: 'drink' },
  { code: 'B01', name: '桂花糕', fen: 1600, kind: 'bite' },
  { code: 'B02', name: '抹茶千层', fen: 3200, kind: 'bite' },
  { code: 'B03', name: '绿豆冰糕', fen: 1800, kind: 'bite', months: [5, 6, 7, 8, 9] },
  { code: 'B04', name: '核桃枣泥酥', fen: 2400, kind: 'bite' },
  { code: 'B05', name: '青团（四枚）', fen: 2800, kind: 'bite', months: [3, 4] },
  { code: 'L01', name: '明前龙井 50g', fen: 26800, kind: 'leaf', months: [3, 4, 5] },
  { code: 'L02', name: '茉莉银针 100g', fen: 12800, kind: 'leaf' },
  { code: 'L03', name: '铁观音·清香 125g', fen: 9800, kind: 'leaf' },
  { code: 'L04', name: '老白茶饼 300g', fen: 19800, kind: 'leaf' },
  { code: 'L05', name: '滇红金芽 100g', fen: 8800, kind: 'leaf' },
  { code: 'L06', name: '袋泡茶组合 20包', fen: 5800, kind: 'leaf' },
  { code: 'W01', name: '随行泡茶杯', fen: 12800, kind: 'ware' },
  { code: 'W02', name: '汝窑盖碗', fen: 23800, kind: 'ware' },
  { code: 'W03', name: '手作建盏', fen: 36800, kind: 'ware' },
  { code: 'W04', name: '竹制茶则套组', fen: 6800, kind: 'ware' },
  { code: 'G01', name: '中秋茶月礼盒', fen: 23800, kind: 'gift', months: [8, 9, 10] },
  { code: 'G02', name: '岁岁平安年礼', fen: 32800, kind: 'gift', months: [12, 1, 2] },
  { code: 'G03', name: '端午茶粽礼盒', fen: 16800, kind: 'gift', months: [5, 6] },
];

/** 类目: what each kind is called on receipts and in reports. */
const CATEGORIES: Record<Product['kind'], string> = {
  drink: '现制茶饮',
  bite: '茶点',
  leaf: '茶叶',
  ware: '茶器',
  gift: '礼盒',
};
const CATEGORY_BY_CODE = new Map(PRODUCTS.map(({ code, kind }) => [code, CATEGORIES[kind]]));

/** Category → fen of a basket. @example categoryFenOf({ D01: 1800, D03: 2000 }) // → { 现制茶饮: 3800 } */
export function categoryFenOf(lines: Readonly<Record<string, Fen>>): Record<string, Fen> {
  const sums: Record<string, Fen> = {};
  for (const [code, fen] of Object.entries(lines)) {
    const category = CATEGORY_BY_CODE.get(code);
    if (category !== undefined) sums[category] = (sums[category] ?? 0) + fen;
  }
  return sums;
}

/** How lively a month is beside an ordinary one: New Year, the spring harvest, cold drinks, mid-autumn. */
const LIVELY: readonly number[] = [1.2, 1.05, 1.05, 1.15, 1.05, 0.95, 0.9, 0.95, 1.15, 1.05, 0.95, 1.1];

/** @param month 1–12 @returns a factor around 1 */
export function livelinessOf(month: number): number {
  return LIVELY[month - 1] ?? 1;
}

/** @param month 1–12 @example onShelf(7).some((p) => p.name === '青团（四枚）') // → false */
export function onShelf(month: number): readonly Product[] {
  return PRODUCTS.filter((product) => !product.months || product.months.includes(month));
}
