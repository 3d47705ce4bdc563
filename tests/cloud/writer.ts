/**
 * Started by durability.test.ts as a process of its own, and killed while it writes:
 * `node --import tsx writer.ts <data folder> <round> <indexes>`.
 */
import { startLocalCloud, type IndexDeclaration } from '../../devkit/cloud';
import { connect, type Transaction } from './harness';

async function main([dataDir = '', round = '0', indexes = '[]']: string[]): Promise<void> {
  const cloud = await startLocalCloud({
    dataDir,
    collections: ['claims', 'stock', 'scales', 'moves'],
    indexes: JSON.parse(indexes) as IndexDeclaration[],
  });
  const db = connect(cloud).database();
  const { inc, push, gt } = db.command;
  const said = (line: string) => process.stdout.write(`${line}\n`);
  await db
    .collection('stock')
    .add({ _id: 'pear', n: 1_000_000, log: [] })
    .catch(() => undefined);
  await db
    .collection('scales')
    .add({ _id: 's', left: 0, right: 0 })
    .catch(() => undefined);
  const adding = async (lane: number) => {
    for (let i = 0; ; i++) {
      const _id = `r${round}-${lane}-${i}`;
      await db.collection('claims').add({ _id, n: i, tag: [`t${i % 3}`, `lane${lane}`] });
      said(`add ${_id}`);
      if (i % 4 === 3)
        await db
          .collection('claims')
          .doc(_id)
          .update({ n: inc(1), tag: push(['late']) });
      if (i % 5 === 4) {
        said(`removing ${_id}`);
        await db.collection('claims').doc(_id).remove();
        said(`remove ${_id}`);
      }
    }
  };
  const moving = async () => {
    for (let i = 0; ; i++) {
      const _id = `m${round}-${i}`;
      await db.runTransaction(async (t: Transaction) => {
        await t
          .collection('scales')
          .doc('s')
          .update({ left: inc(-1), right: inc(1) });
        await t.collection('moves').add({ _id });
      });
      said(`move ${_id}`);
    }
  };
  const selling = async () => {
    for (let i = 0; ; i++) {
      const { updated } = await db
        .collection('stock')
        .where({ _id: 'pear', n: gt(0) })
        .update({ n: inc(-1), log: push([i]) });
      if (updated === 1) said('sold x');
    }
  };
  await Promise.all([adding(0), adding(1), adding(2), selling(), selling(), moving()]);
}

void main(process.argv.slice(2));
