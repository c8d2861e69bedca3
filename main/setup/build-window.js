// Builds the window (renderer/) to dist/renderer and the desktop's preload to dist/preload.cjs. When nothing changed
// since the last build this costs milliseconds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from './dependencies.js';
import { withBuildLock } from './lock.js';

const sourceFolders = ['renderer', path.join('main', 'contract'), path.join('main', 'shells', 'desktop')];
const configurations = ['renderer/vite.config.ts', 'main/setup/preload.config.js'];
const stampFile = path.join(projectFolder, 'dist', '.window.json');
const built = ['renderer/index.html', 'preload.cjs'].map((file) => path.join(projectFolder, 'dist', file));

/** A key that changes with any source of the window. */
function sourcesKey() {
  const hash = createHash('sha256');
  for (const folder of sourceFolders)
    for (const name of readdirSync(path.join(projectFolder, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      const about = statSync(path.join(projectFolder, folder, name));
      if (about.isFile()) hash.update(`${folder}/${name} ${about.mtimeMs} ${about.size}\n`);
    }
  const lock = statSync(path.join(projectFolder, 'package-lock.json'));
  return hash.update(`${lock.mtimeMs} ${lock.size}`).digest('hex');
}

/** @returns {string | undefined} */
function lastKey() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8')).key;
  } catch {
    return undefined;
  }
}

const isBuilt = () => built.every((file) => existsSync(file));
const isCurrent = () => isBuilt() && lastKey() === sourcesKey();

/** @returns whether Vite built all of it */
function runVite() {
  const vite = path.join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  return configurations.every((configuration) => {
    const parameters = [vite, 'build', '--config', configuration, '--logLevel', 'warn'];
    const { status } = spawnSync(process.execPath, parameters, { cwd: projectFolder, stdio: ['ignore', 2, 2] });
    return status === 0;
  });
}

/** Builds where something changed; returns whether the window can be served. Errors of the compiler go to stderr. */
export function buildWindow() {
  if (!existsSync(path.join(projectFolder, 'renderer'))) return isBuilt();
  if (isCurrent()) return true;
  return withBuildLock('window', () => {
    // Another process may have built it while this one waited.
    if (isCurrent()) return true;
    console.error('Building the window ...');
    const key = sourcesKey();
    if (!runVite()) return false;
    mkdirSync(path.dirname(stampFile), { recursive: true });
    writeFileSync(stampFile, JSON.stringify({ key }));
    return true;
  });
}

if (process.argv[1] === import.meta.filename && !buildWindow()) process.exit(1);
