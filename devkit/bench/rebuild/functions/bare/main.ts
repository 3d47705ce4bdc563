import * as cloudbase from '@cloudbase/node-sdk';

const PAGE = 1000;
const LANES = 32;

interface Doc {
  _id: string;
  tieredAt: number;
}

/**
 * What a rebuild is measured against: the SDK alone reading the members page by page and writing each of them once, with
 * the fewest fields a rebuild has to write. It decides nothing, keeps no cursor and minds no other writer.
 */
export async function main(): Promise<{ members: number }> {
  const db = cloudbase.init({ env: cloudbase.SYMBOL_CURRENT_ENV as unknown as string }).database();
  const members = db.collection('members');
  const _ = db.command;
  let count = 0;
  for (let after = ''; ;) {
    const answer = await members
      .where({ _id: _.gt(after) })
      .orderBy('_id', 'asc')
      .limit(PAGE)
      .get();
    const docs = (answer as unknown as { data: Doc[] }).data;
    const queue = docs.values();
    const lane = async () => {
      for (const { _id, tieredAt } of queue) {
        // No rules have this number, so the rebuild that follows has to write everybody as well.
        const change = { 'placement.rulesVersion': 0, tieredAt: tieredAt + 1 };
        await members.where({ _id }).update(change);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    count += docs.length;
    after = docs.at(-1)?._id ?? '';
    if (docs.length < PAGE) return { members: count };
  }
}
