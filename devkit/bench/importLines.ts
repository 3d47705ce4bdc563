import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { HOUR_MS, startOf, day } from '../../miniprogram/domain/kernel/day';
import { diceOf } from '../demo/dice';
import { PRODUCTS } from '../demo/chain/products';

const SEED = 20260318;
const HEADER = '订单编号,会员号,门店编号,订单付款时间,实付金额,商品编码,商品类目,优惠金额,退款金额,导购编号';
const KINDS = { drink: '茶饮', bite: '点心', leaf: '茶叶', ware: '器具', gift: '礼盒' } as const;
const FIRST = startOf(day('2024-09-01'), 10);
const DAYS = 540;

/**
 * Writes an order file of so many lines, the same at every run: baskets of one to four products, some refunds and
 * coupons, 10 purchases a member, amounts and times as a shop's till exports them.
 *
 * @returns how many orders it holds
 */
export async function writeOrderLines(file: string, lines: number): Promise<number> {
  const dice = diceOf(SEED);
  const out = createWriteStream(file);
  const members = Math.max(10, Math.round(lines / 25));
  let text = `\uFEFF${HEADER}\r\n`;
  let orders = 0;
  for (let written = 0; written < lines;) {
    orders += 1;
    const at = new Date(FIRST + dice.whole(0, DAYS) * 24 * HOUR_MS + dice.whole(0, 39_600) * 1000);
    const time = new Date(at.getTime() + 8 * HOUR_MS).toISOString();
    const paidAt = `${time.slice(0, 10)} ${time.slice(11, 19)}`;
    const head = `T${String(orders).padStart(9, '0')},M${dice.whole(1, members)},S${dice.whole(1, 120)},${paidAt}`;
    const clerk = `C${dice.whole(1, 600)}`;
    const shelf = dice.whole(0, PRODUCTS.length - 1);
    for (let i = dice.whole(1, 4); i > 0 && written < lines; i--) {
      // Neighbours on the shelf: a product stands once in a basket.
      const product = PRODUCTS[(shelf + i) % PRODUCTS.length];
      if (!product) continue;
      const [coupon, refund] = [dice.chance(0.2) ? 5 : 0, dice.chance(0.02) ? product.fen / 100 : 0];
      text += `${head},${(product.fen / 100).toFixed(2)},${product.code},${KINDS[product.kind]},${coupon},${refund},${clerk}\r\n`;
      written += 1;
    }
    if (text.length > 1 << 20) {
      if (!out.write(text)) await once(out, 'drain');
      text = '';
    }
  }
  out.end(text);
  await finished(out);
  return orders;
}
