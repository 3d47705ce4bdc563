// Jest gives every test file modules of its own, so each file would read the hundreds of files of such a package anew
// (lodash-es alone: 640). They are joined into one file each, once for each version; what is run stays the package's own.
const { createHash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require('node:fs');
const path = require('node:path');
const { PRELUDE } = require('./globals');

/** Names that must share one copy of their modules stand in one group. */
const GROUPS = {
  'lodash-es': ['lodash-es'],
  zod: ['zod'],
  sdk: ['@cloudbase/node-sdk'],
  mingo: [
    'mingo/aggregator',
    'mingo/core',
    'mingo/lazy',
    'mingo/operators/accumulator',
    'mingo/operators/expression',
    'mingo/operators/pipeline',
    'mingo/operators/projection',
    'mingo/operators/query',
    'mingo/operators/window',
    'mingo/query',
  ],
};

const fileNameOf = (name) => `${name.replace(/\W+/g, '-')}.js`;

/** What is joined of which versions: another lock file means another folder. */
function stampOf(root) {
  const hash = createHash('sha256')
    .update(JSON.stringify(GROUPS))
    .update(readFileSync(__filename))
    .update(PRELUDE);
  for (const file of ['package-lock.json', 'node_modules/.package-lock.json']) {
    const full = path.join(root, file);
    if (existsSync(full)) hash.update(readFileSync(full));
  }
  return hash.digest('hex').slice(0, 16);
}

function joinInto(folder, root) {
  const { buildSync } = require('esbuild');
  for (const [group, names] of Object.entries(GROUPS)) {
    const entries = names.map(
      (name) => `get ${JSON.stringify(name)}() { return require(${JSON.stringify(name)}); }`,
    );
    buildSync({
      stdin: { contents: `module.exports = { ${entries.join(', ')} };`, resolveDir: root },
      outfile: path.join(folder, `joined-${fileNameOf(group)}`),
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      logLevel: 'error',
      banner: { js: PRELUDE },
    });
    for (const name of names) {
      const from = JSON.stringify(`./joined-${fileNameOf(group)}`);
      writeFileSync(
        path.join(folder, fileNameOf(name)),
        `module.exports = require(${from})[${JSON.stringify(name)}];\n`,
      );
    }
  }
}

/**
 * Jest's `moduleNameMapper` for the joined packages, joined now when they are not yet.
 *
 * @param {string} root the repository
 * @returns {Record<string, string>} pattern → file
 */
exports.joinedPackages = (root) => {
  const home = path.join(root, 'node_modules', '.cache', 'huitou-tests');
  const folder = path.join(home, stampOf(root));
  if (!existsSync(folder)) {
    const underWay = `${folder}.${process.pid}`;
    mkdirSync(underWay, { recursive: true });
    joinInto(underWay, root);
    for (const old of readdirSync(home)) {
      if (!old.includes('.')) rmSync(path.join(home, old), { recursive: true, force: true });
    }
    try {
      renameSync(underWay, folder);
    } catch {
      // Another run was faster; its files are the same.
      rmSync(underWay, { recursive: true, force: true });
    }
  }
  return Object.fromEntries(
    Object.values(GROUPS)
      .flat()
      .map((name) => [`^${name}$`, path.join(folder, fileNameOf(name))]),
  );
};
