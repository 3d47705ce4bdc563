import { bar, open, set, setDesk, tried } from './hq-rules-desk';
import { draftOfPreset } from '../../miniprogram/hq/rules/draft';
import { OVERVIEW, rebuildOf, VERSIONS } from './hq-samples';
import { askedFor, hands, loses, phone, refuses, replies, settled, textOf } from './mount';

beforeEach(setDesk);

describe('saving', () => {
  it('asks once more with the counts, then shows the rebuild to its end', async () => {
    const page = await open();
    await tried(page);
    await hands(page, 'typeNote', { value: ' 多叫一批 ' });
    replies('members', 'rules.list', () => ({
      current: 4,
      versions: [
        { rules: { ...draftOfPreset('daily'), version: 4 }, savedAt: 1, savedBy: '沈总', note: '' },
        ...VERSIONS,
      ],
    }));
    await hands(page, 'save', {});
    await settled(30);
    expect(phone.showModal.mock.calls[0]?.[0].content).toContain('变冷 120');
    const [save] = askedFor('rules.save');
    expect(save?.ask).toMatchObject({ basedOn: 3, note: '多叫一批' });
    expect(save?.requestKey).toBeTruthy();
    expect(askedFor('rebuild.step').length).toBeGreaterThan(0);
    expect(textOf(page)).toContain('第4版规则已全部生效，1,200 位会员换了位置');
    expect(bar(page)).toBe('改动后可以试算');
  });

  it('does nothing when the question is answered with no, or before a trial', async () => {
    const page = await open();
    await set(page, 'drowsy', 2);
    await hands(page, 'save', {});
    expect(phone.showModal).not.toHaveBeenCalled();
    phone.showModal.mockResolvedValue({ confirm: false, cancel: true });
    await tried(page);
    await hands(page, 'save', {});
    expect(askedFor('rules.save')).toEqual([]);
  });

  it('keeps its key while the answer is lost, and takes a new one for another draft', async () => {
    const page = await open();
    await tried(page);
    loses('members', 'rules.save');
    await hands(page, 'save', {});
    await hands(page, 'save', {});
    expect(textOf(page)).toContain('网络断开了');
    await tried(page, 1);
    await hands(page, 'save', {});
    const [first, again, other] = askedFor('rules.save').map((call) => call.requestKey);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('shows the rules somebody else saved meanwhile and keeps the draft', async () => {
    const page = await open();
    await tried(page);
    refuses('members', 'rules.save', { code: 'rules-stale', detail: '4' });
    replies('members', 'rules.list', () => ({
      current: 4,
      versions: [
        { rules: { ...draftOfPreset('daily'), version: 4 }, savedAt: 1, savedBy: '李总', note: '' },
        ...VERSIONS,
      ],
    }));
    await hands(page, 'save', {});
    await settled();
    const text = textOf(page);
    expect(text).toContain('分层规则刚刚被改成了第4版');
    expect(text).toContain('第4版 · 便利');
    expect(text).toContain('预沉睡：满 1 个月未消费 → 满 2 个月未消费');
    expect(bar(page)).toBe('还原试算');
    replies('members', 'rules.save', () => rebuildOf(12_000, 5));
    await hands(page, 'tryOut', {});
    await hands(page, 'save', {});
    expect(askedFor('rules.save').at(-1)?.ask).toMatchObject({ basedOn: 4 });
  });
});

describe('a rebuild that runs already', () => {
  it('is shown and helped along, and stops asking once the page is left', async () => {
    replies('members', 'tier.overview', () => ({ ...OVERVIEW, rebuild: rebuildOf(4440) }));
    replies('members', 'rebuild.step', async () => {
      await settled(40);
      return rebuildOf(4560);
    });
    const page = await open();
    expect(textOf(page)).toContain('正在按第4版规则重新分层 37%，数字会随之变化');
    await settled(60);
    page.instance['onUnload']?.();
    const calls = askedFor('rebuild.step').length;
    expect(calls).toBeGreaterThan(0);
    await settled(60);
    expect(askedFor('rebuild.step').length).toBeLessThanOrEqual(calls + 2);
  });

  it('says that the cloud goes on when this phone cannot', async () => {
    replies('members', 'tier.overview', () => ({ ...OVERVIEW, rebuild: rebuildOf(4440) }));
    refuses('members', 'rebuild.step', { code: 'server-error' });
    const page = await open();
    await settled(20);
    expect(textOf(page)).toContain('后台会接着做');
  });
});
