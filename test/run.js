// `npm test [-- GROUP...]`: installs what is missing, builds, runs every check and says in the last line how many
// passed. Groups: format, lint, lint-svelte, types, desktop-types, window-types, renderer-types, unit, renderer, fuzz, native, numerics,
// webgpu, webgpu-numerics, tensorflow, end-to-end, desktop, window, translations, conformance, address-sanitizer,
// thread-sanitizer; all.
// `tensorflow` downloads TensorFlow's wheel the first time.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { conformance } from './conformance/conformance.js';
import { build } from '../main/setup/build.js';
import { buildWindow } from '../main/setup/build-window.js';
import { linkCommand } from '../main/setup/command.js';
import { findToolchain } from '../worker/native/toolchain.mjs';
import { installDependencies, projectFolder, requireNode } from '../main/setup/dependencies.js';

/**
 * @typedef {{ passed: number, failed: string[], skipped: string[] }} Outcome
 * @typedef {{ fullName: string, status: string }} VitestCase
 * @typedef {{ name: string, status: string, message: string, assertionResults: VitestCase[] }} VitestFile
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
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      const passed = status === 0;
      console.log(`${said}${passed ? `${name}: clean` : `${name}: FAILED`}`);
      resolve({ passed: passed ? 1 : 0, failed: passed ? [] : [name], skipped: [] });
    });
  });
}

/**
 * One group of tests. A file that does not load and an error outside any test count as failures too.
 * @param {string} project @param {{ env?: NodeJS.ProcessEnv, parameters?: string[] }} [options]
 */
function tests(project, { env, parameters = [] } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'hyena-tests-'));
  const report = path.join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const ended = run('vitest/vitest.mjs', ['run', '--project', project, ...reporters, ...parameters], env);
  /** @type {Outcome} */
  const outcome = { passed: 0, failed: [], skipped: [] };
  try {
    /** @type {VitestFile[]} */
    const files = JSON.parse(readFileSync(report, 'utf8')).testResults;
    for (const file of files) {
      const name = path.relative(projectFolder, file.name);
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
  ...['operations', 'optimizer', 'hyena-extension', 'cached-decoding', 'distilled-decoding', 'exact-decoding'],
  ...['remembered-reading', 'reading', 'language-model', 'vectors'],
];

/** @param {string[]} names */
const numericalFiles = (names) => names.map((name) => `test/numerics/${name}.test.ts`);

/**
 * The device `tensorflow`, set up as a person would into a folder that lasts from run to run. What the package index
 * does not give is not tested, and told.
 */
function tensorFlowTests() {
  const cached = path.join(tmpdir(), 'hyena-studio-test-devices');
  const home = mkdtempSync(path.join(tmpdir(), 'hyena-tests-'));
  const env = { ...process.env, HYENA_HOME: home, HYENA_DEVICES: cached };
  const launcher = path.join(projectFolder, 'main', 'shells', 'terminal', 'hyena.js');
  const setUp = spawnSync(process.execPath, [launcher, 'setup', 'tensorflow', '--json'], {
    ...{ encoding: 'utf8', env, maxBuffer: 1 << 28 },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  rmSync(home, { recursive: true, force: true });
  if (setUp.status !== 0) {
    const [last = '{}'] = setUp.stdout.trim().split('\n').slice(-1);
    const { code, message } = JSON.parse(last === '' ? '{}' : last);
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
    env: { ...process.env, HYENA_DEVICES: cached, HYENA_ONLY_DEVICES: 'tensorflow', HYENA_EXPECTED_DEVICES: expected },
    parameters: numericalFiles([...numericalSuite, 'tensorflow']),
  });
}

/** What reads the sources alone, so that two can run beside each other; the longest first. @type {Record<string, () => Promise<Outcome>>} */
const checks = {
  // Types are looked up anew after each component: they go by themselves.
  lint: () => check('lint', 'eslint/bin/eslint.js', ['--max-warnings', '0', '--ignore-pattern', '**/*.svelte', '.']),
  'lint-svelte': () => check('lint-svelte', 'eslint/bin/eslint.js', ['--max-warnings', '0', '**/*.svelte']),
  format: () => check('format', 'prettier/bin/prettier.cjs', ['--check', '.']),
  types: () => check('types', 'typescript/bin/tsc', ['-p', '.']),
  'desktop-types': () => check('desktop-types', 'typescript/bin/tsc', ['-p', 'test/desktop']),
  'window-types': () => check('window-types', 'typescript/bin/tsc', ['-p', 'test/window']),
  'renderer-types': () =>
    check('renderer-types', 'svelte-check/bin/svelte-check', [
      '--tsconfig',
      'renderer/tsconfig.json',
      '--fail-on-warnings',
    ]),
};

/** What runs the program, one after the other, in the order from quick to slow. @type {Record<string, () => Outcome>} */
const groups = {
  unit: () => tests('unit'),
  renderer: () => tests('renderer'),
  // A small share of what `HYENA_FUZZ=50 npm test -- fuzz` does.
  fuzz: () => tests('fuzz'),
  native: () => nativeTests(),
  // What is about TensorFlow alone is in a group of its own, with TensorFlow.
  numerics: () => tests('numerics*', { parameters: ['--exclude', 'test/numerics/tensorflow.test.ts'] }),
  webgpu: () => webgpuTests('webgpu'),
  'webgpu-numerics': () => webgpuTests('numerics', numericalFiles(numericalSuite)),
  tensorflow: () => tensorFlowTests(),
  'end-to-end': () => tests('end-to-end*'),
  desktop: () => tests('desktop'),
  window: () => tests('window*'),
  // A release has every sentence in every language; until then a missing one is shown in English.
  translations: () => tests('translations'),
  // What a stranger's program says of `hyena serve --api`; docs/api.md has how to install it.
  conformance: () => conformance(),
  'address-sanitizer': () => nativeTests('address,undefined'),
  'thread-sanitizer': () => nativeTests('thread'),
};

/** Some take many minutes, so they run when `all` is asked for. */
const all = [...Object.keys(checks), ...Object.keys(groups)];
const usual = all.filter((name) => !name.endsWith('-sanitizer') && !['translations', 'conformance'].includes(name));

requireNode();
const asked = process.argv.slice(2).flatMap((name) => (name === 'all' ? all : [name]));
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no group of tests named ${unknown.join(', ')}. Groups: ${all.join(', ')}; all.`);
  process.exit(2);
}
installDependencies();
// Where a compiler is there, the native device must be tested, not skipped.
if (findToolchain()) process.env['HYENA_EXPECTED_DEVICES'] ??= 'native';
linkCommand();

/** @type {string[]} */
const failed = [];
/** @type {string[]} */
const skipped = [];
let passed = 0;
if (!build({ native: true }) || !buildWindow()) failed.push('build');

const wanted = asked.length > 0 ? asked : usual;
/** Runs one group and counts what came of it. @param {string} name @param {() => Outcome | Promise<Outcome>} group */
async function count(name, group) {
  const started = performance.now();
  const outcome = await group();
  passed += outcome.passed;
  failed.push(...outcome.failed);
  skipped.push(...outcome.skipped);
  console.log(`(${name}: ${((performance.now() - started) / 1000).toFixed(0)} s)`);
}

const waiting = wanted.filter((name) => name in checks);
const checkNext = async () => {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await count(name, checks[name]);
};
await Promise.all([checkNext(), checkNext()]);
for (const name of wanted.filter((name) => name in groups)) {
  console.log(`\n=== ${name} ===`);
  await count(name, groups[name]);
}

if (skipped.length > 0) console.log(`\nSKIPPED, so not checked:\n${skipped.map((name) => `  ${name}`).join('\n')}`);
if (failed.length > 0) console.log(`\nFAILED:\n${failed.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${passed} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
process.exitCode = failed.length > 0 ? 1 : 0;
