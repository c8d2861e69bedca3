// The Node.js binary that a packaged app brings for its compute processes.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const nodeVersion = '24.21.0';
/** What the packages with Node.js call a platform. @type {Record<string, string>} */
const names = { win32: 'win', darwin: 'darwin', linux: 'linux' };

/** Runs npm or tar; throws where that fails. @param {string} command @param {string[]} parameters @param {string} cwd */
function run(command, parameters, cwd) {
  const { status, error } = spawnSync(command, parameters, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} failed: ${error?.message ?? status}`);
}

/**
 * Puts the binary of a target into a folder, with its licence where that comes with it. HYENA_PACKAGE_NODE names a
 * binary to take instead, for machines without a network.
 *
 * @param {string} folder @param {string} platform as Node.js calls it @param {string} architecture
 */
export function placeNode(folder, platform, architecture) {
  mkdirSync(folder, { recursive: true });
  const file = platform === 'win32' ? 'node.exe' : 'node';
  const target = path.join(folder, file);
  const given = process.env['HYENA_PACKAGE_NODE'];
  if (given) copyFileSync(given, target);
  else {
    const scratch = mkdtempSync(path.join(tmpdir(), 'hyena-node-'));
    try {
      run('npm', ['pack', '--silent', `node-${names[platform]}-${architecture}@${nodeVersion}`], scratch);
      const [archive] = readdirSync(scratch);
      if (!archive) throw new Error('npm pack left no archive.');
      run('tar', ['-xzf', archive], scratch);
      copyFileSync(path.join(scratch, 'package', 'bin', file), target);
      const licence = path.join(scratch, 'package', 'LICENSE');
      if (existsSync(licence)) copyFileSync(licence, path.join(folder, 'LICENSE'));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  chmodSync(target, 0o755);
}
