import { provideCapability } from '../capability';
import { askList, draw, drawButton, openLayer } from '../ui/layer';
import type { Phone } from '../phone';
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

/** Everything that concerns the person holding the phone: login, permissions, calls, messages. */
export function people(phone: Phone): WxFamily {
  const code = () => `local-${phone.setup.openid}-${crypto.randomUUID()}`;
  provideCapability('getPhoneNumber', (host) => {
    void askList('允许使用手机号?', ['允许']).then((pick) =>
      host.emit(
        'getphonenumber',
        pick === 0
          ? { errMsg: 'getPhoneNumber:ok', code: code() }
          : { errMsg: 'getPhoneNumber:fail user deny' },
      ),
    );
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
