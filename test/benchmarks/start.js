// `node test/benchmarks/start.js [ROUNDS]` (after a build; the window with Chromium): how long commands and the window
// take to start, each in a new process with a library of its own, as a Markdown table. The browser runs already, with no
// page and nothing in its cache; the first paint counts from the start of `hyena serve`.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const rounds = Number(process.argv[2] ?? 7);
const launcher = path.resolve(import.meta.dirname, '../../main/shells/terminal/hyena.js');
const folder = mkdtempSync(path.join(tmpdir(), 'hyena-start-'));
const env = { ...process.env, HYENA_HOME: path.join(folder, 'library') };

/** @param {readonly number[]} values */
const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
/** @param {readonly number[]} times @param {string} what */
const report = (what, times) =>
  console.log(`| ${what} | ${middle(times).toFixed(2)} | ${Math.min(...times).toFixed(2)} |`);

/** Seconds of a command. @param {string[]} parameters */
function timeOf(...parameters) {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, parameters, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return (performance.now() - began) / 1000;
}

/** Seconds from the start of `hyena serve` to its address, to the first paint and to the first page. */
async function timesOfWindow() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await (
      await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })
    ).newPage();
    const began = performance.timeOrigin + performance.now();
    const server = spawn(process.execPath, [launcher, 'serve', '--no-open', '--json'], {
      env,
      stdio: ['pipe', 'pipe', 2],
    });
    const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
    const address = performance.timeOrigin + performance.now();
    await page.goto(JSON.parse(line).address);
    await page.getByRole('main').waitFor();
    const paint = await page.evaluate(
      () => performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime,
    );
    const shown = performance.timeOrigin + performance.now();
    server.kill('SIGTERM');
    await once(server, 'exit');
    return [address, paint, shown].map((time) => (time - began) / 1000);
  } finally {
    await browser.close();
  }
}

try {
  console.log('| start | median, s | least, s |\n| --- | ---: | ---: |');
  for (const command of [['--help'], ['runs', 'list'], ['train', '--help']]) {
    timeOf(launcher, ...command);
    const times = Array.from({ length: rounds }, () => timeOf(launcher, ...command));
    report(`\`hyena ${command.join(' ')}\``, times);
  }
  report(
    'Node.js alone',
    Array.from({ length: rounds }, () => timeOf('-e', '0')),
  );
  if (existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium')) {
    const windows = [];
    for (let round = 0; round < rounds; round++) windows.push(await timesOfWindow());
    for (const [index, what] of ['its address', 'the first paint', 'the first page'].entries())
      report(
        `\`hyena serve\` to ${what}`,
        windows.map((times) => times[index]),
      );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
