import path from 'node:path';
import type { Bench } from './measurement';

/** Each is loaded only when it is asked for: a bench must not pay for the others. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  journey: async () => (await import('./journey')).journey,
  coldstart: async () => (await import('./coldstart')).coldstart,
  size: async () => (await import('./size')).size,
  tiering: async () => (await import('./tiering')).tiering,
  rebuild: async () => (await import('./rebuild')).rebuild,
  claim: async () => (await import('./claim')).claim,
  launch: async () => (await import('./launch')).launch,
  import: async () => (await import('./import')).importing,
  boards: async () => (await import('./boards')).boards,
  truth: async () => (await import('./truth')).truth,
  cost: async () => (await import('./cost')).cost,
  outreach: async () => (await import('./outreach')).outreach,
  cloud: async () => (await import('./cloud')).cloud,
};

/** `npm run bench -- NAME`: figures on stdout, everything else on stderr. */
async function run(): Promise<number> {
  const name = process.argv[2] ?? '';
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!bench) {
    say(
      `${name === '' ? '请说明要测什么' : `没有叫“${name}”的测量`}。可以用的有：${Object.keys(BENCHES).join('、')}。`,
    );
    say('用法：npm run bench -- 名字');
    return 1;
  }
  const measure = await bench();
  for await (const figure of measure(path.resolve(__dirname, '../..'), say)) {
    process.stdout.write(`${JSON.stringify(figure)}\n`);
  }
  return 0;
}

run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `测量没有完成：${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 1;
  },
);
