import path from 'node:path';
import { openDocuments } from './backup/database';
import { RESTORE_USAGE, readOptions } from './backup/options';
import { putBack } from './backup/putBack';
import { failureWords } from './deploy/service/failureWords';

/** `npm run restore`: puts the documents of a backup back; run again after a break it goes on. */
async function run(): Promise<number> {
  const say = (line: string) => console.log(line);
  if (process.argv.includes('--help')) return (say(RESTORE_USAGE), 0);
  const options = readOptions('from', process.argv.slice(2), path.resolve(__dirname, '..'), process.env);
  if (!options.ok) return (say(options.failure), 1);
  const { place, folder, overwrite } = options.value;
  const documents = openDocuments(place.environment, place.env);
  const { added, same, different } = await putBack({ documents, env: place.env, folder, overwrite, say });
  say(`补上 ${added} 条，原样 ${same} 条，${overwrite ? '改回' : '与备份不同、没有动'} ${different} 条。`);
  return 0;
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.log(`恢复没有做完：${failureWords(error)}`);
    process.exit(1);
  },
);
