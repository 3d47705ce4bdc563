import path from 'node:path';
import { main } from './deploy/run';

void main(process.argv.slice(2), process.env, path.resolve(__dirname, '..'), (line) =>
  console.log(line),
).then((code) => {
  process.exitCode = code;
});
