import { VALUES } from '../../membership/types';
import type { Script } from '../types';

const everyone = [...VALUES];

/** 流失: a year and more. She owes nothing; make leaving as easy as coming back. */
export const LOST_SCRIPTS: readonly Script[] = [
  {
    id: 'lost-thanks-1',
    version: 1,
    tone: 'thanks',
    occasion: 'invite',
    purpose: 'promo',
    lifecycles: ['lost'],
    values: everyone,
    scenario: '有回归礼包，谢谢她当初的选择',
    text: '{称呼}，我是{门店}的{导购}。算算您有{距上次}没来了，还是想跟您说声谢谢，谢谢您当初选了我们。要是愿意再来看看，这张{优惠}券请您收下。',
  },
  {
    id: 'lost-thanks-2',
    version: 1,
    tone: 'thanks',
    occasion: 'invite',
    purpose: 'promo',
    lifecycles: ['lost'],
    values: everyone,
    scenario: '不谈优惠，请她回来看看',
    text: '{称呼}，好久不见，我是{门店}的{导购}。您上次来还是{上次月份}，谢谢您那时候照顾我们。有空想请您回来看看现在的店，逛逛就走也欢迎。',
  },
  {
    id: 'lost-care-1',
    version: 1,
    tone: 'care',
    occasion: 'care',
    purpose: 'care',
    lifecycles: ['lost'],
    values: everyone,
    scenario: '问清不来的原因；她不想再收到消息就登记退订',
    text: '{称呼}，我是{门店}的{导购}，今天不推销，就想问一句：您{上次月份}以后没再来，是搬家了、用不上了，还是我们让您不满意？您要是不想再收到消息，直接说，我就不打扰了。',
  },
  {
    id: 'lost-care-2',
    version: 1,
    tone: 'care',
    occasion: 'care',
    purpose: 'promo',
    lifecycles: ['lost'],
    values: everyone,
    scenario: '货品换了不少，问她现在想找什么',
    text: '{称呼}，{距上次}没联系了，一切都好吧？我是{门店}的{导购}。店里的货换了不少，您要是有想找的东西，直接告诉我，有就给您留，没有我也照实说。',
  },
  {
    id: 'lost-remind-1',
    version: 1,
    tone: 'remind',
    occasion: 'countdown',
    purpose: 'promo',
    lifecycles: ['lost'],
    values: everyone,
    scenario: '有礼包，说清有效期，不催',
    text: '{称呼}，我是{门店}的{导购}。给您留了一张{优惠}券，领取后{有效期}内有效。不用现在就领，哪天打算过来，再点开领就行。',
  },
  {
    id: 'lost-remind-2',
    version: 1,
    tone: 'remind',
    occasion: 'countdown',
    purpose: 'promo',
    lifecycles: ['lost'],
    values: everyone,
    scenario: '怕她领了忘了用，把规则说在前面',
    text: '{称呼}，先跟您说清楚，免得白跑一趟：这张{优惠}券领取后{有效期}内有效，过后系统会收回，我也补不了。您挑个方便的日子来{门店}，来之前跟我{导购}说一声。',
  },
];
