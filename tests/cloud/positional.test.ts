import { connect, refusalOf, startTestCloud, type App, type TestCloud } from './harness';

let test: TestCloud;
let app: App;
beforeAll(async () => {
  test = await startTestCloud({ collections: ['orders'] });
  app = connect(test.cloud);
});
afterAll(() => test.stop());
beforeEach(async () => {
  await test.cloud.drop();
  await orders().add([
    { _id: 'a', lines: [{ sku: 's1', qty: 1 }, { sku: 's2', qty: 2 }, { sku: 's2', qty: 3 }], tags: ['x', 'y', 'x'] },
    { _id: 'b', lines: [{ sku: 's2', qty: 9 }], deep: { list: [{ n: 1, in: [5, 6] }, { n: 2, in: [7] }] } },
    { _id: 'c', lines: 'none' },
  ]); // prettier-ignore
});

const orders = () => app.database().collection('orders');
const $ = () => app.database().command;
const one = async (id: string) => (await orders().doc(id).get()).data[0] as Record<string, unknown>;
const quantities = async (id: string) => ((await one(id)).lines as { qty: number }[]).map(({ qty }) => qty);

describe('the positional $', () => {
  it('is the first element that the query matched, in each document its own', async () => {
    const { updated } = await orders()
      .where({ 'lines.sku': 's2' })
      .update({ 'lines.$.qty': $().inc(10), 'lines.$.seen': true });
    expect(updated).toBe(2);
    expect(await quantities('a')).toEqual([1, 12, 3]);
    expect(await quantities('b')).toEqual([19]);
    expect((await one('a')).lines).toMatchObject([{ sku: 's1' }, { seen: true }, { sku: 's2' }]);
  });
  it('is the element all of whose conditions hold, by elemMatch', async () => {
    await orders()
      .where({ _id: 'a', lines: $().elemMatch({ sku: 's2', qty: $().gt(2) }) })
      .update({ 'lines.$.qty': 0 });
    expect(await quantities('a')).toEqual([1, 2, 0]);
  });
  it('is a whole element of plain values, which can be replaced or taken out', async () => {
    await orders().where({ _id: 'a', tags: 'y' }).update({ 'tags.$': 'Y' });
    await orders()
      .where({ _id: 'a', tags: $().in(['x']) })
      .update({ 'tags.$': $().remove() });
    expect((await one('a')).tags).toEqual([null, 'Y', 'x']);
  });
  it('goes into nested fields, and by the branch of an or that the document meets', async () => {
    await orders()
      .where({ _id: 'b', 'deep.list.n': 2 })
      .update({ 'deep.list.$.in': $().push(8) });
    await orders()
      .where($().or([{ 'deep.list.n': 9 }, { 'deep.list.in': 6 }]))
      .update({ 'deep.list.$.n': 'six' });
    expect((await one('b')).deep).toEqual({ list: [{ n: 'six', in: [5, 6] }, { n: 2, in: [7, 8] }] }); // prettier-ignore
  });
  it('works in updateAndReturn', async () => {
    const { doc } = (await orders()
      .where({ _id: 'a', 'lines.qty': 3 })
      .updateAndReturn({ 'lines.$.qty': 30 })) as { doc: unknown };
    expect(doc).toMatchObject({ lines: [{ qty: 1 }, { qty: 2 }, { qty: 30 }] });
  });
  const refused: [string, object, object, RegExp][] = [
    ['when the array is not in the query', { _id: 'a' }, { 'lines.$.qty': 0 }, /did not find the match needed/],
    ['when there is no array', { _id: 'c', lines: 'none' }, { 'lines.$': 0 }, /did not find the match needed/],
    ['twice in a path', { 'deep.list.in': 5 }, { 'deep.list.$.in.$': 0 }, /Too many positional/],
    ['together with the same place by number', { _id: 'a', 'lines.qty': 1 }, { 'lines.$.qty': 1, 'lines.0.qty': 2 }, /would create a conflict/],
  ]; // prettier-ignore
  it.each(refused)('is refused %s', async (_name, where, update, message) => {
    const before = await one('a');
    expect(await refusalOf(orders().where(where).update(update))).toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
      message: expect.stringMatching(message),
    });
    expect(await one('a')).toEqual(before);
  });
});

describe('$[]', () => {
  it('is every element', async () => {
    await orders()
      .doc('a')
      .update({ 'lines.$[].qty': $().mul(2), 'tags.$[]': 'z' });
    expect(await quantities('a')).toEqual([2, 4, 6]);
    expect((await one('a')).tags).toEqual(['z', 'z', 'z']);
  });
  it('needs an array, and a filter by name cannot be sent', async () => {
    const refusal = async (id: string, update: object) =>
      (await refusalOf(orders().doc(id).update(update))).message;
    expect(await refusal('a', { 'none.$[].n': 1 })).toContain("The path 'none' must exist");
    expect(await refusal('c', { 'lines.$[].n': 1 })).toContain('non-array element lines');
    expect(await refusal('b', { 'deep.$[]': 1 })).toContain('non-array element deep');
    expect(await refusal('a', { 'lines.$[big].n': 1 })).toContain(
      "No array filter found for identifier 'big'",
    );
    expect(await one('a')).not.toHaveProperty('none');
  });
});
