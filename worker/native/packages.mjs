// `node worker/native/packages.mjs [SYSTEM...]`: compiles the native device in advance and packs one npm
// package for each system in release/native/, which npm installs only where it fits.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addonFile, digestFile, prebuiltFolder } from './prebuilt.mjs';
import { crossPlatforms } from './toolchain.mjs';

const projectFolder = path.resolve(import.meta.dirname, '..', '..');

/** @type {{ version: string, license: string }} */
const { version, license } = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8'));
const output = path.join(projectFolder, 'release', 'native');

/** @param {string} command @param {string[]} parameters @param {string} [cwd] */
function run(command, parameters, cwd = projectFolder) {
  const shell = process.platform === 'win32';
  const { status } = spawnSync(command, parameters, { cwd, shell, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} failed.`);
}

const files = [addonFile, digestFile];
const asked = process.argv.slice(2);
for (const system of asked.length > 0 ? asked : crossPlatforms) {
  run(process.execPath, [path.join('worker', 'native', 'build.mjs'), 'addon', `--for=${system}`]);
  const folder = path.join(output, system);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of files) copyFileSync(path.join(prebuiltFolder(system), file), path.join(folder, file));
  copyFileSync(path.join(projectFolder, 'LICENSE'), path.join(folder, 'LICENSE'));
  const [platform, arch] = system.split('-');
  const name = `hyena-studio-native-${system}`;
  const manifest = {
    ...{ name, version, license, description: `The CPU kernels of Hyena Studio, compiled for ${system}.` },
    ...{ os: [platform], cpu: [arch], ...(platform === 'linux' && { libc: ['glibc'] }) },
    files,
  };
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  run('npm', ['pack', '--silent', '--pack-destination', output], folder);
  rmSync(folder, { recursive: true });
  console.log(path.relative(projectFolder, path.join(output, `${name}-${version}.tgz`)));
}
