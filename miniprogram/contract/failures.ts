import { spokenTime } from '../domain/kernel/day';
import type { Ms } from '../domain/kernel/day';

/** Facts a refusal may carry besides its code. */
export interface FailureFacts {
  /** when the same act may be tried again; null = never */
  nextAllowedAt?: Ms | null;
  /** which part of the ask was wrong, e.g. `basketFen` */
  field?: string;
  /** a short Chinese word or number that the sentence needs */
  detail?: string;
  requestId?: string;
}
export interface Failure extends FailureFacts {
  code: FailureCode;
}

const at = (f: FailureFacts): string =>
  f.nextAllowedAt ? `，${spokenTime(f.nextAllowedAt)}之后可以再联系` : '';

/** Every refusal of the product and the sentence a person reads: what happened, and what to do. */
const SENTENCES = {
  'unknown-action': () => '这个功能不存在，请更新小程序后再试。',
  'bad-ask': (f) =>
    `提交的内容不完整或格式不对${f.field ? `（${f.field}${f.detail ? `：${f.detail}` : ''}）` : ''}，请检查后重试。`,
  'not-signed-in': () => '没有识别到您的微信身份，请从微信重新打开小程序。',
  'not-staff': () => '您还不是本店员工，请联系店长把您登记进来。',
  'not-allowed': () => '你的角色不能做这件事，请联系总部。',
  'out-of-scope': () => '这位顾客或任务不在你名下，请在自己的列表中操作。',
  'not-found': (f) => `没有找到${f.detail ?? '这条记录'}，它可能已被移走，请返回刷新。`,
  'request-key-missing': () => '这次操作缺少编号，请返回页面重试。',
  'opted-out': () => '顾客已退订，不再联系。谢谢你替她着想。',
  'quiet-hours': (f) => `现在是免打扰时间${at(f)}。`,
  'contact-cap': (f) => `最近联系得够多了${f.detail ? `（${f.detail}）` : ''}${at(f)}。`,
  'worn-out': () => '联系多次都没有回应，先不打扰了；等她自己来店或打开礼包，再联系不迟。',
  'contact-held': (f) => `有一次联系刚开始，还没说发没发出去，请先确认那一次${at(f)}。`,
  'undo-refused': (f) => `撤回不了：${f.detail ?? '请刷新后再看'}。`,
  resting: (f) => `顾客几次没有回应，先让她休息${at(f)}。`,
  'script-blank-missing': (f) => `话术里还有空白没填上（${f.detail ?? ''}），请换一条。`,
  'script-risky': (f) => `草稿里有不能发的词（${f.detail ?? ''}），请按提示修改。`,
  'script-unfit': (f) => `这条话术还不能保存：${f.detail ?? '请检查后再试'}。`,
  'pin-unfit': (f) => `这样调整不了：${f.detail ?? '请换一个原因'}。`,
  'test-unfit': (f) => `这个小测试开不了：${f.detail ?? '请换两条话术'}。`,
  'test-over': () => '这个小测试已经结束了，请刷新后再看。',
  'script-stale': (f) => `这条话术刚刚被改成了第${f.detail ?? ''}版，请看过新的再改。`,
  'words-unfit': (f) => `词表还不能保存：${f.detail ?? '请检查后再试'}。`,
  'words-stale': () => '词表刚刚被别人改过，请重新打开再改。',
  'channel-unset': (f) => `这里还没有开通${f.detail ?? '这种方式'}，请换一种方式联系，或请总部开通。`,
  'sms-too-long': () => '门店名和链接太长，一条短信写不下，请换一种方式联系。',
  'export-not-allowed': () => '你没有导出权限。需要导出请让总部在“门店与员工”里为你打开。',
  'export-over': () => '这次导出已经过了一小时，请重新开始。',
  'message-late': () => '这条消息已经过了有效时间，不能再发，可以丢弃。',
  'message-moved': () => '这条消息已经处理过了，刷新后就看不到了。',
  'task-closed': () => '这条任务已经结束，列表刷新后就看不到了。',
  'care-no-gift': () => '这是一条关怀任务，没有礼包卡可发；复制话术或打电话问候她。',
  'care-stale': () => '关怀设置刚刚被别人改过，请重新打开再改。',
  'care-unfit': (f) => `关怀设置还不能保存：${f.detail ?? '请检查后再试'}。`,
  'offers-stale': () => '礼遇设置刚刚被别人改过，请重新打开再改。',
  'offers-unfit': (f) => `礼遇设置还不能保存：${f.detail ?? '请检查后再试'}。`,
  'link-expired': () => '这份礼包已过领取时间。欢迎到店看看，店员会为您介绍最新的活动。',
  'gift-someone-elses': () => '这份礼包是送给另一位朋友的。您也可以到店了解自己的会员礼遇。',
  'gift-not-for-staff': () => '这是给顾客的礼包，员工只能预览。',
  'coupon-used': (f) => `这张券已经用过了${f.detail ? `（${f.detail}）` : ''}。`,
  'coupon-expired': () => '这张券已过有效期。',
  'coupon-revoked': () => '这张券已作废。',
  'coupon-wrong-branch': (f) => `这张券不在本店使用，适用门店：${f.detail ?? ''}。`,
  'coupon-below-minimum': (f) => `还差 ${f.detail ?? ''} 元达到用券门槛。`,
  'coupon-locked': (f) =>
    `这张券正在另一个收银台使用${f.nextAllowedAt ? `，${spokenTime(f.nextAllowedAt)}之后会自动放开` : ''}。请先确认那边是否已核销。`,
  'coupon-needs-categories': (f) => `这张券只限${f.detail ?? '部分品类'}，请填上这些品类的金额再算。`,
  'coupon-other-basket': () => '金额和刚才试算的不一样，请按新金额重新试算再核销。',
  'offline-code-bad': () => '这个离线码不对或被改过，请核对后再输；还是不行就请顾客联网刷新券页。',
  'offline-code-late': (f) => `这个离线码用的时间不对（${f.detail ?? ''}），不能补核销，请交店长处理。`,
  'offline-unset': () =>
    '还没有设置离线码密钥。请安装系统的人给云函数 gifts 设置环境变量 HUITOU_COUPON_SECRET（至少 16 位）。',
  'gift-sold-out': () => '这份礼包已经领完了。欢迎到店看看，店员会为您介绍别的优惠。',
  'survey-answered': () => '这份问卷您已经答过了，谢谢。',
  'survey-none': () => '这份礼包没有问卷。',
  'not-a-member': () => '还没有您的会员资料，请先打开店员发给您的礼包，或登记成为会员。',
  'already-registered': () => '您已经是会员了，不用再登记。',
  'below-margin': (f) => `这个优惠低于毛利底线：${f.detail ?? '请调整后再试'}。`,
  'remind-late': () => '这张券快到期了，提醒来不及发，请直接到店使用。',
  'remind-none': () => '本店没有开通这种提醒，请记一下日子，或到店问店员。',
  'referral-unknown': () => '没有这个邀请，请让朋友再发一次。',
  'referral-self': () => '不能邀请自己。',
  'referral-staff': () => '员工不能参加老带新。',
  'referral-known': () => '您已经是老会员了，老带新只给新朋友。',
  'referral-device': () => '这部手机已经登记过会员，不能再算新朋友。',
  'referral-loop': () => '邀请您的人正是您邀请来的，不能互相邀请。',
  'referral-taken': () => '这个邀请已经被另一位朋友用了，请让朋友再发一个。',
  'referral-off': () => '本店现在没有老带新活动，直接到店也一样欢迎。',
  'coupon-own': () => '不能核销自己的券，请同事代为核销。',
  'code-not-found': () => '没有找到这张券，请核对券码或暗号后再输一次。',
  'preview-stale': () => '预览之后会员或导购有变动，请重新预览再下发。',
  'campaign-empty': () => '没有符合条件的会员，请放宽人群后再试。',
  'campaign-not-open': () => '这个活动还没有开始或已经结束。',
  'campaign-paused': () => '总部暂停了这个活动，先不联系；恢复之后任务还在你的列表里。',
  'campaign-state': (f) => `现在不能这样做：${f.detail ?? '请刷新后再看'}。`,
  'campaign-stale': () => '这个活动刚刚被别人改过，请刷新后再操作。',
  'approve-own': () => '自己提交的活动要请另一位总部同事来通过。',
  'member-busy': (f) => `有 ${f.detail ?? ''} 位会员正在别的活动中。`,
  'import-no-member-column': (f) =>
    `文件里没有会员列，无法导入。可以充当会员列的有：${f.detail ?? '没有'}。请用“列对应”指定。`,
  'import-missing-column': (f) => `文件缺少必要的列：${f.detail ?? ''}。请用“列对应”指定。`,
  'rules-stale': (f) => `分层规则刚刚被改成了第${f.detail ?? ''}版，请看过新规则后再保存。`,
  'merge-refused': (f) => `这两个会员号不能合并：${f.detail ?? '请核对后再试'}。`,
  'invite-unknown': () => '没有这个邀请码，它是 8 位字母和数字，请核对后再输一次。',
  'invite-used': () => '这个邀请码已经有人用过了，请让店长或总部再发一个。',
  'invite-expired': () => '这个邀请码过了有效期，请让店长或总部再发一个。',
  'too-many-guesses': (f) =>
    `输错的次数太多了，请${f.nextAllowedAt ? `在${spokenTime(f.nextAllowedAt)}之后` : '过一小时'}再试。`,
  'too-often': (f) =>
    `做得太频繁了，请${f.nextAllowedAt ? `在${spokenTime(f.nextAllowedAt)}之后` : '过一小时'}再试。`,
  'already-staff': (f) =>
    `你已经是${f.detail ?? '本店员工'}，邀请码没有用掉。要换角色，请总部先为你办理离职；要多去一家店，请总部调整门店。`,
  'already-set-up': () => '系统里已经有总部账号，安装密钥不再有效。请让总部发一个邀请码给你。',
  'secret-unset': () =>
    '还没有设置安装密钥。请安装系统的人给云函数 members 设置环境变量 HUITOU_BOOTSTRAP_SECRET（至少 16 位）。',
  'secret-wrong': () => '安装密钥不对，请向安装系统的人核对后再输一次。',
  'last-hq': () => '这是最后一个总部账号，不能办理离职。请先邀请另一位总部同事加入。',
  'has-left': (f) => `${f.detail ?? '她'}已经离职，不能再改；要回来请重新发邀请码。`,
  'other-branch': () => '这不是你的门店，请在自己的门店里操作，或请总部来做。',
  'too-large': () => '一次提交的内容太多，请分几次提交。',
  'clerk-unfit': (f) => `这位导购现在不合适：${f.detail ?? '请换一位在岗的同事'}。`,
  busy: () => '刚才有人同时修改了同一条记录，请再点一次。',
  'bad-signature': () => '签名不对，请核对密钥。',
  'stale-timestamp': () => '时间戳与服务器相差超过 5 分钟，请校准时钟后重发。',
  'network-lost': () => '网络断开了，恢复后请再点一次，不会重复。',
  'network-lost-reading': () => '网络断开了，恢复后请重试。',
  'server-error': (f) => `系统出了点问题，请稍后再试${f.requestId ? `（编号 ${f.requestId}）` : ''}。`,
} as const satisfies Record<string, (facts: FailureFacts) => string>;

export type FailureCode = keyof typeof SENTENCES;

/**
 * What a person reads when something is refused.
 *
 * @example sentenceOf({ code: 'coupon-expired' }) // → '这张券已过有效期。'
 */
export function sentenceOf(failure: Failure): string {
  return SENTENCES[failure.code](failure);
}
