import fs from 'node:fs';
import path from 'node:path';
import { readIcons } from '../compile/icons';
import { Refused } from './requests';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
  '.mp3': 'audio/mpeg',
};
const PICTURES = ['.png', '.jpg', '.jpeg', '.gif', '.webp', '.svg', '.mp3'];
const BUNDLES = ['.js', '.css', '.map'];

export interface Asset {
  type: string;
  body: Buffer | string;
}

/** Files a browser may fetch: bundles, pictures of the mini program, icons; nothing outside their folders. */
export function assetsOf(outDir: string, miniprogramDir: string): (pathname: string) => Asset {
  let icons: Record<string, string> | null = null;
  return (pathname) => {
    const icon = /^\/icons\/([\w-]+)\.svg$/.exec(pathname)?.[1];
    if (icon) {
      icons ??= readIcons(outDir);
      const body = icons[icon];
      if (!body) throw new Refused(404, `没有图标 ${icon}。`);
      return { type: 'image/svg+xml', body };
    }
    if (pathname.startsWith('/out/')) return fileBelow(outDir, pathname.slice(5), BUNDLES);
    if (pathname.startsWith('/mp/')) return fileBelow(miniprogramDir, pathname.slice(4), PICTURES);
    throw new Refused(404, '没有这个地址。');
  };
}

function fileBelow(folder: string, name: string, allowed: string[]): Asset {
  const root = path.resolve(folder);
  const file = path.resolve(root, name);
  const extension = path.extname(file).toLowerCase();
  if (!file.startsWith(root + path.sep) || name.includes('\0'))
    throw new Refused(403, '不能访问目录之外的文件。');
  if (!allowed.includes(extension)) throw new Refused(404, '没有这个文件。');
  const real = fs.existsSync(file) ? fs.realpathSync(file) : null;
  if (!real) throw new Refused(404, '没有这个文件。');
  if (!real.startsWith(fs.realpathSync(root) + path.sep)) throw new Refused(403, '不能访问目录之外的文件。');
  return { type: TYPES[extension] ?? 'application/octet-stream', body: fs.readFileSync(real) };
}
