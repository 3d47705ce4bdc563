import path from 'node:path';
import { main } from './doctor/run';

main(process.argv.slice(2), process.env, path.resolve(__dirname, '..'), (line) => console.log(line)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
