/** What WeCom adds to `wx` (企业微信), as far as it is used here. Missing in WeChat. */
declare namespace WechatMiniprogram {
  interface WecomCallbacks<T> {
    success?(answer: T): void;
    fail?(error: { errMsg: string }): void;
  }
  interface Wecom {
    /** where the mini program was opened from: `single_chat_tools` = the toolbar of a chat with one customer */
    getContext(ask: WecomCallbacks<{ entry: string }>): void;
    /** from WeCom 3.0.16; only inside such a chat */
    sendChatMessage(
      ask: WecomCallbacks<unknown> & {
        msgtype: 'miniprogram';
        miniprogram: { appid: string; title: string; imgUrl: string; page: string };
      },
    ): void;
  }
  interface Wx {
    qy?: Wecom;
  }
}
