import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { done, refuse } from '../../../miniprogram/domain/kernel/result';
import type { Result } from '../../../miniprogram/domain/kernel/result';

/** A text file that can be read from its beginning as often as wanted. */
export interface TextFile {
  path: string;
  /** text with plain line ends and without a byte order mark; bytes that are no text come as U+FFFD */
  chunks(): AsyncGenerator<string>;
}

/** So much is looked at to tell one encoding from another. */
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
    const file: TextFile = { path, chunks: () => plainLines(decoded(bytesOf(path))) };
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
  if (error instanceof UnknownEncoding) return `${path} ${error.message}`;
  if (code === 'ENOENT') return `找不到文件 ${path}，请核对路径。`;
  if (code === 'EACCES' || code === 'EPERM') return `没有读取 ${path} 的权限，请换一个文件或修改权限。`;
  if (code?.startsWith('Z_')) return `${path} 是损坏的 gzip 压缩包，请重新压缩或下载后再试。`;
  return `读不了文件 ${path}：${message ?? String(error)}`;
}

class UnknownEncoding extends Error {
  constructor() {
    super('的编码既不是 UTF-8，也不是 UTF-16 或 GB18030，请另存为 UTF-8 后再导入。');
  }
}

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
async function* decoded(bytes: AsyncGenerator<Buffer>): AsyncGenerator<string> {
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
      decoder = decoderFor(piece, isFirst);
    }
    isFirst = false;
    yield decoder ? decoder.decode(piece, { stream: true }) : piece.toString('latin1');
  }
  const tail = decoder?.decode();
  if (tail) yield tail;
}

function decoderFor(piece: Buffer, isFirst: boolean): TextDecoder | null {
  if (isFirst && piece[0] === 0xff && piece[1] === 0xfe) return new TextDecoder('utf-16le');
  if (isFirst && piece[0] === 0xfe && piece[1] === 0xff) return new TextDecoder('utf-16be');
  const from = firstHigh(piece);
  if (from < 0) return null;
  const look = piece.subarray(from, from + LOOK_BYTES);
  const encoding = ['utf-8', 'gb18030'].find((name) => fits(name, look));
  if (!encoding) throw new UnknownEncoding();
  return new TextDecoder(encoding);
}

/** A damaged character here and there does not make another encoding: its row is refused later, alone. */
function fits(encoding: string, look: Buffer): boolean {
  // `stream`: a character may be cut at the end of the look.
  const text = new TextDecoder(encoding).decode(look, { stream: true });
  const damaged = text.match(/\uFFFD/g)?.length ?? 0;
  const good = text.match(/[^\0-\x7f\uFFFD]/g)?.length ?? 0;
  return damaged * 10 <= good;
}

function firstHigh(bytes: Buffer): number {
  return bytes.findIndex((byte) => byte > 0x7f);
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
