import path from 'node:path';
import { COLLECTIONS } from '../cloudfunctions/common/store/indexes';
import { backUp } from './backup/backUp';
import { openDocuments } from './backup/database';
import { BACKUP_USAGE, readOptions } from './backup/options';
import { failureWords } from './deploy/service/failureWords';

/** `npm run backup`: every collection into a folder; run again after a break it goes on. */
async function run(): Promise<number> {
  const say = (line: string) => console.log(line);
  if (process.argv.includes('--help')) return (say(BACKUP_USAGE), 0);
  const options = readOptions('to', process.argv.slice(2), path.resolve(__dirname, '..'), process.env);
  if (!options.ok) return (say(options.failure), 1);
  const { place, folder } = options.value;
  const documents = openDocuments(place.environment, place.env);
  await backUp({ documents, env: place.env, collections: COLLECTIONS, folder, now: () => new Date(), say });
  say(`备份在 ${folder}。里面有顾客资料，请加密保存；手机号的密钥不在里面，要另外保管。`);
  return 0;
}

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.log(`备份没有做完：${failureWords(error)}`);
    process.exit(1);
  },
);
