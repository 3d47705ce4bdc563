import { connect, refusalOf, startTestCloud, type App, type TestCloud } from './harness';

let test: TestCloud;
let app: App;
beforeAll(async () => {
  test = await startTestCloud({ collections: ['members', 'orders'] });
  app = connect(test.cloud);
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.cloud.drop();
  await members().add([
    { _id: 'a', name: 'ann', n: 1, tags: ['x'], branch: 'B1', lines: [{ sku: 's1', qty: 2 }] },
    { _id: 'b', name: 'bob', n: 5, tags: [], branch: 'B2', lines: [{ sku: 's1', qty: 9 }, { sku: 's2' }] },
    { _id: 'c', name: 'cat', n: 9, branch: 'B1', gone: null },
  ]);
});

const members = () => app.database().collection('members');
const _ = () => app.database().command;
const one = async (id: string) => (await members().doc(id).get()).data[0] as Record<string, unknown>;

describe('updates', () => {
  it('use every operator', async () => {
    const $ = _();
    await members().doc('a').update({
      n: $.inc(2), name: $.set('anna'), tags: $.push(['y', 'z']), 'deep.er': 1, branch: $.remove(), addr: { city: 'HZ' },
    }); // prettier-ignore
    expect(await one('a')).toMatchObject({
      n: 3,
      name: 'anna',
      tags: ['x', 'y', 'z'],
      deep: { er: 1 },
      addr: { city: 'HZ' },
    });
    expect(await one('a')).not.toHaveProperty('branch');
    await members()
      .doc('a')
      .update({ n: $.mul(4), tags: $.unshift('w'), 'addr.zip': '31' });
    expect(await one('a')).toMatchObject({
      n: 12,
      tags: ['w', 'x', 'y', 'z'],
      addr: { city: 'HZ', zip: '31' },
    });
    await members()
      .doc('a')
      .update({ n: $.min(7), tags: $.pop() });
    await members()
      .doc('a')
      .update({ n: $.max(8), tags: $.shift() });
    expect(await one('a')).toMatchObject({ n: 8, tags: ['x', 'y'] });
    await members()
      .doc('a')
      .update({ tags: $.addToSet('x') });
    await members()
      .doc('a')
      .update({ tags: $.addToSet({ $each: ['q', 'x'] } as never) });
    expect((await one('a')).tags).toEqual(['x', 'y', 'q']);
    await members()
      .doc('a')
      .update({ tags: $.pull($.in(['x', 'q'])), name: $.rename('title') });
    expect(await one('a')).toMatchObject({ tags: ['y'], title: 'anna' });
    await members()
      .doc('a')
      .update({ tags: $.push({ each: ['c', 'a', 'b'], sort: 1, slice: 2 } as never) });
    expect((await one('a')).tags).toEqual(['a', 'b']);
    await members()
      .doc('a')
      .update({ tags: $.pullAll(['a', 'none']) });
    expect((await one('a')).tags).toEqual(['b']);
  });
  it('count what they changed, and only that', async () => {
    const $ = _();
    expect(await members().where({ branch: 'B1' }).update({ seen: true })).toMatchObject({ updated: 2 });
    expect(await members().where({ branch: 'B1' }).update({ seen: true })).toMatchObject({ updated: 0 });
    expect(
      await members()
        .where({ _id: 'b', n: $.gt(4) })
        .update({ n: $.inc(-5) }),
    ).toMatchObject({ updated: 1 });
    expect(
      await members()
        .where({ _id: 'b', n: $.gt(4) })
        .update({ n: $.inc(-5) }),
    ).toMatchObject({ updated: 0 });
    expect(await members().doc('nobody').update({ n: 1 })).toMatchObject({ updated: 0 });
  });
  it('leave a path alone that leads nowhere when they only take away', async () => {
    const $ = _();
    const nothing = { 'no.x': $.pull(1), 'no.y': $.pullAll([1]), 'no.z': $.pop(), 'no.u': $.remove() };
    expect(await members().doc('a').update(nothing)).toMatchObject({ updated: 0 });
    expect(await one('a')).not.toHaveProperty('no');
  });
  it('know one zero', async () => {
    await members().doc('a').update({ n: 0 });
    await members()
      .doc('a')
      .update({ n: _().mul(-1) });
    expect(Object.is((await one('a')).n, 0)).toBe(true);
  });
  it('return the document after the update', async () => {
    const { updated, doc } = (await members()
      .where({ _id: 'b' })
      .updateAndReturn({ n: _().inc(1) })) as { updated: number; doc: object };
    expect([updated, doc]).toMatchObject([1, { _id: 'b', n: 6 }]);
  });
  it('replace a document by set, or make it', async () => {
    expect(await members().doc('b').set({ z: 1 })).toMatchObject({ updated: 1 });
    expect(await one('b')).toEqual({ _id: 'b', z: 1 });
    await members().add({ _id: 'same', z: 1, y: 2 });
    expect(await members().doc('same').set({ z: 1, y: 2 })).toMatchObject({ updated: 0 });
    expect(await members().doc('new').set({ z: 2 })).toMatchObject({ updated: 0, upsertedId: 'new' });
    expect(await one('new')).toEqual({ _id: 'new', z: 2 });
  });
  const misuse: [string, () => object, RegExp][] = [
    [
      'adding to a text',
      () => ({ name: _().inc(1) }),
      /Cannot apply \$inc to a value of non-numeric type.*non-numeric type string/,
    ],
    ['adding to null', () => ({ gone: _().inc(1) }), /non-numeric type null/],
    ['pushing onto a number', () => ({ n: _().push('x') }), /must be an array but is of type double/],
    ['a field under null', () => ({ 'gone.b': 1 }), /Cannot create field 'b' in element \{gone: null\}/],
    ['a field under a text', () => ({ 'name.b': 1 }), /Cannot create field 'b' in element \{name: "cat"\}/],
    ['two updates of one path', () => ({ deep: _().set({ a: 1 }), 'deep.a': 2 }), /would create a conflict/],
  ];
  it.each(misuse)('refuse %s', async (_name, update, message) => {
    const before = await one('c');
    const refusal = await refusalOf(members().doc('c').update(update()));
    expect(refusal).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringMatching(message),
    });
    expect(await one('c')).toEqual(before);
  });
  it('remove one, or all that match', async () => {
    expect(await members().doc('a').remove()).toMatchObject({ deleted: 1 });
    expect(await members().doc('a').remove()).toMatchObject({ deleted: 0 });
    expect(
      await members()
        .where({ n: _().gt(0) })
        .remove(),
    ).toMatchObject({ deleted: 2 });
    expect((await members().count()).total).toBe(0);
  });
});

describe("the SDK's own traps, as the service shows them", () => {
  it('update({ foo: {} }) loses foo', async () => {
    await members().doc('a').update({ foo: {}, n: 2 });
    expect(await one('a')).toMatchObject({ n: 2 });
    expect(await one('a')).not.toHaveProperty('foo');
  });
  it('set(serverDate()) inside an update stores an empty object, not a date', async () => {
    await members()
      .doc('a')
      .update({ at: _().set(app.database().serverDate()) });
    expect((await one('a')).at instanceof Date).toBe(false);
  });
  it('limit(0) means 100', async () => {
    expect((await members().limit(0).get()).data).toHaveLength(3);
  });
  it('an aggregation answers with 20 documents unless it has a limit', async () => {
    await members().add(Array.from({ length: 30 }, (_x, i) => ({ _id: `x${i}` })));
    expect((await members().aggregate().match({}).end()).data).toHaveLength(20);
    expect((await members().aggregate().limit(25).end()).data).toHaveLength(25);
  });
});
