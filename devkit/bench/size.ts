import path from 'node:path';
import { MAIN_GOAL, packageSizes, PACKAGE_LIMIT } from '../check/miniprogram/sizes';
import { readProject } from '../check/miniprogram/project';
import { writeGbkTable } from '../build/gbkTable';
import { packNpm } from '../build/npm/pack';
import { rounded } from './measurement';
import type { Bench } from './measurement';

/** Bytes of the main package and of each subpackage, as WeChat counts them: what every user downloads. */
export const size: Bench = async function* (root, say) {
  const miniprogram = path.join(root, 'miniprogram');
  say('packing the npm components');
  writeGbkTable(miniprogram);
  await packNpm(miniprogram, path.join(root, 'node_modules'));
  for (const [home, bytes] of Object.entries(packageSizes(readProject(miniprogram)))) {
    const limit = home === '' ? MAIN_GOAL : PACKAGE_LIMIT;
    yield {
      bench: 'size',
      case: home === '' ? 'main package' : `subpackage ${home}`,
      value: bytes,
      unit: 'bytes',
      ratio: rounded(bytes / limit),
      against: home === '' ? 'our line of 600 KB' : "WeChat's limit of 2 MB",
      goal: 'ratio ≤ 1',
    };
  }
};
