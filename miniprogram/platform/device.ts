/** What a page asks of the phone itself. */

export async function copyText(data: string): Promise<void> {
  await wx.setClipboardData({ data });
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
  size: number;
  /** UTF-8 text of the whole file */
  text: string;
}

/** Picks one file from a chat, as WeChat allows. @returns null when the person gave up */
export async function pickTextFile(extension: string[]): Promise<PickedFile | null> {
  let picked;
  try {
    picked = await wx.chooseMessageFile({ count: 1, type: 'file', extension });
  } catch {
    return null;
  }
  const file = picked.tempFiles[0];
  if (!file) return null;
  const text = await new Promise<string>((resolve, reject) => {
    wx.getFileSystemManager().readFile({
      filePath: file.path,
      encoding: 'utf-8',
      success: (r) => resolve(String(r.data)),
      fail: (e) => reject(new Error(e.errMsg)),
    });
  });
  return { name: file.name, size: file.size, text };
}
