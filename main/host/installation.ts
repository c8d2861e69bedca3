import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of this program: where package.json and resources/ are, for the sources as for build/. */
export const programFolder = findProgramFolder(import.meta.dirname);

function findProgramFolder(from: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (folder === path.dirname(folder)) throw new Error(`No package.json above ${from}`);
  }
}

/** A path for other programs: a packaged app keeps what they need beside its archive, which only Electron can read. */
export const outsideArchive = (file: string): string =>
  file.replace(/([\\/])app\.asar(?=[\\/]|$)/, '$1app.asar.unpacked');

export const programVersion = (
  JSON.parse(readFileSync(path.join(programFolder, 'package.json'), 'utf8')) as { version: string }
).version;

/** Where the built window lies. */
export const windowFiles = path.join(programFolder, 'dist', 'renderer');

/** What comes with the program: the sample book, tokenizers. */
export const resourcesFolder = outsideArchive(path.join(programFolder, 'resources'));

/** The book that comes with the program. */
export const bundledBook = path.join(resourcesFolder, 'books', 'moby-dick.txt');
