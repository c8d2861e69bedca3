// What `npm install` and `npm ci` run at their end: the command `hyena` and the compiled sources.
import { build } from './build.js';
import { linkCommand } from './command.js';
import { requireNode } from './dependencies.js';

requireNode();
linkCommand();
if (!build()) process.exit(1);
