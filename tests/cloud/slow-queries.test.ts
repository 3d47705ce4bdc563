import { connect, startTestCloud, type App, type TestCloud } from './harness';

let test: TestCloud;
let app: App;
let warned: string[] = [];
beforeAll(async () => {
  test = await startTestCloud({
    indexes: [{ collection: 'members', name: 'branch', keys: [['branch', 1]] }],
    log: ({ level, source, about, message }) =>
      void (level === 'warn' && source === 'database' && warned.push(`${about}: ${message}`)),
  });
  app = connect(test.cloud);
  const docs = Array.from({ length: 1200 }, (_, i) => ({
    _id: `m${i}`,
    branch: i === 0 ? 'B0' : 'B1',
    n: i,
  }));
  await members().add(docs);
});
afterAll(() => test.stop());
beforeEach(() => void (warned = []));

const members = () => app.database().collection('members');
const $ = () => app.database().command;
const all = (found: number) => [
  `members: 1200 documents looked at for ${found} found (all documents): an index is missing`,
];

describe('an action that looks at more than 1000 documents for fewer than 10 is logged with its plan', () => {
  it('a query', async () => {
    await members().where({ n: 7 }).get();
    expect(warned).toEqual(all(1));
  });
  it('a count', async () => {
    expect((await members().where({ n: $().lt(3) }).count()).total).toBe(3); // prettier-ignore
    expect(warned).toEqual(all(3));
  });
  it('an update of many, and of one that is given back', async () => {
    await members().where({ n: 8 }).update({ seen: true });
    expect(warned).toEqual(all(1));
    await members()
      .where({ n: 999 })
      .updateAndReturn({ n: $().inc(0) });
    expect(warned).toEqual([...all(1), ...all(1)]);
  });
  it('a removal', async () => {
    expect(await members().where({ n: -1 }).remove()).toMatchObject({ deleted: 0 });
    expect(warned).toEqual(all(0));
  });
  it('an aggregation, by the documents its $match lets through', async () => {
    await members()
      .aggregate()
      .match({ n: $().lte(2) })
      .count('n')
      .end();
    expect(warned).toEqual(all(3));
  });
  it('with the index that was taken and did not help', async () => {
    await members().where({ branch: 'B1', n: 7 }).count();
    expect(warned).toEqual([
      'members: 1199 documents looked at for 1 found (index branch): an index is missing',
    ]);
  });
});

it('what finds much, stops early or is told by the index alone is not logged', async () => {
  await members().where({ n: $().gt(9) }).limit(5).get(); // prettier-ignore
  await members().where({ n: $().gt(9) }).count(); // prettier-ignore
  await members().where({ branch: 'B0' }).count();
  await members().aggregate().group({ _id: '$branch', n: $().aggregate.sum(1) }).end(); // prettier-ignore
  await members().where({ branch: 'B0' }).update({ seen: 1 });
  expect(warned).toEqual([]);
});
