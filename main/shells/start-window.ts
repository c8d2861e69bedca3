import path from 'node:path';
import { HyenaError } from '../contract/errors.ts';
import { launchDesktop } from './desktop/launch.ts';
import { runWindow } from './server/run-window.ts';
import { Output } from './terminal/output.ts';

/** What opens the window once everything is built: the desktop's, or where that cannot be had the browser's. */
const output = new Output();
const parameters = process.argv.slice(2);
try {
  const paths = parameters.filter((one) => !one.startsWith('-')).map((one) => path.resolve(one));
  const inBrowser = parameters.includes('--browser');
  const reason = inBrowser ? null : await launchDesktop(paths, (sentence) => output.note(sentence));
  if (reason !== null) output.note(`The desktop window cannot be opened: ${reason} It opens in the browser instead.`);
  if (inBrowser || reason !== null) await runWindow(output, { port: 0, open: true });
} catch (thrown) {
  output.error(HyenaError.from(thrown));
  process.exitCode = 1;
}
