import type { Phone } from '../phone';
import type { Route } from '../pages';
import { tellDesk } from '../phone';
import { api, type WxFamily } from './call';

type Handler = (...args: unknown[]) => void;

/** The channel between a page and the one it opened. */
function eventChannel(given: Record<string, Handler> = {}) {
  const lists = new Map<string, Handler[]>(Object.entries(given).map(([name, run]) => [name, [run]]));
  const off = (name: string, run?: Handler) =>
    lists.set(name, run ? (lists.get(name) ?? []).filter((other) => other !== run) : []);
  const on = (name: string, run: Handler) => lists.set(name, [...(lists.get(name) ?? []), run]);
  return {
    on,
    off,
    once(name: string, run: Handler) {
      const onceOnly: Handler = (...args) => {
        off(name, onceOnly);
        run(...args);
      };
      on(name, onceOnly);
    },
    emit: (name: string, ...args: unknown[]) => (lists.get(name) ?? []).forEach((run) => run(...args)),
  };
}

/** Opening and closing pages. */
export function routes(phone: Phone): WxFamily {
  const route = (how: Route) =>
    api<{ url: string; events?: Record<string, Handler> }>(how, (options) => {
      const channel = eventChannel(options.events);
      const page = phone.pages.open(options.url, how, channel);
      tellDesk({ kind: 'opened', openid: phone.setup.openid, route: page.route });
      return how === 'navigateTo' ? { eventChannel: channel } : undefined;
    });
  return {
    navigateTo: route('navigateTo'),
    redirectTo: route('redirectTo'),
    reLaunch: route('reLaunch'),
    switchTab: route('switchTab'),
    navigateBack: api<{ delta?: number }>('navigateBack', (o) => phone.pages.back(o.delta)),
  };
}
