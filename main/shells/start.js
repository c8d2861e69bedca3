// `npm start`: installs what is missing, builds, and runs the main job.
import { build } from '../setup/build.js';
import { linkCommand } from '../setup/command.js';
import { installDependencies, requireNode } from '../setup/dependencies.js';

requireNode();
installDependencies();
linkCommand();
if (!build({ native: true })) process.exit(1);
const demo = '../../build/main/shells/terminal/demo.js';
await import(demo);
