import { bar, open, set, setDesk, tried } from './hq-rules-desk';
import type { DraftRules } from '../../miniprogram/contract/rules';
import { VERSIONS } from './hq-samples';
import {
  asked,
  askedFor,
  hands,
  loses,
  mountComponent,
  phone,
  refuses,
  replies,
  settled,
  tap,
  textOf,
} from './mount';
import type { Mounted } from './mount';

beforeEach(setDesk);

describe('the rules in force', () => {
  it('stand in words, with their cut-off and the earlier versions', async () => {
    const text = textOf(await open());
    for (const words of [
      '第3版 · 零售',
      '满 12 个月未消费',
      '前 20% 的标准：¥180',
      '五一前多叫一批',
      '用这版作草稿',
    ])
      expect(text).toContain(words);
  });

  it('cannot be tried out unchanged', async () => {
    const page = await open();
    expect(bar(page)).toBe('改动后可以试算');
    await hands(page, 'tryOut', {});
    await set(page, 'drowsy', 2);
    await hands(page, 'undo', {});
    expect(bar(page)).toBe('改动后可以试算');
  });

  it('say why they cannot be read, and try again', async () => {
    refuses('members', 'rules.list', { code: 'not-allowed' });
    const page = await open();
    expect(textOf(page)).toContain('你的角色不能做这件事');
    replies('members', 'rules.list', () => ({ current: 3, versions: VERSIONS }));
    await tap(page, '.load-state--state-face__button');
    expect(textOf(page)).toContain('第3版 · 零售');
  });
});

describe('the draft', () => {
  it('says at once what is wrong and does not go on', async () => {
    const page = await open();
    await set(page, 'drowsy', 6);
    expect(bar(page)).toContain('沉睡要比预沉睡更久');
    await hands(page, 'tryOut', {});
    expect(askedFor('rules.preview')).toEqual([]);
  });

  it('starts from a preset or from an earlier version', async () => {
    const page = await open();
    await tap(page, '.main--preset', 1);
    expect(textOf(page)).toContain('预沉睡：满 3 个月未消费 → 满 6 个月未消费');
    await tap(page, '.main--version__use', 0);
    expect(textOf(page)).toContain('下单未支付：有 7 天内的未付订单 → 有 3 天内的未付订单');
  });

  it('steps by a tap on a field', async () => {
    const page = await open();
    await tap(page, '.number-field--number-field__step', 0);
    expect(textOf(page)).toContain('预沉睡：满 3 个月未消费 → 满 2 个月未消费');
  });

  it('takes categories on and off, each once', async () => {
    const page = await open();
    await hands(page, 'typeCategory', { value: ' 奶粉 ' });
    await hands(page, 'addCycle', {});
    expect(textOf(page)).toContain('品类周期：没有 → 奶粉 30 天');
    await hands(page, 'typeCategory', { value: '奶粉' });
    await hands(page, 'addCycle', {});
    expect(phone.showToast).toHaveBeenCalledWith(expect.objectContaining({ title: '奶粉已经在上面了' }));
    await hands(page, 'setCycle', { value: 28 }, { name: '奶粉' });
    expect(textOf(page)).toContain('奶粉 28 天');
    await hands(page, 'removeCycle', {}, { name: '奶粉' });
    expect(bar(page)).toBe('改动后可以试算');
  });
});

describe('the dry run', () => {
  it('reads every page of the draft and shows who moves, with both sentences', async () => {
    const page = await open();
    await tried(page);
    const asks = askedFor('rules.preview').map(
      (call) => call.ask as { rules: DraftRules; after: string | null },
    );
    expect(asks.map((ask) => ask.after)).toEqual([null, '1', '2']);
    expect(asks.every((ask) => ask.rules.ladder.some((step) => step.months === 2))).toBe(true);
    const text = textOf(page);
    for (const words of [
      '3,000 位会员里有 120 位会换位置',
      '变冷',
      '活跃 → 预沉睡',
      '活跃：距今75天。',
      '预沉睡：满2个月。',
    ])
      expect(text).toContain(words);
    expect(asked.some((call) => call.action === 'rules.save')).toBe(false);
  });

  it('is worthless as soon as the draft changes', async () => {
    const page = await open();
    await tried(page);
    await set(page, 'lost', 11);
    expect(textOf(page)).not.toContain('会换位置');
    expect(bar(page)).toBe('还原试算');
  });

  it('drops the answers of a draft that is gone', async () => {
    const page = await open();
    await set(page, 'drowsy', 2);
    const running = page.instance['tryOut']?.();
    await set(page, 'drowsy', 1);
    await running;
    await settled(20);
    expect(page.data['trial']).toBe('no');
    expect(askedFor('rules.preview')).toHaveLength(1);
  });

  it('goes on after a lost network where it stopped', async () => {
    const page = await open();
    loses('members', 'rules.preview');
    await tried(page);
    expect(textOf(page)).toContain('网络断开了');
    expect(bar(page)).toBe('还原继续试算');
    replies('members', 'rules.preview', () => ({
      read: 3000,
      total: 3000,
      moves: [],
      examples: [],
      next: null,
      aovCut: null,
    }));
    await hands(page, 'tryOut', {});
    expect(textOf(page)).toContain('3,000 位会员都留在原来的位置');
  });
});

describe('a number field', () => {
  const field = (value: number): { it: Mounted; told: number[] } => {
    const told: number[] = [];
    const it = mountComponent('hq/parts/number-field/number-field', { label: '沉睡', value, least: 1 });
    it.addEventListener('change', (event) => told.push((event.detail as { value: number }).value));
    return { it, told };
  };

  it('tells what is typed as it is typed, and nothing while it is empty', async () => {
    const { it, told } = field(6);
    for (const value of ['', '1', '12', '12.']) await hands(it, 'type', { value });
    expect(told).toEqual([1, 12]);
  });

  it('goes back to the last number when it is left empty', async () => {
    const { it } = field(6);
    await hands(it, 'type', { value: '' });
    expect(it.data['text']).toBe('');
    await hands(it, 'leave', {});
    expect(it.data['text']).toBe('6');
  });

  it('steps down to its least and no further', async () => {
    const { it, told } = field(2);
    await tap(it, '.main--number-field__step', 0);
    expect(told).toEqual([1]);
    const least = field(1);
    await tap(least.it, '.main--number-field__step', 0);
    expect(least.told).toEqual([]);
  });
});
