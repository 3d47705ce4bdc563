/** The few protobuf messages wx-server-sdk speaks, read and written by hand. */

const LENGTH_DELIMITED = 2;
const VARINT = 0;

function* fieldsOf(bytes: Buffer): Generator<{ field: number; value: Buffer }> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('the protobuf message ends too early');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    switch (tag % 8) {
      case VARINT:
        varint();
        break;
      case LENGTH_DELIMITED: {
        const length = varint();
        yield { field, value: bytes.subarray(at, at + length) };
        at += length;
        break;
      }
      case 1:
        at += 8;
        break;
      case 5:
        at += 4;
        break;
      default:
        throw new Error(`protobuf wire type ${tag % 8} is not known`);
    }
  }
}

/**
 * The arguments of an `openapi.*` call: CommApiData { 2: OpenApiData { 1: pairs { 1 key, 2 value } } },
 * each value JSON.
 */
export function readApiRequest(bytes: Buffer): Record<string, unknown> {
  const request: Record<string, unknown> = {};
  for (const outer of fieldsOf(bytes)) {
    if (outer.field !== 2) continue;
    for (const pair of fieldsOf(outer.value)) {
      if (pair.field !== 1) continue;
      let key = '';
      let text = '';
      for (const { field, value } of fieldsOf(pair.value)) {
        if (field === 1) key = value.toString('utf8');
        if (field === 2) text = value.toString('utf8');
      }
      request[key] = parseOrText(text);
    }
  }
  return request;
}

function parseOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** CommOpenApiResp { 1 respData, 2 contentType, 3 errorCode 0, 4 httpCode 200, 6 svrkitErrorCode 0 }. */
export function writeApiReply(reply: unknown): Buffer {
  return Buffer.concat([
    delimited(1, Buffer.from(JSON.stringify(reply), 'utf8')),
    delimited(2, Buffer.from('application/json', 'utf8')),
    Buffer.concat([varint(3 * 8 + VARINT), varint(0)]),
    Buffer.concat([varint(4 * 8 + VARINT), varint(200)]),
    Buffer.concat([varint(6 * 8 + VARINT), varint(0)]),
  ]);
}

const delimited = (field: number, value: Buffer) =>
  Buffer.concat([varint(field * 8 + LENGTH_DELIMITED), varint(value.length), value]);

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
