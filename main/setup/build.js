// Builds main/ and worker/ to build/ (program.config.js), and the native device. When no source changed since the last build this costs
// a few milliseconds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { projectFolder } from './dependencies.js';
import { withBuildLock } from './lock.js';

const buildFolder = path.join(projectFolder, 'build');
const nativeDevice = path.join(projectFolder, 'worker', 'native', 'build', 'hyena.node');
const configuration = path.join('main', 'setup', 'program.config.js');
const stampFile = path.join(buildFolder, '.sources.json');

/** @param {string} name @returns {string[]} paths of the sources below a folder of the project */
function sourcesBelow(name) {
  return readdirSync(path.join(projectFolder, name), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|cc|h|mjs|wgsl)$/.test(file))
    .map((file) => path.join(name, file));
}

/** @returns {{ files: string[], key: string }} what is compiled, and a key that changes with any of it */
function sources() {
  const files = ['main', 'worker'].flatMap(sourcesBelow).sort();
  const hash = createHash('sha256');
  for (const file of [...files, configuration, 'tsconfig.json', 'package-lock.json']) {
    const { mtimeMs, size } = statSync(path.join(projectFolder, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return { files, key: hash.digest('hex') };
}

/** @returns {{ files: string[], key: string, native?: boolean } | undefined} native: false where the device was left out */
function lastBuild() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether build/ was made from the sources as they are. A package without sources is always current. */
export function buildIsCurrent() {
  return !existsSync(path.join(projectFolder, 'tsconfig.json')) || lastBuild()?.key === sources().key;
}

/** Compiles the native device where a compiler is there; without one its script says how to get it. */
function buildNative() {
  const script = path.join(projectFolder, 'worker', 'native', 'build.mjs');
  if (!existsSync(script)) return;
  spawnSync(process.execPath, [script, 'addon', '--postinstall'], { cwd: projectFolder, stdio: ['ignore', 2, 2] });
}

/** @param {string} folder where to @returns whether all of it could be read */
function bundle(folder) {
  const rolldown = path.join(projectFolder, 'node_modules', 'rolldown', 'bin', 'cli.mjs');
  const parameters = [rolldown, '--config', configuration, '--dir', folder];
  // A list of all that was written goes to stdout.
  const { status } = spawnSync(process.execPath, parameters, { cwd: projectFolder, stdio: ['ignore', 'ignore', 2] });
  return status === 0;
}

/** Shaders are read where the modules that use them lie. @param {string[]} files @param {string} folder */
function copyShaders(files, folder) {
  for (const file of files.filter((name) => name.endsWith('.wgsl'))) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    copyFileSync(path.join(projectFolder, file), path.join(folder, file));
  }
}

/**
 * Compiles where something changed; returns whether build/ is usable. Errors of the compilers go to stderr. Of two
 * processes that find it stale one compiles and the other waits.
 *
 * @param {{ native?: boolean }} [options] native: the native device, too. False: it stays as it is. True: also one that
 *   is missing although no source changed, since a compiler may have been installed in the meantime
 */
export function build({ native } = {}) {
  const nativeIsCurrent = () =>
    native === false || (lastBuild()?.native !== false && !(native && !existsSync(nativeDevice)));
  const nothingToDo = () => buildIsCurrent() && nativeIsCurrent();
  if (nothingToDo()) return true;
  return withBuildLock('build', () => {
    if (nothingToDo()) return true;
    const withNative = native !== false;
    if (withNative) buildNative();
    if (!buildIsCurrent()) return compile(withNative);
    const last = lastBuild();
    if (withNative && last?.native === false) writeFileSync(stampFile, JSON.stringify({ ...last, native: true }));
    return true;
  });
}

/**
 * @param {boolean} withNative whether the native device was compiled from the same sources
 * @returns whether it could be built; if not, the last build stays as it was
 */
function compile(withNative) {
  const now = { ...sources(), native: withNative };
  const made = `${buildFolder}.new`;
  rmSync(made, { recursive: true, force: true });
  console.error('Building ...');
  if (!bundle(made)) return false;
  copyShaders(now.files, made);
  writeFileSync(path.join(made, path.basename(stampFile)), JSON.stringify(now));
  rmSync(buildFolder, { recursive: true, force: true });
  renameSync(made, buildFolder);
  return true;
}

if (process.argv[1] === import.meta.filename && !build({ native: true })) process.exit(1);
