import { day } from '../../miniprogram/domain/kernel/day';
import { MOST_LINES } from '../../miniprogram/hq/paste/view';
import { SESSION, verdictOf } from './hq-samples';
import {
  askedFor,
  hands,
  loses,
  mountPage,
  phone,
  refuses,
  replies,
  settled,
  startOver,
  tap,
  textOf,
} from './mount';

const LIST = '王姐 13800001234 上次1月买过奶粉\n???\n刘姐 半年没来了';

describe('the page', () => {
  beforeEach(() => {
    startOver();
    replies('members', 'session.open', () => SESSION);
    replies('members', 'tier.branches', () => ({
      branches: [{ branchId: 'B1', name: '徐汇店', members: 3, counts: {} }],
      next: null,
    }));
    replies('members', 'paste.save', ({ rows }) => ({
      ...verdictOf([]),
      newMembers: rows.length,
      placed: rows.map(({ row }) => ({
        row,
        memberId: `p${row}`,
        lifecycle: 'drowsy' as const,
        value: 'low' as const,
        sentence: `第${row}行的分层`,
      })),
    }));
  });
  const write = async (text: string) => {
    const page = await mountPage('hq/paste/paste');
    await hands(page, 'onInput', { value: text });
    await settled(300);
    return page;
  };

  it('shows what it understands while she types, without asking the cloud', async () => {
    const page = await write(LIST);
    expect(textOf(page)).toContain('看懂了2行，1行没看懂');
    expect(textOf(page)).toContain('138****1234');
    expect(askedFor('paste.save')).toHaveLength(0);
  });

  it('shows each tier first and saves only then, the same rows both times', async () => {
    const page = await write(LIST);
    await hands(page, 'check', {});
    expect(textOf(page)).toContain('将新增2位顾客');
    expect(textOf(page)).toContain('第3行的分层');
    await hands(page, 'save', {});
    expect(textOf(page)).toContain('已新增2位顾客');
    expect((page.data['lines'] as { opener: string }[])[0]?.opener).not.toBe('');
    const [dry, real] = askedFor('paste.save').map((call) => call.ask as { rows: unknown; dryRun: boolean });
    expect([dry?.dryRun, real?.dryRun]).toEqual([true, false]);
    expect(real?.rows).toEqual(dry?.rows);
    expect(dry).toMatchObject({ branchId: null, rows: [{ row: 1, phone: '13800001234' }, { row: 3 }] });
  });

  it('reads a relative month by the shop’s day, not by the phone’s', async () => {
    const page = await write('王姐 上个月买过奶粉');
    await hands(page, 'check', {});
    expect(askedFor('paste.save')[0]?.ask).toMatchObject({ rows: [{ lastPaidOn: day('2025-02-28') }] });
  });

  it('keeps to itself the words it did not understand', async () => {
    const page = await write('张三 蓝色那件 上个月来过 13800001234');
    expect(textOf(page)).toContain('没看懂：蓝色那件');
    await hands(page, 'check', {});
    expect(JSON.stringify(askedFor('paste.save')[0]?.ask)).not.toContain('蓝色');
  });

  it('puts the list into the branch headquarters chose', async () => {
    const page = await write(LIST);
    await hands(page, 'pickBranch', { value: '1' });
    await hands(page, 'check', {});
    expect(askedFor('paste.save')[0]?.ask).toMatchObject({ branchId: 'B1' });
  });

  it('puts a manager’s list into her own branch, and offers no campaign', async () => {
    replies('members', 'session.open', () => ({
      ...SESSION,
      role: 'manager' as const,
      branch: { id: 'B7', name: '静安寺店' },
    }));
    const page = await write(LIST);
    await hands(page, 'check', {});
    await hands(page, 'save', {});
    expect(askedFor('tier.branches')).toHaveLength(0);
    expect(askedFor('paste.save')[1]?.ask).toMatchObject({ branchId: 'B7' });
    expect(textOf(page)).not.toContain('去下发活动');
  });

  it('goes back to the text when it is changed after looking', async () => {
    const page = await write(LIST);
    await hands(page, 'check', {});
    await hands(page, 'backToWriting', {});
    expect(page.data['step']).toBe('write');
    expect(textOf(page)).not.toContain('第3行的分层');
    expect(page.data['text']).toBe(LIST);
  });

  it('repeats a lost saving as the same act', async () => {
    const page = await write(LIST);
    await hands(page, 'check', {});
    loses('members', 'paste.save');
    await hands(page, 'save', {});
    expect(textOf(page)).toContain('网络断开了');
    expect(page.data['step']).toBe('checked');
    await hands(page, 'save', {});
    const [, lost, kept] = askedFor('paste.save');
    expect(kept?.requestKey).toBe(lost?.requestKey);
  });

  it('asks nothing while nothing was understood, or too much was pasted', async () => {
    const page = await write('???');
    await hands(page, 'check', {});
    await hands(page, 'onInput', {
      value: Array.from({ length: MOST_LINES + 1 }, (_, i) => `客${i} 1380000${1000 + i}`).join('\n'),
    });
    await hands(page, 'check', {});
    expect(textOf(page)).toContain('请分几次粘贴');
    expect(askedFor('paste.save')).toHaveLength(0);
  });

  it('draws a long list piece by piece', async () => {
    const page = await write(Array.from({ length: 120 }, (_, i) => `客${i} 1380000${1000 + i}`).join('\n'));
    expect(page.data['lines']).toHaveLength(50);
    await tap(page, '.main--more');
    await tap(page, '.main--more');
    expect(page.data['lines']).toHaveLength(120);
    expect(page.data['hidden']).toBe(0);
  });

  it('leads on to a campaign once saved', async () => {
    const page = await write(LIST);
    await hands(page, 'check', {});
    await hands(page, 'save', {});
    await hands(page, 'launch', {});
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/hq/campaign/campaign' });
    await hands(page, 'again', {});
    expect(page.data).toMatchObject({ step: 'write', text: '', lines: [], canCheck: false });
  });

  it('says why it may not, and lets her try again', async () => {
    refuses('members', 'paste.save', { code: 'not-allowed' });
    const page = await write(LIST);
    await hands(page, 'check', {});
    expect(textOf(page)).toContain('你的角色不能做这件事');
    expect(page.data['step']).toBe('write');
  });
});
