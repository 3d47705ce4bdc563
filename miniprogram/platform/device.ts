/** What a page asks of the phone itself. */

/** What to say when `copyText` did not. */
export const NOT_COPIED = '没有复制成功。写入剪切板要先同意隐私说明，再点一次会再问你。';

/** @returns false when she did not agree to the privacy guide, or WeChat would not */
export async function copyText(data: string): Promise<boolean> {
  try {
    await wx.setClipboardData({ data });
    return true;
  } catch {
    return false;
  }
}

/** Opens the phone's own dialler with the number. @returns false when the person gave up before it rang */
export async function dial(phoneNumber: string): Promise<boolean> {
  try {
    await wx.makePhoneCall({ phoneNumber });
    return true;
  } catch {
    return false;
  }
}

/** @returns the scanned text, or null when the person gave up */
export async function scan(): Promise<string | null> {
  try {
    return (await wx.scanCode({ scanType: ['qrCode', 'barCode'] })).result;
  } catch {
    return null;
  }
}

export interface PickedFile {
  name: string;
  /** bytes */
  size: number;
  /** where the phone keeps it until the mini program closes */
  path: string;
}

/** Picks one file from a chat, as WeChat allows. @returns null when the person gave up */
export async function pickFile(extension: string[]): Promise<PickedFile | null> {
  let picked;
  try {
    picked = await wx.chooseMessageFile({ count: 1, type: 'file', extension });
  } catch {
    return null;
  }
  const file = picked.tempFiles[0];
  return file ? { name: file.name, size: file.size, path: file.path } : null;
}

/** The whole content of a file on the phone. */
export function readBytes(path: string): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    wx.getFileSystemManager().readFile({
      filePath: path,
      success: ({ data }) =>
        typeof data === 'string' ? reject(new Error('expected bytes')) : resolve(new Uint8Array(data)),
      fail: (e) => reject(new Error(e.errMsg)),
    });
  });
}

/**
 * Hands a text to the person as a file: on a computer she saves it, on a phone she sends it into a chat. It lies in the mini
 * program's own folder meanwhile and is taken out of it afterwards.
 *
 * @returns false when she gave up
 */
export async function handOver(fileName: string, text: string): Promise<boolean> {
  const filePath = `${wx.env.USER_DATA_PATH}/${fileName}`;
  const system = wx.getFileSystemManager();
  try {
    // A mark of UTF-8, without which spreadsheets read Chinese as something else.
    await new Promise((success, fail) =>
      system.writeFile({ filePath, data: `\ufeff${text}`, encoding: 'utf8', success, fail }),
    );
    if (isComputer()) await new Promise((success, fail) => wx.saveFileToDisk({ filePath, success, fail }));
    else await wx.shareFileMessage({ filePath, fileName });
    return true;
  } catch {
    return false;
  } finally {
    system.unlink({ filePath });
  }
}

const isComputer = (): boolean =>
  typeof wx.saveFileToDisk === 'function' && /^(windows|mac)$/.test(wx.getDeviceInfo().platform);
