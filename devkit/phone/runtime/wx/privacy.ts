import { precedeCapability, provideCapability } from '../capability';
import { api, refuse, type WxFamily } from './call';

/** Calls that WeChat holds until the person has agreed to the privacy guide. */
const HELD = [
  'setClipboardData',
  'getClipboardData',
  'chooseMessageFile',
  'chooseMedia',
  'chooseImage',
  'saveImageToPhotosAlbum',
];
const NOT_AUTHORIZED = 'privacy permission is not authorized';

interface Answer {
  event: 'exposureAuthorization' | 'agree' | 'disagree';
  buttonId?: string;
}
type Listener = (resolve: (answer: Answer) => void, info: { referrer: string }) => void;
type Call = (options?: object) => Promise<unknown> | undefined;

/**
 * WeChat's consent. The owner of a browser phone has agreed already, unless its address says `privacy=ask`: then the first call
 * that touches something of hers asks, as on a phone that opens the mini program for the first time.
 */
export function withPrivacy(family: WxFamily): WxFamily {
  let isAgreed = new URLSearchParams(location.search).get('privacy') !== 'ask';
  let listener: Listener | null = null;
  const tapped = new Set<string>();
  provideCapability('agreePrivacyAuthorization', (host) => {
    tapped.add(host.root.id);
    host.emit('agreeprivacyauthorization');
  });

  /** Waits for her answer; an Error in WeChat's words when she says no. */
  const consent = (referrer: string): Promise<void> =>
    new Promise((go, stop) => {
      if (isAgreed) return go();
      if (!listener) return stop(refuse(NOT_AUTHORIZED, 104));
      listener(
        ({ event, buttonId = '' }) => {
          if (event === 'disagree') stop(refuse(NOT_AUTHORIZED, 104));
          if (event !== 'agree') return;
          // WeChat looks whether the button was really tapped.
          if (!tapped.has(buttonId)) return stop(refuse('the agree button was not tapped'));
          isAgreed = true;
          go();
        },
        { referrer },
      );
    });
  precedeCapability('getPhoneNumber', (host, go) => {
    consent('getPhoneNumber').then(go, () =>
      host.emit('getphonenumber', { errMsg: `getPhoneNumber:fail ${NOT_AUTHORIZED}`, errno: 104 }),
    );
  });
  const held = HELD.filter((name) => name in family).map((name) => [
    name,
    api<{ success?: unknown; fail?: unknown; complete?: unknown }>(name, async (options) => {
      await consent(name);
      // Whoever waits by callbacks is answered by the outer call; the inner one answers by a promise.
      return (family[name] as Call)({ ...options, success: undefined, fail: undefined, complete: undefined });
    }),
  ]);
  return {
    ...family,
    ...Object.fromEntries(held),
    onNeedPrivacyAuthorization: (run: Listener) => (listener = run),
    getPrivacySetting: api('getPrivacySetting', () => ({
      needAuthorization: !isAgreed,
      privacyContractName: '《小程序隐私保护指引》',
    })),
    requirePrivacyAuthorize: api('requirePrivacyAuthorize', () => consent('requirePrivacyAuthorize')),
  };
}
