// The local cloud answers a write when it is on disk, and a test suite writes a hundred thousand times. Where the machine
// has a file system in memory, the tests' data folders lie there: every write still goes the same way to the same call,
// and a killed process loses as little there as on a disk.
const { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } = require('node:fs');
const path = require('node:path');

const MEMORY = '/dev/shm';
const NAME = 'huitou-tests-';
/** A run needs a tenth of it; the rest is for whoever else is on the machine. */
const ENOUGH_BYTES = 4 * 2 ** 30;

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Folders of runs that were killed before they could tidy up. */
function sweep() {
  for (const name of readdirSync(MEMORY)) {
    const pid = name.startsWith(NAME) ? Number(name.slice(NAME.length).split('-')[0]) : NaN;
    if (Number.isInteger(pid) && !isAlive(pid))
      rmSync(path.join(MEMORY, name), { recursive: true, force: true });
  }
}

function folderInMemory() {
  try {
    if (!existsSync(MEMORY)) return null;
    sweep();
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH_BYTES ? mkdtempSync(path.join(MEMORY, `${NAME}${process.pid}-`)) : null;
  } catch {
    // Not ours to write in: the tests run where they would have.
    return null;
  }
}

/** Jest's globalSetup: where the tests, and what they start, put their temporary folders. A folder given by hand wins. */
module.exports = async () => {
  if (process.env.TMPDIR) return;
  const folder = folderInMemory();
  if (!folder) return;
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
};
