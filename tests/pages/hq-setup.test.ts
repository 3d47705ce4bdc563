import type { SetUpShown } from '../../miniprogram/contract/setup';
import { PRESETS } from '../../miniprogram/domain/membership/presets';
import { stepsOf } from '../../miniprogram/domain/outreach/setUp';
import type { SetUpFacts } from '../../miniprogram/domain/outreach/setUp';
import {
  asked,
  askedFor,
  hands,
  loses,
  mountPage,
  phone,
  replies,
  settled,
  startOver,
  tap,
  textOf,
} from './mount';

const NOTHING: SetUpFacts = {
  name: '',
  rulesSaved: false,
  branches: 0,
  staff: 0,
  openInvites: 0,
  members: 0,
  waiting: 0,
  launched: 0,
  drafts: 0,
};
const ALL = {
  ...NOTHING,
  name: '禾木童装',
  rulesSaved: true,
  branches: 3,
  staff: 7,
  members: 1200,
  launched: 1,
};
const standing = (facts: SetUpFacts): SetUpShown => ({
  isOpen: true,
  facts,
  steps: stepsOf(facts),
  rules: { preset: 'retail', version: 1 },
});
const open = (facts: SetUpFacts) => {
  replies('members', 'setup.get', () => standing(facts));
  return mountPage('hq/setup/setup');
};

beforeEach(startOver);

describe('开店准备', () => {
  it('shows in one call where to begin, and what has to wait for what', async () => {
    const page = await open(NOTHING);
    expect(asked).toHaveLength(1);
    const words = textOf(page);
    expect(words).toContain('6 步，已完成 0 步');
    expect(words).toContain('先做第 4 步');
    expect(words).toContain('先去总览，下次再接着');
  });

  it('shows of what is done what is there', async () => {
    const words = textOf(await open({ ...ALL, openInvites: 2, waiting: 5, launched: 0, drafts: 1 }));
    for (const told of [
      '3家门店',
      '7位已加入，2个邀请码还没人用',
      '1,200位会员，还有5位没排完',
      '1个还没下发',
    ])
      expect(words).toContain(told);
  });

  it('keeps the name, with the same key when the answer was lost', async () => {
    const page = await open(NOTHING);
    loses('members', 'chain.name');
    await hands(page, 'type', { value: ' 禾木童装 ' });
    await page.instance['saveName']?.();
    replies('members', 'chain.name', ({ name }) => ({ name }));
    await page.instance['saveName']?.();
    await settled();
    const [first, second] = askedFor('chain.name');
    expect(first).toMatchObject({ ask: { name: '禾木童装' } });
    expect(second?.requestKey).toBe(first?.requestKey);
    expect(askedFor('setup.get').length).toBeGreaterThan(1);
  });

  it('asks for a name before it sends one', async () => {
    const page = await open(NOTHING);
    await page.instance['saveName']?.();
    expect(askedFor('chain.name')).toEqual([]);
  });

  it('takes a preset over as it is, based on the rules in force', async () => {
    const page = await open({ ...NOTHING, name: '禾木' });
    replies('members', 'rules.save', () => ({}) as never);
    await tap(page, '.main--preset', 1);
    expect(askedFor('rules.save')[0]).toMatchObject({ ask: { rules: PRESETS.maternity, basedOn: 1 } });
  });

  it('goes to the page of a step', async () => {
    const page = await open({ ...ALL, launched: 0 });
    await tap(page, '.main--step__act');
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/hq/campaign/campaign' });
  });

  it('is ended without a question when everything is done, and with one before', async () => {
    replies('members', 'setup.end', () => ({ isOpen: false }));
    const done = await open(ALL);
    expect(textOf(done)).toContain('都准备好了');
    await done.instance['end']?.();
    expect(phone.showModal).not.toHaveBeenCalled();
    expect(phone.reLaunch).toHaveBeenCalledWith({ url: '/hq/overview/overview' });
    phone.reLaunch.mockClear();
    phone.showModal.mockResolvedValueOnce({ confirm: false, cancel: true });
    await (await open(NOTHING)).instance['end']?.();
    expect(phone.showModal).toHaveBeenCalledTimes(1);
    expect(phone.reLaunch).not.toHaveBeenCalled();
  });
});
