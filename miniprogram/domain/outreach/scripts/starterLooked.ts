import type { Script } from '../types';
import { ALL, script } from './scriptFor';

/** 看过页面: she looked at a page of ours by herself and ordered nothing. Offering help, never saying that one watched her. */
export const LOOKED_SCRIPTS: readonly Script[] = [
  script(
    'looked-care-1',
    ['looked', 'care', 'care'],
    ALL,
    '她看过我们的页面还没下单，问问有没有拿不准的；别说你看见她看了什么',
    '{称呼}，我是{门店}的{导购}。最近要是在挑东西，哪样拿不准都可以问我，我帮您比一比，不买也没关系。',
  ),
  script(
    'looked-thanks-1',
    ['looked', 'thanks', 'care'],
    ALL,
    '她看过我们的页面还没下单，谢谢她惦记',
    '{称呼}，谢谢您一直惦记着{门店}。有什么想看的，您说个大概，我{导购}先给您留意着，合适了再告诉您。',
  ),
];
