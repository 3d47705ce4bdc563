import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseCron, type Cron } from '../clock/cron';

/** A function as it lies on disk now. */
export interface Bundle {
  name: string;
  file: string;
  /** Changes whenever index.js or config.json is written again. */
  version: string;
  timeoutSeconds: number;
  memoryMegabytes: number;
  environment: Record<string, string>;
  timer: { name: string; cron: Cron } | undefined;
  /** WeChat's APIs it may call: `permissions.openapi` of config.json */
  openApis: readonly string[];
}

/** The platform's own defaults. */
const DEFAULT_TIMEOUT = 3;
const DEFAULT_MEMORY = 256;
const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;

/** The function of this name; `undefined` when there is no such bundle. Throws when config.json is wrong. */
export function findBundle(folder: string, name: string): Bundle | undefined {
  if (!NAME.test(name)) return undefined;
  const file = join(folder, name, 'index.js');
  if (!existsSync(file)) return undefined;
  const configPath = join(folder, name, 'config.json');
  const config = existsSync(configPath) ? readConfig(configPath) : {};
  const stamp = (path: string) => {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found ? `${found.mtimeNs}:${found.size}:${found.ino}` : '-';
  };
  return {
    name,
    file,
    version: `${stamp(file)} ${stamp(configPath)}`,
    timeoutSeconds: within(config.timeout, 1, 900, DEFAULT_TIMEOUT, `${configPath}: timeout`),
    memoryMegabytes: within(config.memorySize, 64, 3072, DEFAULT_MEMORY, `${configPath}: memorySize`),
    environment: environmentOf(config.envVariables, configPath),
    timer: timerOf(config.triggers, configPath),
    openApis: openApisOf(config.permissions, configPath),
  };
}

/** The names of all functions, in order. */
export function listBundles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => NAME.test(name) && existsSync(join(folder, name, 'index.js')))
    .sort();
}

type Config = Partial<
  Record<'timeout' | 'memorySize' | 'envVariables' | 'triggers' | 'permissions', unknown>
>;

function readConfig(path: string): Config {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} is not JSON: ${String(cause)}`);
  }
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`${path} must hold an object`);
  return parsed;
}

function within(value: unknown, low: number, high: number, otherwise: number, what: string): number {
  if (value === undefined) return otherwise;
  if (typeof value === 'number' && value >= low && value <= high) return value;
  throw new Error(`${what} must be a number from ${low} to ${high}, it is ${JSON.stringify(value)}`);
}

function environmentOf(value: unknown, path: string): Record<string, string> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null) throw new Error(`${path}: envVariables must be an object`);
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}

function openApisOf(value: unknown, path: string): string[] {
  const list: unknown = (value as { openapi?: unknown } | undefined)?.openapi ?? [];
  if (Array.isArray(list) && list.every((name) => typeof name === 'string')) return list;
  throw new Error(`${path}: permissions.openapi must be a list of names`);
}

function timerOf(value: unknown, path: string): Bundle['timer'] {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new Error(`${path}: triggers must be a list`);
  const timers = (value as { name?: unknown; type?: unknown; config?: unknown }[]).filter(
    ({ type }) => type === 'timer',
  );
  if (timers.length > 1)
    throw new Error(`${path}: the platform allows one timer per function, here are ${timers.length}`);
  const [timer] = timers;
  if (!timer) return undefined;
  if (typeof timer.name !== 'string' || typeof timer.config !== 'string') {
    throw new Error(`${path}: a timer needs a name and a config (its cron)`);
  }
  try {
    return { name: timer.name, cron: parseCron(timer.config) };
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`);
  }
}
