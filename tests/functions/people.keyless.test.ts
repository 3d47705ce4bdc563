import { COLLECTIONS } from '../../cloudfunctions/common/store/indexes';
import { table } from '../../cloudfunctions/common/store/table';
import { readPasted } from '../../miniprogram/domain/membership/paste';
import { replyOf, startChain, TODAY } from './chain';
import type { Chain } from './chain';
import { seedStaff } from './people';

jest.setTimeout(60_000);

describe('a chain without a key for phones', () => {
  let chain: Chain;
  beforeAll(async () => {
    chain = await startChain(['members']);
    await seedStaff(chain);
  });
  afterAll(() => chain.stop());

  const nothing = { birthday: null, branchNo: null, clerkNo: null, optOut: false };
  const search = async (text: string) => {
    const page = replyOf(await chain.call('wx-hq', 'members', 'member.page', { search: text }));
    return page.members.map(({ name, phoneTail }) => [name, phoneTail]);
  };

  it('keeps the tail of a pasted number alone and still knows its holder again', async () => {
    const { rows } = readPasted('王姐 13800001234 去年8月\n王姐 13800001235', TODAY);
    const ask = { rows, branchId: null, dryRun: false };
    const call = () => chain.call('wx-m1', 'members', 'paste.save', ask);
    expect(replyOf(await call())).toMatchObject({ added: 2 });
    expect(replyOf(await call())).toMatchObject({ added: 0, same: 2 });
    expect((await search('王姐')).sort()).toEqual([
      ['王姐', '1234'],
      ['王姐', '1235'],
    ]);
  });

  it('keeps the tail of an imported number alone', async () => {
    const rows = [{ row: 1, memberNo: 'M1', name: '李静', phone: '13800001236', ...nothing }];
    replyOf(await chain.call('wx-hq', 'members', 'import.members', { rows, dryRun: false }));
    expect(await table('members').find('M1')).not.toHaveProperty('phone');
    expect(await search('1236')).toEqual([['李静', '1236']]);
    expect(await search('13800001236')).toEqual([]);
  });

  it('holds no number in clear', async () => {
    for (const name of COLLECTIONS) {
      expect(JSON.stringify(await table(name).all({}, 1000))).not.toMatch(/1380000\d{4}/);
    }
  });
});
