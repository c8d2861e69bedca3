import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { projectFolder } from './command.ts';

/** What only Electron gives, and what a user installs beside the program. */
const elsewhere = /^(electron|node:.*|@tensorflow\/tfjs-node.*|@tensorflow\/tfjs-backend-webgpu|webgpu)$/;

const isPackage = (specifier: string): boolean => !/^[./]/.test(specifier) && !elsewhere.test(specifier);

/** Names that a compiled module imports of packages by `import { … } from`, by package. */
function namesOf(file: string): [specifier: string, names: string[]][] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023);
  return source.statements.filter(ts.isImportDeclaration).flatMap((statement) => {
    const { text } = statement.moduleSpecifier as ts.StringLiteral;
    const clause = statement.importClause;
    if (!isPackage(text) || !clause) return [];
    const named = clause.namedBindings;
    const names =
      named && ts.isNamedImports(named) ? named.elements.map((one) => (one.propertyName ?? one.name).text) : [];
    return [[text, [...(clause.name ? ['default'] : []), ...names]]];
  });
}

/** The test runner names the exports of CommonJS modules where Node.js does not: such an import works in tests alone. */
it('every name that the program imports of a package is there in Node.js', { timeout: 120_000 }, () => {
  const folder = path.join(projectFolder, 'build');
  const wanted: Record<string, string[]> = {};
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.js')))
    for (const [specifier, names] of namesOf(path.join(folder, file))) (wanted[specifier] ??= []).push(...names);
  expect(Object.keys(wanted).length).toBeGreaterThan(20);
  const program = `
    const missing = [];
    for (const [specifier, names] of Object.entries(${JSON.stringify(wanted)})) {
      const there = await import(specifier);
      for (const name of new Set(names)) if (!(name in there)) missing.push(specifier + ': ' + name);
    }
    console.log(JSON.stringify(missing));`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    ...{ cwd: projectFolder, encoding: 'utf8' },
  });
  expect(ended.stderr).not.toMatch(/Error/);
  expect(JSON.parse(ended.stdout.trim().split('\n').at(-1)!)).toEqual([]);
});
