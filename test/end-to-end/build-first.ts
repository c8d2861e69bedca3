import { build } from '../../main/setup/build.js';
import { linkCommand } from '../../main/setup/command.js';

/** These tests run the compiled command: it must be that of the sources as they are. */
export default function buildFirst(): void {
  linkCommand();
  if (!build({ native: true })) throw new Error('The sources do not compile.');
}
