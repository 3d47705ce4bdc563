/** Encodings a shop's files come in. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
/** What a file is that is no text table, so that the refusal can say what to do. */
export type NoText = 'excel' | 'archive' | 'binary' | 'unknown';

const startsWith = (bytes: Uint8Array, ...signature: number[]): boolean =>
  signature.every((byte, i) => bytes[i] === byte);

/** So many bytes tell one encoding from another. */
const LOOK_BYTES = 64 * 1024;

/** Where the first byte beyond ASCII stands; -1 = nowhere. */
export function firstHigh(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) > 0x7f) return i;
  return -1;
}

interface Count {
  good: number;
  damaged: number;
}

/** Characters of several bytes that are whole in UTF-8, and bytes that belong to none. A cut one at the end counts as neither. */
function countUtf8(bytes: Uint8Array): Count {
  const count = { good: 0, damaged: 0 };
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const more =
      lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0;
    if (i + more >= bytes.length && more > 0) break;
    let seen = 0;
    while (seen < more && ((bytes[i + seen + 1] ?? 0) & 0xc0) === 0x80) seen += 1;
    if (more === 0 || seen < more) count.damaged += 1;
    else count.good += 1;
    i += seen;
  }
  return count;
}

/** The same for GB18030, which holds GBK and GB2312. */
function countGb(bytes: Uint8Array): Count {
  const count = { good: 0, damaged: 0 };
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[i + 1];
    if (trail === undefined) break;
    if (lead === 0x80 || lead === 0xff) count.damaged += 1;
    else if (trail >= 0x40 && trail !== 0x7f && trail !== 0xff) {
      count.good += 1;
      i += 1;
    } else if (trail >= 0x30 && trail <= 0x39) {
      const isWhole =
        (bytes[i + 2] ?? 0) > 0x80 && (bytes[i + 3] ?? 0) >= 0x30 && (bytes[i + 3] ?? 0) <= 0x39;
      count[isWhole ? 'good' : 'damaged'] += 1;
      if (isWhole) i += 3;
    } else count.damaged += 1;
  }
  return count;
}

/** A damaged character here and there does not make another encoding: its row is refused later, alone. */
const fits = ({ good, damaged }: Count): boolean => damaged * 10 <= good;

/**
 * In which encoding a file is written. Pure ASCII counts as UTF-8; a byte order mark decides at once;
 * UTF-8 is asked before GB18030, for Chinese text in GB18030 is hardly ever sound UTF-8, while the reverse is common.
 *
 * @param bytes the file or its beginning; a character may be cut at their end
 * @returns what it is instead when it is no text
 * @example encodingOf(Uint8Array.of(0xcd, 0xf5, 0xb7, 0xbc)) // → 'gb18030' (王芳)
 */
export function encodingOf(bytes: Uint8Array): Encoding | NoText {
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  if (startsWith(bytes, 0x50, 0x4b, 3, 4) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'excel';
  if (startsWith(bytes, 0x1f, 0x8b)) return 'archive';
  if (bytes.includes(0)) return 'binary';
  const from = firstHigh(bytes);
  if (from < 0) return 'utf-8';
  const look = bytes.subarray(from, from + LOOK_BYTES);
  if (fits(countUtf8(look))) return 'utf-8';
  return fits(countGb(look)) ? 'gb18030' : 'unknown';
}

export const ENCODING_WORDS: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16（高位在前）',
  gb18030: 'GB18030（中文 Windows 的编码，包括 GBK）',
};

/** Why a file is no text table, and what to do. */
export const NO_TEXT_SENTENCES: Record<NoText, string> = {
  excel: '这是 Excel 工作簿，请在 Excel 里另存为“CSV UTF-8（逗号分隔）”后再选一次。',
  archive: '这是压缩包，请先解压，再选里面的 CSV 文件。',
  binary: '这不是文本文件，请换一个 CSV 文件。',
  unknown: '编码既不是 UTF-8，也不是 UTF-16 或 GB18030，请另存为 UTF-8 后再导入。',
};

/** @example isEncoding('excel') // → false */
export const isEncoding = (found: Encoding | NoText): found is Encoding => found in ENCODING_WORDS;
