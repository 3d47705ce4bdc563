/**
 * Started by durability.test.ts as a process of its own, and killed while it writes:
 * `node --import tsx writer.ts <data folder> <round> <indexes>`.
 */
import { startLocalCloud, type IndexDeclaration } from '../../devkit/cloud';
import { connect } from './harness';

async function main([dataDir = '', round = '0', indexes = '[]']: string[]): Promise<void> {
  const cloud = await startLocalCloud({
    dataDir,
    collections: ['claims', 'stock'],
    indexes: JSON.parse(indexes) as IndexDeclaration[],
  });
  const db = connect(cloud).database();
  const { inc, push, gt } = db.command;
  const said = (line: string) => process.stdout.write(`${line}\n`);
  await db
    .collection('stock')
    .add({ _id: 'pear', n: 1_000_000, log: [] })
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
  await Promise.all([adding(0), adding(1), adding(2), selling(), selling()]);
}

void main(process.argv.slice(2));
