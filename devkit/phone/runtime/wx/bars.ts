import type { Phone } from '../phone';
import { api, silent, type WxFamily } from './call';

/** Title bar, tab bar, scrolling and pulling of the visible page. */
export function bars(phone: Phone): WxFamily {
  const top = () => phone.pages.current();
  return {
    ...silent(
      'showNavigationBarLoading',
      'hideNavigationBarLoading',
      'hideHomeButton',
      'setBackgroundColor',
      'setBackgroundTextStyle',
      'setTabBarStyle',
      'setTabBarItem',
      'hideKeyboard',
    ),
    setNavigationBarTitle: api<{ title: string }>('setNavigationBarTitle', (o) => top().setTitle(o.title)),
    setNavigationBarColor: api<{ frontColor: string; backgroundColor: string }>(
      'setNavigationBarColor',
      (o) => {
        top().setColors(o.frontColor, o.backgroundColor);
        document.body.dataset.front = top().element.dataset.front;
      },
    ),
    pageScrollTo: api<{ scrollTop?: number; selector?: string; offsetTop?: number; duration?: number }>(
      'pageScrollTo',
      (o) => {
        const { scroller } = top();
        const target = o.selector ? scroller.querySelector(o.selector) : null;
        if (o.selector && !target) throw new Error(`找不到节点 ${o.selector}`);
        const found = target
          ? target.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop
          : (o.scrollTop ?? 0);
        scroller.scrollTo({
          top: found + (target ? (o.offsetTop ?? 0) : 0),
          behavior: o.duration === 0 ? 'instant' : 'smooth',
        });
      },
    ),
    startPullDownRefresh: api('startPullDownRefresh', () => top().startPullDown()),
    stopPullDownRefresh: api('stopPullDownRefresh', () => top().stopPullDown()),
    ...tabBar(phone),
  };
}

/** Badges and dots of the tab bar, which each tab page draws for itself. */
function tabBar(phone: Phone): WxFamily {
  const eachTab = (index: number, run: (tab: Element) => void) => {
    const tabs = phone.compiled.app.tabBar?.list ?? [];
    if (!tabs[index]) throw new Error(`tabbar item ${index} not found`);
    for (const bar of document.querySelectorAll('.tab-bar')) {
      const tab = bar.children[index];
      if (tab) run(tab);
    }
  };
  const badge = (tab: Element, text: string | null) => {
    if (text === null) tab.removeAttribute('data-badge');
    else tab.setAttribute('data-badge', text);
  };
  const bar = (hidden: boolean) => () => {
    for (const one of document.querySelectorAll<HTMLElement>('.tab-bar')) one.hidden = hidden;
  };
  return {
    setTabBarBadge: api<{ index: number; text: string }>('setTabBarBadge', (o) =>
      eachTab(o.index, (t) => badge(t, o.text)),
    ),
    removeTabBarBadge: api<{ index: number }>('removeTabBarBadge', (o) =>
      eachTab(o.index, (t) => badge(t, null)),
    ),
    showTabBarRedDot: api<{ index: number }>('showTabBarRedDot', (o) =>
      eachTab(o.index, (t) => badge(t, '')),
    ),
    hideTabBarRedDot: api<{ index: number }>('hideTabBarRedDot', (o) =>
      eachTab(o.index, (t) => badge(t, null)),
    ),
    showTabBar: api('showTabBar', bar(false)),
    hideTabBar: api('hideTabBar', bar(true)),
  };
}
