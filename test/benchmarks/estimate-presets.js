// Estimated against real time and memory of the presets: `node test/benchmarks/estimate-presets.js [PART OF A NAME]
// [--seconds=100] [--device=native]`. Each is estimated, then trains on the bundled book for about so long, with fewer
// steps than it has, evaluations, samples and checkpoints included. Build first; Linux.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { presets } from '../../build/main/contract/presets.js';

const parameters = process.argv.slice(2);
const option = (/** @type {string} */ name, /** @type {string} */ usual) =>
  parameters.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? usual;
const [seconds, device] = [Number(option('seconds', '100')), option('device', 'native')];
const wanted = parameters.find((word) => !word.startsWith('--')) ?? '';

const project = path.join(import.meta.dirname, '..', '..');
const command = path.join(project, 'main', 'shells', 'terminal', 'hyena.js');
const home = mkdtempSync(path.join(tmpdir(), 'hyena-estimates-'));
const env = { ...process.env, HYENA_HOME: home };
const run = (/** @type {string[]} */ words) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [command, ...words], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${words.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
};
/** @typedef {{ time: { stepSeconds: number, seconds: number }, trainingMemory: { total: number } }} Estimate */
const estimate = (/** @type {string[]} */ words) =>
  /** @type {Estimate} */ (JSON.parse(run(['estimate', ...words, '--json'])));

/** The most memory that one of a process's descendants has had so far, MiB. @returns {number} */
function largestDescendant(/** @type {number} */ pid) {
  let largest = 0;
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${entry}/status`, 'utf8');
      if (Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]) !== pid) continue;
      const own = Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
      largest = Math.max(largest, own, largestDescendant(Number(entry)));
    } catch {
      // It has ended.
    }
  }
  return largest;
}

/** @typedef {{ type: string, seconds?: number, secondsLeft?: number | null }} RunEvent */
/** @returns {Promise<{ actual: number, afterMinute: number | null, peak: number }>} */
async function train(/** @type {string[]} */ words) {
  const child = spawn(process.execPath, [command, 'train', ...words, '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [actual, peak] = [NaN, 0];
  let afterMinute = /** @type {number | null} */ (null);
  const watch = setInterval(() => (peak = Math.max(peak, largestDescendant(/** @type {number} */ (child.pid)))), 500);
  for await (const line of createInterface({ input: child.stdout })) {
    const event = /** @type {RunEvent} */ (JSON.parse(line));
    if (event.type === 'done') actual = event.seconds ?? NaN;
    const at = event.type === 'step' ? (event.seconds ?? 0) : 0;
    if (at >= 60) afterMinute ??= at + (event.secondsLeft ?? NaN);
  }
  clearInterval(watch);
  return { actual, afterMinute, peak };
}

/** @param {number} predicted @param {number} real */
const compared = (predicted, real) => `${Math.round(predicted)} (${((100 * predicted) / real - 100).toFixed(0)}%)`;
console.log(
  '| preset | steps | real, s | estimated before, s | after a minute, s | estimated MiB | real MiB |\n' +
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
);
const book = path.join(project, 'resources', 'books', 'moby-dick.txt');
for (const [name, preset] of Object.entries(presets)) {
  if (!name.includes(wanted) || /\d[mb]/.test(name)) continue;
  const data = preset.tokenizer.replace(':', '-');
  if (!run(['data', 'list', '--json']).includes(`"${data}"`))
    run(['data', 'add', book, '--name', data, '--tokenizer', preset.tokenizer]);
  const base = ['--preset', name, '--data', data, '--device', device, '--set', 'max_minutes=none'];
  const { stepSeconds } = estimate(base).time;
  const warmup = 'sequence_length_warmup_steps' in preset.training ? 0.6 : 0;
  // Sequences that grow are half as long over the whole of such a run.
  const steps = Math.round(seconds / stepSeconds / (warmup > 0 ? 0.6 : 1));
  const limited = [
    '--set',
    `max_steps=${steps}`,
    '--set',
    `sequence_length_warmup_steps=${Math.round(warmup * steps)}`,
  ];
  const { time, trainingMemory } = estimate([...base, ...limited]);
  const { actual, afterMinute, peak } = await train([...base, ...limited, '--run', `of-${name}`]);
  const mebibytes = trainingMemory.total / 2 ** 20;
  console.log(
    `| \`${name}\` | ${steps} | ${actual.toFixed(0)} | ${compared(time.seconds, actual)} | ` +
      `${afterMinute === null ? '' : compared(afterMinute, actual)} | ${compared(mebibytes, peak)} | ${Math.round(peak)} |`,
  );
}
rmSync(home, { recursive: true, force: true });
