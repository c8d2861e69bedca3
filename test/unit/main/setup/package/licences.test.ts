import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  license?: string;
  dev?: boolean;
  dependencies?: Record<string, string>;
}

/** Licences that allow shipping the package inside a program under Apache-2.0. */
const shippable = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0'],
  ...['Python-2.0', 'Unlicense', 'Zlib'],
]);

/** Licences of tools and data that are used to make and test the program and are no part of it. */
const usable = new Set([...shippable, 'CC-BY-3.0', 'CC-BY-4.0', 'MPL-2.0', 'WTFPL']);

/** Packages whose package.json names their licence loosely: what their own file says. */
const read: Record<string, string> = { 'node_modules/duck': 'BSD-2-Clause' };

/** Whether one of the choices that a licence expression gives is allowed in all its parts. */
function allows(expression: string, allowed: ReadonlySet<string>): boolean {
  return expression
    .replaceAll(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((licence) => allowed.has(licence)));
}

const root = path.resolve(import.meta.dirname, '..', '..', '..', '..', '..');
const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};

/** The packages that the window's own sources import: they are bundled into it, so they ship. */
function bundled(): string[] {
  const sources = readdirSync(path.join(root, 'renderer'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte|css)$/.test(file) && !file.endsWith('vite.config.ts'))
    .map((file) => readFileSync(path.join(root, 'renderer', file), 'utf8'));
  const imported = sources.flatMap((text) =>
    [...text.matchAll(/(?:from|import)\s*\(?\s*['"]((?:@[\w-]+\/)?[\w][\w.-]*)/g)].map(([, name]) => name),
  );
  return [...new Set(imported)].filter((name) => `node_modules/${name}` in packages && !builtinModules.includes(name));
}

/** Where a package finds a dependency: in its own folder, or in one above. */
function locate(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (folder === '') return undefined;
  }
}

/** Packages with all they depend on. */
function closure(folders: readonly string[]): Set<string> {
  const found = new Set<string>();
  const waiting = [...folders];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (found.has(folder)) continue;
    found.add(folder);
    for (const name of Object.keys(packages[folder].dependencies ?? {})) {
      const dependency = locate(name, folder);
      if (dependency !== undefined) waiting.push(dependency);
    }
  }
  return found;
}

const licenceOf = (folder: string): string => read[folder] ?? packages[folder].license ?? 'none named';
const refused = (folders: Iterable<string>, allowed: ReadonlySet<string>) =>
  [...folders]
    .map((folder) => `${folder}: ${licenceOf(folder)}`)
    .filter((line) => !allows(line.split(': ')[1], allowed));

describe('licences', () => {
  const all = Object.keys(packages).filter((folder) => folder !== '');

  it('licences of everything that the program needs to run allow shipping it', () => {
    const shipped = all.filter((folder) => !packages[folder].dev);
    expect(shipped.length).toBeGreaterThan(10);
    expect(refused(shipped, shippable)).toEqual([]);
  });

  it('licences of everything that is bundled into the window allow shipping it', () => {
    const names = bundled();
    expect(names).toEqual(expect.arrayContaining(['svelte', 'chart.js']));
    expect(refused(closure(names.map((name) => `node_modules/${name}`)), shippable)).toEqual([]);
  });

  it('licences of the tools allow using them', () => {
    expect(refused(all, usable)).toEqual([]);
  });

  it('are read as they are meant', () => {
    expect(allows('MIT', shippable)).toBe(true);
    expect(allows('(MIT OR GPL-3.0-or-later)', shippable)).toBe(true);
    expect(allows('MIT AND GPL-3.0', shippable)).toBe(false);
    expect(allows('GPL-3.0', usable)).toBe(false);
    expect(allows('none named', usable)).toBe(false);
  });
});
