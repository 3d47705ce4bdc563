/**
 * 企业微信: a mini program opened from the toolbar of a chat with a customer may send its card into that chat. `wx.qy` exists
 * only inside WeCom; everywhere else these say no.
 *
 * Source: developer.work.weixin.qq.com, wx.qy.sendChatMessage and wx.qy.getContext.
 */

/** Is this phone in WeCom, new enough to send into the chat? */
export function hasWecom(): boolean {
  return typeof wx.qy?.sendChatMessage === 'function';
}

/** Was this page opened from a chat with one customer? Elsewhere WeCom refuses to send. */
async function isInChat(): Promise<boolean> {
  const { qy } = wx;
  if (!qy) return false;
  return new Promise((answer) =>
    qy.getContext({
      success: ({ entry }) => answer(entry === 'single_chat_tools'),
      fail: () => answer(false),
    }),
  );
}

export interface ChatCard {
  title: string;
  /** path with its query, as a share card has it */
  path: string;
  imageUrl: string;
}

/**
 * Sends a card of this mini program into the chat it was opened from.
 *
 * @returns `elsewhere` when there is no such chat; `refused` when WeCom or the clerk said no
 */
export async function sendToChat({
  title,
  path,
  imageUrl,
}: ChatCard): Promise<'sent' | 'elsewhere' | 'refused'> {
  const { qy } = wx;
  if (!qy || !(await isInChat())) return 'elsewhere';
  const { appId } = wx.getAccountInfoSync().miniProgram;
  // WeCom opens pages by their file's name: /a/b?l=1 is a/b.html?l=1 there.
  const page = path.replace(/^\//, '').replace(/(\?|$)/, '.html$1');
  return new Promise((answer) =>
    qy.sendChatMessage({
      msgtype: 'miniprogram',
      miniprogram: { appid: appId, title, imgUrl: imageUrl, page },
      success: () => answer('sent'),
      fail: () => answer('refused'),
    }),
  );
}
