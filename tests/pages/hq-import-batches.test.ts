import fc from 'fast-check';
import { memberBatches, orderBatches, utf8Bytes, WINDOW_ROWS } from '../../miniprogram/hq/import/batches';
import type { Batch, FileRecord } from '../../miniprogram/hq/import/batches';

const COLUMNS = {
  orderNo: '单号',
  memberNo: '会员',
  branchNo: '店',
  paidAt: '时间',
  amount: '金额',
  line: '商品',
};

function line(row: number, orderNo: string, amount = '10'): FileRecord {
  return {
    row,
    record: { 单号: orderNo, 会员: 'M1', 店: '一店', 时间: '2024-03-05', 金额: amount, 商品: `P${row}` },
  };
}
function rowsOf<Row extends { row: number }>(batches: Batch<Row>[]): number[] {
  return batches.flatMap((batch) => batch.rows.map((each) => each.row));
}

describe('a file of orders becomes calls', () => {
  it('keeps every row number and loses none', () => {
    const batches = [...orderBatches([line(2, 'A'), line(3, 'B'), line(4, 'A')], COLUMNS, 80_000)];
    expect(rowsOf(batches).sort()).toEqual([2, 3, 4]);
  });

  it('brings lines of one order together that stand apart', () => {
    const batches = [...orderBatches([line(2, 'A'), line(3, 'B'), line(4, 'A')], COLUMNS, 80_000)];
    expect(batches[0]?.rows.map((each) => each.orderNo)).toEqual(['A', 'A', 'B']);
  });

  it('opens a new call rather than cutting an order in two', () => {
    const one = utf8Bytes(JSON.stringify([...orderBatches([line(2, 'A')], COLUMNS, 80_000)][0]?.rows[0])) + 1;
    const file = [line(2, 'A'), line(3, 'A'), line(4, 'B'), line(5, 'B')];
    const batches = [...orderBatches(file, COLUMNS, 2 + one * 3)];
    expect(batches.map((batch) => batch.rows.map((each) => each.orderNo))).toEqual([
      ['A', 'A'],
      ['B', 'B'],
    ]);
  });

  it('cuts an order only when it is larger than a whole call', () => {
    const one = utf8Bytes(JSON.stringify([...orderBatches([line(2, 'A')], COLUMNS, 80_000)][0]?.rows[0])) + 1;
    const batches = [...orderBatches([line(2, 'A'), line(3, 'A'), line(4, 'A')], COLUMNS, 2 + one * 2)];
    expect(batches.map((batch) => batch.rows.length)).toEqual([2, 1]);
  });

  it('reports a row that cannot be read and sends the rest', () => {
    const [batch] = [...orderBatches([line(2, 'A', '十块'), line(3, 'B')], COLUMNS, 80_000)];
    expect(batch?.rows.map((each) => each.row)).toEqual([3]);
    expect(batch?.refused).toEqual([{ row: 2, reason: expect.stringContaining('实付金额') as string }]);
  });

  it('still reports the refused rows when there is nothing to send', () => {
    expect([...orderBatches([line(2, 'A', '')], COLUMNS, 80_000)]).toEqual([
      { rows: [], refused: [{ row: 2, reason: expect.any(String) as string }] },
    ]);
  });

  it('refuses a single line that is larger than a call', () => {
    const batches = [...orderBatches([line(2, 'A'.repeat(500)), line(3, 'B')], COLUMNS, 400)];
    expect(rowsOf(batches)).toEqual([3]);
    expect(batches.flatMap((batch) => batch.refused).map((each) => each.row)).toEqual([2]);
  });

  it('keeps an order whole across the edge of the reading window', () => {
    function* file(): Generator<FileRecord> {
      for (let row = 2; row < WINDOW_ROWS + 1; row++) yield line(row, `N${row}`);
      for (let row = WINDOW_ROWS + 1; row < WINDOW_ROWS + 5; row++) yield line(row, 'EDGE');
    }
    const holding = [...orderBatches(file(), COLUMNS, 80_000)].filter((batch) =>
      batch.rows.some((each) => each.orderNo === 'EDGE'),
    );
    expect(holding).toHaveLength(1);
    expect(holding[0]?.rows.filter((each) => each.orderNo === 'EDGE')).toHaveLength(4);
  });

  it('never goes over the limit and never drops a row, whatever the file', () => {
    const order = fc.record({ no: fc.integer({ min: 0, max: 9 }), name: fc.string({ maxLength: 30 }) });
    fc.assert(
      fc.property(
        fc.array(order, { maxLength: 60 }),
        fc.integer({ min: 400, max: 2000 }),
        (orders, limit) => {
          const file = orders.map((each, i) => line(i + 2, `号${each.no}${each.name.trim()}x`));
          const batches = [...orderBatches(file, COLUMNS, limit)];
          for (const batch of batches)
            expect(utf8Bytes(JSON.stringify(batch.rows))).toBeLessThanOrEqual(limit);
          const seen = [
            ...rowsOf(batches),
            ...batches.flatMap((batch) => batch.refused.map((each) => each.row)),
          ];
          expect(seen.sort((a, b) => a - b)).toEqual(file.map((each) => each.row));
        },
      ),
    );
  });
});

it('keeps rows of one member in one call', () => {
  const rows = ['M1', 'M2', 'M1'].map((no, i) => ({ row: i + 2, record: { 会员号: no, 姓名: `名${i}` } }));
  const [batch] = [...memberBatches(rows, { memberNo: '会员号', name: '姓名' }, 80_000)];
  expect(batch?.rows.map((each) => `${each.memberNo}${each.name}`)).toEqual(['M1名0', 'M1名2', 'M2名1']);
});

it('counts bytes as the wire does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(utf8Bytes(text)).toBe(Buffer.byteLength(text, 'utf8'));
    }),
  );
});
