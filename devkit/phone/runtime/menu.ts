import type { Phone } from './phone';
import { askList, draw, drawButton } from './ui/layer';
import { setOnline } from './wx/network';
import { sharePage } from './wx/share';

/** The shops' own time, whatever zone this computer is in. */
const SHANGHAI = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
});

/** The status bar, the capsule with its menu, and the line at the bottom: drawn once, above all pages. */
export function drawGlass(phone: Phone, place: HTMLElement): void {
  const clock = draw('span', 'status-clock');
  const tick = () => {
    clock.textContent = SHANGHAI.format(new Date());
  };
  tick();
  setInterval(tick, 10_000);
  const status = draw('div', 'status-bar', clock, draw('span', 'status-net'), draw('span', 'status-battery'));
  const more = drawButton('', 'capsule-more', () => void openMenu(phone));
  more.ariaLabel = '更多';
  const home = drawButton('', 'capsule-home', () => goHome(phone));
  home.ariaLabel = '回到首页';
  place.append(status, draw('div', 'capsule', more, home), draw('div', 'home-line'));
}

function goHome(phone: Phone): void {
  const first = phone.compiled.pages[0] ?? '';
  phone.pages.open(`/${first}`, 'reLaunch');
}

async function openMenu(phone: Phone): Promise<void> {
  const page = phone.pages.current();
  const canShare = typeof page.instance['onShareAppMessage'] === 'function';
  const actions: [label: string, run: () => void][] = [
    ...(canShare ? [['转发给朋友', () => void sharePage(phone, 'menu')] as [string, () => void]] : []),
    ...(page.config.enablePullDownRefresh
      ? [['下拉刷新', () => page.startPullDown()] as [string, () => void]]
      : []),
    [phone.online ? '断开这台手机的网络' : '恢复这台手机的网络', () => setOnline(phone, !phone.online)],
    ['重新进入小程序', () => goHome(phone)],
  ];
  const pick = await askList(
    canShare ? '' : '当前页面不可转发',
    actions.map(([label]) => label),
  );
  if (pick !== null) actions[pick]?.[1]();
}
