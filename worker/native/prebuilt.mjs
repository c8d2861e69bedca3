import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const here = import.meta.dirname;

export const addonFile = 'hyena.node';
/** Beside it: a digest of the sources it was compiled from. */
export const digestFile = 'sources.txt';

/** The system that this process runs on, as addons compiled in advance are named. */
export const ownSystem = `${process.platform}-${process.arch}`;

/** @param {...(string | Buffer)} parts */
export const digest = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
};

/** A digest of all that an addon is compiled from: one made in advance belongs to these sources, or to none. */
function sourcesDigest() {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(cc|h)$/.test(file))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
  return digest(...files.flatMap((file) => [file, readFileSync(path.join(here, file))]));
}

/** Where the addon for a system lies that is compiled here. @param {string} system */
export const prebuiltFolder = (system) => path.join(here, 'build', 'prebuilt', system);

/** Notes what the addon in a folder was compiled from. @param {string} folder */
export const markCurrent = (folder) => writeFileSync(path.join(folder, digestFile), sourcesDigest());

/**
 * The addon for a system that was compiled in advance from these sources: of its package (`packages.mjs`) where that is
 * installed, or one compiled here.
 *
 * @param {string} system
 * @returns {string | undefined} its path
 */
export function currentAddon(system) {
  const folders = [prebuiltFolder(system)];
  try {
    folders.unshift(path.dirname(createRequire(import.meta.url).resolve(`hyena-studio-native-${system}/${addonFile}`)));
  } catch {
    // Not installed.
  }
  const current = sourcesDigest();
  const isCurrent = (/** @type {string} */ folder) => {
    const mark = path.join(folder, digestFile);
    return existsSync(mark) && readFileSync(mark, 'utf8') === current;
  };
  const found = folders.find(isCurrent);
  return found && path.join(found, addonFile);
}

/** Copies an addon into a folder; one that is loaded there stays as it is for who has it. @param {string} addon @param {string} folder */
export function placeAddon(addon, folder) {
  const target = path.join(folder, addonFile);
  mkdirSync(folder, { recursive: true });
  rmSync(target, { force: true });
  copyFileSync(addon, target);
}
