// `node test/native/emulated.js SYSTEM NODE [--parts=tests,numerics,training] [NAME...]` (after a build): runs what was
// compiled for another system on this one: linux-arm64 by qemu-user, win32-x64 by Wine, linux-x64 as it is. First the C++
// tests; then, in the Node.js of that system that NODE names, those tests of test/numerics that run the kernels of the native
// device (numerics/bundle.js), a training and the checks of test/native/computations.mjs, whose losses must be those of this
// system. --parts leaves out the others; with NAME only the C++ tests and files of tests whose names contain one of them. Needs
// Zig (docs/native.md); Debian's qemu-user-static, libc6-arm64-cross and libstdc++6-arm64-cross, or wine64.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleTests } from './numerics/bundle.js';

/** How programs of a system are started here. @type {Record<string, string[]>} */
const emulators = {
  'linux-x64': [],
  'linux-arm64': ['qemu-aarch64-static', '-L', '/usr/aarch64-linux-gnu'],
  'win32-x64': [['/usr/bin/wine64', '/usr/lib/wine/wine64'].find((file) => existsSync(file)) ?? 'wine64'],
};

/** Between losses after some steps on two systems, whose instruction sets and mathematical libraries round differently. */
const tolerance = 1e-4;

const project = path.resolve(import.meta.dirname, '..', '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { parts: { type: 'string', default: 'tests,numerics,training' } },
});
const [system = '', node = '', ...names] = positionals;
const parts = values.parts.split(',');
const emulator = emulators[system];
if (!emulator || !existsSync(node)) {
  console.error(
    'Usage: node test/native/emulated.js linux-arm64|win32-x64|linux-x64 NODE [--parts=tests,numerics,training] [NAME...]',
  );
  process.exit(2);
}
const prebuilt = path.join(project, 'worker', 'native', 'build', 'prebuilt', system);
const seconds = (/** @type {number} */ since) => `${Math.round((performance.now() - since) / 1000)} s`;

/** @param {string[]} command @param {Record<string, string>} [variables] @returns {string} what it wrote to stdout */
function run([program = '', ...parameters], variables = {}) {
  // Node.js under Wine takes Wine for too old a Windows, and cannot write into pipes.
  const env = { ...process.env, HYENA_THREADS: '2', WINEDEBUG: '-all', NODE_SKIP_PLATFORM_CHECK: '1', ...variables };
  const folder = mkdtempSync(path.join(tmpdir(), 'hyena-emulated-'));
  const files = ['output', 'errors'].map((name) => path.join(folder, name));
  const [output, errors] = files.map((file) => openSync(file, 'w'));
  const { status, error } = spawnSync(program, parameters, { cwd: project, env, stdio: ['ignore', output, errors] });
  for (const file of [output, errors]) closeSync(file);
  const [stdout = '', stderr] = files.map((file) => readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  if (status !== 0)
    throw new Error(`${program} ${parameters.join(' ')} failed: ${error?.message ?? status}\n${stdout}${stderr}`);
  return stdout;
}

/** @typedef {{ what: string, dtype: string, loss: number | null, error: number | null }} Computed */
/** @param {string[]} command @param {string} addon @returns {{ system: string, node: string, results: Computed[] }} */
const compute = (command, addon) =>
  JSON.parse(run([...command, path.join('test', 'native', 'computations.mjs')], { HYENA_ADDON: addon }).trim());

const program = path.join(prebuilt, system.startsWith('win32') ? 'tests.exe' : 'tests');
const addonFile = path.join(prebuilt, 'hyena.node');
const addon = system.startsWith('win32') ? `Z:${addonFile.replaceAll('/', '\\')}` : addonFile;

function testKernels() {
  const began = performance.now();
  const lines = run([...emulator, program, ...names]).split(/\r?\n/);
  console.log(`C++ tests on ${system}: ${lines.filter(Boolean).at(-1)}, ${seconds(began)}`);
}

async function testNumerics() {
  const files = await bundleTests(path.join(project, 'node_modules', '.cache', `numerics-${system}`));
  let sum = 0;
  const all = performance.now();
  for (const file of files.filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)))) {
    const began = performance.now();
    const variables = { HYENA_ADDON: addon, HYENA_ONLY_DEVICES: 'native' };
    const lines = run([...emulator, node, path.relative(project, file.program)], variables)
      .trim()
      .split(/\r?\n/);
    /** @type {{ passed: number, skipped: number }} */
    const { passed, skipped } = JSON.parse(lines.at(-1) ?? '');
    if (passed === 0) throw new Error(`${file.name}: nothing was tested`);
    sum += passed;
    console.log(`${file.name}: ${passed} passed, ${skipped} skipped, ${seconds(began)}`);
  }
  console.log(`Numerical tests on ${system}: ${sum} passed, ${seconds(all)}`);
}

function train() {
  const began = performance.now();
  const theirs = compute([...emulator, node], addon);
  const took = seconds(began);
  const ours = compute([process.execPath], '');
  let worst = 0;
  for (const [index, { what, dtype, loss }] of theirs.results.entries()) {
    const expected = ours.results[index]?.loss ?? null;
    if (loss === null || expected === null) continue;
    const difference = Math.abs(loss - expected) / Math.abs(expected);
    worst = Math.max(worst, difference);
    if (!(difference <= tolerance)) throw new Error(`${what}, ${dtype}: the loss is ${loss}, not ${expected}`);
  }
  const largest = Math.max(...theirs.results.map(({ error }) => error ?? 0));
  console.log(
    `${theirs.system}, Node.js ${theirs.node}: ${theirs.results.length} computations, losses within ${worst.toExponential(1)} of ` +
      `${ours.system}, decoding within ${largest.toExponential(1)} of whole passes, ${took}`,
  );
}

for (const target of ['addon', ...(parts.includes('tests') ? ['tests'] : [])])
  console.log(run([process.execPath, path.join('worker', 'native', 'build.mjs'), target, `--for=${system}`]).trim());
if (parts.includes('tests')) testKernels();
if (parts.includes('numerics')) await testNumerics();
if (parts.includes('training')) train();
