import { askedFor, mountPage, phone, replies, startOver, textOf } from './mount';
import type { Mounted } from './mount';
import { aTask, NOW } from './samples';

const wx = (globalThis as unknown as { wx: Record<string, unknown> }).wx;
const sendChatMessage = jest.fn((ask: { success(): void }) => ask.success());
let entry = 'single_chat_tools';

/** The phone stands in WeCom, opened from where `entry` says. */
function inWecom(): void {
  wx['qy'] = {
    getContext: ({ success }: { success(at: { entry: string }): void }) => success({ entry }),
    sendChatMessage,
  };
}

beforeEach(() => {
  startOver();
  delete wx['qy'];
  entry = 'single_chat_tools';
  sendChatMessage.mockClear();
  wx['getAccountInfoSync'] = () => ({ miniProgram: { appId: 'wx123' } });
  replies('outreach', 'task.open', () => aTask({ moreWays: ['sms', 'wecom'] }));
});

/** Opens 更多 and chooses the line with this text. @returns the lines */
async function choose(page: Mounted, word: string): Promise<string[]> {
  let lines: string[] = [];
  phone.showActionSheet.mockImplementationOnce(({ itemList }) => {
    lines = itemList;
    const tapIndex = itemList.indexOf(word);
    return tapIndex < 0 ? Promise.reject(new Error('cancel')) : Promise.resolve({ tapIndex });
  });
  await page.instance['onMore']?.();
  return lines;
}

it('copies the SMS with its short link, tells the number once, and asks what became of it', async () => {
  const text = '【东湖店】王小姐您好，给您留了7折回归礼 https://t.example.cn/sabc 回T退订';
  replies('outreach', 'touch.begin', () => ({ heldUntil: NOW, phone: '13800001234', text }));
  const page = await mountPage('clerk/customer/customer', { taskId: 'c1:m1' });
  await choose(page, '发短信');
  expect(phone.setClipboardData).toHaveBeenCalledWith({ data: text });
  expect(phone.showModal.mock.calls[0]?.[0].content).toContain('13800001234');
  expect(JSON.stringify(page.data)).not.toContain('13800001234');
  expect(textOf(page)).toContain('去手机短信里粘贴');
  expect(askedFor('touch.begin')[0]?.ask).toMatchObject({ channel: 'sms' });
});

it('sends the card into the WeCom chat it was opened from, by WeCom’s own name of the page', async () => {
  inWecom();
  replies('outreach', 'touch.begin', () => ({ heldUntil: NOW, phone: null }));
  const page = await mountPage('clerk/customer/customer', { taskId: 'c1:m1' });
  await choose(page, '企业微信发礼包卡');
  expect(sendChatMessage.mock.calls[0]?.[0]).toMatchObject({
    msgtype: 'miniprogram',
    miniprogram: { appid: 'wx123', page: 'member/gift/gift.html?l=abc' },
  });
  expect(textOf(page)).toContain('在企业微信里发给顾客了吗');
});

it('says where to open it from when there is no chat, and claims nothing', async () => {
  inWecom();
  entry = 'normal';
  replies('outreach', 'touch.begin', () => ({ heldUntil: NOW, phone: null }));
  const page = await mountPage('clerk/customer/customer', { taskId: 'c1:m1' });
  await choose(page, '企业微信发礼包卡');
  expect(sendChatMessage).not.toHaveBeenCalled();
  expect(phone.showModal.mock.calls[0]?.[0].content).toContain('从聊天工具栏进入');
  expect(page.data['sheet']).toBe('');
});

it('offers WeCom only inside WeCom', async () => {
  const page = await mountPage('clerk/customer/customer', { taskId: 'c1:m1' });
  expect(await choose(page, '—')).toEqual(['记跟进结果', '打电话', '发短信', '她今天到店了', '她说不要再发']);
});
