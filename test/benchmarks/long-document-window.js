// `node test/benchmarks/long-document-window.js [FILE]` (after a build, with Chromium): a very long document in the window
// that `hyena serve` gives to a browser: imported by a drop, opened, scrolled, jumped in, looked up, summarised. Tells
// of each step the time by the clock, the longest task of the page's main thread and the memory of page and server, as
// a Markdown table; pictures of each lie in test-results/long-document. Without a file, Moby-Dick again and again, 200 MB.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { writeLongText } from './long-text.js';

const project = path.resolve(import.meta.dirname, '..', '..');
const pictures = path.join(project, 'test-results', 'long-document');
const folder = mkdtempSync(path.join(tmpdir(), 'hyena-long-'));
const file = process.argv[2] ?? path.join(folder, 'long.txt');
const env = { ...process.env, HYENA_HOME: path.join(folder, 'library') };
const launcher = path.join(project, 'main', 'shells', 'terminal', 'hyena.js');
const shape = ['d_model=16', 'n_layer=1', 'd_inner=32', 'l_max=64', 'filter_order=8', 'emb_dim=5', 'max_steps=5'];

/** Runs the command to its end. @param {string[]} parameters */
function hyena(...parameters) {
  const { status, stderr } = spawnSync(process.execPath, [launcher, ...parameters], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** What a process of this machine holds, MiB; Linux tells. @param {number} pid */
function residentOf(pid) {
  const [, kibi = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kibi) / 1024);
}

if (process.argv[2] === undefined) await writeLongText(file);
mkdirSync(pictures, { recursive: true });
hyena('data', 'add', path.join(project, 'resources', 'books', 'moby-dick.txt'), '--name', 'book');
hyena('train', '--data', 'book', '--run', 'little', ...shape.flatMap((setting) => ['--set', setting]));
const server = spawn(process.execPath, [launcher, 'serve', '--no-open', '--json'], { env, stdio: ['pipe', 'pipe', 2] });
const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
const { address } = JSON.parse(line);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' })).newPage();
  page.setDefaultTimeout(600_000);
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(address);
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  const devtools = await page.context().newCDPSession(page);
  const processes = await (await browser.newBrowserCDPSession()).send('SystemInfo.getProcessInfo');
  const renderers = processes.processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);

  /** The longest task of the page while something is done, as Chromium traces it. @param {() => Promise<unknown>} work */
  async function longestTask(work) {
    await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
    await work();
    /** @type {{ traceEvents: { name: string, ph: string, pid: number, tid: number, dur?: number, tdur?: number, args?: { name?: string } }[] }} */
    const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
    const main = new Set(
      traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`),
    );
    const tasks = traceEvents.filter(
      ({ name, ph, pid, tid }) => ph === 'X' && name === 'RunTask' && main.has(`${pid} ${tid}`),
    );
    return Math.max(0, ...tasks.map(({ dur = 0, tdur }) => (tdur ?? dur) / 1000));
  }

  console.log('| step | seconds | longest task, ms of processor | heap of the page, MiB | page, MiB | server, MiB |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  /** @param {string} name @param {() => Promise<unknown>} work */
  async function step(name, work) {
    const began = performance.now();
    let seconds = 0;
    const longest = await longestTask(async () => {
      await work();
      seconds = (performance.now() - began) / 1000;
    });
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    await page.screenshot({ path: path.join(pictures, `${name.replaceAll(/\W+/g, '-')}.png`) });
    const resident = Math.max(...renderers.map(residentOf));
    const row = [
      name,
      seconds.toFixed(1),
      longest.toFixed(0),
      Math.round(usedSize / 2 ** 20),
      resident,
      residentOf(server.pid ?? 0),
    ];
    console.log(`| ${row.join(' | ')} |`);
  }

  const text = page.getByRole('region', { name: 'Document text' });
  const strip = page.getByRole('slider', { name: 'Position in the document' });
  const tools = page.getByRole('group', { name: 'Document tools' });
  const tool = (/** @type {string} */ name) => tools.getByRole('button', { name, exact: true }).click();
  const shown = async (/** @type {RegExp} */ what) => {
    while (!what.test((await text.textContent()) ?? '')) await page.waitForTimeout(100);
  };
  await page.goto(`${new URL(address).origin}/#/chat`);
  await page.getByRole('button', { name: 'Documents', exact: true }).click();
  await step('import', async () => {
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.locator('section.pane').waitFor();
    await shown(/\w{3}/);
  });
  await page.reload();
  await step('open', async () => {
    await page.getByRole('button', { name: 'Documents', exact: true }).click();
    await page.getByRole('button', { name: new RegExp(`^${path.basename(file, '.txt')}`) }).click();
    await shown(/\w{3}/);
  });
  await step('scroll', async () => {
    for (let turn = 0; turn < 40; turn++) {
      await text.hover();
      await page.mouse.wheel(0, 2500);
      await page.waitForTimeout(60);
    }
  });
  await step('middle', async () => {
    const box = await strip.boundingBox();
    if (box) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForTimeout(500);
    await shown(/\w{3}/);
  });
  await step('end', async () => {
    await strip.press('End');
    await shown(/thousand years ago/);
  });
  await step('contents', async () => {
    await tool('Contents');
    await page.getByRole('searchbox', { name: 'Find a place' }).fill('Quarter-Deck');
    await page
      .getByRole('button', { name: /Quarter-Deck/ })
      .last()
      .click();
    await text.locator('mark').first().waitFor();
  });
  await step('find', async () => {
    await tool('Ask');
    await page
      .getByRole('searchbox', { name: 'What are you looking for?' })
      .fill('the gold doubloon nailed to the mast');
    await page
      .getByRole('list', { name: 'Passages' })
      .or(page.getByText(/is longer than the/))
      .first()
      .waitFor();
    await page.waitForTimeout(1000);
  });
  await step('find with the model', async () => {
    await page.getByRole('button', { name: 'Re-rank with model' }).click();
    await page.getByText(/^Ranked by/).waitFor();
  });
  await step('summary', async () => {
    await tool('Summary');
    await page.getByRole('button', { name: 'Summarise' }).click();
    await page.getByRole('list', { name: 'Summary' }).getByRole('button').first().waitFor();
  });
} finally {
  await browser.close();
  server.kill('SIGINT');
  await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
