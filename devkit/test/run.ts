import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * `npm test`: every test, in UTC, and the core's once more in a zone far from Shanghai (see farZone.js). Ends with the plain
 * line `N passed, N failed, N skipped`, counted by jest itself.
 * Arguments go to jest: `npm test -- --selectProjects domain`.
 */
const ROOT = path.resolve(__dirname, '../..');
const OUT = path.join(ROOT, 'artifacts');

interface JestResult {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: { name: string; assertionResults: { status: string }[] }[];
}

const NOTHING: JestResult = {
  success: false,
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numRuntimeErrorTestSuites: 1,
  testResults: [],
};

/**
 * Each test file makes all its modules and pages anew and drops them: with room for what lives shortly, a tenth of the time
 * that goes into collecting it is saved.
 */
const NODE_OPTIONS = `${process.env['NODE_OPTIONS'] ?? ''} --max-semi-space-size=64`.trim();

function jest(args: readonly string[]): JestResult {
  const file = path.join(OUT, 'test-all.json');
  rmSync(file, { force: true });
  const ran = spawnSync(
    process.execPath,
    [
      path.join(ROOT, 'node_modules/jest/bin/jest.js'),
      '--json',
      `--outputFile=${file}`,
      // One more than a small machine has cores: half of these tests wait for a disk or a browser.
      '--maxWorkers=3',
      ...args,
    ],
    { cwd: ROOT, stdio: ['inherit', 'ignore', 'inherit'], env: { ...process.env, NODE_OPTIONS, TZ: 'UTC' } },
  );
  try {
    const result = JSON.parse(readFileSync(file, 'utf8')) as JestResult;
    return { ...result, success: result.success && ran.status === 0 };
  } catch {
    console.error(`jest ended with ${ran.status ?? ran.signal} and left no result`);
    return NOTHING;
  }
}

mkdirSync(OUT, { recursive: true });
const result = jest(process.argv.slice(2));
// A suite that could not even start counts as a failure: its tests were never counted.
const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
const skippedJourneys = result.testResults
  .filter((suite) => suite.name.includes(`${path.sep}journeys${path.sep}`))
  .flatMap((suite) => suite.assertionResults)
  .filter((test) => test.status === 'pending').length;
if (skippedJourneys > 0) {
  console.log(
    `\n!! ${skippedJourneys} browser journeys were SKIPPED: no Chromium found.\n` +
      '!! Install one (apt-get install chromium fonts-noto-cjk) or set CHROMIUM to its path, then run npm test again.\n',
  );
}
const line = `${result.numPassedTests} passed, ${failed} failed, ${result.numPendingTests} skipped`;
writeFileSync(path.join(OUT, 'test-line.txt'), `${line}\n`);
console.log(line);
process.exitCode = result.success && result.numPassedTests > 0 ? 0 : 1;
