import fc from 'fast-check';
import { connect, startTestCloud, type App, type TestCloud } from './harness';
import type { Row } from './model/language';
import { PlainModel } from './model/plain-model';
import { sequences } from './model/sequences';
import { playerThroughSdk } from './model/through-sdk';

let test: TestCloud;
let app: App;
beforeAll(async () => {
  test = await startTestCloud({
    collections: ['plain'],
    indexes: [
      { collection: 'indexed', name: 'n', keys: [['n', 1]] },
      { collection: 'indexed', name: 's-n', keys: [['s', -1], ['n', 1]] },
      { collection: 'indexed', name: 'list', keys: [['list', 1]] },
      { collection: 'indexed', name: 'x', keys: [['o.x', 1]], sparse: true },
    ],
  }); // prettier-ignore
  app = connect(test.cloud);
});
afterAll(() => test.stop());

const seed = Number(process.env.FUZZ_SEED ?? 20260321);
const numRuns = Number(process.env.MODEL_RUNS ?? 30);

it.each(['plain', 'indexed'])(
  `any sequence of calls answers and leaves what the model says, collection %s (seed ${seed}, ${numRuns} runs)`,
  async (name) => {
    const collection = app.database().collection(name);
    const playSdk = playerThroughSdk(app.database(), name);
    const property = fc.asyncProperty(sequences, async (sequence) => {
      const [rows, steps] = sequence;
      await test.cloud.drop();
      const model = new PlainModel();
      await collection.add(rows);
      model.play({ act: 'add', rows });
      for (const step of steps) {
        const reply = await playSdk(step);
        expect({ step, reply }).toEqual({ step, reply: model.play(step) });
        const stored = (await collection.orderBy('_id', 'asc').get()).data as Row[];
        const expected = [...model.rows.values()].sort((a, b) => (a._id < b._id ? -1 : 1));
        expect({ after: step, stored }).toEqual({ after: step, stored: expected });
      }
    });
    await fc.assert(property, { seed, numRuns, endOnFailure: false });
  },
  60_000 + numRuns * 200,
);
