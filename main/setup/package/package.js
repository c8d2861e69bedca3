// `npm run package [-- PARAMETERS]`: builds everything, then makes the packages of this system in release/.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from '../build.js';
import { buildWindow } from '../build-window.js';
import { installDependencies, projectFolder, requireNode } from '../dependencies.js';

requireNode();
installDependencies();
if (!build({ native: true }) || !buildWindow()) process.exit(1);
const builder = path.join(projectFolder, 'node_modules', 'electron-builder', 'cli.js');
const { status } = spawnSync(process.execPath, [builder, ...process.argv.slice(2)], {
  cwd: projectFolder,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
