// `node main/setup/compile-ahead.js`: compiles the C++ sources of the tests, among them all kernels of the native device. They need
// no packages, so a fresh checkout does this while npm downloads those; what wants to build meanwhile waits. What fails here is
// compiled again, with its errors shown, by whoever needs it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { projectFolder } from './dependencies.js';
import { withBuildLock } from './lock.js';

const script = path.join(projectFolder, 'worker', 'native', 'build.mjs');
withBuildLock('build', () => spawnSync(process.execPath, [script, 'tests', '--strict'], { stdio: 'ignore' }));
