// `npm start`: installs what is missing, builds, and opens the window. `-- --browser` asks for the browser directly,
// `-- --demo` for the demo in the terminal.
import { build } from '../setup/build.js';
import { buildWindow } from '../setup/build-window.js';
import { linkCommand } from '../setup/command.js';
import { installDependencies, requireNode } from '../setup/dependencies.js';

requireNode();
installDependencies();
linkCommand();
const demo = process.argv.includes('--demo');
if (!build({ native: true }) || (!demo && !buildWindow())) process.exit(1);
const entry = demo ? '../../build/main/shells/terminal/demo.js' : '../../build/main/shells/start-window.js';
await import(entry);
