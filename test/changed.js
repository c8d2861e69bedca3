// Which checks and groups of tests a change touches, by the paths of its files: `npm test -- changed [BASE]`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../main/setup/dependencies.js';

/** @param {string[]} parameters */
function git(parameters) {
  const { status, stdout, stderr } = spawnSync('git', parameters, { cwd: projectFolder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${parameters.join(' ')}: ${stderr.trim()}`);
  return stdout.split('\n').filter(Boolean);
}

/**
 * Files that differ from a commit, new ones included, deleted ones too.
 * @param {string} base
 */
export function changedFiles(base) {
  const since = git(['merge-base', base, 'HEAD'])[0];
  const differing = git(['diff', '--name-only', '--no-renames', since, '--']);
  return [...new Set([...differing, ...git(['ls-files', '--others', '--exclude-standard'])])].sort();
}

/** Groups that are run as a whole when a path matches; a group that is left out is chosen by `related` alone. */
const byPath = /** @type {const} */ ([
  // What is read as a file, not imported, is in no graph of modules.
  ['unit', /^(docs|resources|\.ci)\/|^(README|CONTRIBUTING)\.md$|^main\/contract\/messages\/|\.(wgsl|json|yml)$/],
  ['native', /^(worker\/native|test\/native)\/.*\.(cc|h|mjs)$/],
  ['numerics', /^worker\/native\/.*\.(cc|h|mjs)$/],
  ['webgpu', /\.wgsl$|^worker\/devices\/webgpu|webgpu[^/]*\.ts$|^worker\/ops\/[^/]*\.ts$/],
  ['webgpu-numerics', /\.wgsl$|^worker\/devices\/webgpu|webgpu[^/]*\.ts$|^worker\/ops\/[^/]*\.ts$/],
  ['tensorflow', /tensorflow[^/]*(\/|\.ts$)/],
  ['torch', /^(resources|test|worker\/devices)\/torch|^main\/host\/export\/|torch-learner/],
  [
    'end-to-end',
    /^(worker\/(process|training|generation|serving|data)|main\/(host|library|workers|shells\/(terminal|api)))\//,
  ],
  ['desktop', /^main\/shells\/desktop\//],
  ['window', /^(renderer|main\/host\/window|main\/shells\/(server|http|page))\//],
  ['translations', /^main\/contract\/messages\//],
]);

/** Groups whose tests import what they test: the tests that lead to a changed module are found by Vitest. */
const byModule = ['unit', 'renderer', 'fuzz', 'numerics'];

/** Groups that start the program as it is built: of them, a changed test is run alone. */
const byTest = /** @type {const} */ ([
  ['end-to-end', /^test\/end-to-end\//],
  ['desktop', /^test\/desktop\//],
  ['window', /^test\/window\//],
  ['webgpu', /^test\/webgpu\//],
]);

/**
 * What to run for changed files.
 *
 * @param {readonly string[]} files from the project's folder, with `/`
 * @returns `checks`: by name, the files to read, or null for all; `whole`: groups that run as they are; `related`: groups
 *   of which only the tests run that lead to a changed file
 */
export function choose(files) {
  const code = files.filter((file) => /\.(ts|js|mjs)$/.test(file));
  const svelte = files.filter((file) => file.endsWith('.svelte'));
  /** @param {RegExp} pattern */
  const any = (pattern) => files.some((file) => pattern.test(file));
  /** @type {Record<string, readonly string[] | null>} */
  const checks = { format: files };
  // A changed type is an error where it is used.
  if (any(/\.(ts|js|mjs)$|tsconfig[^/]*\.json$/)) checks.lint = null;
  const bounded = code.filter((file) => /^(main|worker|renderer)\//.test(file));
  if (bounded.length > 0) checks.boundaries = bounded;
  if (svelte.length > 0) checks['lint-svelte'] = svelte;
  if (any(/\.(ts|js|mjs|svelte)$|^(knip\.jsonc|package\.json)$/)) checks.knip = null;
  if (any(/^(main|renderer|test\/unit\/renderer)\/.*\.(ts|svelte)$/)) checks['renderer-types'] = null;

  const whole = byPath.filter(([, pattern]) => any(pattern)).map(([group]) => /** @type {string} */ (group));
  const related = [
    ...(code.length + svelte.length > 0 ? byModule : []),
    ...byTest.filter(([, pattern]) => any(pattern)).map(([group]) => /** @type {string} */ (group)),
  ].filter((group) => !whole.includes(group));
  return { checks, whole, related };
}

/** Those that are still there: what a check can read. @param {readonly string[]} files */
export const present = (files) => files.filter((file) => existsSync(path.join(projectFolder, file)));
