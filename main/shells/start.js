// `npm start`: installs what is missing, builds, and runs the demo in the terminal. The window is being built:
// `-- --window` opens it as it is, `-- --browser` in the browser.
import { build } from '../setup/build.js';
import { buildWindow } from '../setup/build-window.js';
import { linkCommand } from '../setup/command.js';
import { installDependencies, requireNode } from '../setup/dependencies.js';

requireNode();
installDependencies();
linkCommand();
const window = process.argv.includes('--window') || process.argv.includes('--browser');
if (!build({ native: true }) || (window && !buildWindow())) process.exit(1);
const entry = window ? '../../build/main/shells/start-window.js' : '../../build/main/shells/terminal/demo.js';
await import(entry);
