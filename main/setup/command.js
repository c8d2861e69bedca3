// Makes `npx hyena` work in the project's own folder.
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from './dependencies.js';

/**
 * Puts `hyena` into node_modules/.bin, where npx looks first. A `bin` entry in package.json would not do: for a
 * command of the current project npx installs that project into its own cache at the first call, which needs the
 * network.
 */
export function linkCommand() {
  const folder = path.join(projectFolder, 'node_modules', '.bin');
  const launcher = path.join(projectFolder, 'main', 'shells', 'terminal', 'hyena.js');
  const link = path.join(folder, 'hyena');
  mkdirSync(folder, { recursive: true });
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, `@"${process.execPath}" "${launcher}" %*\r\n`);
    // npx looks for the name without an ending, shells that are not cmd.exe run it.
    writeFileSync(link, `#!/bin/sh\nexec "${process.execPath}" "${launcher}" "$@"\n`);
    return;
  }
  rmSync(link, { force: true });
  symlinkSync(path.relative(folder, launcher), link);
  chmodSync(launcher, 0o755);
}
