import { formatAddress } from '../address';
import { provideCapability } from '../capability';
import { pictureUrl } from '../files';
import { tellDesk, type Phone, type ShareCard } from '../phone';
import { callPage } from '../types';
import { draw, drawButton, openLayer } from '../ui/layer';
import { api, silent, type WxFamily } from './call';

const PROMISE_MS = 3000;

interface ShareAnswer {
  title?: string;
  path?: string;
  imageUrl?: string;
  promise?: Promise<ShareAnswer>;
}

/** What a page may answer: a card, a promise of one, or a card that holds a promise of a better one (3 s at most). */
async function settle(answer: unknown): Promise<ShareAnswer> {
  const first = ((await answer) ?? {}) as ShareAnswer;
  if (!first.promise) return first;
  const late = new Promise<ShareAnswer>((done) => setTimeout(() => done({}), PROMISE_MS));
  const second = await Promise.race([first.promise, late]).catch(() => ({}));
  return { ...first, ...second };
}

/** Shares the visible page: the card goes to the desk's chat. */
export async function sharePage(phone: Phone, from: 'button' | 'menu', target?: unknown): Promise<ShareCard> {
  const page = phone.pages.current();
  const answer = await settle(callPage(page, 'onShareAppMessage', { from, target }));
  const own = formatAddress(page.route, page.query);
  const path = answer.path ?? own;
  const card: ShareCard = {
    title: answer.title ?? page.config.navigationBarTitleText ?? '小程序',
    path: path.startsWith('/') ? path : `/${path}`,
    imageUrl: answer.imageUrl ? pictureUrl(answer.imageUrl, '') : '',
  };
  phone.shared.push(card);
  tellDesk({ kind: 'card', card });
  showSent(card);
  return card;
}

/** WeChat shows a chooser of chats here; the browser phone shows what was sent. */
function showSent(card: ShareCard): void {
  const picture = draw('img', 'share-picture');
  picture.alt = '';
  if (card.imageUrl) picture.src = card.imageUrl;
  const layer = openLayer(
    'dialog',
    [
      draw('h3', '', '已转发到聊天'),
      draw('div', 'share-card', draw('b', '', card.title), ...(card.imageUrl ? [picture] : [])),
      draw(
        'div',
        'modal-buttons',
        drawButton('好', 'modal-confirm', () => layer.close()),
      ),
    ],
    () => undefined,
  );
}

/** Sharing and the clipboard, the two ways from a clerk's phone into a chat. */
export function sharing(phone: Phone): WxFamily {
  provideCapability('share', (host) => {
    void sharePage(phone, 'button', { id: host.root.id, dataset: host.dataset });
  });
  return {
    ...silent('showShareMenu', 'hideShareMenu', 'updateShareMenu'),
    setClipboardData: api<{ data: string }>('setClipboardData', async (o) => {
      if (typeof o.data !== 'string') throw new Error('data should be String');
      phone.clipboard = o.data;
      tellDesk({ kind: 'draft', text: o.data });
      const toast = (globalThis as unknown as { wx: { showToast(o: object): Promise<unknown> } }).wx
        .showToast;
      await toast({ title: '内容已复制' });
    }),
    getClipboardData: api('getClipboardData', () => ({ data: phone.clipboard })),
  };
}
