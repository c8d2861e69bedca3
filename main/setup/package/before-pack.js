// What electron-builder runs before it packs for a target: the Node.js for compute processes and the licences.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../dependencies.js';
import { collectLicences } from './licences.js';
import { placeNode } from './node-binary.js';

/** electron-builder's numbers of architectures. */
const architectures = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

/** @param {{ electronPlatformName: string, arch: number }} context */
export default async function beforePack({ electronPlatformName, arch }) {
  const parts = path.join(projectFolder, 'release', '.parts');
  rmSync(parts, { recursive: true, force: true });
  mkdirSync(parts, { recursive: true });
  placeNode(path.join(parts, 'node'), electronPlatformName, architectures[arch]);
  collectLicences(path.join(parts, 'licences'), path.join(parts, 'node'));
}
