// What `npm install` and `npm ci` run at their end: the command `hyena` and the compiled sources.
import { build } from './build.js';
import { linkCommand } from './command.js';
import { requireNode } from './dependencies.js';

requireNode();
linkCommand();
// The packages are in place all the same; whatever needs the build makes it again and stops where that fails.
if (!build({ native: true })) console.error('The sources do not compile; the reason stands above.');
