import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The actions that a function is wired with, as its sources say, in order. @example wiredActions('gifts')[0] // → 'coupon.look' */
export function wiredActions(name: string): string[] {
  const folder = path.join(__dirname, '../../cloudfunctions', name);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[\\/])(main|actions)\.ts$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .flatMap((source) => [...source.matchAll(/'(\w+\.\w+)':/g)].map((match) => match[1] ?? ''))
    .sort();
}
