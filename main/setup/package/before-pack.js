// What electron-builder runs before it packs for a target: the Node.js for compute processes, the native device for that
// system, and the licences.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../dependencies.js';
import { collectLicences } from './licences.js';
import { placeNode } from './node-binary.js';

/** electron-builder's numbers of architectures. */
const architectures = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

/** @param {string} folder @param {string} system */
function placeNativeDevice(folder, system) {
  mkdirSync(folder, { recursive: true });
  const script = path.join(projectFolder, 'worker', 'native', 'build.mjs');
  const { status } = spawnSync(process.execPath, [script, 'addon', `--for=${system}`, `--place=${folder}`], {
    cwd: projectFolder,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`The native device is missing for ${system}; see the reason above.`);
}

/** @param {{ electronPlatformName: string, arch: number }} context */
export default async function beforePack({ electronPlatformName, arch }) {
  const parts = path.join(projectFolder, 'release', '.parts');
  rmSync(parts, { recursive: true, force: true });
  mkdirSync(parts, { recursive: true });
  placeNativeDevice(path.join(parts, 'native'), `${electronPlatformName}-${architectures[arch]}`);
  placeNode(path.join(parts, 'node'), electronPlatformName, architectures[arch]);
  collectLicences(path.join(parts, 'licences'), path.join(parts, 'node'));
}
