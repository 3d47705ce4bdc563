import { ask } from './screen';

/**
 * A new version of the mini program: WeChat fetches it behind her back, and it is put in place when she says so, or by itself at
 * the next cold start. She is told once.
 */
export function offerUpdate(): void {
  if (typeof wx.getUpdateManager !== 'function') return;
  const manager = wx.getUpdateManager();
  let isTold = false;
  manager.onUpdateReady(() => {
    if (isTold) return;
    isTold = true;
    void ask(
      '有新版本',
      '新版本已经准备好。现在换上会重新打开小程序；手上有没写完的，可以先不换，下次打开会自动换上。',
      '现在换上',
    ).then((isSure) => isSure && manager.applyUpdate());
  });
}
