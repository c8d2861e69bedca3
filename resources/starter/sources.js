// What the training text of a starter model is made of: text that may be redistributed, with its licence. Packages come
// from Debian's archive through apt; nothing of them is part of this repository.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} PackageSource
 * @property {string} name the Debian package
 * @property {string} licence as the package's own file `copyright` states it
 * @property {'dictionary' | 'computing' | 'documentation'} domain
 * @property {{ dictionary: 'wordnet' | 'gcide' | 'foldoc' | 'jargon' } | { files: RegExp }} holds
 */

/** @type {PackageSource[]} */
export const packageSources = [
  { name: 'dict-wn', licence: 'WordNet 3.0', domain: 'dictionary', holds: { dictionary: 'wordnet' } },
  { name: 'dict-gcide', licence: 'GPL-2+', domain: 'dictionary', holds: { dictionary: 'gcide' } },
  { name: 'dict-foldoc', licence: 'GFDL-1.1+', domain: 'computing', holds: { dictionary: 'foldoc' } },
  { name: 'dict-jargon', licence: 'public domain', domain: 'computing', holds: { dictionary: 'jargon' } },
  {
    name: 'debian-faq',
    licence: 'copies and changes under the same notice',
    domain: 'documentation',
    holds: { files: /\/FAQ\/[^/]*\.en\.html$/ },
  },
  {
    name: 'debian-policy',
    licence: 'GPL-2+',
    domain: 'documentation',
    holds: { files: /\/policy\.html\/[^/]*\.html$/ },
  },
  {
    name: 'debian-reference-en',
    licence: 'GPL-2+',
    domain: 'documentation',
    holds: { files: /\/debian-reference\/ch\d+\.en\.html$/ },
  },
  {
    name: 'developers-reference',
    licence: 'GPL-2+',
    domain: 'documentation',
    holds: { files: /\/developers-reference\/[^/]*\.html$/ },
  },
  {
    name: 'debian-handbook',
    licence: 'GPL-2+ or CC-BY-SA-3.0',
    domain: 'documentation',
    holds: { files: /\/html\/en-US\/[^/]*\.html$/ },
  },
  { name: 'git-doc', licence: 'GPL-2', domain: 'documentation', holds: { files: /\/git-doc\/[^/]*\.html$/ } },
];

/** Paths of all files below a folder. @param {string} folder @returns {string[]} */
const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();

/**
 * The files of a package: downloaded unless it is in the folder, and unpacked.
 *
 * @param {string} name @param {string} folder of packages
 * @returns {{ version: string, files: string[], copyright: string }}
 */
export function packageFiles(name, folder) {
  mkdirSync(folder, { recursive: true });
  const archive = () => readdirSync(folder).find((file) => file.startsWith(`${name}_`) && file.endsWith('.deb'));
  if (!archive()) execFileSync('apt-get', ['download', name], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const file = path.join(folder, /** @type {string} */ (archive()));
  const unpacked = path.join(folder, name);
  if (!existsSync(unpacked)) {
    mkdirSync(unpacked);
    const tar = execFileSync('dpkg-deb', ['--fsys-tarfile', file], { maxBuffer: 1 << 30 });
    execFileSync('tar', ['-x', '-C', unpacked, '--exclude=*.png', '--exclude=*.pdf*'], { input: tar });
  }
  const version = execFileSync('dpkg-deb', ['--field', file, 'Version'], { encoding: 'utf8' }).trim();
  const copyright = path.join(unpacked, 'usr/share/doc', name, 'copyright');
  return { version, files: filesBelow(unpacked), copyright: readFileSync(copyright, 'utf8') };
}

/**
 * The English descriptions of all packages of Debian's section main, as apt keeps them: `apt-cache dumpavail` has only
 * the first lines where the translations are files of their own.
 *
 * @returns {string}
 */
export function packageDescriptions() {
  const options = ['-o', 'Acquire::Languages=en'];
  const format = ['--format', '$(FILENAME)', 'Created-By: Translations', 'Component: main', 'Language: en'];
  const files = execFileSync('apt-get', [...options, 'indextargets', ...format], { encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && existsSync(file));
  if (files.length === 0)
    throw new Error('No package descriptions found. Fetch them: apt-get -o Acquire::Languages=en update');
  const read = (/** @type {string} */ file) =>
    execFileSync('/usr/lib/apt/apt-helper', ['cat-file', file], { encoding: 'utf8', maxBuffer: 1 << 30 });
  return files.map(read).join('\n');
}

/** Text files of a folder: books in the public domain. @param {string} folder */
export const bookFiles = (folder) => filesBelow(folder).filter((file) => file.endsWith('.txt'));
