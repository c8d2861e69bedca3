// Installs what package-lock.json asks for, if it is not there yet. Runs before any dependency exists.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const projectFolder = path.resolve(import.meta.dirname, '..', '..');

/** The oldest Node.js that everything here runs on. */
const oldestNode = [20, 19];

/** Stops with a plain sentence where Node.js is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  console.error(`Hyena Studio needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`);
  console.error('Nothing was changed. Install a newer Node.js from https://nodejs.org, then try again.');
  process.exit(1);
}

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined} the packages of a lock file; undefined if there is none
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Whether node_modules holds every package of the lock file in the version that it names. */
export function dependenciesAreCurrent(folder = projectFolder) {
  const wanted = lockedPackages(path.join(folder, 'package-lock.json'));
  const installed = lockedPackages(path.join(folder, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  // Optional packages are left out where they are for another system.
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || optional || installed[name]?.version === version,
  );
}

/** Runs npm with its output shown; returns its exit code. @param {string[]} parameters */
function npm(parameters) {
  const ownScript = process.env.npm_execpath;
  const viaNode = ownScript !== undefined && /\.c?js$/.test(ownScript);
  // The tests of the ONNX export need no GPU libraries; versions of npm that know no `allowScripts` would fetch them.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  const { status, error } = viaNode
    ? spawnSync(process.execPath, [ownScript, ...parameters], { cwd: projectFolder, env, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', parameters, {
        cwd: projectFolder,
        env,
        stdio: ['ignore', 2, 2],
        shell: process.platform === 'win32',
      });
  if (error) console.error(`Cannot start npm: ${error.message}`);
  return status ?? 1;
}

/** Runs `npm ci` where node_modules is absent or does not match the lock file; exits where that fails. */
export function installDependencies() {
  if (dependenciesAreCurrent()) return;
  console.error('Installing the packages that Hyena Studio needs ...');
  const status = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status === 0) return;
  console.error('Cannot install the packages; see the reason above. Nothing else was changed.');
  console.error('Check the connection to your package registry, then run the same command again.');
  process.exit(1);
}
