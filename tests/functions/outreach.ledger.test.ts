import { omit } from 'lodash-es';
import { randomBytes } from 'node:crypto';
import { sealPhone } from '../../cloudfunctions/common/people/phones';
import type { MemberDoc } from '../../cloudfunctions/common/store/documents';
import { table } from '../../cloudfunctions/common/store/table';
import { HOLD_MS } from '../../miniprogram/domain/outreach/contactHold';
import type { ClerkChannel } from '../../miniprogram/domain/outreach/types';
import { addDays, DAY_MS, startOf } from '../../miniprogram/domain/kernel/day';
import { newKey, refusalOf, replyOf, startChain, TEN_O_CLOCK, TODAY } from './chain';
import type { Chain } from './chain';
import { aCampaign, seedStaff, seedTask } from './people';

jest.setTimeout(60_000);
const KEY = randomBytes(32).toString('base64');
/** A push; a care message would have a place of its own. */
const SCRIPT = 'dormant-thanks-1';

let chain: Chain;
beforeAll(async () => {
  chain = await startChain(['outreach', 'gifts'], { environment: { HUITOU_PHONE_KEY: KEY } });
  await seedStaff(chain);
  await chain.add('campaigns', [aCampaign('spring')]);
}, 60_000);
afterAll(() => chain.stop());

const copy = (openid: string, taskId: string, key?: string, draft: string | null = null) =>
  chain.call(openid, 'outreach', 'script.copy', { taskId, scriptId: SCRIPT, draft }, key);
const begin = (openid: string, taskId: string, channel: ClerkChannel = 'shareCard', key?: string) =>
  chain.call(openid, 'outreach', 'touch.begin', { taskId, channel }, key);
const record = (openid: string, taskId: string, held: string | null = null, key?: string) =>
  chain.call(
    openid,
    'outreach',
    'touch.record',
    { taskId, channel: 'copy', scriptId: SCRIPT, text: '您好', held },
    key,
  );
const undo = (openid: string, taskId: string, touch: string, key?: string) =>
  chain.call(openid, 'outreach', 'touch.undo', { taskId, touch }, key);
const memberOf = async (id: string) => {
  const member = await table('members').find(id);
  if (!member) throw new Error(`no member ${id}`);
  return member;
};
const holdsOf = async (id: string) => (await memberOf(id)).holds ?? [];

/** So many touches of the last days, answered: the cap of four leaves room for the rest. */
const touched = (count: number): Pick<MemberDoc, 'touches'> => ({
  touches: Array.from({ length: count }, (_, n) => ({
    id: `t${n}`,
    at: TEN_O_CLOCK - (count - n) * DAY_MS,
    purpose: 'promo' as const,
    answered: true,
  })),
});

describe('a contact that has begun', () => {
  it('is held for ten minutes, and the same act again gives the same words and no second hold', async () => {
    const { task } = await seedTask(chain, 'A1');
    const key = newKey();
    const first = await copy('wx-c1', task._id, key);
    expect(replyOf(first).heldUntil).toBe((await holdsOf('A1'))[0]?.until);
    expect(replyOf(first).heldUntil - chain.now()).toBeLessThanOrEqual(HOLD_MS);
    expect(await copy('wx-c1', task._id, key)).toEqual(first);
    const burst = await Promise.all(Array.from({ length: 5 }, () => copy('wx-c1', task._id, key)));
    for (const again of burst) expect(again).toEqual(first);
    const held = { id: `${task._id}:${key}`, staffId: 'c1', channel: 'copy', purpose: 'promo' };
    expect(await holdsOf('A1')).toMatchObject([held]);
  });

  it('costs three database calls for words, four for a number, five for saying so', async () => {
    const { task } = await seedTask(chain, 'A2', { member: { phone: sealed('13800001234') } });
    await copy('wx-c1', task._id);
    const calls = async (action: string, ask: object, requestKey = newKey()) =>
      (await chain.send('wx-c1', 'outreach', { action, ask: { taskId: task._id, ...ask }, requestKey }))
        .databaseCalls;
    const key = newKey();
    expect(await calls('script.copy', { scriptId: SCRIPT, draft: null }, key)).toBe(3);
    expect(await calls('touch.begin', { channel: 'call' })).toBe(4);
    const said = { channel: 'copy', scriptId: null, text: null, held: key };
    expect(await calls('touch.record', said, 'said-so-1')).toBe(5);
    expect(await calls('touch.undo', { touch: 'said-so-1' })).toBe(5);
  });

  it('is renewed, not added, when she edits and copies anew', async () => {
    const { task } = await seedTask(chain, 'A3', { member: touched(3) });
    for (const draft of [null, '王小姐您好', '好久不见，来坐坐']) {
      expect((await copy('wx-c1', task._id, undefined, draft)).ok).toBe(true);
    }
    expect(await holdsOf('A3')).toHaveLength(1);
  });

  it('counts against the next one, whoever asks and by whatever channel, until it runs out', async () => {
    const { task } = await seedTask(chain, 'A4', { member: touched(3) });
    const { heldUntil } = replyOf(await copy('wx-c1', task._id));
    for (const other of [
      await copy('wx-m1', task._id),
      await begin('wx-hq', task._id),
      await begin('wx-c1', task._id, 'call'),
    ]) {
      expect(other).toEqual({ ok: false, failure: { code: 'contact-held', nextAllowedAt: heldUntil } });
    }
    await chain.cloud.clock.moveTo(heldUntil + 1);
    expect((await begin('wx-m1', task._id)).ok).toBe(true);
    expect(await holdsOf('A4')).toHaveLength(1);
  });

  it('claims nothing when nobody says that it was sent', async () => {
    const { task } = await seedTask(chain, 'A5', { member: touched(3) });
    const { heldUntil } = replyOf(await copy('wx-c1', task._id));
    expect((await memberOf('A5')).touches).toHaveLength(3);
    expect(await table('tasks').find(task._id)).toMatchObject({ status: 'open', contactedAt: null });
    await chain.cloud.clock.moveTo(heldUntil + 1);
    expect((await copy('wx-m1', task._id)).ok).toBe(true);
  });

  it('turns into the statement: one touch, not two, and no hold is left', async () => {
    const { task } = await seedTask(chain, 'A6', { member: touched(2) });
    const key = newKey();
    const words = await copy('wx-c1', task._id, key);
    expect(replyOf(await record('wx-c1', task._id, key)).nextAllowedAt).toBeNull();
    expect(await holdsOf('A6')).toEqual([]);
    expect((await memberOf('A6')).touches).toHaveLength(3);
    expect((await begin('wx-c1', task._id)).ok).toBe(true);
    // The copy's answer comes again after the statement: the words, and no new hold for them.
    expect(replyOf(await copy('wx-c1', task._id, key)).text).toBe(replyOf(words).text);
    expect(await holdsOf('A6')).toHaveLength(1);
  });

  it('is written down without a hold too, and ends nobody else’s', async () => {
    const { task } = await seedTask(chain, 'A7');
    const key = newKey();
    await copy('wx-c1', task._id, key);
    expect((await record('wx-m1', task._id, key)).ok).toBe(true);
    expect((await record('wx-m1', task._id, 'never-held')).ok).toBe(true);
    expect(await holdsOf('A7')).toMatchObject([{ staffId: 'c1' }]);
    expect((await memberOf('A7')).touches).toHaveLength(2);
  });

  it('is not taken by a refused draft', async () => {
    const { task } = await seedTask(chain, 'A8');
    expect(refusalOf(await copy('wx-c1', task._id, undefined, '国家级好茶'))).toBe('script-risky');
    expect(await holdsOf('A8')).toEqual([]);
  });

  it('is refused after an opt-out, on others’ tasks and on finished ones, for each way of reaching her', async () => {
    const { task } = await seedTask(chain, 'A9', { member: { optOut: { at: 1, source: 'member' } } });
    const { task: woken } = await seedTask(chain, 'B0', { task: { status: 'woken' } });
    const { task: open } = await seedTask(chain, 'B1');
    for (const channel of ['call', 'shareCard'] as const) {
      expect(refusalOf(await begin('wx-c1', task._id, channel))).toBe('opted-out');
      expect(refusalOf(await begin('wx-c1', woken._id, channel))).toBe('task-closed');
      expect(refusalOf(await begin('wx-c1', 'spring:nobody', channel))).toBe('not-found');
      for (const openid of ['wx-c2', 'wx-c3', 'wx-m2']) {
        expect(refusalOf(await begin(openid, open._id, channel))).toBe('out-of-scope');
      }
      expect(refusalOf(await begin('wx-B1', open._id, channel))).toBe('not-staff');
    }
    expect(refusalOf(await begin('wx-c1', open._id, 'copy'))).toBe('bad-ask');
    expect(await holdsOf('B1')).toEqual([]);
  });
});

describe('the last contact', () => {
  it('goes to exactly one of four who want it at the same time, fifty times', async () => {
    for (let round = 0; round < 50; round++) {
      const id = `R${round}`;
      const { task } = await seedTask(chain, id, { member: touched(3) });
      const answers = await Promise.all([
        copy('wx-c1', task._id),
        begin('wx-m1', task._id),
        begin('wx-hq', task._id, 'call'),
        begin('wx-c1', task._id, 'call'),
      ]);
      const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.failure.code)).sort();
      expect(codes).toEqual(['contact-held', 'contact-held', 'contact-held', 'ok']);
      expect(await holdsOf(id)).toHaveLength(1);
    }
  });

  it('is not handed out while a statement takes it', async () => {
    for (let round = 0; round < 10; round++) {
      const id = `S${round}`;
      const { task } = await seedTask(chain, id, { member: touched(3) });
      const [said, wanted] = await Promise.all([record('wx-c1', task._id), copy('wx-m1', task._id)]);
      expect(said.ok).toBe(true);
      const member = await memberOf(id);
      expect(member.touches).toHaveLength(4);
      // Whichever came first: words that were handed out were held before the statement, and nothing after it is.
      if (!wanted.ok) expect(wanted.failure.code).toBe('contact-cap');
      expect(refusalOf(await begin('wx-hq', task._id))).toBe('contact-cap');
    }
  });
});

const sealed = (phone: string) => {
  const before = process.env['HUITOU_PHONE_KEY'];
  process.env['HUITOU_PHONE_KEY'] = KEY;
  try {
    return sealPhone(phone);
  } finally {
    if (before === undefined) delete process.env['HUITOU_PHONE_KEY'];
    else process.env['HUITOU_PHONE_KEY'] = before;
  }
};

describe('a call', () => {
  it('is answered with the whole number, and every showing is in the audit once', async () => {
    const { task } = await seedTask(chain, 'P1', { member: { phone: sealed('13800001234') } });
    const key = newKey();
    const first = await begin('wx-c1', task._id, 'call', key);
    expect(replyOf(first).phone).toBe('13800001234');
    expect(await begin('wx-c1', task._id, 'call', key)).toEqual(first);
    await begin('wx-m1', task._id, 'call');
    const shown = await table('audit').page({ where: { memberId: 'P1' }, limit: 10 });
    expect(shown.map(({ what, staffId }) => `${what} ${staffId}`).sort()).toEqual([
      'phoneShown c1',
      'phoneShown m1',
    ]);
    expect(shown.find(({ staffId }) => staffId === 'c1')?._id).toBe(`${task._id}:${key}`);
    expect(JSON.stringify(shown)).not.toContain('13800001234');
  });

  it('has no number for a shared card, without one on file, and for nobody who may not call', async () => {
    const phone = sealed('13800001234');
    const { task } = await seedTask(chain, 'P2', { member: { phone } });
    const { task: bare } = await seedTask(chain, 'P3');
    const { task: out } = await seedTask(chain, 'P4', {
      member: { phone, optOut: { at: 1, source: 'member' } },
    });
    expect(replyOf(await begin('wx-c1', task._id, 'shareCard')).phone).toBeNull();
    expect(replyOf(await begin('wx-c1', bare._id, 'call')).phone).toBeNull();
    for (const refused of [await begin('wx-c2', task._id, 'call'), await begin('wx-c1', out._id, 'call')]) {
      expect(refused.ok).toBe(false);
      expect(JSON.stringify(refused)).not.toContain('1380000');
    }
    for (const memberId of ['P2', 'P3', 'P4']) expect(await table('audit').findOne({ memberId })).toBeNull();
  });
});

describe('taking it back', () => {
  it('leaves the row, marked, and sets the member and the task back', async () => {
    const { task } = await seedTask(chain, 'U1');
    const before = [omit(await table('tasks').find(task._id), 'uncounted'), (await memberOf('U1')).touches];
    const key = newKey();
    const said = replyOf(await record('wx-c1', task._id, null, key));
    expect(said.undoUntil - chain.now()).toBeLessThanOrEqual(60_000);
    const reply = replyOf(await undo('wx-c1', task._id, key));
    expect(reply.card).toMatchObject({ status: 'open', stage: 'new', daysSinceTouched: null });
    expect(await table('touches').find(`${task._id}:${key}`)).toMatchObject({
      text: '您好',
      undoneAt: expect.any(Number) as number,
    });
    expect([omit(await table('tasks').find(task._id), 'uncounted'), (await memberOf('U1')).touches]).toEqual(
      before,
    );
    const opened = replyOf(await chain.call('wx-c1', 'outreach', 'task.open', { taskId: task._id }));
    expect(opened.touches).toEqual([]);
  });

  it('is done once, and a late repetition of the statement does not bring it back', async () => {
    const { task } = await seedTask(chain, 'U2');
    const key = newKey();
    const undoKey = newKey();
    await record('wx-c1', task._id, null, key);
    const first = await undo('wx-c1', task._id, key, undoKey);
    expect(await undo('wx-c1', task._id, key, undoKey)).toEqual(first);
    const burst = await Promise.all(Array.from({ length: 4 }, () => undo('wx-c1', task._id, key)));
    for (const again of burst) expect(again).toEqual(first);
    expect(replyOf(await record('wx-c1', task._id, null, key)).card.stage).toBe('new');
    expect((await memberOf('U2')).touches).toEqual([]);
  });

  it('sets back only to the touches that stand', async () => {
    const { task } = await seedTask(chain, 'U3');
    const [one, two] = [newKey(), newKey()];
    await record('wx-c1', task._id, null, one);
    await chain.cloud.clock.moveTo(chain.now() + 5_000);
    await record('wx-c1', task._id, null, two);
    const first = await table('touches').find(`${task._id}:${one}`);
    await undo('wx-c1', task._id, two);
    expect(await table('tasks').find(task._id)).toMatchObject({
      status: 'contacted',
      contactedAt: first?.at,
      member: { lastTouchedAt: first?.at },
    });
  });

  it('heals what a cut-off try left, also after the minute', async () => {
    const { task } = await seedTask(chain, 'U4');
    const key = newKey();
    await record('wx-c1', task._id, null, key);
    await table('touches').changeIf({ _id: `${task._id}:${key}` }, { undoneAt: chain.now() });
    await chain.cloud.clock.moveTo(chain.now() + 5 * 60_000);
    expect(replyOf(await undo('wx-c1', task._id, key)).card.stage).toBe('new');
    expect((await memberOf('U4')).touches).toEqual([]);
    expect(await table('tasks').find(task._id)).toMatchObject({ status: 'open', contactedAt: null });
  });

  it('is refused after a minute, to a colleague, and for what never was', async () => {
    const { task } = await seedTask(chain, 'U5');
    const key = newKey();
    await record('wx-c1', task._id, null, key);
    expect(refusalOf(await undo('wx-m1', task._id, key))).toBe('undo-refused');
    for (const openid of ['wx-c2', 'wx-c3', 'wx-m2'])
      expect(refusalOf(await undo(openid, task._id, key))).toBe('out-of-scope');
    expect(refusalOf(await undo('wx-c1', task._id, 'no-such-touch'))).toBe('not-found');
    expect(refusalOf(await undo('wx-c1', 'spring:nobody', key))).toBe('not-found');
    await chain.cloud.clock.moveTo(chain.now() + 62_000);
    expect(refusalOf(await undo('wx-c1', task._id, key))).toBe('undo-refused');
    expect((await memberOf('U5')).touches).toHaveLength(1);
  });

  it('leaves a task that ended ended', async () => {
    const { task } = await seedTask(chain, 'U6', { task: { status: 'woken', wokenAt: TEN_O_CLOCK } });
    const key = newKey();
    await record('wx-c1', task._id, null, key);
    expect(replyOf(await undo('wx-c1', task._id, key)).card.status).toBe('woken');
    expect((await table('tasks').find(task._id))?.contactedAt).toBeNull();
  });
});

describe('a customer who says no to her clerk', () => {
  const optOut = (openid: string, taskId: string, scope: 'promo' | 'all', key?: string) =>
    chain.call(openid, 'outreach', 'optOut.record', { taskId, scope }, key);

  it('is left alone from then on: by pushes, or by everything; it can only become stricter', async () => {
    const { task } = await seedTask(chain, 'O1');
    expect(replyOf(await optOut('wx-c1', task._id, 'promo'))).toEqual({ scope: 'promo' });
    expect(refusalOf(await copy('wx-c1', task._id))).toBe('opted-out');
    const care = { taskId: task._id, scriptId: 'dormant-care-1', draft: null };
    expect((await chain.call('wx-c1', 'outreach', 'script.copy', care)).ok).toBe(true);
    expect(replyOf(await optOut('wx-c1', task._id, 'all'))).toEqual({ scope: 'all' });
    expect(refusalOf(await chain.call('wx-c1', 'outreach', 'script.copy', care))).toBe('opted-out');
    const kept = (await memberOf('O1')).optOut;
    expect(replyOf(await optOut('wx-m1', task._id, 'promo'))).toEqual({ scope: 'all' });
    expect((await memberOf('O1')).optOut).toEqual(kept);
  });

  it('keeps what she said herself, and is not believed from anybody else’s clerk', async () => {
    const own = { at: 1, source: 'member' as const };
    const { task } = await seedTask(chain, 'O2', { member: { optOut: own } });
    const { task: other } = await seedTask(chain, 'O3', { task: { status: 'closed' } });
    expect(replyOf(await optOut('wx-c1', task._id, 'promo'))).toEqual({ scope: 'all' });
    expect((await memberOf('O2')).optOut).toEqual(own);
    for (const openid of ['wx-c2', 'wx-c3', 'wx-m2'])
      expect(refusalOf(await optOut(openid, other._id, 'all'))).toBe('out-of-scope');
    expect((await memberOf('O3')).optOut).toBeNull();
    const key = newKey();
    const first = await optOut('wx-c1', other._id, 'all', key);
    expect(await optOut('wx-c1', other._id, 'all', key)).toEqual(first);
    expect((await memberOf('O3')).optOut).toMatchObject({ source: 'clerk' });
  });

  it('is heard also while words are being handed out: nothing is held after it', async () => {
    for (let round = 0; round < 10; round++) {
      const { task } = await seedTask(chain, `O4${round}`);
      const [said, words] = await Promise.all([optOut('wx-m1', task._id, 'all'), copy('wx-c1', task._id)]);
      expect(said.ok).toBe(true);
      if (!words.ok) expect(words.failure.code).toBe('opted-out');
      expect(refusalOf(await copy('wx-hq', task._id))).toBe('opted-out');
    }
  });
});

it('begins nothing at night, whoever asks, and says nine in the morning', async () => {
  const { task } = await seedTask(chain, 'Z1');
  await chain.cloud.clock.moveTo(startOf(TODAY, 22));
  const refused = {
    ok: false,
    failure: { code: 'quiet-hours', nextAllowedAt: startOf(addDays(TODAY, 1), 9) },
  };
  for (const openid of ['wx-c1', 'wx-m1', 'wx-hq']) {
    expect(await begin(openid, task._id)).toEqual(refused);
    expect(await begin(openid, task._id, 'call')).toEqual(refused);
    expect(await copy(openid, task._id)).toEqual(refused);
  }
  expect(await holdsOf('Z1')).toEqual([]);
});
