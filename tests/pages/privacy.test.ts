import type * as Trouble from '../../miniprogram/services/trouble';
import type * as Update from '../../miniprogram/platform/update';
import {
  askedFor,
  mountComponent,
  mountPage,
  phone,
  replies,
  settled,
  startOver,
  tap,
  textOf,
} from './mount';

type Resolve = jest.Mock<void, [{ event: string; buttonId?: string }]>;
const wx = (globalThis as unknown as { wx: Record<string, unknown> }).wx;
let need: (resolve: Resolve) => void = () => undefined;
beforeEach(() => {
  startOver();
  wx['onNeedPrivacyAuthorization'] = (listener: typeof need) => {
    need = listener;
  };
});
afterEach(() => {
  delete wx['onNeedPrivacyAuthorization'];
});
const held = (): Resolve => jest.fn();
const answers = (resolve: Resolve) => resolve.mock.calls.map(([answer]) => answer);

describe('the question of privacy', () => {
  const open = () => mountComponent('components/load-state/load-state', { state: 'ready' });

  it('is not asked before something of hers is touched', () => {
    expect(textOf(open())).toBe('');
  });

  it('shows a sheet, tells WeChat so, and hands on that she agreed by its button', async () => {
    const sheet = mountComponent('components/privacy-sheet/privacy-sheet');
    const [first, second] = [held(), held()];
    need(first);
    need(second);
    await settled();
    expect(textOf(sheet)).toContain('先问你一声');
    expect(answers(first)).toEqual([{ event: 'exposureAuthorization' }]);
    sheet.instance['agree']?.();
    await settled();
    for (const one of [first, second])
      expect(answers(one).at(-1)).toEqual({ event: 'agree', buttonId: 'privacy-agree' });
    expect(textOf(sheet)).toBe('');
  });

  it('takes a no, and asks anew the next time', async () => {
    const sheet = mountComponent('components/privacy-sheet/privacy-sheet');
    for (let time = 0; time < 2; time++) {
      const resolve = held();
      need(resolve);
      await settled();
      await tap(sheet, '.main--privacy-act');
      expect(answers(resolve).at(-1)).toEqual({ event: 'disagree' });
      expect(textOf(sheet)).toBe('');
    }
  });

  it('comes along with the state of a page', async () => {
    const page = open();
    need(held());
    await settled();
    expect(textOf(page)).toContain('不同意也能继续看别的');
  });

  it('leads to the privacy page where a page in sight has no sheet', async () => {
    const sheet = mountComponent('components/privacy-sheet/privacy-sheet');
    sheet.instance['leave']?.();
    need(held());
    await settled();
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/pages/privacy/privacy' });
    sheet.instance['join']?.();
    await settled();
    expect(textOf(sheet)).toContain('先问你一声');
  });

  it('leaves the asking to WeChat on a base library without the event', () => {
    delete wx['onNeedPrivacyAuthorization'];
    expect(textOf(open())).toBe('');
  });
});

describe('隐私说明', () => {
  it('says without a call what is kept, how long and whom to ask', async () => {
    const page = await mountPage('pages/privacy/privacy');
    for (const part of ['保存什么，为什么', '保存多久', '想看、想拿走、想删除', '手机号加密保存'])
      expect(textOf(page)).toContain(part);
    await tap(page, '.main--act');
    expect(phone.navigateTo).toHaveBeenCalledWith({ url: '/member/mine/mine' });
  });
});

describe('a new version', () => {
  const load = () => {
    let update: typeof Update | undefined;
    jest.isolateModules(() => {
      update = jest.requireActual('../../miniprogram/platform/update');
    });
    return update!;
  };
  it('is told once, and put in place when she says so', async () => {
    let ready = () => undefined as void;
    const applyUpdate = jest.fn();
    wx['getAppBaseInfo'] = () => ({ theme: 'light' });
    wx['getUpdateManager'] = () => ({ onUpdateReady: (run: () => void) => (ready = run), applyUpdate });
    load().offerUpdate();
    expect(phone.showModal).not.toHaveBeenCalled();
    phone.showModal.mockResolvedValueOnce({ confirm: false, cancel: true });
    ready();
    ready();
    await settled();
    expect(phone.showModal).toHaveBeenCalledTimes(1);
    expect(applyUpdate).not.toHaveBeenCalled();
    load().offerUpdate();
    ready();
    await settled();
    expect(applyUpdate).toHaveBeenCalledTimes(1);
  });
  it('is nothing where WeChat has no manager for it', () => {
    delete wx['getUpdateManager'];
    expect(() => load().offerUpdate()).not.toThrow();
  });
});

describe('trouble on this phone', () => {
  it('is reported once each, scrubbed, five at most, and never what is no trouble', async () => {
    let error: (message: string) => void = () => undefined;
    let rejection: (event: { reason: unknown }) => void = () => undefined;
    wx['onError'] = (run: typeof error) => (error = run);
    wx['onUnhandledRejection'] = (run: typeof rejection) => (rejection = run);
    (globalThis as unknown as { getCurrentPages(): object[] }).getCurrentPages = () => [
      { route: 'clerk/list/list' },
    ];
    replies('members', 'trouble.report', () => ({ kept: true }));
    jest.isolateModules(() => {
      jest.requireActual<typeof Trouble>('../../miniprogram/services/trouble').reportTrouble();
    });
    error('王小红 of null (a.js:1:2)');
    error('李敏 of null (a.js:7:9)');
    rejection({ reason: { errMsg: 'chooseMessageFile:fail cancel' } });
    rejection({ reason: { errMsg: 'setClipboardData:fail privacy permission is not authorized' } });
    for (let n = 0; n < 9; n++) rejection({ reason: new Error(`odd ${'y'.repeat(n)}`) });
    await settled();
    const reports = askedFor('trouble.report').map(({ ask }) => ask as { text: string; page: string });
    expect(reports).toHaveLength(5);
    expect(reports[0]).toMatchObject({ text: '‹text› of null (a.js:1:2)', page: 'clerk/list/list' });
  });
});
