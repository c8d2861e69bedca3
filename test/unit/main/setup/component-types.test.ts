import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Linter } from 'eslint';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import { afterAll, expect, it } from 'vitest';
import { typedScripts, type Parser } from '../../../../main/setup/component-types.js';

const folder = mkdtempSync(path.join(tmpdir(), 'hyena-components-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const configuration = path.join(folder, 'tsconfig.json');
const component = path.join(folder, 'Wrong.svelte');
const compilerOptions = {
  ...{ target: 'es2023', lib: ['es2023'], types: [], module: 'esnext', moduleResolution: 'bundler', strict: true },
  ...{ allowImportingTsExtensions: true, noEmit: true, skipLibCheck: true },
};
writeFileSync(configuration, JSON.stringify({ compilerOptions, include: ['*.ts', '*.svelte'] }));
writeFileSync(
  path.join(folder, 'imported.ts'),
  `export type Kind = 'small' | 'large';
export enum Colour { red, green }
export class Box { #side = 1; side() { return this.#side; } }
export const names: string[] = [];
export const text: string = names.join();
export const colour: Colour = text === '' ? Colour.red : Colour.green;
export async function save(): Promise<void> { await Promise.resolve(); }
`,
);
/** Breaks each rule that needs types, which it has from another file. */
const wrong = `<script lang="ts">
  import { Box, colour, names, save, text, type Kind } from './imported.ts';
  let { kind }: { kind: Kind } = $props();
  type Twice = Kind | Kind;
  type All = unknown | Kind;
  save();
  async function wait() { await text; }
  async function nothing() { return 1; }
  function all(one: Twice, other: All) {
    delete names[0];
    for (const index in names) wait().catch(() => index);
    if (save()) void nothing();
    const method = new Box().side;
    if (colour === 1) throw text;
    switch (kind) { case 'small': return Promise.reject(text); }
    return [String(new Box()), new Function(text), text as string, -text, names + text, \`\${names}\`, method, one, other];
  }
</script>
<button onclick={() => all(kind, kind)}>{kind}</button>
`;
writeFileSync(component, wrong);

/** Off in the window's components, where types of other components are not known. */
const off = ['argument', 'assignment', 'call', 'member-access', 'return'].map((what) => `no-unsafe-${what}`);
const recommended = tseslint.configs.recommendedTypeChecked.flatMap(({ rules }) => Object.keys(rules ?? {}));
const { rules } = tseslint.plugin as unknown as {
  rules: Record<string, { meta: { docs?: { requiresTypeChecking?: boolean } } }>;
};
const typedRules = Object.keys(rules)
  .filter((name) => rules[name]?.meta.docs?.requiresTypeChecking && recommended.includes(`@typescript-eslint/${name}`))
  .filter((name) => !off.includes(name))
  .concat('switch-exhaustiveness-check');

const componentParser = svelte.configs.base.map((part) => part.languageOptions?.parser).find(Boolean) as Parser;
const scriptParser = tseslint.parser as Parser;
/** Whether the types of the last script came from the one program of all components. */
let ofOneProgram = false;
const recorder: Parser = {
  ...scriptParser,
  parseForESLint: (code, options) => {
    ofOneProgram = options.programs !== undefined;
    return scriptParser.parseForESLint(code, options);
  },
};
const parser = typedScripts(componentParser, recorder, configuration);

/** The rules that a text of the component breaks. */
function broken(text: string): string[] {
  const messages = new Linter({ cwd: folder }).verify(
    text,
    [
      ...svelte.configs.base,
      {
        files: ['**/*.svelte'],
        plugins: { '@typescript-eslint': tseslint.plugin },
        languageOptions: {
          parserOptions: { parser, projectService: true, tsconfigRootDir: folder, extraFileExtensions: ['.svelte'] },
        },
        rules: Object.fromEntries(typedRules.map((name) => [`@typescript-eslint/${name}`, 'error'])),
      },
    ],
    { filename: component },
  );
  return [...new Set(messages.map(({ ruleId, message }) => ruleId?.split('/')[1] ?? message))].sort();
}

it('gives a component the types of what it imports, so that each rule that needs them reports', () => {
  expect(typedRules.length).toBeGreaterThan(15);
  expect(broken(wrong)).toEqual([...typedRules].sort());
  expect(ofOneProgram).toBe(true);
}, 120_000);

it('gives them to a component that differs from the one on the disk', () => {
  expect(broken(wrong.replace('await text', 'await save()'))).toEqual(
    typedRules.filter((name) => name !== 'await-thenable').sort(),
  );
  expect(ofOneProgram).toBe(false);
}, 120_000);
