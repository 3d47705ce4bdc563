import path from 'node:path';
import { runRules } from './rules/run';

void runRules(process.argv.slice(2), path.join(__dirname, '..'), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  bars: process.stderr,
}).then((code) => {
  process.exitCode = code;
});
