import { omit } from 'lodash-es';
import { keepBoards } from '../../cloudfunctions/common/flows/boards/keep';
import { table } from '../../cloudfunctions/common/store/table';
import { dayOf } from '../../miniprogram/domain/kernel/day';
import type { Ms } from '../../miniprogram/domain/kernel/day';

/** Cells and pages as they stand, without what counts their writes. */
async function standing() {
  const cells = (await table('cells').all({}, 1000)).map((cell) => omit(cell, 'turn'));
  const pages = (await table('boards').all({}, 1000)).filter(({ kind }) => kind === 'page');
  return { cells, pages };
}

/** The boards as they were kept at event time, and as they come out when everything is counted anew from the rows. The latter stay. */
export async function keptAndRebuilt(now: Ms): Promise<{ kept: unknown; rebuilt: unknown }> {
  const keep = () => keepBoards({ now, today: dayOf(now) }, () => false);
  await keep();
  const kept = await standing();
  await table('cells').removeAll({});
  await table('boards').removeAll({});
  await table('tasks').changeAll({}, {});
  await keep();
  return { kept, rebuilt: await standing() };
}
