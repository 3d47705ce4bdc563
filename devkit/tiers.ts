import path from 'node:path';
import { runTiers } from './tiers/run';

// The folder the person stands in, also when npm has changed to the project's own.
const here = process.env['INIT_CWD'] ?? process.cwd();

void runTiers(process.argv.slice(2), here, path.join(__dirname, '..'), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  bars: process.stderr,
}).then((code) => {
  process.exitCode = code;
});
