import { spawn } from 'node:child_process';
import path from 'node:path';

/** Tencent's own runtime for functions, as it ships in `@cloudbase/cli`; it needs no login. */
const BOOTSTRAP = path.join('@cloudbase', 'cli', 'runtime', 'nodejs', 'bootstrap.js');

export interface BootstrapCall {
  /** holds `<name>/index.js` */
  functionsDir: string;
  name: string;
  event: unknown;
  /** what the process starts with: where the SDK finds its cloud, the function's own variables */
  environment: Readonly<Record<string, string>>;
  /** what the platform puts into each call's `environ`, e.g. who calls */
  call: Readonly<Record<string, string>>;
}

/**
 * Runs a bundle once by the official bootstrap, in a process of its own: it requires `index.js`, calls `main(event,
 * context)`, and says the answer as JSON.
 *
 * @throws what the runtime wrote to stderr when the function threw or could not be loaded
 */
export function runByBootstrap({
  functionsDir,
  name,
  event,
  environment,
  call,
}: BootstrapCall): Promise<unknown> {
  const environ = Object.entries(call)
    .map(([key, value]) => `${key}=${value}`)
    .join(';');
  const child = spawn(process.execPath, [require.resolve(BOOTSTRAP)], {
    env: {
      PATH: process.env['PATH'],
      ...environment,
      TENCENTCLOUD_RUNENV: 'SCF',
      SCF_FUNCTION_HANDLER: 'index.main',
      SCF_FUNCTION_NAME: name,
      SCF_EVENT_BODY: JSON.stringify(event),
      SCF_FUNCTION_ENVIRON: environ,
      SCF_DISPLAY_IS_QUIET: 'True',
      GLOBAL_USER_FILE_PATH: path.join(functionsDir, name) + path.sep,
    },
  });
  const [out, err]: string[][] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out?.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err?.push(text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      const said = (out ?? []).join('').trim();
      const complaint = (err ?? []).join('').trim();
      if (complaint !== '' || said === '') reject(new Error(complaint || `${name} said nothing`));
      else resolve(JSON.parse(said));
    });
  });
}
