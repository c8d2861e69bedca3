import { build } from '../../main/setup/build.js';
import { buildWindow } from '../../main/setup/build-window.js';

/** These tests run the app as it is built: it must be that of the sources as they are. */
export default function buildFirst(): void {
  if (!build({ native: true }) || !buildWindow()) throw new Error('The app does not build.');
}
