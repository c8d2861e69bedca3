// Compiles main/ and worker/ to build/, and the native device. When no source changed since the last build this costs
// a few milliseconds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { projectFolder } from './dependencies.js';
import { withBuildLock } from './lock.js';

const buildFolder = path.join(projectFolder, 'build');
const nativeDevice = path.join(projectFolder, 'worker', 'native', 'build', 'hyena.node');
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
  for (const file of [...files, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']) {
    const { mtimeMs, size } = statSync(path.join(projectFolder, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return { files, key: hash.digest('hex') };
}

/** @returns {{ files: string[], key: string } | undefined} */
function lastBuild() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Whether build/ was made from the sources as they are. A package without sources is always current. */
export function buildIsCurrent() {
  return !existsSync(path.join(projectFolder, 'tsconfig.build.json')) || lastBuild()?.key === sources().key;
}

/** Compiles the native device where a compiler is there; without one its script says how to get it. */
function buildNative() {
  const script = path.join(projectFolder, 'worker', 'native', 'build.mjs');
  if (!existsSync(script)) return;
  spawnSync(process.execPath, [script, 'addon', '--postinstall'], { cwd: projectFolder, stdio: ['ignore', 2, 2] });
}

/** @returns whether it compiled */
function buildTypeScript() {
  const compiler = path.join(projectFolder, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: projectFolder,
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}

/** Shaders are read where the modules that use them lie. @param {string[]} files */
function copyShaders(files) {
  for (const file of files.filter((name) => name.endsWith('.wgsl')))
    copyFileSync(path.join(projectFolder, file), path.join(buildFolder, file));
}

/**
 * Compiles where something changed; returns whether build/ is usable. Errors of the compilers go to stderr. Of two
 * processes that find it stale one compiles and the other waits.
 *
 * @param {{ native?: boolean }} [options] native: try again to make a native device that is missing, since a compiler
 *   may have been installed in the meantime
 */
export function build({ native = false } = {}) {
  const nothingToDo = () => buildIsCurrent() && !(native && !existsSync(nativeDevice));
  if (nothingToDo()) return true;
  return withBuildLock('build', () => {
    if (nothingToDo()) return true;
    buildNative();
    return buildIsCurrent() || compile();
  });
}

/** @returns whether it compiled */
function compile() {
  const now = sources();
  const gone = lastBuild()?.files.some((file) => !now.files.includes(file)) ?? true;
  // tsc leaves the outputs of deleted sources behind.
  if (gone) rmSync(buildFolder, { recursive: true, force: true });
  else rmSync(stampFile, { force: true });
  console.error('Building ...');
  if (!buildTypeScript()) return false;
  mkdirSync(buildFolder, { recursive: true });
  copyShaders(now.files);
  writeFileSync(stampFile, JSON.stringify(now));
  return true;
}

if (process.argv[1] === import.meta.filename && !build({ native: true })) process.exit(1);
