import { PageIntersectionObserver } from '../intersection';
import { listen, unlisten } from '../listeners';
import type { Phone } from '../phone';
import { SelectorQuery, type Caller } from '../selector';
import { cssPixels, isDark } from '../screen';
import { api, silent, type WxFamily } from './call';

const CAPSULE = { width: 87, height: 32, fromRight: 7, fromStatusBar: 6 };
const EVENTS = [
  'ThemeChange',
  'WindowResize',
  'KeyboardHeightChange',
  'NetworkStatusChange',
  'AppShow',
  'AppHide',
  'Error',
  'UnhandledRejection',
  'PageNotFound',
  'UserCaptureScreen',
  'MemoryWarning',
  'MenuButtonBoundingClientRectWeightChange',
];

/** How large her WeChat's text is (通用 · 字体大小): the address says `font=1.4`; 1 is the standard. */
const textScale = (): number => Number(new URLSearchParams(location.search).get('font')) || 1;

/** What WeChat says of the screen, the device and itself. */
export function device(phone: Phone): WxFamily {
  const windowFacts = () => {
    const statusBarHeight = cssPixels('--safe-top');
    const bottom = innerHeight - cssPixels('--safe-bottom');
    const view = phone.pages.pages.at(-1)?.view;
    return {
      pixelRatio: devicePixelRatio,
      screenWidth: innerWidth,
      screenHeight: innerHeight,
      windowWidth: innerWidth,
      windowHeight: view?.clientHeight || innerHeight,
      screenTop: view?.getBoundingClientRect().top ?? 0,
      statusBarHeight,
      safeArea: {
        left: 0,
        right: innerWidth,
        top: statusBarHeight,
        bottom,
        width: innerWidth,
        height: bottom - statusBarHeight,
      },
    };
  };
  const baseFacts = () => ({
    SDKVersion: '3.8.0',
    version: '8.0.50',
    language: 'zh_CN',
    theme: isDark() ? 'dark' : 'light',
    host: { env: 'WeChat' },
    enableDebug: false,
    fontSizeSetting: 17 * textScale(),
    fontSizeScaleFactor: textScale(),
  });
  const deviceFacts = () => ({
    brand: 'huitou',
    model: 'browser phone',
    system: 'iOS 17.0',
    platform: 'devtools',
    abi: '',
    benchmarkLevel: 50,
  });
  const everything = () => ({ ...baseFacts(), ...deviceFacts(), ...windowFacts() });
  const launch = () => {
    const first = phone.pages.pages[0];
    return {
      path: first?.route ?? '',
      query: first?.query ?? {},
      scene: phone.setup.scene,
      referrerInfo: {},
    };
  };
  const caller = () => phone.pages.current().instance as unknown as Caller;
  return {
    ...silent('vibrateShort', 'vibrateLong', 'setKeepScreenOn', 'setVisualEffectOnCapture'),
    getWindowInfo: windowFacts,
    getAppBaseInfo: baseFacts,
    getDeviceInfo: deviceFacts,
    getSystemInfoSync: everything,
    getSystemInfo: api('getSystemInfo', everything),
    getSystemInfoAsync: api('getSystemInfoAsync', everything),
    getSystemSetting: () => ({ bluetoothEnabled: true, locationEnabled: true, wifiEnabled: true }),
    getAppAuthorizeSetting: () => ({ notificationAuthorized: 'authorized', cameraAuthorized: 'authorized' }),
    getMenuButtonBoundingClientRect: () => {
      const top = cssPixels('--safe-top') + CAPSULE.fromStatusBar;
      const right = innerWidth - CAPSULE.fromRight;
      return {
        width: CAPSULE.width,
        height: CAPSULE.height,
        top,
        bottom: top + CAPSULE.height,
        left: right - CAPSULE.width,
        right,
      };
    },
    getLaunchOptionsSync: launch,
    getEnterOptionsSync: launch,
    getAccountInfoSync: () => ({
      miniProgram: { appId: 'wx0000000000000000', envVersion: 'develop', version: '' },
    }),
    getUpdateManager: () => ({
      onCheckForUpdate: (run: (r: { hasUpdate: boolean }) => void) => run({ hasUpdate: false }),
      onUpdateReady: () => undefined,
      onUpdateFailed: () => undefined,
      applyUpdate: () => undefined,
    }),
    nextTick: (run: () => void) => queueMicrotask(run),
    getNetworkType: api('getNetworkType', () => ({ networkType: phone.online ? 'wifi' : 'none' })),
    createSelectorQuery: () => new SelectorQuery(caller()),
    createIntersectionObserver: (component: Caller | null, options?: object) =>
      new PageIntersectionObserver(component ?? caller(), options),
    getPerformance: () => performance,
    reportEvent: () => undefined,
    ...Object.fromEntries(
      EVENTS.flatMap((event) => [
        [`on${event}`, (run: () => void) => listen(event, run)],
        [`off${event}`, (run?: () => void) => unlisten(event, run)],
      ]),
    ),
  };
}
