// The licences of everything that a package holds: what the program needs to run, and what is bundled into the window.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../dependencies.js';

/**
 * @typedef {{ dev?: boolean, optional?: boolean, dependencies?: Record<string, string>, license?: string, version?: string }} Locked
 * @returns {Record<string, Locked>}
 */
const lockedPackages = () => JSON.parse(readFileSync(path.join(projectFolder, 'package-lock.json'), 'utf8')).packages;

/** The packages that the window's sources import: they are development dependencies, yet they ship. */
function importedByTheWindow() {
  const folder = path.join(projectFolder, 'renderer');
  const names = new Set();
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(ts|svelte|css)$/.test(file) || file.endsWith('vite.config.ts')) continue;
    const text = readFileSync(path.join(folder, file), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)\s*\(?\s*['"]((?:@[\w-]+\/)?\w[\w.-]*)/g)) names.add(name);
  }
  return [...names];
}

/** @param {Record<string, Locked>} packages @param {string} name @param {string} from */
function locate(packages, name, from) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (folder === '') return undefined;
  }
}

/** The folders of all packages that ship, from the project's folder. */
function shippedPackages() {
  const packages = lockedPackages();
  const found = new Set();
  const waiting = Object.keys(packages).filter((folder) => folder !== '' && !packages[folder].dev);
  for (const name of importedByTheWindow()) {
    const folder = locate(packages, name, '');
    if (folder !== undefined) waiting.push(folder);
  }
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.has(folder)) continue;
    found.add(folder);
    for (const name of Object.keys(packages[folder].dependencies ?? {})) {
      const dependency = locate(packages, name, folder);
      if (dependency !== undefined) waiting.push(dependency);
    }
  }
  // Optional packages of other systems are not here, and so not in the package.
  return [...found].filter((folder) => existsSync(path.join(projectFolder, folder, 'package.json'))).sort();
}

const isLicence = (/** @type {string} */ file) => /^(licen[cs]e|copying|notice|copyright)/i.test(file);

/** The texts that a folder has about its licence. @param {string} folder */
const textsIn = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isLicence(entry.name))
    .map((entry) => readFileSync(path.join(folder, entry.name), 'utf8').trim());

/**
 * Writes THIRD-PARTY-LICENCES.txt and the program's own licence into a folder.
 *
 * @param {string} folder @param {string} nodeFolder where the Node.js of the package lies
 */
export function collectLicences(folder, nodeFolder) {
  mkdirSync(folder, { recursive: true });
  copyFileSync(path.join(projectFolder, 'LICENSE'), path.join(folder, 'LICENSE.txt'));
  const packages = lockedPackages();
  const sections = shippedPackages().map((place) => {
    const { version } = packages[place];
    const own = path.join(projectFolder, place);
    const named = JSON.parse(readFileSync(path.join(own, 'package.json'), 'utf8'));
    const texts = textsIn(own);
    const licence = packages[place].license ?? named.license ?? 'see its sources';
    const author = typeof named.author === 'string' ? named.author : named.author?.name;
    const body = texts.length > 0 ? texts : [`Licence: ${licence}${author ? `\nCopyright: ${author}` : ''}`];
    return [`${named.name} ${version} (${licence})`, ...body].join('\n\n');
  });
  const node = textsIn(nodeFolder);
  sections.push(['Node.js (MIT and others: https://github.com/nodejs/node/blob/main/LICENSE)', ...node].join('\n\n'));
  const line = `\n\n${'='.repeat(80)}\n\n`;
  const head =
    'Hyena Studio is built with the packages below. The licences of Electron and Chromium are next to the program.';
  writeFileSync(path.join(folder, 'THIRD-PARTY-LICENCES.txt'), `${[head, ...sections].join(line)}\n`);
}
