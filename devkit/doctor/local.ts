import type { Wanted } from '../deploy/declared';
import type { IndexKey } from '../deploy/declared';
import { isEqual } from 'lodash-es';
import type { QueryKind } from '../cloud';
import { ill, mind, well } from './finding';
import type { Finding } from './finding';
import { scansIn, scanWords } from './scans';

/** What the local cloud says of itself (`/_dev/status`). */
export interface LocalStatus {
  now: number;
  collections: {
    name: string;
    count: number;
    indexes: { name: string; keys: IndexKey[]; unique?: boolean; filed?: number }[];
  }[];
  functions: { name: string; timeout?: number; timer?: { name: string; cron: string }; problem?: string }[];
}

const restart = '停掉 npm start 再启动一次：索引在启动时建立';

function indexFindings(wanted: Wanted, status: LocalStatus): Finding[] {
  const standing = new Map(status.collections.map((one) => [one.name, one]));
  const missing = wanted.collections.filter((name) => !standing.has(name));
  const faults = wanted.indexes.flatMap(({ collection, name, keys }) => {
    const found = standing.get(collection)?.indexes.find((index) => index.name === name);
    if (!found) return [ill(`没有索引 ${collection}.${name}`, restart)];
    if (found.filed !== undefined)
      return [mind(`索引 ${collection}.${name} 正在建立（已 ${found.filed} 条）`, '等它建好')];
    return isEqual(found.keys.map(String), keys.map(String))
      ? []
      : [ill(`索引 ${collection}.${name} 与声明不同`, restart)];
  });
  return [
    ...missing.map((name) => ill(`没有集合 ${name}`, restart)),
    ...faults,
    ...(missing.length + faults.length === 0
      ? [well(`集合 ${wanted.collections.length} 个、索引 ${wanted.indexes.length} 个：与声明一致`)]
      : []),
  ];
}

function functionFindings(wanted: Wanted, status: LocalStatus): Finding[] {
  const standing = new Map(status.functions.map((one) => [one.name, one]));
  const faults = wanted.functions.flatMap((fn) => {
    const found = standing.get(fn.name);
    if (!found) return [ill(`没有函数 ${fn.name}`, '停掉 npm start 再启动一次')];
    if (found.problem !== undefined)
      return [ill(`函数 ${fn.name} 的 config.json：${found.problem}`, '改好它再启动')];
    return (found.timer?.cron ?? null) === (fn.timer?.cron ?? null)
      ? []
      : [ill(`定时器 ${fn.name} 与声明不同`, '停掉 npm start 再启动一次')];
  });
  const timers = wanted.functions.filter(({ timer }) => timer !== null).length;
  return faults.length > 0 ? faults : [well(`函数 ${wanted.functions.length} 个、定时器 ${timers} 个：都在`)];
}

/** How the running local cloud stands against the declarations, and which queries since its start no index served. */
export function localFindings(wanted: Wanted, status: LocalStatus, queries: readonly QueryKind[]): Finding[] {
  const scans = scansIn(queries);
  const asked = queries.filter(({ byFunction }) => byFunction).length;
  return [
    ...indexFindings(wanted, status),
    ...functionFindings(wanted, status),
    ...scans.map((scan) =>
      ill(scanWords(scan), '在 cloudfunctions/common/store/indexes 里加一个索引，或改这个查询'),
    ),
    ...(scans.length === 0
      ? [well(`查询：启动以来函数问过 ${asked} 种，大的集合上都有索引（没问过的看不到）`)]
      : []),
    well(`本地云的时钟：${new Date(status.now).toISOString()}（演示时钟，不必与真实时间一致）`),
  ];
}
