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

export const programVersion = (
  JSON.parse(readFileSync(path.join(programFolder, 'package.json'), 'utf8')) as { version: string }
).version;

/** The book that comes with the program. */
export const bundledBook = path.join(programFolder, 'resources', 'books', 'moby-dick.txt');
