import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalCloud } from '../../devkit/cloud';
import { connect, newFolder, refusalOf } from './harness';

const dataDir = newFolder('restart');
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const START = Date.parse('2026-01-04T10:00:00+08:00');
const index = (unique: boolean) => ({
  collection: 'members',
  name: 'phone',
  keys: [['phone', 1]] as [string, 1][],
  unique,
});
const open = (indexes = [index(true)]) =>
  startLocalCloud({ dataDir, env: 'shop', collections: ['members'], indexes, startAt: START });

it('goes on after a restart with its documents, indexes, messages, quotas and clock', async () => {
  const first = await open();
  const app = connect(first);
  await app
    .database()
    .collection('members')
    .add({ _id: 'm1', phone: '138', at: new Date(5), tags: ['x'] });
  const { fileID } = await app.uploadFile({ cloudPath: 'a.txt', fileContent: Buffer.from('kept') });
  await app.callWxOpenApi({ apiName: 'subscribe', requestData: { touser: 'o1', template_id: 'T' } } as never);
  await first.wechat.setQuota('o1', 'T', 0);
  await first.clock.moveTo(START + 86_400_000);
  await first.close();
  await first.close();

  const second = await open();
  const again = connect(second);
  const members = again.database().collection('members');
  expect((await members.where({ phone: '138' }).get()).data).toEqual([
    { _id: 'm1', phone: '138', at: new Date(5), tags: ['x'] },
  ]);
  expect(await refusalOf(members.add({ phone: '138' }))).toMatchObject({
    message: expect.stringContaining('E11000'),
  });
  expect((await again.downloadFile({ fileID })).fileContent?.toString()).toBe('kept');
  expect(second.wechat.sent()).toMatchObject([{ openid: 'o1', errcode: 0 }]);
  expect(
    (await again.callWxOpenApi({
      apiName: 'subscribe',
      requestData: { touser: 'o1', template_id: 'T' },
    } as never)) as object,
  ).toMatchObject({ result: { errcode: 43101 } });
  const passed = second.clock.now() - (START + 86_400_000);
  expect(passed).toBeGreaterThanOrEqual(0);
  expect(passed).toBeLessThan(60_000);
  await second.close();
});

it('can be read after it was emptied, filled with other fields, and restarted', async () => {
  const first = await open();
  const members = connect(first).database().collection('members');
  await first.drop();
  expect(first.wechat.sent()).toEqual([]);
  await members.add({ _id: 'm2', phone: '139', other: { fields: [1, { than: 'before' }] } });
  await first.close();
  const second = await open();
  const { data } = await connect(second).database().collection('members').get();
  expect(data).toEqual([{ _id: 'm2', phone: '139', other: { fields: [1, { than: 'before' }] } }]);
  await second.close();
});

it('refuses an index declared differently than before, in words', async () => {
  expect(await refusalOf(open([index(false)]))).toMatchObject({
    code: 'INDEX_NOT_POSSIBLE',
    message: expect.stringContaining('phone'),
  });
});

it('refuses a folder of another format, and leaves it free', async () => {
  writeFileSync(join(dataDir, 'format.json'), '{"format":99}');
  expect(await refusalOf(open())).toMatchObject({
    code: 'DATA_FORMAT_DIFFERS',
    message: expect.stringContaining('99'),
  });
  writeFileSync(join(dataDir, 'format.json'), '{"format":1}');
  await (await open()).close();
});

it('follows real time until its clock is moved or set', async () => {
  const folder = newFolder('real');
  const cloud = await startLocalCloud({ dataDir: folder });
  expect(Math.abs(cloud.clock.now() - Date.now())).toBeLessThan(1000);
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});
