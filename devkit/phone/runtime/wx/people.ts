import { provideCapability } from '../capability';
import { askList, draw, drawButton, openLayer } from '../ui/layer';
import { ask, type Phone } from '../phone';
import { api, silent, type WxFamily } from './call';

/** Asks for subscribe messages the way WeChat does; answers accept or reject for every template. */
function askSubscription(tmplIds: string[]): Promise<Record<string, string>> {
  return new Promise((answer) => {
    const decide = (verdict: 'accept' | 'reject') => () => {
      layer.close();
      answer(Object.fromEntries(tmplIds.map((id) => [id, verdict])));
    };
    const layer = openLayer(
      'sheet',
      [
        draw('h3', 'sheet-heading', '允许发送一次服务通知'),
        draw('p', 'sheet-title', `共 ${tmplIds.length} 条模板：${tmplIds.join('、')}`),
        draw(
          'div',
          'sheet-pair',
          drawButton('取消', 'pair-plain', decide('reject')),
          drawButton('允许', 'pair-main', decide('accept')),
        ),
      ],
      decide('reject'),
    );
  });
}

/**
 * WeChat's own sheet before a page gets to know a phone number. What the page gets is a code that its server exchanges;
 * the number itself never comes to the page.
 */
function askPhoneNumber(phone: Phone): Promise<{ errMsg: string; errno?: number; code?: string }> {
  const refused = (why: string, errno: number) => ({ errMsg: `getPhoneNumber:fail ${why}`, errno });
  return new Promise((answer) => {
    const close = (result: Parameters<typeof answer>[0]) => () => {
      layer.close();
      answer(result);
    };
    const allow = () => {
      layer.close();
      void ask(phone, '/api/phone-code', { openid: phone.setup.openid })
        .then((response) => response.json() as Promise<{ code?: string }>)
        .then(({ code }) =>
          answer(code ? { errMsg: 'getPhoneNumber:ok', code } : refused('no permission', 102)),
        )
        .catch(() => answer(refused('network error', 5)));
    };
    const denied = refused('user deny', 103);
    const layer = openLayer(
      'sheet',
      [
        draw('h3', 'sheet-heading', '申请获取并验证你的手机号'),
        draw('p', 'sheet-title', '这部浏览器手机的微信绑定号码'),
        draw(
          'div',
          'sheet-pair',
          drawButton('不允许', 'pair-plain', close(denied)),
          drawButton('允许', 'pair-main', allow),
        ),
      ],
      () => answer(denied),
    );
  });
}

/** Everything that concerns the person holding the phone: login, permissions, calls, messages. */
export function people(phone: Phone): WxFamily {
  const code = () => `local-${phone.setup.openid}-${crypto.randomUUID()}`;
  provideCapability('getPhoneNumber', (host) => {
    void askPhoneNumber(phone).then((answer) => host.emit('getphonenumber', answer));
  });
  provideCapability('chooseAvatar', (host) => host.emit('chooseavatar', { avatarUrl: '' }));
  provideCapability('contact', (host) => host.emit('contact', { errMsg: 'enterContact:ok' }));
  provideCapability('agreePrivacyAuthorization', (host) =>
    host.emit('agreeprivacyauthorization', { errMsg: 'agreePrivacyAuthorization:ok' }),
  );
  provideCapability('openSetting', (host) => host.emit('opensetting', { authSetting: {} }));
  provideCapability('feedback', () => undefined);
  return {
    ...silent(
      'checkSession',
      'authorize',
      'openPrivacyContract',
      'requirePrivacyAuthorize',
      'reportAnalytics',
    ),
    login: api('login', () => ({ code: code() })),
    getSetting: api('getSetting', () => ({ authSetting: {}, subscriptionsSetting: { mainSwitch: true } })),
    openSetting: api('openSetting', () => ({ authSetting: {} })),
    getPrivacySetting: api('getPrivacySetting', () => ({
      needAuthorization: false,
      privacyContractName: '',
    })),
    onNeedPrivacyAuthorization: () => undefined,
    requestSubscribeMessage: api<{ tmplIds: string[] }>('requestSubscribeMessage', (o) => {
      if (!Array.isArray(o.tmplIds) || o.tmplIds.length === 0) throw new Error("TmplIds can't be empty");
      return askSubscription(o.tmplIds);
    }),
    makePhoneCall: api<{ phoneNumber: string }>('makePhoneCall', async (o) => {
      if (!o.phoneNumber) throw new Error('phoneNumber is empty');
      const pick = await askList('', [`呼叫 ${o.phoneNumber}`]);
      if (pick === null) throw new Error('cancel');
    }),
  };
}
