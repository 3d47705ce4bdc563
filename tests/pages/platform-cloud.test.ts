import { callFunction } from '../../miniprogram/platform/cloud';

const call = { action: 'import.orders', ask: {} };
const failing = (errMsg: string) => {
  Object.assign(globalThis, {
    wx: { cloud: { callFunction: () => Promise.reject(Object.assign(new Error(errMsg), { errMsg })) } },
  });
};

describe('what a person reads when the platform itself refuses', () => {
  it.each([
    ['cloud.callFunction:fail request:fail -101', undefined, 'network-lost-reading'],
    ['cloud.callFunction:fail request:fail timeout', 'key-1', 'network-lost'],
    ['cloud.callFunction:fail data exceed max size', 'key-1', 'too-large'],
    [
      'cloud.callFunction:fail Error: errCode: -502005 | errMsg: the event has 123456 bytes, a function takes at most 102400 bytes of text',
      'key-1',
      'too-large',
    ],
    ['cloud.callFunction:fail Error: errCode: -504002 functions execute fail', 'key-1', 'server-error'],
  ])('%s', async (errMsg, requestKey, code) => {
    failing(errMsg);
    expect(await callFunction('members', { ...call, ...(requestKey ? { requestKey } : {}) })).toEqual({
      ok: false,
      failure: { code },
    });
  });

  it('hands an answer through as it came', async () => {
    Object.assign(globalThis, {
      wx: { cloud: { callFunction: async () => ({ result: { ok: true, reply: 1 } }) } },
    });
    expect(await callFunction('members', call)).toEqual({ ok: true, reply: 1 });
  });
});
