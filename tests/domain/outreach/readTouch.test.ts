import { day, startOf } from '../../../miniprogram/domain/kernel/day';
import { mapTouchColumns } from '../../../miniprogram/domain/membership/csv/columns';
import { readTouchRow } from '../../../miniprogram/domain/outreach/readTouch';

const COLUMNS = { memberNo: '会员号', at: '联系时间', channel: '方式', purpose: '目的', clerkNo: '导购' };
const read = (方式: string, 目的 = '', 联系时间 = '2025/3/1 15:00') =>
  readTouchRow({ 会员号: 'M1', 联系时间, 方式, 目的, 导购: 'C7' }, COLUMNS, 2);

describe('a file of past contacts', () => {
  it('needs the member and the time, under the names other books give them', () => {
    expect(mapTouchColumns(['客户编号', '跟进时间', '跟进方式'], {})).toMatchObject({
      value: { memberNo: '客户编号', at: '跟进时间', channel: '跟进方式' },
    });
    expect(mapTouchColumns(['客户编号'], {})).toMatchObject({ failure: { code: 'import-missing-column' } });
    expect(mapTouchColumns(['时间'], {})).toMatchObject({ failure: { code: 'import-no-member-column' } });
  });

  it.each([
    ['', 'copy'],
    ['微信私聊', 'copy'],
    ['企业微信', 'wecom'],
    ['短信', 'sms'],
    ['电话回访', 'call'],
    ['小程序卡片', 'shareCard'],
  ])('reads the way %p as %s', (word, channel) => {
    expect(read(word)).toMatchObject({
      value: { channel, at: startOf(day('2025-03-01'), 15), clerkNo: 'C7' },
    });
  });

  it('counts a contact nobody can explain as a push, never too lightly', () => {
    expect(read('', '')).toMatchObject({ value: { purpose: 'promo' } });
    expect(read('', '生日问候')).toMatchObject({ value: { purpose: 'care' } });
    expect(read('', '保养知识')).toMatchObject({ value: { purpose: 'knowledge' } });
  });

  it('refuses what it does not understand, and repeats nothing of it', () => {
    for (const refused of [read('飞鸽'), read('', '不知道'), read('', '', '前天')]) {
      expect(refused.ok).toBe(false);
      expect(JSON.stringify(refused)).not.toMatch(/飞鸽|不知道|前天/);
    }
    expect(readTouchRow({ 联系时间: '2025/3/1' }, COLUMNS, 9)).toMatchObject({
      failure: { row: 9, reason: '会员号是空的' },
    });
  });
});
