// `npm start`: installs what is missing, builds, and opens the window. `-- --browser` shows it in the browser,
// `-- --terminal` runs a demo in the terminal.
import { build } from '../setup/build.js';
import { buildWindow } from '../setup/build-window.js';
import { linkCommand } from '../setup/command.js';
import { installDependencies, requireNode } from '../setup/dependencies.js';

const known = ['--browser', '--terminal'];
const unknown = process.argv.slice(2).find((one) => one.startsWith('-') && !known.includes(one));
if (unknown !== undefined) {
  console.error(
    `npm start: unknown option ${unknown}. Use npm start, npm start -- --browser or npm start -- --terminal.`,
  );
  process.exit(2);
}
requireNode();
installDependencies();
linkCommand();
const terminal = process.argv.includes('--terminal');
if (!build({ native: true }) || (!terminal && !buildWindow())) process.exit(1);
const entry = terminal ? '../../build/main/shells/terminal/demo.js' : '../../build/main/shells/start-window.js';
await import(entry);
