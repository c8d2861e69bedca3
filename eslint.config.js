import { readdirSync } from 'node:fs';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import { typedScripts } from './main/setup/component-types.js';

// What is written in TypeScript and JavaScript is linted by oxlint (.oxlintrc.json), whose rules with types take a tenth of
// the time. ESLint has what oxlint has not: components, and who may import whom.

/** The rooms of mixers; see 'Add a mixer' in CONTRIBUTING.md. */
const mixerFolders = readdirSync(new URL('worker/models/mixers', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const componentParser = svelte.configs.base.map((part) => part.languageOptions?.parser).find(Boolean);

export default tseslint.config(
  { ignores: ['build/**', 'dist/**', 'release/**', 'node_modules/**', 'worker/native/build/**'] },
  { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
  ...[...tseslint.configs.recommendedTypeChecked, ...svelte.configs.recommended].map((part) => ({
    ...part,
    files: part.files ?? ['**/*.svelte'],
  })),
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
  {
    files: ['**/*.svelte'],
    languageOptions: {
      parserOptions: {
        parser: typedScripts(componentParser, tseslint.parser, `${import.meta.dirname}/renderer/tsconfig.json`),
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  // Links within the page are addresses of its own router, and the maps of its logic are not reactive on purpose.
  {
    files: ['renderer/**'],
    rules: { 'svelte/no-navigation-without-resolve': 'off', 'svelte/prefer-svelte-reactivity': 'off' },
  },
  // ESLint's parser sees what comes from snippets and other components as any; svelte-check knows their types.
  {
    files: ['**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  // What may import what: CONTRIBUTING.md has the map. Host and window know the compute process by the contract alone.
  ...[
    {
      folder: 'main',
      not: '(worker|renderer)[^a-z.]',
      reason: 'main/ starts worker/ and serves renderer/: it imports neither.',
    },
    {
      folder: 'main/library',
      not: '(host|shells|workers|setup|worker|renderer)[^a-z.]',
      reason: 'main/library/ imports main/contract/ alone.',
    },
    {
      folder: 'main/contract',
      not: '(library|host|shells|workers|setup|worker|renderer)[^a-z.]',
      reason: 'main/contract/ imports nothing outside of it.',
    },
    {
      folder: 'worker',
      not: 'renderer[^a-z.]|main.(?!contract.|library.)',
      reason: 'worker/ imports of main/ only contract/ and library/.',
    },
    {
      folder: 'renderer',
      not: 'worker[^a-z.]|main.(?!contract.)',
      reason: 'renderer/ imports of main/ only contract/.',
    },
  ].map(({ folder, not, reason }) => ({
    files: [`${folder}/**`],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: `:matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression)[source.value=/^([.]+.)+(${not})/]`,
          message: reason,
        },
      ],
    },
  })),
  // A mixer is two rooms with one name, in the contract and in worker/models: what is in them nobody imports but they
  // themselves, the two indices and the table of settings. `no-restricted-imports` beside the rule above.
  {
    files: ['main/**', 'worker/**', 'renderer/**'],
    ignores: ['**/mixers/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: 'mixers/[a-z0-9-]+/', message: 'Ask the mixer by mixers/index.ts; its folder is its own.' },
          ],
        },
      ],
    },
  },
  ...mixerFolders.map((name) => ({
    files: [`**/mixers/${name}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: `^[.][.]/(?!${name}/)[a-z0-9-]+/|mixers/(?!${name}/)[a-z0-9-]+/`,
              message: 'A mixer imports nothing of another one.',
            },
          ],
        },
      ],
    },
  })),
  {
    files: ['**/mixers/*.ts'],
    ignores: ['**/mixers/index.ts', '**/mixers/settings.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^[.]/[a-z0-9-]+/', message: 'Only the index knows the folders of mixers.' }] },
      ],
    },
  },
);
