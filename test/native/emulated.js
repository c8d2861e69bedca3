// `node test/native/emulated.js SYSTEM NODE [TEST...]` (after a build): runs what was compiled for another system on this
// one: linux-arm64 by qemu-user, win32-x64 by Wine, linux-x64 as it is. First the C++ tests (those whose names contain one
// of TEST), then, in the Node.js of that system that NODE names, a training and the checks of test/native/computations.mjs,
// whose losses must be those of this system. Needs Zig (docs/native.md); Debian's qemu-user-static, libc6-arm64-cross and
// libstdc++6-arm64-cross, or wine64.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How programs of a system are started here. @type {Record<string, string[]>} */
const emulators = {
  'linux-x64': [],
  'linux-arm64': ['qemu-aarch64-static', '-L', '/usr/aarch64-linux-gnu'],
  'win32-x64': [['/usr/bin/wine64', '/usr/lib/wine/wine64'].find((file) => existsSync(file)) ?? 'wine64'],
};

/** Between losses after some steps on two systems, whose instruction sets and mathematical libraries round differently. */
const tolerance = 1e-4;

const project = path.resolve(import.meta.dirname, '..', '..');
const [system = '', node = '', ...tests] = process.argv.slice(2);
const emulator = emulators[system];
if (!emulator || !existsSync(node)) {
  console.error('Usage: node test/native/emulated.js linux-arm64|win32-x64|linux-x64 NODE [TEST...]');
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

for (const target of ['addon', 'tests'])
  console.log(run([process.execPath, path.join('worker', 'native', 'build.mjs'), target, `--for=${system}`]).trim());

let began = performance.now();
const program = path.join(prebuilt, system.startsWith('win32') ? 'tests.exe' : 'tests');
const lines = run([...emulator, program, ...tests]).split(/\r?\n/);
console.log(`C++ tests on ${system}: ${lines.filter(Boolean).at(-1)}, ${seconds(began)}`);

began = performance.now();
const addon = path.join(prebuilt, 'hyena.node');
const theirs = compute([...emulator, node], system.startsWith('win32') ? `Z:${addon.replaceAll('/', '\\')}` : addon);
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
