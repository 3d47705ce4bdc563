import { api, refuse, type WxFamily } from './call';

const LIMIT_KB = 10 * 1024;

/** Storage of one person: what one phone writes another never reads, though they share a browser. */
export function storage(openid: string): WxFamily {
  const prefix = `huitou:${openid}:`;
  const keys = () => Object.keys(localStorage).filter((k) => k.startsWith(prefix));
  const read = (key: string): unknown => {
    const text = localStorage.getItem(prefix + key);
    return text === null ? '' : (JSON.parse(text) as { value: unknown }).value;
  };
  const write = (key: string, value: unknown) => {
    const text = JSON.stringify({ value });
    if (text.length > 1024 * 1024) throw refuse(`data exceed max size 1MB (key ${key})`);
    localStorage.setItem(prefix + key, text);
  };
  const remove = (key: string) => localStorage.removeItem(prefix + key);
  const clear = () => keys().forEach((k) => localStorage.removeItem(k));
  const info = () => ({
    keys: keys().map((k) => k.slice(prefix.length)),
    currentSize: Math.ceil(keys().reduce((sum, k) => sum + (localStorage.getItem(k)?.length ?? 0), 0) / 1024),
    limitSize: LIMIT_KB,
  });
  return {
    getStorageSync: read,
    setStorageSync: write,
    removeStorageSync: remove,
    clearStorageSync: clear,
    getStorageInfoSync: info,
    getStorage: api<{ key: string }>('getStorage', (o) => {
      if (localStorage.getItem(prefix + o.key) === null) throw refuse('data not found');
      return { data: read(o.key) };
    }),
    setStorage: api<{ key: string; data: unknown }>('setStorage', (o) => write(o.key, o.data)),
    removeStorage: api<{ key: string }>('removeStorage', (o) => remove(o.key)),
    clearStorage: api('clearStorage', clear),
    getStorageInfo: api('getStorageInfo', info),
  };
}

/** Forgets what every phone of this browser stored; the demo begins anew. */
export function forgetAllStorage(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith('huitou:')) localStorage.removeItem(key);
}
