import { announce } from '../listeners';
import type { Phone } from '../phone';
import { api, type WxFamily } from './call';

/** Cuts or restores the network of this phone alone. */
export function setOnline(phone: Phone, online: boolean): void {
  if (phone.online === online) return;
  phone.online = online;
  document.body.dataset.online = String(online);
  announce('NetworkStatusChange', { isConnected: online, networkType: online ? 'wifi' : 'none' });
}

interface RequestOptions {
  url: string;
  method?: string;
  data?: unknown;
  header?: Record<string, string>;
}

/** `wx.request`, to this machine only: the browser phone never leaves it. */
export function network(phone: Phone): WxFamily {
  return {
    request: api<RequestOptions>('request', async (o) => {
      if (!phone.online) throw new Error('net::ERR_INTERNET_DISCONNECTED');
      const url = new URL(o.url, location.href);
      if (url.origin !== location.origin) throw new Error(`url not in domain list: ${url.host}`);
      const get = (o.method ?? 'GET').toUpperCase() === 'GET';
      if (get) for (const [k, v] of Object.entries(o.data ?? {})) url.searchParams.set(k, String(v));
      const response = await fetch(url, {
        method: o.method ?? 'GET',
        headers: { 'content-type': 'application/json', ...o.header },
        body: get ? null : JSON.stringify(o.data),
      });
      const text = await response.text();
      const json = response.headers.get('content-type')?.includes('json') && text !== '';
      return {
        data: json ? (JSON.parse(text) as unknown) : text,
        statusCode: response.status,
        header: Object.fromEntries(response.headers),
      };
    }),
  };
}
