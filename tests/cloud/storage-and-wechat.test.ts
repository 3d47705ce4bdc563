import { rmSync } from 'node:fs';
import {
  connect,
  newFolder,
  refusalOf,
  startTestCloud,
  writeFunction,
  type App,
  type TestCloud,
} from './harness';

const WX = JSON.stringify(require.resolve('wx-server-sdk'));
const functions = newFolder('functions');
const SENDS = `const cloud = require(${WX});
   cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
   exports.main = async ({ touser, templateId }) => {
     const { OPENID, APPID, ENV } = cloud.getWXContext();
     const stored = await cloud.database().collection('t').add({ data: { touser } });
     try {
       const { errCode } = await cloud.openapi.subscribeMessage.send({ touser, templateId, page: 'pages/claim', data: { thing1: { value: '礼包' } } });
       return { OPENID, APPID, ENV, errCode, stored: typeof stored._id };
     } catch (cause) { return { errCode: cause.errCode, errMsg: cause.errMsg } }
   }`;
writeFunction(functions, 'sends', SENDS, {
  timeout: 20,
  permissions: { openapi: ['subscribeMessage.send'] },
});
writeFunction(functions, 'undeclared', SENDS, { timeout: 20 });

let test: TestCloud;
let app: App;
beforeAll(async () => {
  test = await startTestCloud({ functionsDir: functions, collections: ['t'] });
  app = connect(test.cloud);
});
afterAll(async () => {
  await test.stop();
  rmSync(functions, { recursive: true, force: true });
});

describe('storage', () => {
  const put = (cloudPath: string, text: string) =>
    app.uploadFile({ cloudPath, fileContent: Buffer.from(text) });
  it('keeps, gives out and deletes a file', async () => {
    const { fileID } = await put('导入/a b+c.csv', '手机,姓名');
    expect(fileID).toMatch(/^cloud:\/\/local\./);
    expect((await app.downloadFile({ fileID })).fileContent?.toString()).toBe('手机,姓名');
    await put('导入/a b+c.csv', 'again');
    expect((await app.downloadFile({ fileID })).fileContent?.toString()).toBe('again');
    expect((await app.deleteFile({ fileList: [fileID] })).fileList).toMatchObject([{ code: 'SUCCESS' }]);
    expect((await app.deleteFile({ fileList: [fileID] })).fileList).toMatchObject([
      { code: 'STORAGE_FILE_NONEXIST' },
    ]);
    expect(await refusalOf(app.downloadFile({ fileID }))).toMatchObject({ code: 'STORAGE_FILE_NONEXIST' });
  });
  it('gives an address that opens this file only, for reading only', async () => {
    const { fileID } = await put('open/x.txt', 'open');
    await put('secret/y.txt', 'secret');
    const { fileList } = await app.getTempFileURL({ fileList: [{ fileID, maxAge: 60 }] });
    const address = (fileList[0] as { tempFileURL: string }).tempFileURL;
    const got = await fetch(address);
    expect([got.status, got.headers.get('content-type'), await got.text()]).toEqual([
      200,
      'text/plain; charset=utf-8',
      'open',
    ]);
    expect((await fetch(address.replace('open/x.txt', 'secret/y.txt'))).status).toBe(403);
    expect((await fetch(address, { method: 'PUT', body: 'changed' })).status).toBe(403);
    expect((await fetch(address.replace(/expires=\d+/, 'expires=99999999999999'))).status).toBe(403);
    expect((await fetch(address.split('?')[0] as string)).status).toBe(403);
  });
  it.each(['../outside.txt', '/etc/passwd', 'a/../../b', 'a//b', ''])(
    'refuses the path %p',
    async (cloudPath) => {
      expect(await refusalOf(app.getUploadMetadata({ cloudPath }))).toMatchObject({ code: 'INVALID_PARAM' });
    },
  );
  it('is emptied by drop, as the documents are', async () => {
    const { fileID } = await put('gone.txt', 'x');
    await app.database().collection('t').add({ n: 1 });
    await test.cloud.drop();
    expect(await refusalOf(app.downloadFile({ fileID }))).toMatchObject({ code: 'STORAGE_FILE_NONEXIST' });
    expect((await app.database().collection('t').count()).total).toBe(0);
  });
});

describe('WeChat', () => {
  it('takes a subscribe message of wx-server-sdk', async () => {
    const { result, logs } = await test.cloud.invoke(
      'sends',
      { touser: 'o2', templateId: 'T1' },
      { openid: 'o1', appid: 'wx1' },
    );
    expect([result, logs]).toMatchObject([
      { OPENID: 'o1', APPID: 'wx1', ENV: 'local', errCode: 0, stored: 'string' },
      [],
    ]);
    expect(test.cloud.wechat.sent()).toMatchObject([
      {
        openid: 'o2',
        templateId: 'T1',
        errcode: 0,
        request: { page: 'pages/claim', data: { thing1: { value: '礼包' } } },
      },
    ]);
  });
  it('lets no function call what its config.json does not declare', async () => {
    const before = test.cloud.wechat.sent().length;
    const { result } = await test.cloud.invoke('undeclared', { touser: 'o2', templateId: 'T1' });
    expect(result).toMatchObject({ errCode: -604101 });
    expect(test.cloud.wechat.sent()).toHaveLength(before);
  });
  it('refuses with 43101 once the quota is used up', async () => {
    await test.cloud.wechat.setQuota('o3', 'T1', 1);
    const send = async () => (await test.cloud.invoke('sends', { touser: 'o3', templateId: 'T1' })).result;
    expect(await send()).toMatchObject({ errCode: 0 });
    expect(await send()).toMatchObject({
      errCode: 43101,
      errMsg: expect.stringContaining('user refuse to accept the msg'),
    });
    expect(test.cloud.wechat.sent().map(({ errcode }) => errcode)).toEqual([0, 0, 43101]);
  });
  it('tells a phone number once for a code, within five minutes, and does not keep it', async () => {
    const told = async (code: string) =>
      (
        (await app.callWxOpenApi({
          apiName: 'phonenumber.getPhoneNumber',
          requestData: { code },
        } as never)) as {
          result: object;
        }
      ).result;
    const [code, late] = [
      test.cloud.wechat.phoneCode('13900010001'),
      test.cloud.wechat.phoneCode('13900010002'),
    ];
    expect(await told(code)).toMatchObject({
      errcode: 0,
      phone_info: { purePhoneNumber: '13900010001', countryCode: '86' },
    });
    expect(await told(code)).toMatchObject({ errcode: 40029 });
    await test.cloud.clock.moveTo(test.cloud.clock.now() + 5 * 60_000 + 1000);
    expect(await told(late)).toMatchObject({ errcode: 40029 });
    expect(JSON.stringify(test.cloud.wechat.sent())).not.toContain('13900010001');
  });
  it('takes the older callWxOpenApi too', async () => {
    const call = {
      apiName: '/cgi-bin/message/subscribe/send',
      requestData: { touser: 'o3', template_id: 'T1' },
    };
    expect((await app.callWxOpenApi(call as never)) as object).toMatchObject({ result: { errcode: 43101 } });
  });
});
