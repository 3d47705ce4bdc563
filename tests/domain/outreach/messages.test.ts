import fc from 'fast-check';
import {
  MESSAGE_KINDS,
  sentenceOfMessage,
  shortLink,
  SMS_LENGTH,
  SMS_OPT_OUT,
  smsText,
} from '../../../miniprogram/domain/outreach/messages';

describe('what a message says', () => {
  it('names the thing and its day', () => {
    expect(sentenceOfMessage('pointsEnding', { points: '300', until: '3月31日' })).toBe(
      '您有300积分将于3月31日到期，到店可以兑换',
    );
  });

  it.each(MESSAGE_KINDS)('still makes sense when nobody knows the details (%s)', (kind) => {
    const plain = sentenceOfMessage(kind, { title: '8折券' });
    expect(plain).not.toMatch(/[{}]|undefined/);
    expect(plain.length).toBeGreaterThan(8);
  });
});

describe('a short message', () => {
  const ask = { sign: '半日闲', body: '您好', link: null, isAdvertising: true };

  it('is signed, and says how to end it where it advertises', () => {
    expect(smsText(ask)).toBe('【半日闲】您好 回T退订');
    expect(smsText({ ...ask, isAdvertising: false })).toBe('【半日闲】您好');
    expect(smsText({ ...ask, link: 'https://t.cn/sabc' })).toBe('【半日闲】您好 https://t.cn/sabc 回T退订');
  });

  it('keeps a text that fits to the last character, and cuts one that is longer by one', () => {
    const room = SMS_LENGTH - '【半日闲】 回T退订'.length;
    expect(smsText({ ...ask, body: '好'.repeat(room) })).toBe(`【半日闲】${'好'.repeat(room)} 回T退订`);
    expect(smsText({ ...ask, body: '好'.repeat(room + 1) })).toBe(
      `【半日闲】${'好'.repeat(room - 1)}… 回T退订`,
    );
  });

  it('is refused when signature and link leave no room for words', () => {
    const link = (length: number) => 'x'.repeat(length);
    const most = SMS_LENGTH - '【半日闲】  回T退订'.length - 10;
    expect(smsText({ ...ask, link: link(most) })).not.toBeNull();
    expect(smsText({ ...ask, link: link(most + 1) })).toBeNull();
  });

  it('never exceeds seventy characters, never loses its link or way out, never halves a character', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 90 });
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 60 }), fc.boolean(), (body, linkLength, isAdvertising) => {
        const link = linkLength > 0 ? 'l'.repeat(linkLength) : null;
        const sms = smsText({ sign: '店', body, link, isAdvertising });
        if (sms === null) return;
        expect(sms.length).toBeLessThanOrEqual(SMS_LENGTH);
        if (link) expect(sms).toContain(link);
        if (isAdvertising) expect(sms.endsWith(SMS_OPT_OUT)).toBe(true);
        if (isWell(body)) expect(isWell(sms)).toBe(true);
      }),
    );
  });
});

/** No half of a character of two units. */
const isWell = (text: string): boolean => !/[\ud800-\udbff](?![\udc00-\udfff])/.test(text);

it('a short link is the base, an s and the gift’s token', () => {
  expect(shortLink('https://t.example.cn/', 'abc')).toBe('https://t.example.cn/sabc');
  expect(shortLink('https://t.example.cn/g', 'abc')).toBe('https://t.example.cn/g/sabc');
});
