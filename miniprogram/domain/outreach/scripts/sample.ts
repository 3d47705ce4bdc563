import type { ScriptBlank } from '../types';
import { renderScript } from './render';

/** A customer who does not exist, for showing what a script will read like: every blank has a value of usual length. */
export const SAMPLE_BLANKS: Readonly<Record<ScriptBlank, string>> = {
  称呼: '小芳',
  导购: '小陈',
  门店: '城西店',
  距上次: '半年多',
  上次月份: '去年8月',
  优惠: '7折',
  有效期: '48小时',
  赠品: '护手霜小样',
  节日: '中秋节',
  品类: '奶粉',
  爱买: '童装',
  会员日: '25号',
  活动: '周末试吃会',
  等级: '金卡',
  积分: '320',
};

/** What each blank stands for, in the words of whoever writes a script. */
export const BLANK_MEANINGS: Readonly<Record<ScriptBlank, string>> = {
  称呼: '怎么叫这位顾客',
  导购: '发消息的导购',
  门店: '导购所在门店',
  距上次: '多久没买了',
  上次月份: '上次是几月',
  优惠: '礼包里的券',
  有效期: '券领取后多久有效',
  赠品: '礼包里的赠品',
  节日: '临近的节日',
  品类: '快用完的品类',
  爱买: '最常买的品类',
  会员日: '门店会员日',
  活动: '正在邀请的活动',
  等级: '会员等级',
  积分: '快到期的积分',
};

/** A script as the sample customer would read it. @example sampleText('{称呼}，您好') // → '小芳，您好' */
export function sampleText(text: string): string {
  return renderScript(text, SAMPLE_BLANKS).text;
}
