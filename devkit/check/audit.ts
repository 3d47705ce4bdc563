import { spawnSync } from 'node:child_process';

interface Report {
  error?: { summary?: string; code?: string };
  message?: string;
  vulnerabilities?: Record<string, { severity: string; isDirect: boolean; fixAvailable: unknown }>;
}

export interface Audit {
  complaints: string[];
  /** said, but nobody's fault; null when there is nothing to say */
  remark: string | null;
}

/** Only these stop a release: what is installed for development never reaches a phone or the cloud. */
const STOPPING = new Set(['high', 'critical']);

/**
 * Reads what `npm audit --json --omit=dev` answered about the lock file's dependencies that ship.
 *
 * @example readAudit('{"vulnerabilities":{}}') // → { complaints: [], remark: null }
 */
export function readAudit(answer: string): Audit {
  const unreachable = (why: string): Audit => ({
    complaints: [],
    remark: `the registry gave no answer (${why}); run npm audit where it can be reached`,
  });
  let report: Report;
  try {
    report = JSON.parse(answer) as Report;
  } catch {
    return unreachable('nothing readable');
  }
  if (!report.vulnerabilities) return unreachable(report.error?.code ?? report.message ?? 'no report');
  const complaints = Object.entries(report.vulnerabilities)
    .filter(([, { severity }]) => STOPPING.has(severity))
    .map(
      ([name, { severity, fixAvailable }]) => `${name}: ${severity}${fixAvailable ? ', a fix is there' : ''}`,
    );
  return { complaints, remark: null };
}

/** Asks the registry, for at most half a minute. */
export function audit(root: string): Audit {
  const ran = spawnSync('npm', ['audit', '--json', '--omit=dev', '--fetch-retries=0'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 30_000,
    shell: process.platform === 'win32',
  });
  return readAudit(ran.stdout ?? '');
}
