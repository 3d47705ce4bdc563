// WeChat's compiler makes one program of all pages, and each test file would have it made anew. It is made once for the same
// templates and kept; what runs stays the compiler's own.
const { createHash, randomUUID } = require('node:crypto');
const {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const path = require('node:path');

const ROOT = path.resolve(__dirname, '../..');
const HOME = path.join(ROOT, 'node_modules/.cache/huitou-wxml');
const compiler = require(path.join(ROOT, 'node_modules/miniprogram-compiler/index.js'));
const { version } = require(path.join(ROOT, 'node_modules/miniprogram-compiler/package.json'));

function stampOf(rootPath) {
  const hash = createHash('sha256').update(`${version} ${rootPath}`);
  for (const name of readdirSync(rootPath, { recursive: true }).sort()) {
    if (!/\.(wxml|wxs)$/.test(name)) continue;
    const { mtimeMs, size } = statSync(path.join(rootPath, name));
    hash.update(`${name} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function kept(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

exports.wxmlToJs = (rootPath, options) => {
  if (options) return compiler.wxmlToJs(rootPath, options);
  const file = path.join(HOME, `${stampOf(rootPath)}.js`);
  const known = kept(file);
  if (known !== null) return known;
  const made = compiler.wxmlToJs(rootPath);
  // Test files begin side by side: each puts a whole file there, and none takes away what another is about to put.
  mkdirSync(HOME, { recursive: true });
  const underWay = path.join(HOME, `${randomUUID()}.part`);
  writeFileSync(underWay, made);
  renameSync(underWay, file);
  for (const old of readdirSync(HOME).filter((name) => name.endsWith('.js')))
    if (path.join(HOME, old) !== file) rmSync(path.join(HOME, old), { force: true });
  return made;
};
exports.wxssToJs = compiler.wxssToJs;
