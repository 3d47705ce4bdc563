import type { Phone } from '../phone';
import { bars } from './bars';
import type { WxFamily } from './call';
import { cloud } from './cloud';
import { device } from './device';
import { dialogs } from './dialogs';
import { files } from './files';
import { network } from './network';
import { people } from './people';
import { withPrivacy } from './privacy';
import { routes } from './routes';
import { scanning } from './scan';
import { sharing } from './share';
import { storage } from './storage';

/** Asked for only to learn whether they exist: WeCom's own, and what promise libraries look for. */
const MAY_BE_MISSING = new Set(['qy', 'then', 'toJSON', '$$typeof', 'nodeType']);

/** The `wx` object of one phone. A name it does not have is said aloud once and is undefined, as on an old WeChat. */
export function createWx(phone: Phone): WxFamily {
  const known: WxFamily = withPrivacy({
    ...routes(phone),
    ...bars(phone),
    ...dialogs(),
    ...storage(phone.setup.openid),
    ...device(phone),
    ...people(phone),
    ...scanning(),
    ...files(),
    ...sharing(phone),
    ...network(phone),
    ...cloud(phone),
  });
  known['canIUse'] = (schema: string) => {
    const [first = ''] = schema.split('.');
    return first in known || document.createElement(`wx-${first}`) instanceof HTMLElement;
  };
  const warned = new Set<PropertyKey>();
  return new Proxy(known, {
    get(target, name) {
      const found = Reflect.get(target, name) as unknown;
      if (found !== undefined || typeof name === 'symbol' || MAY_BE_MISSING.has(name) || warned.has(name))
        return found;
      warned.add(name);
      console.warn(`浏览器手机没有实现 wx.${name};在这里它是 undefined,真机上可能存在。`);
      return undefined;
    },
  });
}
