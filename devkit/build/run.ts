import path from 'node:path';
import { buildFunctions } from './functions';
import { writeGbkTable } from './gbkTable';
import { packNpm } from './npm/pack';

/** `npm run build`: what DevTools and the deployment need beside the sources. */
async function run(): Promise<void> {
  const root = path.resolve(__dirname, '../..');
  const [functions, packages] = await Promise.all([
    buildFunctions(path.join(root, 'cloudfunctions')),
    packNpm(path.join(root, 'miniprogram'), path.join(root, 'node_modules')),
  ]);
  const kb = (sizes: Record<string, number>) =>
    Object.entries(sizes)
      .map(([name, bytes]) => `${name} ${Math.round(bytes / 1024)} KB`)
      .join(' · ');
  const table = writeGbkTable(path.join(root, 'miniprogram'));
  console.log(`云函数: ${kb(functions)}`);
  console.log(`小程序 npm 包: ${kb({ ...packages, 'GB18030 字表': table })}`);
}

void run();
