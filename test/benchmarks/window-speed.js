// `node test/benchmarks/window-speed.js [LIBRARY]` (after a build, with Chromium): how fast the window is with a library of a
// year of work: 100 runs of 5,000 steps, 50 data sets, 200 chats of 40 messages and a document of 200 MB. For every page the time to
// the first paint and to its content, loaded afresh, and to its content by a click in the rail; for the usual actions the time from the input to the end of the frame
// that shows the answer; what a change of one run costs; the frames while an answer is written. Medians and the slowest of five,
// as Markdown tables, with the processor time of the page's main thread, which other work on the machine hardly changes.
// With a folder, the library is made there if it is not there yet, and stays.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { fillWithWork } from './full-library.js';
import { writeLongText } from './long-text.js';

const rounds = 5;
const project = path.resolve(import.meta.dirname, '..', '..');
const launcher = path.join(project, 'main', 'shells', 'terminal', 'hyena.js');
const folder = mkdtempSync(path.join(tmpdir(), 'hyena-speed-'));
const library = path.resolve(process.argv[2] ?? path.join(folder, 'library'));
const env = { ...process.env, HYENA_HOME: library };

/** Runs the command to its end. @param {string[]} parameters */
function hyena(...parameters) {
  const { status, stderr } = spawnSync(process.execPath, [launcher, ...parameters], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

async function makeLibrary() {
  const shape = ['d_model=64', 'n_layer=2', 'l_max=512', 'max_steps=20'];
  hyena('data', 'add', path.join(project, 'resources', 'books', 'moby-dick.txt'), '--name', 'book');
  hyena('train', '--data', 'book', '--run', 'little', ...shape.flatMap((setting) => ['--set', setting]));
  fillWithWork(library, { runs: 99, steps: 5000, sets: 49, chats: 200, messages: 40 });
  const text = path.join(folder, 'long.txt');
  await writeLongText(text);
  hyena('read', text, '--import-only');
}

/** What each page is opened for, as an expression that is true once it is there. */
const drawn = (/** @type {string} */ chart, points = 1) =>
  `Number(document.querySelector('[data-testid="chart-${chart}"]')?.dataset.points) >= ${points}`;
const has = (/** @type {string} */ selector) => `document.querySelector(${JSON.stringify(selector)}) !== null`;
const titled = (/** @type {string} */ title) =>
  `document.querySelector('h1')?.textContent === ${JSON.stringify(title)}`;
const pages = [
  { page: 'Data', address: 'data', shown: has('article .prose') },
  { page: 'Model', address: 'model', shown: `${titled('New run')} && ${has('aside dd')}` },
  { page: 'Training', address: 'training/run-0050', shown: drawn('loss', 5000), linked: drawn('loss', 10) },
  { page: 'Runs', address: 'runs', shown: has('tr[data-run]') },
  { page: 'Models', address: 'models', shown: `document.querySelectorAll('main tbody tr').length >= 50` },
  { page: 'Chat', address: 'chat', shown: `${has('nav[aria-label=Chats] li')} && ${has('main textarea')}` },
  { page: 'Sequences', address: 'sequence', shown: has('main h1') },
  { page: 'Lab', address: 'lab', shown: `${titled('Lab')} && document.querySelectorAll('main section').length > 3` },
  {
    page: 'Devices',
    address: 'devices',
    shown: `${titled('Devices')} && ${has('[aria-label="In use now"] dd, [aria-label="In use now"] [role=meter]')}`,
  },
  { page: 'Settings', address: 'settings', shown: `${titled('Settings')} && ${has('main select')}` },
];
const chatIsShown = `document.querySelectorAll('section.talk .drawn > span').length > 10`;

/** Measures within the page: from an input, or from the beginning of the page, to the end of the frame that shows something. */
const measuring = `
  globalThis.whenShown = (shown) => new Promise((resolve, reject) => {
    const began = performance.now();
    const look = () => requestAnimationFrame(() => {
      if (performance.now() - began > 20_000) return reject(new Error('It was not shown: ' + shown));
      if (!document.body || !shown()) return look();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(0);
    });
    look();
  });
  globalThis.afterInput = (type, shown) => new Promise((resolve, reject) => {
    addEventListener(type, (event) => {
      const began = event.timeStamp;
      whenShown(shown).then((time) => resolve(time - began), reject);
    }, { capture: true, once: true });
  });
`;

/** @param {readonly number[]} values */
const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
/** @typedef {import('playwright-core').Page} Page @typedef {{ time: number, processor: number }} Measured */
/** A row of a table. @param {string} what @param {readonly number[]} values milliseconds */
const row = (what, ...values) => console.log(`| ${what} | ${values.map((value) => value.toFixed(0)).join(' | ')} |`);
/** The head of a table. @param {string} what @param {readonly string[]} columns */
const head = (what, ...columns) =>
  console.log(`\n| ${[what, ...columns].join(' | ')} |\n| --- |${columns.map(() => ' ---: |').join('')}`);
/** @param {readonly Measured[]} measured */
const ofTimes = (measured) => {
  const times = measured.map(({ time }) => time);
  return [middle(times), Math.max(...times), middle(measured.map(({ processor }) => processor))];
};
const ofActions = ['median, ms', 'slowest, ms', 'CPU of the page, ms', 'bound, ms'];

/** Reads the milliseconds of the processor that a page's main thread has taken. @param {Page} page */
async function processorOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
  };
}

/** Milliseconds of the processor that a process has taken; Linux tells. @param {number} pid */
function processorOfProcess(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

if (!existsSync(path.join(library, 'chats'))) await makeLibrary();
const server = spawn(process.execPath, [launcher, 'serve', '--no-open', '--json'], { env, stdio: ['pipe', 'pipe', 2] });
process.once('exit', () => server.kill());
const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
const { address } = JSON.parse(line);
const { origin } = new URL(address);
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  await context.addInitScript(measuring);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => console.error(error.message));
  await page.goto(address);
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  const processor = await processorOf(page);
  const rail = page.getByRole('navigation', { name: 'Pages' });

  /** From an input to its answer, several times. @param {string} what @param {string} type @param {string} shown @param {() => Promise<unknown>} act @param {() => Promise<unknown>} [before] */
  async function action(what, type, shown, act, before) {
    /** @type {Measured[]} */
    const measured = [];
    for (let round = 0; round < rounds; round++) {
      await before?.();
      await page.waitForTimeout(150);
      const began = await processor();
      // Together: where the act fails, the answer must not be left to fail alone.
      const [answer] = await Promise.all([page.evaluate(`afterInput('${type}', () => ${shown})`), act()]);
      const time = Number(answer);
      measured.push({ time, processor: (await processor()) - began });
    }
    row(what, ...ofTimes(measured), 100);
  }
  const go = async (/** @type {string} */ place) => {
    await page.goto(`${origin}/#/${place}`);
    await page.waitForTimeout(300);
  };

  const ofLoads = ['first paint, ms', 'slowest', 'content, ms', 'slowest', 'CPU of the page, ms'];
  head('page, loaded', ...ofLoads);
  for (const { page: name, address: place, shown } of pages) {
    /** @type {Measured[]} */
    const measured = [];
    /** @type {number[]} */
    const paints = [];
    for (let round = 0; round < rounds; round++) {
      const fresh = await context.newPage();
      const processorOfFresh = await processorOf(fresh);
      const began = await processorOfFresh();
      await fresh.goto(`${origin}/#/${place}`, { waitUntil: 'commit' });
      const time = Number(await fresh.evaluate(`whenShown(() => ${shown})`));
      measured.push({ time, processor: (await processorOfFresh()) - began });
      paints.push(Number(await fresh.evaluate(`performance.getEntriesByName('first-contentful-paint')[0].startTime`)));
      await fresh.close();
    }
    row(name, middle(paints), Math.max(...paints), ...ofTimes(measured));
  }

  head('action', ...ofActions);
  for (const { page: name, shown, linked = shown } of pages) {
    const elsewhere = name === 'Settings' ? 'devices' : 'settings';
    const link = rail.getByRole('link', { name, exact: true });
    // The rail has no Sequences as long as no model reads letters.
    if ((await link.count()) === 0) continue;
    await action(
      `page ${name}`,
      'click',
      linked,
      () => link.click(),
      () => go(elsewhere),
    );
  }
  const linkOf = (/** @type {string} */ name) => page.locator(`tr[data-run="${name}"] a`).first();
  await action(
    'open a run',
    'click',
    has('article[aria-label="run-0097"]'),
    () => linkOf('run-0097').click(),
    () => go('runs'),
  );
  await action(
    'tick a run: its curve',
    'click',
    drawn('training-loss', 5000),
    () => page.getByRole('checkbox', { name: 'Compare run-0096' }).check(),
    () => go('runs'),
  );
  await action(
    'filter the runs',
    'input',
    `document.querySelectorAll('tr[data-run]').length === 1`,
    () => page.getByRole('searchbox').fill('run-0042'),
    () => go('runs').then(() => page.getByRole('searchbox').fill('')),
  );
  await action(
    'sort the runs',
    'click',
    `document.querySelector('tr[data-run]')?.dataset.run === 'little'`,
    () => page.getByRole('button', { name: 'Name' }).click(),
    async () => {
      await go('settings');
      await go('runs');
    },
  );
  await action(
    'another run on Training',
    'input',
    `${drawn('loss', 5000)} && location.hash.includes('run-0031')`,
    () => page.locator('#run-choice').selectOption('run-0031'),
    () => go('training/run-0030').then(() => page.waitForTimeout(500)),
  );
  await action(
    'open a data set',
    'click',
    `document.querySelector('article[aria-label="set-07"]') !== null`,
    () => page.getByRole('link', { name: /^set-07/ }).click(),
    () => go('data/book'),
  );
  await action(
    'open a chat',
    'click',
    chatIsShown,
    () => page.getByRole('navigation', { name: 'Chats' }).getByRole('link').nth(4).click(),
    () => go('chat'),
  );
  await action(
    'search all chats',
    'input',
    `document.querySelectorAll('nav[aria-label=Chats] mark').length > 5`,
    () => page.getByRole('searchbox', { name: 'Search all chats' }).fill('whale'),
    async () => {
      await go('settings');
      await go('chat');
    },
  );
  await action(
    'palette',
    'keydown',
    `document.querySelectorAll('dialog [role=option]').length > 5`,
    () => page.keyboard.press('Control+k'),
    () => page.keyboard.press('Escape').then(() => go('settings')),
  );
  await action(
    'type in the palette',
    'input',
    `document.querySelector('dialog [role=option]')?.textContent.includes('run-0042')`,
    () => page.keyboard.type('0042'),
    async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
    },
  );
  await page.keyboard.press('Escape');
  await go('settings');
  const themeIs = (/** @type {string} */ name) => `document.documentElement.dataset.theme === '${name}'`;
  await action(
    'dark theme',
    'click',
    themeIs('dark'),
    () => page.getByRole('button', { name: 'Dark' }).click(),
    () => page.getByRole('button', { name: 'Light' }).click(),
  );
  await page.getByRole('button', { name: 'System' }).click();

  // A change of one run: every list that it is in is read again.
  await go('runs/run-0090');
  const [began, serverBegan] = [await processor(), processorOfProcess(server.pid ?? 0)];
  for (let round = 0; round < rounds; round++) {
    await page
      .getByRole('article', { name: 'run-0090' })
      .getByLabel('Add a tag')
      .fill(`round-${Date.now() % 1e6}`);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1000);
  }
  const [ofPage, ofServer] = [(await processor()) - began, processorOfProcess(server.pid ?? 0) - serverBegan];
  console.log('\n| a run is tagged | CPU of the page, ms | of the server, ms |\n| --- | ---: | ---: |');
  console.log(`| mean of ${rounds} | ${(ofPage / rounds).toFixed(0)} | ${(ofServer / rounds).toFixed(0)} |\n`);
  head('the document', ...ofActions);

  // The document of 200 MB.
  const text = page.getByRole('region', { name: 'Document text' });
  const letters = `(document.querySelector('[aria-label="Document text"]')?.textContent ?? '')`;
  const scrolled = `document.querySelector('[aria-label="Document text"]')?.scrollTop`;
  const documents = page.getByRole('button', { name: 'Documents', exact: true });
  await action(
    'open the document',
    'click',
    `${letters}.length > 500`,
    () => page.getByRole('button', { name: /^long/ }).click(),
    async () => {
      await go('settings');
      await go('chat');
      await documents.click();
    },
  );
  const strip = page.getByRole('slider', { name: 'Position in the document' });
  await action(
    'scroll it by a screen',
    'keydown',
    // More is rendered than is seen: what moves is the place, not always the text.
    `${scrolled} !== globalThis.before`,
    () => page.keyboard.press('PageDown'),
    async () => {
      await text.focus();
      await page.waitForTimeout(200);
      await page.evaluate(`globalThis.before = ${scrolled}; 0`);
    },
  );
  let end = false;
  await action(
    'go to its end and beginning',
    'keydown',
    `${letters} !== globalThis.before && ${letters}.length > 500`,
    () => strip.press(end ? 'End' : 'Home'),
    async () => {
      end = !end;
      await page.waitForTimeout(200);
      await page.evaluate(`globalThis.before = ${letters}; 0`);
    },
  );
  await action(
    'ask: the field',
    'keydown',
    `document.activeElement?.type === 'search'`,
    () => page.keyboard.press('/'),
    async () => {
      await page.keyboard.press('Escape');
      await text.focus();
    },
  );

  console.log('\n| while an answer is written | frames per second | longest frame, ms |\n| --- | ---: | ---: |');
  await page.goto(`${origin}/#/chat`);
  await page.getByLabel('Model', { exact: true }).selectOption('little');
  await page.locator('main textarea').fill('The whale');
  const watchFrames = `new Promise((resolve) => {
    const times = [];
    const next = (time) => {
      if (document.querySelector('.caret, .writing')) times.push(time);
      else if (times.length > 30) return resolve(times);
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  })`;
  const generate = page.getByRole('button', { name: 'Generate' });
  const [frames] = await Promise.all([page.evaluate(watchFrames), generate.click()]);
  const times = /** @type {number[]} */ (frames);
  const lengths = times.slice(1).map((time, index) => time - times[index]);
  const seconds = (times[times.length - 1] - times[0]) / 1000;
  console.log(
    `| ${times.length} frames in ${seconds.toFixed(1)} s | ${(lengths.length / seconds).toFixed(1)} | ${Math.max(...lengths).toFixed(0)} |`,
  );
} finally {
  await browser.close();
  server.kill('SIGINT');
  await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
}
