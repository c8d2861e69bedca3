// One process builds at a time: of two that start on a stale build one compiles and the other waits for it. The lock of
// the library knows more of its holder, but it is TypeScript over packages: this one must work before either is there.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from './dependencies.js';

const patienceMilliseconds = 10 * 60_000;
/** So long a holder may take to write down who it is. */
const unnamedMilliseconds = 5000;

/** @param {number} milliseconds */
const sleep = (milliseconds) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

/** @param {unknown} error @param {string} code */
const hasCode = (error, code) => /** @type {NodeJS.ErrnoException} */ (error).code === code;

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}

/** Whether the process that holds a lock is gone. @param {string} folder */
function isStale(folder) {
  try {
    const age = Date.now() - statSync(folder).mtimeMs;
    if (age > patienceMilliseconds) return true;
    let pid;
    try {
      pid = Number(readFileSync(path.join(folder, 'pid'), 'utf8'));
    } catch {
      return age > unnamedMilliseconds;
    }
    return !isAlive(pid);
  } catch {
    // It was given back meanwhile.
    return false;
  }
}

/** @param {string} folder @returns {boolean} whether this process has it now */
function take(folder) {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return false;
  }
  writeFileSync(path.join(folder, 'pid'), String(process.pid));
  return true;
}

/**
 * Does work while no other process does the same.
 *
 * @template T
 * @param {string} name
 * @param {() => T} work
 * @returns {T}
 */
export function withBuildLock(name, work) {
  // Neither npm, which empties node_modules first, nor a build empties this folder.
  const parent = path.join(projectFolder, 'worker', 'native', 'build');
  mkdirSync(parent, { recursive: true });
  const folder = path.join(parent, `${name}.lock`);
  const deadline = Date.now() + patienceMilliseconds;
  let announced = false;
  while (!take(folder)) {
    if (isStale(folder)) {
      // Renamed first, so that of two who find it stale only one removes it.
      const doomed = `${folder}.${process.pid}`;
      try {
        renameSync(folder, doomed);
        rmSync(doomed, { recursive: true, force: true });
      } catch (error) {
        if (!hasCode(error, 'ENOENT')) throw error;
      }
      continue;
    }
    if (Date.now() > deadline)
      throw new Error(
        `Another process has been building for more than ten minutes. If it no longer runs, delete ${folder}.`,
      );
    if (!announced) console.error('Waiting for another build to finish ...');
    announced = true;
    sleep(100);
  }
  try {
    return work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
