import type { Script } from '../types';
import { ALL, BOUGHT, script } from './scriptFor';

/** A wish asks for nothing: an order that waits for payment is no reason to leave it out. */
const EVERYBODY: Script['lifecycles'] = [...ALL, 'orderUnpaid'];

/** 生日 and 节日: wishes first; whoever wants to sell something does it in one line at the end, or not at all. */
const WISHES: readonly Script[] = [
  script(
    'birthday-thanks-1',
    ['birthday', 'thanks', 'care'],
    EVERYBODY,
    '生日前三天内，只祝福，不谈优惠',
    '{称呼}，我是{门店}的{导购}。再过几天就是您的生日，先祝您生日快乐，一家人平平安安。谢谢您一直记着我们这家小店。',
  ),
  script(
    'birthday-care-1',
    ['birthday', 'care', 'care'],
    EVERYBODY,
    '生日当天或前一天发；生日过了就别补发',
    '{称呼}，生日快乐！我是{门店}的{导购}。不知道您今年怎么过，别忘了吃碗长寿面。路过店里就进来坐坐，我给您泡杯热茶。',
  ),
  script(
    'birthday-remind-1',
    ['birthday', 'remind', 'promo'],
    BOUGHT,
    '生日前后，礼包还能领时用',
    '{称呼}，祝您生日快乐。给您备了一张{优惠}券当生日心意，领取后{有效期}内有效，您挑个方便的日子再领就好。{门店} {导购}',
  ),
  script(
    'festival-thanks-1',
    ['festival', 'thanks', 'care'],
    EVERYBODY,
    '节前几天，只问好',
    '{称呼}，{节日}快到了，{门店}的{导购}给您问个好。谢谢您这些年的照顾，祝您和家里人身体健康、事事顺心。',
  ),
  script(
    'festival-care-1',
    ['festival', 'care', 'care'],
    EVERYBODY,
    '节前几天，愿意帮忙备东西时用',
    '{称呼}，{节日}快乐。过节家里要是缺点什么，跟我说一声，我先帮您看看店里有没有，省得您白跑一趟。我是{门店}的{导购}。',
  ),
  script(
    'festival-invite-1',
    ['festival', 'thanks', 'promo'],
    BOUGHT,
    '节前几天，礼包还能领时用',
    '{称呼}，{节日}要到了，先祝您节日快乐。给您留了一张{优惠}券，备节礼的时候也许用得上。我是{门店}的{导购}，要什么我帮您配好。',
  ),
];

/** 换季, 补货, 会员日: things that come round again. */
const ROUNDS: readonly Script[] = [
  script(
    'season-care-1',
    ['season', 'care', 'care'],
    ALL,
    '换季那个月，只关心',
    '{称呼}，换季了，忽冷忽热容易着凉，您和家里人多留意。我是{门店}的{导购}，换季的东西有拿不准的，随时问我。',
  ),
  script(
    'season-new-1',
    ['season', 'thanks', 'promo'],
    BOUGHT,
    '店里确实换了季节的货时用',
    '{称呼}，换季了，店里的货也跟着换了。您{上次月份}买的还在用吧？想添点这一季的，我拍几样给您挑。{门店} {导购}',
  ),
  script(
    'season-invite-1',
    ['season', 'remind', 'promo'],
    BOUGHT,
    '换季那个月，礼包还能领时用',
    '{称呼}，换季该添的东西您备齐了吗？给您留了一张{优惠}券，来{门店}找我{导购}，我照着您家里有的来配，不让您多买。',
  ),
  script(
    'refill-care-1',
    ['refill', 'care', 'care'],
    BOUGHT,
    '按她的用量该补货了；先看看她最近有没有在别处买',
    '{称呼}，我是{门店}的{导购}。算算日子，您上次买的{品类}差不多该用完了。还用得着就跟我说一声，我给您留着；家里还有就不急。',
  ),
  script(
    'refill-remind-1',
    ['refill', 'remind', 'promo'],
    BOUGHT,
    '按她的用量该补货了，想约她来取',
    '{称呼}，跟您提个醒，家里的{品类}还够用吗？您告诉我要几样，我{导购}先在{门店}帮您放好，您哪天顺路来拿都行。',
  ),
  script(
    'refill-thanks-1',
    ['refill', 'thanks', 'promo'],
    BOUGHT,
    '该补货了，礼包还能领时用',
    '{称呼}，谢谢您一直在我们家买{品类}。给您备了一张{优惠}券，补货的时候正好用上。我是{门店}的{导购}，要几样您说一声。',
  ),
  script(
    'memberday-thanks-1',
    ['memberDay', 'thanks', 'promo'],
    BOUGHT,
    '会员日前几天，请她来坐坐',
    '{称呼}，{会员日}是我们的会员日，想请您回来坐坐。我是{门店}的{导购}，您想看什么提前说，我帮您备着，来了不用等。',
  ),
  script(
    'memberday-care-1',
    ['memberDay', 'care', 'knowledge'],
    BOUGHT,
    '会员日前几天，告诉她那天人多',
    '{称呼}，跟您说一声，{会员日}会员日店里人会多些。您喜欢清静的话，错开那天来也一样，我{导购}在{门店}等您。',
  ),
  script(
    'memberday-invite-1',
    ['memberDay', 'thanks', 'care'],
    ['visitedNoOrder', 'prospect'],
    '会员日前几天，请还没买过的会员来看看',
    '{称呼}，{会员日}是我们店的会员日，店里会热闹些。您得空就来转转，看看有没有喜欢的，不买也欢迎。我是{门店}的{导购}，到了找我。',
  ),
  script(
    'memberday-remind-1',
    ['memberDay', 'remind', 'promo'],
    BOUGHT,
    '会员日前几天，礼包还能领时用',
    '{称呼}，{会员日}是会员日，给您留的{优惠}券那天也能用，领取后{有效期}内有效，您定了来再领。{门店} {导购}',
  ),
];

/** 活动, 等级, 积分: only while there really is one, and only what the clerk can look up. */
const MATTERS: readonly Script[] = [
  script(
    'event-thanks-1',
    ['event', 'thanks', 'promo'],
    ALL,
    '店里真有这场活动、日子定了才用',
    '{称呼}，我们店要办一场{活动}，想请您来热闹热闹。您要是有空，告诉我来几位，我{导购}给您留座。{门店}随时欢迎您。',
  ),
  script(
    'event-care-1',
    ['event', 'care', 'care'],
    ALL,
    '她可能嫌吵，先问她喜不喜欢',
    '{称呼}，店里办{活动}，我头一个想到您。不知道您喜不喜欢这样的场合？来不来都没关系，跟我{导购}说一声就行。{门店}',
  ),
  script(
    'event-remind-1',
    ['event', 'remind', 'care'],
    ALL,
    '她答应来了，活动前一天提醒',
    '{称呼}，提醒您一句，您答应来的{活动}快到了。路上不着急，到了{门店}找我{导购}，我带您进去。',
  ),
  script(
    'level-thanks-1',
    ['levelKeep', 'thanks', 'care'],
    BOUGHT,
    '等级要重新算之前，先谢谢她',
    '{称呼}，谢谢您一直是我们的{等级}会员。等级到了重新算的时候，我先跟您说一声，有什么不明白的问我{导购}。{门店}',
  ),
  script(
    'level-remind-1',
    ['levelKeep', 'remind', 'care'],
    BOUGHT,
    '等级快要往下调；别拿来催她花钱',
    '{称呼}，您的{等级}会员快到重新算的日子了。还差多少我可以帮您查，要不要留着您自己定，不勉强。{门店} {导购}',
  ),
  script(
    'points-remind-1',
    ['points', 'remind', 'care'],
    BOUGHT,
    '积分真的快到期了才用',
    '{称呼}，您账上有{积分}积分到日子就要清了，换点家里用得着的东西吧。想换什么跟我说，我{导购}帮您看看{门店}还有没有。',
  ),
  script(
    'points-care-1',
    ['points', 'care', 'care'],
    BOUGHT,
    '她不会换积分时用',
    '{称呼}，我是{门店}的{导购}。您还有{积分}积分没换过，要是不知道怎么换，来店里我教您，或者告诉我想要什么，我替您看看。',
  ),
];

/** Scripts that need a day or a matter of their own. */
export const OCCASION_SCRIPTS: readonly Script[] = [...WISHES, ...ROUNDS, ...MATTERS];
