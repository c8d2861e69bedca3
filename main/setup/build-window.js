// Builds the window (renderer/) to dist/renderer. When nothing changed since the last build this costs milliseconds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from './dependencies.js';

const sourceFolders = ['renderer', path.join('main', 'contract')];
const stampFile = path.join(projectFolder, 'dist', '.window.json');
const builtPage = path.join(projectFolder, 'dist', 'renderer', 'index.html');

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

/** Builds where something changed; returns whether the window can be served. Errors of the compiler go to stderr. */
export function buildWindow() {
  if (!existsSync(path.join(projectFolder, 'renderer'))) return existsSync(builtPage);
  const key = sourcesKey();
  if (existsSync(builtPage) && lastKey() === key) return true;
  console.error('Building the window ...');
  const vite = path.join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status } = spawnSync(
    process.execPath,
    [vite, 'build', '--config', 'renderer/vite.config.ts', '--logLevel', 'warn'],
    {
      cwd: projectFolder,
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0) return false;
  mkdirSync(path.dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, JSON.stringify({ key }));
  return true;
}

if (process.argv[1] === import.meta.filename && !buildWindow()) process.exit(1);
