import { connect, refusalOf, startTestCloud, type App, type TestCloud } from './harness';

let test: TestCloud;
let app: App;
beforeAll(async () => {
  test = await startTestCloud({ collections: ['members'] });
  app = connect(test.cloud);
});
afterAll(() => test.stop());

const members = () => app.database().collection('members');

describe('documents', () => {
  it('gives back every kind of value as it was added', async () => {
    const db = app.database();
    const added = await members().add({
      name: '小王',
      n: 1,
      half: 1.5,
      big: Number.MAX_SAFE_INTEGER,
      when: new Date(0),
      at: db.serverDate({ offset: -1000 }),
      place: new db.Geo.Point(120.1, 30.2),
      tags: ['x', ['y']],
      nothing: null,
      yes: true,
      inner: { deep: { er: '很深' } },
    });
    const [doc] = (await members().doc(added.id as string).get()).data;
    expect(doc).toMatchObject({ name: '小王', n: 1, half: 1.5, big: Number.MAX_SAFE_INTEGER, nothing: null, yes: true });
    expect(doc).toMatchObject({ tags: ['x', ['y']], inner: { deep: { er: '很深' } } });
    expect(doc.when.getTime()).toBe(0);
    expect(Math.abs(doc.at.getTime() - (Date.now() - 1000))).toBeLessThan(5000);
    expect(doc.place).toMatchObject({ longitude: 120.1, latitude: 30.2 });
  });
  it('refuses an unknown collection by name', async () => {
    expect(await refusalOf(app.database().collection('nowhere').get())).toMatchObject({
      code: 'DATABASE_COLLECTION_NOT_EXIST',
      message: expect.stringContaining('nowhere'),
    });
  });
});
