// `npm test [-- GROUP...]`: installs what is missing, builds, runs every check and says in the last line how many
// passed. `npm test -- changed [BASE]` runs what a change touches; `npm test -- --help` lists the groups.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { conformance } from './conformance/conformance.js';
import { changedFiles, choose, present } from './changed.js';
import { build } from '../main/setup/build.js';
import { buildWindow } from '../main/setup/build-window.js';
import { linkCommand } from '../main/setup/command.js';
import { findToolchain } from '../worker/native/toolchain.mjs';
import { dependenciesAreCurrent, installDependencies, projectFolder, requireNode } from '../main/setup/dependencies.js';

/**
 * @typedef {{ passed: number, failed: string[], skipped: string[] }} Outcome
 * @typedef {{ fullName: string, status: string }} VitestCase
 * @typedef {{ name: string, status: string, message: string, startTime: number, endTime: number,
 *   assertionResults: VitestCase[] }} VitestFile
 */

/**
 * Runs a program of node_modules with its output shown. @param {string} script @param {string[]} parameters
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {boolean} whether it ended well
 */
function run(script, parameters, env = process.env) {
  const program = path.join(projectFolder, 'node_modules', script);
  const { status } = spawnSync(process.execPath, [program, ...parameters], {
    cwd: projectFolder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env,
  });
  return status === 0;
}

/**
 * A tool that only passes or fails; what it says is shown when it has ended.
 * @param {string} name @param {string} script @param {string[]} parameters
 * @returns {Promise<Outcome>}
 */
function check(name, script, parameters) {
  const child = spawn(process.execPath, [path.join(projectFolder, 'node_modules', script), ...parameters], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      const passed = status === 0;
      console.log(`${output}${passed ? `${name}: clean` : `${name}: FAILED`}`);
      resolve({ passed: passed ? 1 : 0, failed: passed ? [] : [name], skipped: [] });
    });
  });
}

/** How long each file of tests took, by its path; of one that ran on several devices or was repeated, together. */
/** @type {Map<string, number>} */
const seconds = new Map();

/**
 * One group of tests. A file that does not load and an error outside any test count as failures too.
 * @param {string} project @param {{ env?: NodeJS.ProcessEnv, parameters?: string[] }} [options]
 */
function tests(project, { env, parameters = [] } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'hyena-tests-'));
  const report = path.join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const cached = ['--experimental.fsModuleCache', '--project', project];
  const ended = run('vitest/vitest.mjs', ['run', ...cached, ...reporters, ...parameters], env);
  /** @type {Outcome} */
  const outcome = { passed: 0, failed: [], skipped: [] };
  try {
    /** @type {VitestFile[]} */
    const files = JSON.parse(readFileSync(report, 'utf8')).testResults;
    for (const file of files) {
      const name = path.relative(projectFolder, file.name);
      const took = Math.max(0, file.endTime - file.startTime) / 1000;
      seconds.set(name, (seconds.get(name) ?? 0) + took);
      for (const { fullName, status } of file.assertionResults) {
        if (status === 'passed') outcome.passed++;
        else if (status === 'failed') outcome.failed.push(`${name}: ${fullName}`);
        else outcome.skipped.push(`${name}: ${fullName}`);
      }
      const failedOnlyAsFile =
        file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed');
      if (failedOnlyAsFile) outcome.failed.push(`${name}: ${file.message || 'the file could not be run'}`);
    }
  } catch (error) {
    outcome.failed.push(`${project}: no report of the tests (${String(error)})`);
  }
  rmSync(folder, { recursive: true, force: true });
  if (!ended && outcome.failed.length === 0) outcome.failed.push(`${project}: an error outside the tests`);
  return outcome;
}

/**
 * The C++ tests. Nothing where there is no compiler.
 * @param {string | undefined} sanitizers as GCC and Clang name them; default HYENA_SANITIZE
 */
function nativeTests(sanitizers = process.env['HYENA_SANITIZE']) {
  const outcome = /** @type {Outcome} */ ({ passed: 0, failed: [], skipped: [] });
  if (!findToolchain()) return { ...outcome, skipped: ['native: no C++ compiler'] };
  const script = path.join(projectFolder, 'worker', 'native', 'build.mjs');
  const folder = sanitizers ? `tests-${sanitizers.replaceAll(',', '-')}` : 'tests';
  const program = path.join(projectFolder, 'worker', 'native', 'build', folder, 'tests');
  // A sanitizer sees the same in every instruction set; two of them keep the build short.
  const sets = sanitizers ? ['--sets=avx2,neon'] : [];
  // The tests ask for more memory than there is, which must reach the program as a failed allocation.
  const sanitizerOptions = 'allocator_may_return_null=1';
  const env = {
    ...process.env,
    HYENA_SANITIZE: sanitizers ?? '',
    ASAN_OPTIONS: `${sanitizerOptions}:quarantine_size_mb=64`,
    TSAN_OPTIONS: sanitizerOptions,
  };
  const built = spawnSync(process.execPath, [script, 'tests', '--strict', ...sets], { stdio: 'inherit', env });
  if (built.status !== 0) return { ...outcome, failed: ['native: the C++ tests do not compile'] };
  const { stdout, status } = spawnSync(program, { encoding: 'utf8', env });
  process.stdout.write(stdout);
  const lines = stdout.split('\n');
  outcome.passed = lines.filter((line) => line.startsWith('ok ')).length;
  outcome.failed = lines.filter((line) => line.startsWith('FAIL ')).map((line) => `native: ${line.slice(6)}`);
  if (status !== 0 && outcome.failed.length === 0) outcome.failed.push('native: the C++ tests ended early');
  return outcome;
}

/**
 * The addon under AddressSanitizer and UBSan: wrong and right calls of every function, and the operations. GCC alone has
 * the run-time library where it can be loaded before Node.js.
 */
function bindingTests() {
  const toolchain = findToolchain();
  const library = toolchain?.gcc ? libraryOf(toolchain.command, 'libasan.so') : undefined;
  if (library === undefined)
    return /** @type {Outcome} */ ({ passed: 0, failed: [], skipped: ['binding-sanitizer: no GCC with libasan'] });
  const sanitizers = 'address,undefined';
  const script = path.join(projectFolder, 'worker', 'native', 'build.mjs');
  const parameters = [script, 'sanitized-addon', '--strict', '--sets=avx2,neon'];
  const built = spawnSync(process.execPath, parameters, {
    stdio: 'inherit',
    env: { ...process.env, HYENA_SANITIZE: sanitizers },
  });
  if (built.status !== 0)
    return /** @type {Outcome} */ ({
      passed: 0,
      failed: ['binding-sanitizer: the addon does not compile'],
      skipped: [],
    });
  const folder = `sanitized-addon-${sanitizers.replaceAll(',', '-')}`;
  const env = {
    ...process.env,
    HYENA_ADDON: path.join(projectFolder, 'worker', 'native', 'build', folder, 'hyena.node'),
    HYENA_ONLY_DEVICES: 'native',
    LD_PRELOAD: library,
    // Node.js frees little at its end, and some tests ask for more memory than there is.
    ASAN_OPTIONS: 'detect_leaks=0:allocator_may_return_null=1:quarantine_size_mb=64',
  };
  return tests('numerics', { env, parameters: numericalFiles(['native-calls', 'operations', 'mixers', 'attention']) });
}

/** Path of a library of the compiler, undefined if it has none of this name. @param {string} compiler @param {string} name */
function libraryOf(compiler, name) {
  const found = spawnSync(compiler, [`-print-file-name=${name}`], { encoding: 'utf8' }).stdout.trim();
  return path.isAbsolute(found) ? found : undefined;
}

/** Folders of browsers that bring SwiftShader, a Vulkan driver that computes on the processor. */
const browserFolders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/** Environments to look for a WebGPU adapter in: as it is, then with each browser's software driver. */
function* adapterEnvironments() {
  yield process.env;
  for (const folder of browserFolders) {
    const driver = path.join(folder, 'vk_swiftshader_icd.json');
    if (!existsSync(driver)) continue;
    const libraries = [folder, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
    yield { ...process.env, VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: libraries };
  }
}

/**
 * Tests of the device webgpu, on a GPU or else on a software adapter.
 * @param {string} project @param {string[]} [parameters]
 */
function webgpuTests(project, parameters) {
  const module = pathToFileURL(path.join(projectFolder, 'build', 'worker', 'devices', 'webgpu.js')).href;
  const look = `const { available, description } = await (await import('${module}')).webgpu.find();
    console.log(description);
    process.exit(available ? 0 : 1);`;
  let found = '';
  for (const env of adapterEnvironments()) {
    const probe = spawnSync(process.execPath, ['--input-type=module', '-e', look], { encoding: 'utf8', env });
    found = probe.stdout.trim().split('\n').at(-1) || found;
    if (probe.status !== 0) continue;
    console.log(`WebGPU adapter: ${found}`);
    return tests(project, { env: { ...env, HYENA_ONLY_DEVICES: 'webgpu' }, parameters });
  }
  console.error(`\nNO WEBGPU ADAPTER AT ALL, SO THE DEVICE webgpu IS NOT TESTED: ${found}.`);
  console.error('A GPU with its Vulkan driver, or Chromium (Debian: apt install chromium), is needed.\n');
  return /** @type {Outcome} */ ({ passed: 0, failed: [], skipped: [`${project}: no WebGPU adapter (${found})`] });
}

/** The numerical suite: what holds on every device. */
const numericalSuite = [
  ...['operations', 'optimizer', 'hyena-prefill', 'reference-decoder', 'distilled-decoding', 'exact-decoding'],
  ...['cached-prefill', 'prefill', 'language-model', 'vectors'],
];

/** @param {string[]} names */
const numericalFiles = (names) => names.map((name) => `test/numerics/${name}.test.ts`);

/** Where the device `tensorflow` is set up: a folder that lasts from run to run. */
const tensorFlowFolder = path.join(tmpdir(), 'hyena-studio-test-devices');

/**
 * Sets up the device `tensorflow` as a person would, most of which is a download.
 * @returns {Promise<{ status: number | null, last: string }>} how it ended, and the last of what it said
 */
function setUpTensorFlow() {
  const home = mkdtempSync(path.join(tmpdir(), 'hyena-tests-'));
  const launcher = path.join(projectFolder, 'main', 'shells', 'terminal', 'hyena.js');
  const child = spawn(process.execPath, [launcher, 'setup', 'tensorflow', '--json'], {
    env: { ...process.env, HYENA_HOME: home, HYENA_DEVICES: tensorFlowFolder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve({ status: null, last: JSON.stringify({ message }) }));
    child.on('close', (status) => {
      rmSync(home, { recursive: true, force: true });
      resolve({ status, last: output.trim().split('\n').at(-1) || '{}' });
    });
  });
}

/** Begun before the static checks, since it waits for the network most of the time. @type {ReturnType<typeof setUpTensorFlow> | undefined} */
let tensorFlow;

/** The device `tensorflow`. What the package index does not give is not tested, and told. */
async function tensorFlowTests() {
  const { status, last } = await (tensorFlow ??= setUpTensorFlow());
  if (status !== 0) {
    const { code, message } = JSON.parse(last);
    const unreachable = code === 'unreachable';
    const told = `tensorflow: set up by hyena setup: ${message}`;
    if (unreachable) console.log(`\n!!! THE DEVICE tensorflow IS NOT TESTED: ${message}\n`);
    return /** @type {Outcome} */ ({
      passed: 0,
      failed: unreachable ? [] : [told],
      skipped: unreachable ? [told] : [],
    });
  }
  const expected = [process.env['HYENA_EXPECTED_DEVICES'], 'tensorflow'].filter(Boolean).join();
  return tests('numerics', {
    env: {
      ...process.env,
      HYENA_DEVICES: tensorFlowFolder,
      HYENA_ONLY_DEVICES: 'tensorflow',
      HYENA_EXPECTED_DEVICES: expected,
    },
    parameters: numericalFiles([...numericalSuite, 'tensorflow']),
  });
}

/** PyTorch: exported models, training by torchrun and on the device `torch`, where a Python has it. */
async function torchTests() {
  const module = pathToFileURL(path.join(projectFolder, 'build', 'worker', 'devices', 'torch', 'python.js')).href;
  /** @type {{ findPython: () => Promise<{ python: string, torch: string } | { problem: object }> }} */
  const { findPython } = await import(module);
  const found = await findPython();
  if ('problem' in found) {
    console.log('\n!!! PYTORCH IS NOT TESTED: no Python that has it was found. Install it (pip install torch numpy');
    console.log('transformers tokenizers), or name a Python that has it in HYENA_PYTHON.\n');
    return /** @type {Outcome} */ ({ passed: 0, failed: [], skipped: ['torch: no Python with PyTorch'] });
  }
  console.log(`PyTorch ${found.torch}: ${found.python}`);
  return tests('torch', { env: { ...process.env, HYENA_PYTHON: found.python } });
}

/** What reads the sources alone, so that two can run beside each other; the longest first, lest one core waits. @type {Record<string, (files?: readonly string[]) => Promise<Outcome>>} */
const checks = {
  'lint-svelte': (files = ['**/*.svelte']) =>
    check('lint-svelte', 'eslint/bin/eslint.js', ['--max-warnings', '0', ...files]),
  'renderer-types': () =>
    check('renderer-types', 'svelte-check/bin/svelte-check', [
      '--tsconfig',
      'renderer/tsconfig.json',
      '--fail-on-warnings',
    ]),
  lint: (files = []) =>
    check('lint', 'oxlint/bin/oxlint', ['--deny-warnings', '--report-unused-disable-directives', ...files]),
  boundaries: (files = ['--ignore-pattern', '**/*.svelte', 'main', 'worker', 'renderer']) =>
    check('boundaries', 'eslint/bin/eslint.js', ['--max-warnings', '0', ...files]),
  format: (files = ['.']) =>
    check('format', 'oxfmt/bin/oxfmt', ['--check', '--no-error-on-unmatched-pattern', ...files]),
  knip: () => check('knip', 'knip/bin/knip.js', ['--no-progress']),
};

/** What is about TensorFlow alone is in a group of its own, with TensorFlow. */
const withoutTensorFlow = ['--exclude', 'test/numerics/tensorflow.test.ts'];

/** What runs the program, one after the other, in the order from quick to slow. @type {Record<string, () => Outcome | Promise<Outcome>>} */
const groups = {
  unit: () => tests('unit*'),
  renderer: () => tests('renderer'),
  // A small share of what `HYENA_FUZZ=50 npm test -- fuzz` does.
  fuzz: () => tests('fuzz'),
  native: () => nativeTests(),
  numerics: () => tests('numerics*', { parameters: withoutTensorFlow }),
  webgpu: () => webgpuTests('webgpu'),
  'webgpu-numerics': () => webgpuTests('numerics', numericalFiles([...numericalSuite, 'packed-weights', 'adapters'])),
  tensorflow: () => tensorFlowTests(),
  torch: () => torchTests(),
  'end-to-end': () => tests('end-to-end*'),
  desktop: () => tests('desktop'),
  window: () => tests('window*'),
  // A release has every sentence in every language; until then a missing one is shown in English.
  translations: () => tests('translations'),
  words: () => tests('words'),
  // What a stranger's program says of `hyena serve --api`; docs/api.md has how to install it.
  conformance: () => conformance(),
  'address-sanitizer': () => nativeTests('address,undefined'),
  'thread-sanitizer': () => nativeTests('thread'),
  'binding-sanitizer': () => bindingTests(),
};

/** What each group is, for `--help`. @type {Record<string, string>} */
const meanings = {
  lint: 'types of TypeScript and JavaScript, and oxlint over them',
  boundaries: 'who may import whom, by ESLint',
  'lint-svelte': 'ESLint over the components of the window',
  knip: 'nothing is exported, kept or depended on that nobody uses',
  format: 'oxfmt',
  'renderer-types': 'types of the components of the window',
  unit: 'unit tests of main/ and worker/',
  renderer: 'unit tests of the window, in jsdom',
  fuzz: 'mutated messages, requests and checkpoints; HYENA_FUZZ=50 does fifty times as many',
  native: 'the C++ kernels',
  numerics: 'numerical tests, on every device that is here',
  webgpu: 'the device webgpu, on a GPU or a software adapter',
  'webgpu-numerics': 'numerical tests on webgpu',
  tensorflow: 'numerical tests on tensorflow, which the first run downloads',
  torch: 'exported models and training in PyTorch, where a Python has it',
  'end-to-end': 'the hyena command, as it is built',
  desktop: 'the desktop app',
  window: 'the window in a browser',
  translations: 'every sentence is there in every language (for a release)',
  words: 'sentences keep to the words of the field',
  conformance: 'the API, by the tester that docs/api.md names',
  'address-sanitizer': 'the C++ kernels under AddressSanitizer and UBSan',
  'thread-sanitizer': 'the C++ kernels under ThreadSanitizer',
  'binding-sanitizer': 'the addon, called from JavaScript, under AddressSanitizer and UBSan',
};

/** Some take many minutes or wait for a release, so they run when they are named, or `all` is. */
const onRequest = ['translations', 'conformance', 'address-sanitizer', 'thread-sanitizer', 'binding-sanitizer'];
const all = [...Object.keys(checks), ...Object.keys(groups)];
const defaults = all.filter((name) => !onRequest.includes(name));

const help = `Usage: npm test                     every check and group but those marked with *
       npm test -- GROUP...        these alone; 'all': every one
       npm test -- changed [BASE]  what differs from a commit touches (default: HEAD, so the
                                   working tree): format, lint and types of changed files, the
                                   tests that import them, and other groups by path (.wgsl:
                                   webgpu; C++: native, numerics; main/host: end-to-end; ...)

Groups:
${all.map((name) => `  ${(onRequest.includes(name) ? '* ' : '  ') + name.padEnd(18)} ${meanings[name]}`).join('\n')}

Seconds follow each group, and at the end stand the ten files of tests that took longest.
Environment variables that change what runs: docs/cli.md.`;

/** Compiles the C++ sources beside npm's downloads. */
function compileAhead() {
  const script = path.join(projectFolder, 'main', 'setup', 'compile-ahead.js');
  spawn(process.execPath, [script], { stdio: 'ignore' }).on('error', (error) => console.error(error.message));
}

requireNode();
const [first, ...others] = process.argv.slice(2);
if (first === '--help' || first === '-h') {
  console.log(help);
  process.exit(0);
}
const onlyChanged = first === 'changed';
const requested = onlyChanged ? [] : process.argv.slice(2).flatMap((name) => (name === 'all' ? all : [name]));
const unknown = requested.filter((name) => !all.includes(name));
if (unknown.length > 0 || (onlyChanged && others.length > 1)) {
  console.error(unknown.length > 0 ? `There is no group of tests named ${unknown.join(', ')}.` : 'One base is enough.');
  console.error(`\n${help}`);
  process.exit(2);
}
if (!dependenciesAreCurrent() && findToolchain()) compileAhead();
installDependencies();
// Where a compiler is there, the native device must be tested, not skipped.
if (findToolchain()) process.env['HYENA_EXPECTED_DEVICES'] ??= 'native';
linkCommand();

// What one group has compiled of the sources, the next ones take; of an earlier call they take nothing.
rmSync(path.join(projectFolder, 'node_modules', '.experimental-vitest-cache'), { recursive: true, force: true });

/** @type {string[]} */
const failed = [];
/** @type {string[]} */
const skipped = [];
let passed = 0;
if (!build({ native: true }) || !buildWindow()) failed.push('build');

/** Runs one group and counts what came of it. @param {string} name @param {() => Outcome | Promise<Outcome>} group */
async function count(name, group) {
  const started = performance.now();
  const outcome = await group();
  passed += outcome.passed;
  failed.push(...outcome.failed);
  skipped.push(...outcome.skipped);
  console.log(`(${name}: ${((performance.now() - started) / 1000).toFixed(0)} s)`);
}

/** What to run, in this order. @returns {{ name: string, run: () => Outcome | Promise<Outcome> }[]} */
function selection() {
  const whole = requested.length > 0 ? requested : defaults;
  if (!onlyChanged) return whole.map((name) => ({ name, run: checks[name] ?? groups[name] }));
  const base = others[0] ?? 'HEAD';
  const files = changedFiles(base);
  if (files.length === 0) {
    console.log(`Nothing differs from ${base}. 'npm test -- changed BASE' compares with another commit.`);
    return [];
  }
  const chosen = choose(files);
  const chosenChecks = Object.entries(chosen.checks).flatMap(([name, only]) => {
    const readable = only === null ? undefined : present(only);
    return readable?.length === 0 ? [] : [{ name, run: () => checks[name](readable) }];
  });
  const parameters = ['--changed', base, '--passWithNoTests', ...withoutTensorFlow];
  const projects = { unit: 'unit*', numerics: 'numerics*', 'end-to-end': 'end-to-end*', window: 'window*' };
  const related = chosen.related.map((name) => ({
    name,
    run: () =>
      name === 'webgpu' ? webgpuTests(name, parameters) : tests(Reflect.get(projects, name) ?? name, { parameters }),
  }));
  console.log(`${files.length} files differ from ${base}.`);
  console.log(
    `Whole groups: ${chosen.whole.join(', ') || 'none'}. Related tests of: ${chosen.related.join(', ') || 'none'}.`,
  );
  return [...chosenChecks, ...related, ...chosen.whole.map((name) => ({ name, run: groups[name] }))];
}

const selected = selection();
if (selected.some(({ name }) => name === 'tensorflow')) tensorFlow = setUpTensorFlow();
const waiting = selected.filter(({ name }) => name in checks);
const checkNext = async () => {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await count(next.name, next.run);
};
await Promise.all([checkNext(), checkNext()]);
for (const { name, run: group } of selected.filter(({ name }) => name in groups)) {
  console.log(`\n=== ${name} ===`);
  await count(name, group);
}

const slowest = [...seconds].sort(([, a], [, b]) => b - a).slice(0, 10);
if (slowest.length > 0) {
  console.log('\nThe slowest test files:');
  for (const [name, took] of slowest) console.log(`${took.toFixed(1).padStart(8)} s  ${name}`);
}
if (skipped.length > 0) console.log(`\nSKIPPED, so not checked:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
if (failed.length > 0) console.log(`\nFAILED:\n${failed.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${passed} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exitCode = failed.length > 0 ? 1 : 0;
