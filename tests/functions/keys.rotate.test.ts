import { randomBytes } from 'node:crypto';
import { openPhone, phoneHash, sealPhone } from '../../cloudfunctions/common/people/phones';
import { signatureOf } from '../../cloudfunctions/ingest/signature';
import { table } from '../../cloudfunctions/common/store/table';
import { replyOf, startChain } from './chain';
import type { Chain } from './chain';
import { aMember, seedStaff } from './people';

jest.setTimeout(60_000);
const [OLD, NEW] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const [OLD_TILL, NEW_TILL] = ['old-till-secret-0123456789abcdef', 'new-till-secret-0123456789abcdef'];
const phoneOf = (i: number) => `1380000${String(i).padStart(4, '0')}`;
const MEMBERS = 450;

const under = <T>(key: string, work: () => T): T => {
  process.env['HUITOU_PHONE_KEY'] = key;
  try {
    return work();
  } finally {
    delete process.env['HUITOU_PHONE_KEY'];
  }
};

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['members', 'pulse', 'ingest'], {
    environment: {
      HUITOU_PHONE_KEY: NEW,
      HUITOU_PHONE_KEY_OLD: OLD,
      HUITOU_WEBHOOK_SECRET: NEW_TILL,
      HUITOU_WEBHOOK_SECRET_OLD: OLD_TILL,
    },
  });
  await seedStaff(chain);
  const members = Array.from({ length: MEMBERS }, (_, i) => ({
    ...aMember(`M${String(i).padStart(4, '0')}`),
    phoneTail: phoneOf(i).slice(-4),
    phone: under(i % 10 === 0 ? NEW : OLD, () => sealPhone(phoneOf(i))),
  }));
  await chain.add('members', members);
});
afterAll(() => chain.stop());

const search = async (phone: string) =>
  replyOf(await chain.call('wx-hq', 'members', 'member.page', { search: phone })).members.map(
    ({ memberId }) => memberId,
  );

describe('while the phone key is being changed', () => {
  it('a member is found by her number under the old key and under the new one', async () => {
    expect(await search(phoneOf(10))).toEqual(['M0010']);
    expect(await search(phoneOf(11))).toEqual(['M0011']);
  });

  it('the minute timer seals every number anew, in pages, and is through once', async () => {
    const stale = { ...(await table('members').find('M0011')) }.phone;
    await chain.send(undefined, 'pulse', {});
    const members = await table('members').all({}, 1000, ['phone']);
    expect(members).toHaveLength(MEMBERS);
    members.forEach(({ phone }, i) => {
      if (!phone) throw new Error('a number was lost');
      expect(under(NEW, () => openPhone(phone))).toBe(phoneOf(i));
      expect(phone.hash).toBe(under(NEW, () => phoneHash(phoneOf(i))));
    });
    expect(stale?.hash).not.toBe(members[11]?.phone?.hash);
    const [job] = await table('jobs').page({ where: { kind: 'sweep' }, limit: 10 });
    expect(job).toMatchObject({ done: MEMBERS, changed: MEMBERS - MEMBERS / 10 });
    expect(job?.finishedAt).not.toBeNull();
    expect(await search(phoneOf(11))).toEqual(['M0011']);
  });
});

describe('while the till’s key is being changed', () => {
  const delivered = async (secret: string, at = chain.now()) => {
    const body = JSON.stringify({
      event: 'order.paid',
      orderNo: 'R1',
      memberNo: 'M0001',
      branchNo: 'B1',
      createdAt: chain.now(),
      paidAt: chain.now(),
      amountFen: 100,
    });
    const headers = {
      'x-huitou-timestamp': String(at),
      'x-huitou-signature': signatureOf(secret, String(at), body),
    };
    const { result } = await chain.send(undefined, 'ingest', {
      path: '/orders',
      httpMethod: 'POST',
      headers,
      body,
    });
    const { statusCode, body: answer } = result as { statusCode: number; body: string };
    return [statusCode, (JSON.parse(answer) as { code?: string }).code ?? 'ok'];
  };

  it('a delivery is right by either, and by no other', async () => {
    expect(await delivered(OLD_TILL)).toEqual([200, 'ok']);
    expect(await delivered(NEW_TILL)).toEqual([200, 'ok']);
    expect(await delivered('a-stranger-0123456789abcdef')).toEqual([401, 'bad-signature']);
    expect(await delivered('')).toEqual([401, 'bad-signature']);
  });

  it('an old one is told that it is too old, whichever key signed it', async () => {
    const before = chain.now() - 6 * 60_000;
    expect(await delivered(OLD_TILL, before)).toEqual([401, 'stale-timestamp']);
    expect(await delivered(NEW_TILL, before)).toEqual([401, 'stale-timestamp']);
  });
});
