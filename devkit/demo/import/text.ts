import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import {
  encodingOf,
  firstHigh,
  isEncoding,
  NO_TEXT_SENTENCES,
} from '../../../miniprogram/domain/membership/csv/encoding';
import type { Encoding } from '../../../miniprogram/domain/membership/csv/encoding';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';

/** A text file that can be read from its beginning as often as wanted. */
export interface TextFile {
  path: string;
  /** what was seen so far: pure ASCII counts as UTF-8 until another character comes */
  encoding(): Encoding;
  /** text with plain line ends and without a byte order mark; bytes that are no text come as U+FFFD */
  chunks(): AsyncGenerator<string>;
}

/** So much behind the first character beyond ASCII is looked at to tell one encoding from another. */
const LOOK_BYTES = 64 * 1024;

/**
 * Opens a file by what is in it: gzip or not, then UTF-8, UTF-16 or GB18030 (as Chinese spreadsheets save it).
 * The refusal is a sentence.
 *
 * @example const file = await openText('orders.csv.gz');
 */
export async function openText(path: string): Promise<Result<TextFile, string>> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return refuse(`${path} 不是文件，请指定一个 CSV 文件。`);
    if (found.size === 0) return refuse(`${path} 是空的，请换一个文件。`);
    let encoding: Encoding = 'utf-8';
    const file: TextFile = {
      path,
      encoding: () => encoding,
      chunks: () => plainLines(decoded(bytesOf(path), (found) => (encoding = found))),
    };
    // Reading the first piece shows a broken archive, a missing right or an unknown encoding before anything is done.
    const chunks = file.chunks();
    await chunks.next();
    await chunks.return(undefined);
    return done(file);
  } catch (error) {
    return refuse(unreadable(path, error));
  }
}

/** Why a file could not be read, as a sentence. */
export function unreadable(path: string, error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (error instanceof NoTextFile) return `${path}：${error.message}`;
  if (code === 'ENOENT') return `找不到文件 ${path}，请核对路径。`;
  if (code === 'EACCES' || code === 'EPERM') return `没有读取 ${path} 的权限，请换一个文件或修改权限。`;
  if (code?.startsWith('Z_')) return `${path} 是损坏的 gzip 压缩包，请重新压缩或下载后再试。`;
  return `读不了文件 ${path}：${message ?? String(error)}`;
}

class NoTextFile extends Error {}

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 });
  let rest: AsyncIterable<Buffer> | null = null;
  try {
    const first = await new Promise<Buffer | null>((resolve, reject) => {
      raw.once('error', reject);
      raw.once('end', () => resolve(null));
      raw.once('readable', () => resolve(raw.read() as Buffer | null));
    });
    if (first === null) return;
    raw.unshift(first);
    if (first[0] === 0x1f && first[1] === 0x8b) {
      const gunzip = createGunzip();
      raw.once('error', (error) => gunzip.destroy(error));
      rest = raw.pipe(gunzip);
    } else rest = raw;
    yield* rest;
  } finally {
    raw.destroy();
  }
}

/** As long as only ASCII was seen every encoding reads the same; the first other byte decides. */
async function* decoded(
  bytes: AsyncGenerator<Buffer>,
  onFound: (encoding: Encoding) => void,
): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let isFirst = true;
  for (;;) {
    const next = await bytes.next();
    if (next.done) break;
    let piece = next.value;
    if (!decoder && (isFirst || firstHigh(piece) >= 0)) {
      while (piece.length - Math.max(0, firstHigh(piece)) < LOOK_BYTES) {
        const more = await bytes.next();
        if (more.done) break;
        piece = Buffer.concat([piece, more.value]);
      }
      const encoding = encodingOf(piece);
      if (!isEncoding(encoding)) throw new NoTextFile(NO_TEXT_SENTENCES[encoding]);
      const isDecided = encoding !== 'utf-8' || firstHigh(piece) >= 0;
      if (isDecided) onFound(encoding);
      decoder = isDecided ? new TextDecoder(encoding) : null;
    }
    isFirst = false;
    yield decoder ? decoder.decode(piece, { stream: true }) : piece.toString('latin1');
  }
  const tail = decoder?.decode();
  if (tail) yield tail;
}

async function* plainLines(texts: AsyncGenerator<string>): AsyncGenerator<string> {
  let isFirst = true;
  let held = '';
  for await (const text of texts) {
    let piece = held + text;
    if (piece === '') continue;
    if (isFirst) piece = piece.replace(/^\uFEFF/, '');
    isFirst = false;
    // A line end of two characters may be cut between them.
    held = piece.endsWith('\r') ? '\r' : '';
    yield (held ? piece.slice(0, -1) : piece).replace(/\r\n?/g, '\n');
  }
  if (held) yield '\n';
}
