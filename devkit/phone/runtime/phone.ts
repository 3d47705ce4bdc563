import { setVirtualNow } from './clock';
import type { PageStack } from './pages';
import type { PhoneSetup } from './setup';
import type { CompiledApp } from './types';

/** A card as it lies in a chat. */
export interface ShareCard {
  title: string;
  path: string;
  imageUrl: string;
}

/** What a phone tells the desk around it. */
export type PhoneMessage =
  | { kind: 'opened'; openid: string; route: string }
  | { kind: 'draft'; text: string }
  | { kind: 'card'; card: ShareCard }
  | { kind: 'ask-codes'; id: number };

/** Everything the parts of one phone share. */
export interface Phone {
  setup: PhoneSetup;
  compiled: CompiledApp;
  pages: PageStack;
  /** The mini program's App object. */
  app: Record<string, unknown>;
  online: boolean;
  clipboard: string;
  /** Cards shared from this phone, newest last. */
  shared: ShareCard[];
}

/** Tells the desk, if there is one; a phone that stands alone tells nobody. */
export function tellDesk(message: PhoneMessage): void {
  if (window.parent !== window)
    window.parent.postMessage({ from: 'huitou-phone', ...message }, location.origin);
}

/** Whether a desk stands around this phone. */
export function hasDesk(): boolean {
  return window.parent !== window;
}

/** A request to the server that served this phone; an Error when this phone's network is cut. */
export async function ask(phone: Phone, path: string, body: Blob | object): Promise<Response> {
  if (!phone.online) throw new Error('request:fail');
  const raw = body instanceof Blob;
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': raw ? 'application/octet-stream' : 'application/json' },
    body: raw ? body : JSON.stringify(body),
  }).catch(() => {
    throw new Error('request:fail');
  });
  const now = Number(response.headers.get('x-huitou-now'));
  if (now) setVirtualNow(now);
  return response;
}
