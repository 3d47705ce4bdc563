import { mappingOf, mappingShown } from '../../miniprogram/hq/import/mapping';
import { openSheet as openBytes, recordsOf } from '../../miniprogram/hq/import/sheet';
import type { Sheet } from '../../miniprogram/hq/import/sheet';

const openSheet = (text: string) => openBytes(new Uint8Array(Buffer.from(text)));
function opened(text: string): Sheet {
  const sheet = openSheet(text);
  if (!sheet.ok) throw new Error(sheet.failure);
  return sheet.value;
}

describe('opening a file', () => {
  it('says what to do with what is no text', () => {
    expect(openSheet('PK\u0003\u0004…')).toMatchObject({
      failure: expect.stringContaining('Excel') as string,
    });
    expect(openSheet('a\0b')).toMatchObject({ failure: expect.stringContaining('不是文本') as string });
    expect(openBytes(Uint8Array.of(0x1f, 0x8b, 8, 0))).toMatchObject({
      failure: expect.stringContaining('解压') as string,
    });
  });

  it.each([',', '\t', ';', '|', '，', '；', '、'])('finds the separator %j', (mark) => {
    const text = ['订单号', '会员号', '金额'].join(mark) + '\n' + ['A1', 'M1', '12.5'].join(mark);
    expect(opened(text)).toMatchObject({ separator: mark, headers: ['订单号', '会员号', '金额'] });
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

  it('loses only the line whose quote nobody closed', () => {
    const records = [...recordsOf(opened('号,注\n1,a\n2,"b\n3,c\n"4","d"'))];
    expect(records.map(({ row, record, wrong }) => [row, record['号'], wrong])).toEqual([
      [2, '1', undefined],
      [3, undefined, '引号没有成对，无法分列'],
      [4, '3', undefined],
      [5, '4', undefined],
    ]);
  });

  it('says which lines are damaged or longer than the header, and reads the others', () => {
    const bytes = Buffer.concat([
      Buffer.from('会员的号码,会员的姓名\n1,王芳\n2,'),
      Buffer.from([0xe7, 0x8e]),
      Buffer.from('\n3,c,d\n4,e,\n'),
    ]);
    const sheet = openBytes(new Uint8Array(bytes));
    if (!sheet.ok) throw new Error(sheet.failure);
    expect([...recordsOf(sheet.value)].map(({ row, wrong }) => [row, wrong])).toEqual([
      [2, undefined],
      [3, '有无法识别的字符，请检查文件编码'],
      [4, '有 3 列，比表头的 2 列多'],
      [5, undefined],
    ]);
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
