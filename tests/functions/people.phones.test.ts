import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mayKeepPhones, openPhone, phoneHash, sealPhone } from '../../cloudfunctions/common/people/phones';
import { idOfNumber, profileOfNumber } from '../../cloudfunctions/common/people/numbered';
import { COLLECTIONS } from '../../cloudfunctions/common/store/indexes';
import { table } from '../../cloudfunctions/common/store/table';
import { localPhoneKey, PHONE_KEY_FILE } from '../../devkit/start/phoneKey';
import type { MemberRow, OrderRow } from '../../miniprogram/contract/members';
import { day, startOf } from '../../miniprogram/domain/kernel/day';
import { replyOf, startChain } from './chain';
import type { Chain } from './chain';
import { aMember, seedStaff } from './people';

jest.setTimeout(60_000);
const KEY = randomBytes(32).toString('base64');
const PHONE = '13800001234';
/** The tests compute hashes with the chain's own key. */
const keyed = <T>(key: string, work: () => T): T => {
  const before = process.env['HUITOU_PHONE_KEY'];
  process.env['HUITOU_PHONE_KEY'] = key;
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env['HUITOU_PHONE_KEY'];
    else process.env['HUITOU_PHONE_KEY'] = before;
  }
};

describe('a phone at rest', () => {
  it('is opened only with the key it was sealed with, and never sealed twice alike', () => {
    const [one, two] = keyed(KEY, () => [sealPhone(PHONE), sealPhone(PHONE)] as const);
    expect(keyed(KEY, () => openPhone(one))).toBe(PHONE);
    expect(one.sealed).not.toBe(two.sealed);
    expect(one.hash).toBe(two.hash);
    expect(() => keyed(randomBytes(32).toString('base64'), () => openPhone(one))).toThrow();
  });

  it('is not opened when a byte of it was changed', () => {
    const { sealed } = keyed(KEY, () => sealPhone(PHONE));
    for (const at of [0, 13, 30]) {
      const bytes = Buffer.from(sealed, 'base64');
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(() => keyed(KEY, () => openPhone({ sealed: bytes.toString('base64') }))).toThrow();
    }
  });

  it('is found by a hash that another key does not give', () => {
    const other = randomBytes(32).toString('base64');
    expect(keyed(KEY, () => phoneHash(PHONE))).toMatch(/^[0-9a-f]{64}$/);
    expect(keyed(other, () => phoneHash(PHONE))).not.toBe(keyed(KEY, () => phoneHash(PHONE)));
  });

  it.each(['short', 'x'.repeat(44), randomBytes(16).toString('base64'), `${KEY}${KEY}`])(
    'says how to make a key when it is malformed: %s',
    (key) => {
      expect(() => keyed(key, mayKeepPhones)).toThrow('openssl rand -base64 32');
    },
  );

  it('is not kept without a key, which is said once', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    expect(keyed('', mayKeepPhones)).toBe(false);
    expect(keyed('', mayKeepPhones)).toBe(false);
    expect(() => keyed('', () => sealPhone(PHONE))).toThrow('mayKeepPhones');
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
  });

  it('makes the id and the name of a member who is numbered by it', () => {
    const id = keyed(KEY, () => idOfNumber(PHONE));
    expect(id).toMatch(/^p[0-9a-f]{16}$/);
    expect(keyed(KEY, () => idOfNumber('+86 138-0000-1234'))).toBe(id);
    expect(keyed(KEY, () => profileOfNumber(PHONE))).toMatchObject({ name: '会员1234', phoneTail: '1234' });
    expect(keyed(KEY, () => [idOfNumber('M1'), profileOfNumber('M1')])).toEqual(['M1', {}]);
    expect(keyed('', () => idOfNumber(PHONE))).toBe(PHONE);
  });
});

describe('the key of a laptop', () => {
  it('is made by chance once for a folder, and kept for its owner alone', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'huitou-key-'));
    const [here, there] = ['here', 'there'].map((name) => path.join(folder, name)) as [string, string];
    const key = localPhoneKey(here);
    expect(keyed(key, mayKeepPhones)).toBe(true);
    expect(localPhoneKey(here)).toBe(key);
    expect(localPhoneKey(there)).not.toBe(key);
    expect(statSync(path.join(here, PHONE_KEY_FILE)).mode & 0o777).toBe(0o600);
    rmSync(folder, { recursive: true });
  });
});

describe('phones that come in', () => {
  let chain: Chain;
  let logs: string[];
  beforeAll(async () => {
    chain = await startChain(['members', 'ingest'], {
      environment: { HUITOU_PHONE_KEY: KEY, HUITOU_WEBHOOK_SECRET: 's' },
    });
  });
  afterAll(() => chain.stop());
  beforeEach(async () => {
    await chain.cloud.drop();
    await seedStaff(chain);
    logs = [];
  });

  let row = 0;
  const aRow = (memberNo: string, known: Partial<MemberRow> = {}): MemberRow => ({
    row: ++row,
    memberNo,
    name: null,
    phone: null,
    birthday: null,
    branchNo: 'B1',
    clerkNo: null,
    optOut: false,
    ...known,
  });
  async function asking(action: string, ask: unknown): Promise<never> {
    const event = { action, ask, requestKey: `k-${++row}-phones` };
    const answered = await chain.send('wx-hq', 'members', event);
    logs.push(JSON.stringify(answered.logs ?? []));
    return replyOf(answered.result as never) as never;
  }
  const importing = (rows: MemberRow[]): Promise<Record<string, unknown>> =>
    asking('import.members', { rows, dryRun: false });
  const search = async (text: string): Promise<string[]> => {
    const page: { members: { memberId: string }[] } = await asking('member.page', { search: text });
    return page.members.map(({ memberId }) => memberId);
  };

  it('are sealed by an import, and importing the same again changes nothing', async () => {
    const rows = [aRow('M1', { name: '王芳', phone: PHONE })];
    expect(await importing(rows)).toMatchObject({ added: 1 });
    const before = await table('members').find('M1');
    expect(before).toMatchObject({ phoneTail: '1234' });
    expect(keyed(KEY, () => openPhone(before?.phone ?? { sealed: '' }))).toBe(PHONE);
    expect(await importing(rows)).toMatchObject({ added: 0, changed: 0, same: 1 });
    expect(await table('members').find('M1')).toEqual(before);
    expect(await importing([aRow('M1', { phone: '13800001235' })])).toMatchObject({ changed: 1 });
    const after = await table('members').find('M1');
    expect(keyed(KEY, () => openPhone(after?.phone ?? { sealed: '' }))).toBe('13800001235');
  });

  it.each(['13800001234', '138-0000 1234', '+86 138 0000 1234', '１３８００００１２３４'])(
    'find their member however they are typed: %s',
    async (typed) => {
      await importing([aRow('M1', { phone: PHONE }), aRow('M2', { phone: '13900001234' })]);
      expect(await search(typed)).toEqual(['M1']);
      expect(await search('13800001235')).toEqual([]);
    },
  );

  it('as member numbers never lie about in clear, and lead to whoever has the phone', async () => {
    await importing([aRow('M1', { phone: PHONE })]);
    expect(await importing([aRow(PHONE, { name: '王芳' })])).toMatchObject({ added: 0, changed: 1 });
    expect(await table('members').find('M1')).toMatchObject({ name: '王芳' });

    const verdict = await importing([aRow('13700007777'), aRow('137 0000 7777', { name: '李静' })]);
    const id = keyed(KEY, () => idOfNumber('13700007777'));
    expect(verdict).toMatchObject({ added: 1, newMemberNos: [id] });
    expect(await table('members').find(id)).toMatchObject({ name: '李静', phoneTail: '7777' });
    const at = startOf(day('2024-08-01'), 15);
    const order: OrderRow = {
      row: 1,
      orderNo: 'A1',
      memberNo: '13700007777',
      branchNo: 'B1',
      paidAt: at,
      createdAt: at,
      amountFen: 10_000,
      refundedFen: 0,
      clerkNo: null,
      withCoupon: false,
      line: null,
    };
    await asking('import.orders', {
      rows: [order, { ...order, orderNo: 'A2', memberNo: '13600006666' }],
      dryRun: false,
    });
    expect(await table('orders').find('csv:A1')).toMatchObject({ memberId: id });
    await asking('paste.save', {
      rows: [{ row: 1, name: '赵姐', phone: '13500005555', lastPaidOn: day('2024-08-31'), bought: '奶粉' }],
      branchId: 'B1',
      dryRun: false,
    });
    await search('13500005555');

    for (const name of COLLECTIONS) {
      const text = JSON.stringify(await table(name).all({}, 1000));
      for (const phone of [PHONE, '13700007777', '13600006666', '13500005555']) {
        expect(text).not.toContain(phone);
      }
    }
    expect(logs.join('\n')).not.toMatch(/1[3-9]\d{9}(?!\d)/);
  });

  it('shared by two members make them twins, page by page', async () => {
    const sealed = (phone: string) => keyed(KEY, () => sealPhone(phone));
    const phones = Array.from({ length: 25 }, (_, i) => `1380000${String(5000 + i)}`);
    await chain.add(
      'members',
      phones.flatMap((phone, i) =>
        ['a', 'b'].map((which) =>
          aMember(`T${100 + i}${which}`, [], { phone: sealed(phone), phoneTail: phone.slice(-4) }),
        ),
      ),
    );
    await chain.add('members', [
      aMember('alone', [], { phone: sealed('13900009999') }),
      aMember('phoneless-1'),
      aMember('phoneless-2', [], { phone: null }),
    ]);
    interface Twins {
      twins: { phoneTail: string; members: { memberId: string }[] }[];
      next: string | null;
    }
    const first: Twins = await asking('member.twins', { after: null });
    expect(first.twins).toHaveLength(20);
    const rest: Twins = await asking('member.twins', { after: first.next });
    expect(rest.next).toBeNull();
    const all = [...first.twins, ...rest.twins];
    expect(all).toHaveLength(25);
    for (const { phoneTail, members } of all) {
      const n = Number(phoneTail) - 5000;
      expect(members.map(({ memberId }) => memberId)).toEqual([`T${100 + n}a`, `T${100 + n}b`]);
    }
  });
});
