import { spawnSync } from 'node:child_process';
import path from 'node:path';

/**
 * `npm run test:long`: the tests that try many rounds, with as many as are worth a night's patience. The suite runs a few
 * of each. A variable given by hand wins, so that one of them can be run alone with more.
 */
const ROUNDS: Readonly<Record<string, string>> = {
  FUZZ_ROUNDS: '10000',
  KILL_ROUNDS: '20',
  MODEL_RUNS: '1000',
  ISOLATION_ROUNDS: '200',
  EVERY_DAY_MEMBERS: '300',
  EVERY_DAY_DAYS: '120',
  MERGE_SEEDS: '6',
  KILLED_AT: '1,2,3,4,8,30',
  EVERY_NTH_WRITE: '1',
  BUYERS: '300',
  BURST: '1000',
  IMPORT_RUNS: '25',
  BULK_RUNS: '1500',
  LIVED_MEMBERS: '250',
  GIFT_MEMBERS: '2000',
  GIFT_RUNS: '100',
  GIFT_KILLED_AT: '1,2,3,4,5,6,8',
  GIFT_AWAITS: Array.from({ length: 30 }, (_, n) => n + 1).join(','),
  GIFT_KILL9: '3',
  DAY_SEEDS: '3',
  DAY_MEMBERS: '300',
  CONTRACT_RUNS: '200',
  BOARDS_MEMBERS: '400',
  BOARDS_DAYS: '14',
  HUITOU_LONG: '1',
};
const FILES =
  'cloud/(index-fuzz|durability|model|isolation|transactions)|functions/(backup|care|everyDay|dayUnderFaults|contract|people\\.merge|rebuildKilled|campaigns\\.killed|branch\\.handover|nightly|gifts\\.(stock|model|pack|growth|killed)|ingest\\.burst|importFields|simulatedBoards)|domain/(everyDay|membership/bulk)|journeys/giftFaces';

const root = path.resolve(__dirname, '../..');
const ran = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules/jest/bin/jest.js'), '--maxWorkers=2', '--testPathPatterns', FILES],
  { cwd: root, stdio: 'inherit', env: { TZ: 'UTC', ...ROUNDS, ...process.env } },
);
process.exitCode = ran.status ?? 1;
