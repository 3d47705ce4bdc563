import fc from 'fast-check';
import { encodingOf } from '../../../../miniprogram/domain/membership/csv/encoding';

const utf8 = (text: string) => new Uint8Array(Buffer.from(text));
/** 「订单号,会员号」 and 王芳 in GB18030, which Node can read but not write. */
const GB = new Uint8Array(Buffer.from('b6a9b5a5bac52cbbe1d4b1bac50a41312ccdf5b7bc', 'hex'));

describe('telling encodings apart', () => {
  it.each([
    ['pure ASCII', utf8('a,b\n1,2'), 'utf-8'],
    ['Chinese', utf8('订单号,会员号'), 'utf-8'],
    ['with a byte order mark', utf8('\ufeff订单号'), 'utf-8'],
    ['GB18030', GB, 'gb18030'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x41, 0), 'utf-16le'],
    ['UTF-16 the other way', Uint8Array.of(0xfe, 0xff, 0, 0x41), 'utf-16be'],
    ['a workbook', utf8('PK\u0003\u0004rest'), 'excel'],
    ['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), 'excel'],
    ['gzip', Uint8Array.of(0x1f, 0x8b, 8), 'archive'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0), 'binary'],
    ['bytes that are no text', Uint8Array.of(...Array<number>(40).fill(0xff)), 'unknown'],
  ])('%s', (_, bytes, encoding) => {
    expect(encodingOf(bytes)).toBe(encoding);
  });

  it('is not misled by a character here and there that is damaged or cut at the end', () => {
    const text = utf8('会员的号码,会员的姓名\n王芳,李娜,张敏');
    expect(encodingOf(text.subarray(0, text.length - 1))).toBe('utf-8');
    expect(encodingOf(Uint8Array.from([...text, 0xe7, 0x2c]))).toBe('utf-8');
    expect(encodingOf(GB.subarray(0, GB.length - 1))).toBe('gb18030');
  });

  it('looks behind a long beginning without Chinese', () => {
    const ascii = Array<number>(200_000).fill(0x61);
    expect(encodingOf(Uint8Array.from([...ascii, ...GB]))).toBe('gb18030');
  });

  it('knows every sound UTF-8 text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\0'));
        expect(encodingOf(utf8(`订单${text}`))).toBe('utf-8');
      }),
    );
  });
});
