import { HyenaError } from '../contract/errors.ts';
import { Output } from './terminal/output.ts';
import { runWindow } from './server/run-window.ts';
import { launchDesktop } from './desktop/launch.ts';

/** What opens the window once everything is built: the desktop's window, or where that cannot be had the browser's. */
const output = new Output();
try {
  const reason = process.argv.includes('--browser') ? null : await launchDesktop();
  if (reason !== 'launched') {
    if (reason !== null) output.note(`The desktop window cannot be opened: ${reason} The browser shows it instead.`);
    await runWindow(output, { port: 0, open: true });
  }
} catch (thrown) {
  output.error(HyenaError.from(thrown));
  process.exitCode = 1;
}
