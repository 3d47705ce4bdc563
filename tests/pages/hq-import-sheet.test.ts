import { mappingOf, mappingShown } from '../../miniprogram/hq/import/mapping';
import { openSheet, recordsOf } from '../../miniprogram/hq/import/sheet';
import type { Sheet } from '../../miniprogram/hq/import/sheet';

function opened(text: string): Sheet {
  const sheet = openSheet(text);
  if (!sheet.ok) throw new Error(sheet.failure);
  return sheet.value;
}

describe('opening a file', () => {
  it('says what to do with a file in another encoding', () => {
    expect(openSheet('\uFFFD\uFFFD,\uFFFD\n1,2')).toEqual({
      ok: false,
      failure: '文件不是 UTF-8 编码，请另存为 UTF-8，或用命令行导入。',
    });
  });

  it('says that an empty file is empty', () => {
    expect(openSheet(' \n\n')).toMatchObject({ ok: false, failure: expect.stringContaining('空') as string });
  });

  it('reads a table pasted from a spreadsheet, with tabs, Windows line ends and a byte order mark', () => {
    const sheet = opened('\uFEFF会员号\t姓名\r\nM1\t王芳\r\n');
    expect(sheet.headers).toEqual(['会员号', '姓名']);
    expect([...recordsOf(sheet)]).toEqual([{ row: 2, record: { 会员号: 'M1', 姓名: '王芳' } }]);
  });

  it('finds the tab between two columns, whatever the file ends with', () => {
    for (const end of ['', '\n', '\r\n\r\n'])
      expect(opened(`会员号\t姓名\nM1\t王芳${end}`).headers).toEqual(['会员号', '姓名']);
  });

  it('tells two columns of one name apart', () => {
    expect(opened('金额,金额\n1,2').headers).toEqual(['金额', '金额（2）']);
  });

  it('passes over blank lines and keeps the numbers a spreadsheet shows', () => {
    expect([...recordsOf(opened('号\n\n1\n\n2'))].map((each) => each.row)).toEqual([3, 5]);
    expect([...recordsOf(opened('\n号,名\n1,a'))].map((each) => each.row)).toEqual([3]);
  });

  it('takes a line break inside quotes as part of the cell', () => {
    expect([...recordsOf(opened('号,注\n1,"a\nb"\n2,c'))].map((each) => each.record['注'])).toEqual([
      'a\nb',
      'c',
    ]);
  });

  it('reads a file longer than one step of the parser to its end', () => {
    const lines = Array.from({ length: 60_000 }, (_, i) => `A${i},"店,${i}"`);
    const records = [...recordsOf(opened(`单号,店\n${lines.join('\n')}\n`))];
    expect(records).toHaveLength(60_000);
    expect(records[59_999]).toEqual({ row: 60_001, record: { 单号: 'A59999', 店: '店,59999' } });
  });

  it('reads a cell longer than one step of the parser', () => {
    const long = 'x'.repeat(600_000);
    expect(
      [...recordsOf(opened(`号,注\n1,"${long}"\n2,y`))].map((each) => each.record['注']?.length),
    ).toEqual([600_000, 1]);
  });

  it('names the row whose quotes have no end instead of swallowing the rest', () => {
    const reading = recordsOf(opened('号,注\n1,a\n2,"b\n3,c'));
    expect(reading.next().done).toBe(false);
    expect(reading.next()).toEqual({ done: true, value: 3 });
  });
});

describe('which column means what', () => {
  const CHINESE = '订单号,会员号,门店,支付时间,实付金额\nA1,M1,一店,2024-03-05,10';
  const FOREIGN =
    'household_id,store_id,basket_id,product_id,sales_value,transaction_timestamp\n1,2,3,4,5,2017-01-01 10:00:00';
  const shownOf = (text: string, choice = {}) => {
    const sheet = opened(text);
    return mappingShown('orders', sheet, mappingOf('orders', sheet.headers, choice));
  };

  it('recognises usual headers without being told', () => {
    expect(shownOf(CHINESE).missing).toBe('');
  });

  it('shows what it recognised even when the member column is missing, and asks for that one only', () => {
    const shown = shownOf(FOREIGN);
    expect(shown.missing).toContain('还差会员号：');
    expect(shown.columns.filter((each) => each.header).map((each) => each.header)).toEqual(
      expect.arrayContaining(['basket_id', 'store_id', 'sales_value', 'transaction_timestamp', 'product_id']),
    );
    expect(shown.columns.find((each) => each.column === 'memberNo')?.header).toBe('');
  });

  it('takes the column a person names', () => {
    expect(mappingOf('orders', opened(FOREIGN).headers, { memberNo: 'household_id' })).toMatchObject({
      memberNo: 'household_id',
      orderNo: 'basket_id',
    });
    expect(shownOf(FOREIGN, { memberNo: 'household_id' }).missing).toBe('');
  });

  it('leaves out a column a person does not want', () => {
    expect(mappingOf('orders', opened(FOREIGN).headers, { memberNo: 'household_id', line: null }).line).toBe(
      undefined,
    );
  });

  it('is content with the order time when there is no payment time', () => {
    const shown = shownOf('订单号,会员号,门店,下单时间,实付金额\nA1,M1,一店,2024-03-05,10');
    expect(shown.missing).toBe('');
    expect(shown.columns.find((each) => each.column === 'paidAt')?.isNeeded).toBe(false);
  });
});
