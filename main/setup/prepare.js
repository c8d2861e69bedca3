// What `npm install` and `npm ci` run at their end: the command `hyena`, the compiled sources, the window.
import { build } from './build.js';
import { buildWindow } from './build-window.js';
import { linkCommand } from './command.js';
import { requireNode } from './dependencies.js';

requireNode();
linkCommand();
// The packages are in place all the same; whatever needs the build makes it again and stops where that fails.
if (!build({ native: true }) || !buildWindow()) console.error('Compilation failed; see the errors above.');
