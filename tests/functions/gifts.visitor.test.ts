import { table } from '../../cloudfunctions/common/store/table';
import { refusalOf, replyOf } from './chain';
import { openPhone, sealPhone } from '../../cloudfunctions/common/people/phones';
import { PHONE_KEY, startGiftShop } from './giftShop';
import type { GiftShop } from './giftShop';
import { seedMember } from './people';

jest.setTimeout(120_000);
let shop: GiftShop;
beforeAll(async () => {
  process.env['HUITOU_PHONE_KEY'] = PHONE_KEY;
  shop = await startGiftShop(['gifts', 'ingest', 'members', 'pulse', 'nightly']);
}, 60_000);
afterAll(() => shop.chain.stop());

describe('a visitor who registers', () => {
  const register = (openid: string, link: string | null, phoneCode?: string) =>
    shop.chain.call(openid, 'gifts', 'member.register', {
      link,
      name: ' 小云 ',
      ...(phoneCode === undefined ? {} : { phoneCode }),
    });
  const codeOf = (phone: string) => shop.chain.cloud.wechat.phoneCode(phone);
  const numbered = (phone: string) => ({ phone: sealPhone(phone), phoneTail: phone.slice(-4) });

  it('keeps the pack that was meant for her, and gives a name where none was known', async () => {
    const [task] = await shop.campaign('reg', ['G0001']);
    await table('members').changeIf({ _id: 'G0001' }, { name: '会员0001' });
    const reply = replyOf(await register('wx-new', task?.link ?? ''));
    expect(reply).toEqual({ memberId: 'G0001', giftIsHers: true, phone: 'none' });
    expect((await table('members').find('G0001'))?.name).toBe('小云');
    const friend = replyOf(await register('wx-friend', task?.link ?? ''));
    expect(friend.giftIsHers).toBe(false);
    expect(replyOf(await register('wx-friend', null)).memberId).toBe(friend.memberId);
    expect(refusalOf(await register('wx-c1', null))).toBe('gift-not-for-staff');
  });

  it('has the phone she allowed kept sealed, once, however often her phone asks', async () => {
    const code = codeOf('13900010001');
    const { memberId, phone } = replyOf(await register('wx-p1', null, code));
    expect(phone).toBe('kept');
    const member = await table('members').find(memberId);
    expect([member?.phoneTail, openPhone(member?.phone ?? { sealed: '' })]).toEqual(['0001', '13900010001']);
    // The answer was lost: the code is used up by now, and her number stands.
    expect(replyOf(await register('wx-p1', null, code)).phone).toBe('kept');
    expect(replyOf(await register('wx-p1', null, codeOf('13900019999'))).phone).toBe('differs');
    expect(JSON.stringify(shop.chain.cloud.wechat.sent())).not.toContain('13900010001');
    const { logs } = await shop.chain.send('wx-p1', 'gifts', { action: 'data.mine', ask: {} });
    expect(logs.join('')).not.toContain('13900010001');
  });

  it('is the one member of her phone, and nobody new', async () => {
    await seedMember(shop.chain, 'P2', [], { name: '会员0002', ...numbered('13900010002') });
    const reply = replyOf(await register('wx-p2', null, codeOf('13900010002')));
    expect(reply).toEqual({ memberId: 'P2', giftIsHers: false, phone: 'united' });
    expect(await table('members').all({ openid: 'wx-p2' }, 10)).toMatchObject([{ _id: 'P2', name: '小云' }]);
  });

  it('stays somebody new where the phone is another account’s, or two members’', async () => {
    await seedMember(shop.chain, 'P3', [], { openid: 'wx-other', ...numbered('13900010003') });
    await seedMember(shop.chain, 'P4', [], numbered('13900010004'));
    await seedMember(shop.chain, 'P5', [], numbered('13900010004'));
    for (const phone of ['13900010003', '13900010004']) {
      const reply = replyOf(await register(`wx-${phone}`, null, codeOf(phone)));
      expect(reply.phone).toBe('taken');
      expect(await table('members').find(reply.memberId)).toMatchObject({ phoneTail: '' });
    }
  });

  it('is a member without the phone that WeChat did not tell, and is united when she taps again', async () => {
    await seedMember(shop.chain, 'P6', [], numbered('13900010006'));
    const { memberId, phone } = replyOf(await register('wx-p6', null, 'a-code-of-yesterday'));
    expect(phone).toBe('unread');
    const again = replyOf(await register('wx-p6', null, codeOf('13900010006')));
    expect(again).toEqual({ memberId: 'P6', giftIsHers: false, phone: 'united' });
    expect(await table('members').find(memberId)).toBeNull();
    expect((await table('members').find('P6'))?.openid).toBe('wx-p6');
  });

  it('does not merge two numbers of the shop’s own because one opened the other’s card', async () => {
    const [task] = await shop.campaign('reg2', ['G0007']);
    await seedMember(shop.chain, 'P7', [], numbered('13900010007'));
    await table('members').changeIf({ _id: 'G0007' }, { phoneTail: '' });
    const reply = replyOf(await register('wx-p7', task?.link ?? '', codeOf('13900010007')));
    expect(reply).toEqual({ memberId: 'G0007', giftIsHers: true, phone: 'taken' });
    expect((await table('members').find('P7'))?.openid).toBeNull();
  });
});
