import { createHash } from 'node:crypto';
import { encodeDocument } from '../wire/ejson';
import { typeRank } from './values';

/** A document's id. CloudBase makes strings; numbers are allowed, other types are refused. */
export type DocId = string | number;

/** Strings longer than this are cut in index keys and completed by a digest, so equality stays exact. */
const FULL_STRING = 96;
const END = Buffer.from([0, 0]);
const CUT = Buffer.from([0, 1]);

/** lmdb refuses keys above 1978 bytes. */
export const LONGEST_KEY = 1900;

/**
 * A value as bytes whose order is BSON's order. No encoding is a prefix of another, so encodings
 * can simply be joined.
 */
export function encodeValue(value: unknown): Buffer {
  const rank = value === undefined ? 0 : typeRank(value);
  switch (rank) {
    case 0:
    case 1:
      return Buffer.from([rank]);
    case 2:
      return encodeNumber(2, Number(value));
    case 3:
      return encodeString(value as string);
    case 8:
      return Buffer.from([8, value ? 1 : 0]);
    case 9:
      return encodeNumber(9, (value as Date).getTime());
    default:
      return Buffer.concat([Buffer.from([rank]), digest(encodeDocument(value))]);
  }
}

/** The encoding shared by every string that is cut like this one; `undefined` for a string kept whole. */
export function cutPrefix(value: unknown): Buffer | undefined {
  if (typeof value !== 'string' || value.length <= FULL_STRING) return undefined;
  return Buffer.concat([escapeString(cut(value)), CUT]);
}

function encodeNumber(tag: number, value: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = tag;
  if (Number.isNaN(value)) return bytes;
  bytes.writeDoubleBE(value === 0 ? 0 : value, 1);
  if (value < 0) for (let i = 1; i < 9; i++) bytes[i] = ~(bytes[i] as number);
  else bytes[1] = (bytes[1] as number) ^ 0x80;
  return bytes;
}

function encodeString(value: string): Buffer {
  if (value.length <= FULL_STRING) return Buffer.concat([escapeString(value), END]);
  return Buffer.concat([escapeString(cut(value)), CUT, digest(value), END]);
}

/** The string cut between code points, never inside a surrogate pair. */
function cut(value: string): string {
  const last = value.charCodeAt(FULL_STRING - 1);
  return value.slice(0, last >= 0xd800 && last <= 0xdbff ? FULL_STRING - 1 : FULL_STRING);
}

/** Tag and UTF-8, with 0x00 written as 0x00 0xFF so that the end mark 0x00 0x00 sorts first. */
function escapeString(value: string): Buffer {
  const text = value.includes('\0') ? Buffer.from(value, 'utf8') : undefined;
  if (!text) return Buffer.from('\u0003' + value, 'utf8');
  const out = [3];
  for (const byte of text) out.push(...(byte === 0 ? [0, 0xff] : [byte]));
  return Buffer.from(out);
}

const digest = (text: string) => createHash('md5').update(text).digest();

/** Descending fields are stored with every bit turned over. */
export function invert(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = ~(bytes[i] as number);
  return out;
}

/** The smallest key greater than every key that begins with `prefix`. */
export function after(prefix: Buffer): Buffer {
  for (let i = prefix.length - 1; i >= 0; i--) {
    if (prefix[i] === 0xff) continue;
    const out = Buffer.from(prefix.subarray(0, i + 1));
    out[i] = (out[i] as number) + 1;
    return out;
  }
  return Buffer.alloc(LONGEST_KEY, 0xff);
}

/** An index entry: the fields, then the document's id, then the id's length, so it can be read back. */
export function entryKey(fields: Buffer, id: DocId): Buffer {
  const idBytes = encodeId(id);
  const key = Buffer.alloc(fields.length + idBytes.length + 2);
  fields.copy(key, 0);
  idBytes.copy(key, fields.length);
  key.writeUInt16BE(idBytes.length, fields.length + idBytes.length);
  return key;
}

/** The document id at the end of an index entry. */
export function idOfEntry(key: Buffer): DocId {
  const end = key.length - 2;
  const start = end - key.readUInt16BE(end);
  if (key[start] === 2) return decodeNumber(key, start + 1);
  const text = key.toString('utf8', start + 1, end - 2);
  return text.includes('\0') ? decodeEscaped(key.subarray(start + 1, end - 2)) : text;
}

export function encodeId(id: DocId): Buffer {
  return typeof id === 'number' ? encodeNumber(2, id) : Buffer.concat([escapeString(id), END]);
}

function decodeNumber(key: Buffer, at: number): number {
  const bytes = Buffer.from(key.subarray(at, at + 8));
  if ((bytes[0] as number) & 0x80) bytes[0] = (bytes[0] as number) ^ 0x80;
  else for (let i = 0; i < 8; i++) bytes[i] = ~(bytes[i] as number);
  return bytes.readDoubleBE(0);
}

function decodeEscaped(bytes: Buffer): string {
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    out.push(bytes[i] as number);
    if (bytes[i] === 0) i++;
  }
  return Buffer.from(out).toString('utf8');
}
