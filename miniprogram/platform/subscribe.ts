/**
 * Asks once for one subscribe message (一次性订阅消息). WeChat shows its own sheet, and only straight after a tap: call it
 * before anything else is awaited.
 *
 * @returns `never` when she has switched such messages off for good, `refused` when she said no this time
 */
export async function askToRemind(template: string): Promise<'accepted' | 'refused' | 'never'> {
  try {
    const answer = (await wx.requestSubscribeMessage({ tmplIds: [template] })) as unknown as Record<
      string,
      string
    >;
    return answer[template] === 'accept' ? 'accepted' : 'refused';
  } catch {
    return 'never';
  }
}
