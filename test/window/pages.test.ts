import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { constants, inflateSync } from 'node:zlib';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { picture } from './browser.ts';
import { english } from './english.ts';
import { fillLibrary } from './filled-library.ts';
import { openWindow, type OpenWindow } from './open-window.ts';
import type { ServedWindow } from './serve-library.ts';
import { fakeWindowJobs } from './fake-jobs.ts';

/** What each page can do besides the main path, in a real browser, over a library that has something in it. */
let server: ServedWindow;
let opened: OpenWindow;
let page: Page;
let library: string;

beforeAll(async () => {
  const options = { pace: 2 };
  opened = await openWindow(fakeWindowJobs(options), fillLibrary);
  options.pace = 30;
  ({ server, library, page } = opened);
}, 120_000);
afterAll(() => opened?.close());

const open = async (place: string) => {
  await page.goto(`http://127.0.0.1:${server.port}/#/${place}`);
  await page.locator('h1').first().waitFor();
};
const runs = () => server.windows.requests['runs.list']({});
const phaseOf = async (name: string) => (await runs()).find((run) => run.name === name)?.phase;

/** How many of a chart's pixels differ from its ground, and so whether something is drawn where. */
const inkOf = (chart: Locator) =>
  chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })!;
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    let ink = 0;
    for (let index = 3; index < data.length; index += 4) if (data[index] > 0) ink++;
    return ink;
  });
const pictureOf = (chart: Locator) =>
  chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

describe('charts', { sequential: true }, () => {
  let chart: Locator;
  let reading: Locator;
  const changes = async (act: () => Promise<unknown>) => {
    const before = await pictureOf(chart);
    await act();
    await expect.poll(() => pictureOf(chart).then((picture) => picture !== before)).toBe(true);
  };

  it('draw every quantity of a run', async () => {
    await open('training/longer');
    const names = ['Loss', 'Perplexity', 'Learning rate', 'Gradient norm', 'Speed', 'Memory'];
    for (const name of names) {
      const one = page.getByRole('slider', { name: new RegExp(`^${name}\\.`) });
      await one.scrollIntoViewIfNeeded();
      await expect.poll(() => inkOf(one)).toBeGreaterThan(1000);
    }
    chart = page.getByRole('slider', { name: /^Loss\./ });
    reading = page.locator('figure', { has: chart }).locator('.reading');
    await chart.scrollIntoViewIfNeeded();
  });

  it('take a logarithmic axis, another smoothing, and tokens or time along x', async () => {
    await changes(() => page.getByRole('button', { name: 'Log', exact: true }).first().click());
    await changes(() => page.getByRole('button', { name: 'Linear' }).click());
    await changes(() => page.getByRole('slider', { name: 'Smoothing' }).fill('0'));
    await changes(() => page.getByRole('slider', { name: 'Smoothing' }).fill('0.95'));
    await changes(() => page.getByRole('button', { name: 'Tokens', exact: true }).click());
    await chart.hover({ position: { x: 300, y: 100 } });
    await expect.poll(() => reading.innerText()).toMatch(/Tokens [\d.]+[KM]/);
    await changes(() => page.getByRole('button', { name: 'Time', exact: true }).click());
    await changes(() => page.getByRole('button', { name: 'Step', exact: true }).click());
  });

  it('read all lines under the pointer', async () => {
    await chart.hover({ position: { x: 300, y: 100 } });
    await expect.poll(() => reading.innerText()).toMatch(/^Step\s+\d+\s+\d\.\d{3}\s+\d\.\d{3}$/);
    await page.getByRole('heading').first().hover();
    await expect.poll(() => reading.innerText()).toBe('');
  });

  it('show the stretch that is dragged over, move along it, and show all again', async () => {
    const box = (await chart.boundingBox())!;
    const limits = async () => [await chart.getAttribute('aria-valuemin'), await chart.getAttribute('aria-valuemax')];
    const all = await limits();
    await changes(async () => {
      await page.mouse.move(box.x + 150, box.y + 100);
      await page.mouse.down();
      await page.mouse.move(box.x + 250, box.y + 100, { steps: 4 });
      await page.mouse.up();
    });
    await page.getByRole('button', { name: 'Reset zoom', exact: true }).waitFor();
    await expect.poll(() => limits()).toEqual(all);
    await changes(async () => {
      await page.keyboard.down('Shift');
      await page.mouse.move(box.x + 250, box.y + 100);
      await page.mouse.down();
      await page.mouse.move(box.x + 150, box.y + 100, { steps: 4 });
      await page.mouse.up();
      await page.keyboard.up('Shift');
    });
    await chart.dblclick();
    await expect.poll(() => page.getByRole('button', { name: 'Reset zoom', exact: true }).count()).toBe(0);
  });

  it('do the same by the keyboard', async () => {
    await chart.focus();
    await page.keyboard.press('Home');
    await expect
      .poll(() => chart.getAttribute('aria-valuetext'))
      .toMatch(/^Step 1: Training 5\.\d+, Validation 4\.\d+$/);
    await changes(() => page.keyboard.press('+'));
    await changes(() => page.keyboard.press('Shift+ArrowRight'));
    await changes(() => page.keyboard.press('0'));
    await page.keyboard.press('End');
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toMatch(/^Step 500: /);
    await page.keyboard.press('Escape');
  });

  it('are saved as a picture on its ground, and as all values in full precision', async () => {
    const save = async (what: string) => {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: `Save as ${what}: Loss` }).click();
      const file = await download;
      expect(file.suggestedFilename()).toBe(`longer-loss.${what.toLowerCase()}`);
      return await readFile(await file.path());
    };
    const csv = (await save('CSV')).toString('utf8').trimEnd().split('\r\n');
    expect(csv[0]).toBe('step,Training,Validation');
    expect(csv).toHaveLength(501);
    expect(csv[20]).toMatch(/^20,\d\.\d{10,},\d\.\d{10,}$/);
    const png = await save('PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // Opaque: the alpha channel of the first pixel, behind the filter byte of the first row.
    const start = png.indexOf('IDAT') + 4;
    const rows = inflateSync(png.subarray(start, start + png.readUInt32BE(start - 8)), {
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    expect(rows[4]).toBe(255);
  });
});

describe('a run', { sequential: true }, () => {
  it('shows its samples over time and its log', async () => {
    await open('training/longer');
    const samples = page.getByRole('region', { name: 'Samples over time' });
    await samples.scrollIntoViewIfNeeded();
    await expect.poll(() => samples.getByRole('article').count()).toBe(6);
    const texts = page.locator('section', { has: page.getByRole('group', { name: 'Samples and log' }) });
    await texts.getByRole('button', { name: 'Log' }).click();
    await texts.getByText('Finished: reached the training budget after').waitFor();
    await texts.getByText('(best so far)').first().waitFor();
  });

  it('a run that was cut off says so and goes on from its last checkpoint', async () => {
    await open('training/cut-off');
    await page.getByText(english('run.interrupted')).waitFor();
    await page.getByText(english('run.interrupted.kept', { step: 100 })).waitFor();
    await open('runs');
    await page.getByRole('button', { name: 'Resume: cut-off' }).click();
    await expect.poll(() => phaseOf('cut-off')).toBe('done');
    await page.getByText(english('ended.done', { run: 'cut-off' })).waitFor();
  });

  it('a run that failed says what happened, what was kept and what to do', async () => {
    await open('runs/broken');
    const alert = page.getByRole('article', { name: 'broken' }).getByRole('alert');
    for (const text of ['There is not enough memory', 'step 200 is intact', 'Choose a smaller batch'])
      await alert.getByText(text, { exact: false }).waitFor();
  });

  it('begins again with changes, which a reload keeps', async () => {
    await open('runs/wider');
    await page.getByRole('link', { name: 'Duplicate and edit …' }).click();
    await page.getByText(english('model.again', { run: 'wider' })).waitFor();
    const width = page.getByLabel('Width', { exact: true });
    await expect.poll(() => width.inputValue()).toBe('128');
    await width.fill('96');
    await page.reload();
    await page.getByText(english('model.again', { run: 'wider' })).waitFor();
    await expect.poll(() => width.inputValue()).toBe('96');
    await page.getByLabel('Steps', { exact: true }).fill('4000');
    await page.getByLabel('Name', { exact: true }).fill('narrower');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await expect.poll(() => phaseOf('narrower')).toBe('training');
  });

  it('waits in the queue, whose order can be changed', async () => {
    for (const name of ['next', 'latest']) {
      await open('model');
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByRole('button', { name: 'Add to queue' }).click();
      await expect.poll(() => page.url()).toContain(`training/${name}`);
    }
    await page.getByRole('button', { name: english('queue.up', { run: 'latest' }) }).click();
    await expect.poll(async () => (await runs()).find(({ name }) => name === 'latest')?.queuePosition).toBe(1);
    await page.getByText(english('queue.waiting', { n: 2 })).waitFor();
    await page.getByRole('button', { name: 'Remove from queue' }).click();
    await expect.poll(() => phaseOf('latest')).toBe('new');
  });

  it('goes on when the page crashes', async () => {
    const other = await opened.context.newPage();
    await other.goto(`http://127.0.0.1:${server.port}/#/training/narrower`);
    await other.getByTestId('chart-loss').waitFor();
    const crashed = other.waitForEvent('crash');
    void other.goto('chrome://crash').catch(() => undefined);
    await crashed;
    await other.close();
    await expect.poll(() => phaseOf('narrower')).toBe('training');
    await open('training/narrower');
    const points = async () => Number(await page.getByTestId('chart-loss').getAttribute('data-points'));
    const before = await points();
    await expect.poll(points).toBeGreaterThan(before + 5);
  });

  it('says in a page of the server before that Hyena Studio was restarted, and works again with the new token', async () => {
    const context = await opened.browser.newContext();
    const other = await context.newPage();
    await other.goto(`http://127.0.0.1:${server.port}/?token=of-the-server-before`);
    await other.getByRole('alert').getByText(english('refused')).waitFor();
    await expect.poll(() => other.locator('.frame').getAttribute('inert')).not.toBeNull();
    const again = await context.newPage();
    await again.goto(server.address);
    await again.locator('h1').first().waitFor();
    await other.locator('h1').first().waitFor();
    await expect.poll(() => other.getByRole('alert').count()).toBe(0);
    await context.close();
  });

  it('pauses and resumes by keys that are held down together, and by no bare letter', async () => {
    await page.locator('main').focus();
    for (const letter of ['p', 's']) await page.keyboard.press(letter);
    await page.waitForTimeout(300);
    await expect.poll(() => phaseOf('narrower')).toBe('training');
    await page.keyboard.press('Control+.');
    await expect.poll(() => phaseOf('narrower')).toBe('paused');
    await page.getByText('Paused', { exact: true }).first().waitFor();
    await page.locator('main').focus();
    await page.keyboard.press('Control+.');
    await expect.poll(() => phaseOf('narrower')).toBe('training');
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
    await page.keyboard.press('Control+Shift+Period');
    await expect.poll(() => phaseOf('narrower')).toBe('stopped');
    // What waited in the queue comes next.
    await expect.poll(() => phaseOf('next')).toBe('training');
    await server.windows.requests['runs.stop']({ run: 'next', when: 'now' });
    await expect.poll(() => phaseOf('next')).toBe('stopped');
  });
});

describe('the table of runs', { sequential: true }, () => {
  const names = () => page.locator('tbody td.name a').allInnerTexts();

  it('sorts by what is clicked, and filters by words, tags and states', async () => {
    await open('runs');
    await page.getByRole('button', { name: 'Best val. loss', exact: true }).click();
    await expect.poll(async () => (await names())[0]).toBe('longer');
    await page.getByRole('button', { name: /^Name/ }).click();
    await expect.poll(async () => (await names())[0]).toBe('broken');
    const filter = page.getByRole('searchbox');
    await filter.fill('failed');
    await expect.poll(() => names()).toEqual(['broken']);
    await filter.fill('');
    await page.getByRole('button', { name: 'wide', exact: true }).click();
    await expect.poll(() => names()).toEqual(['wider']);
    await filter.fill('nothing at all');
    await page.getByText(english('runs.none')).waitFor();
    await filter.fill('');
  });

  it('keeps which runs are compared in its address, over a rename and the way back', async () => {
    await open('runs/first?compare=first%2Clonger');
    const width = page.getByRole('row', { name: /^Width/ });
    await expect.poll(() => width.innerText()).toMatch(/96\s+160/);
    const name = page.getByLabel('Run name');
    await name.fill('renamed');
    await name.press('Enter');
    await page.getByRole('article', { name: 'renamed' }).waitFor();
    expect(page.url()).toContain('compare=renamed%2Clonger');
    await expect.poll(() => width.innerText()).toMatch(/96\s+160/);
    await page.getByRole('link', { name: 'longer', exact: true }).click();
    await page.getByRole('article', { name: 'longer' }).waitFor();
    await page.goBack();
    await page.getByRole('article', { name: 'renamed' }).waitFor();
  });

  it('shows which checkpoint is the last, and where the folder is', async () => {
    const detail = page.getByRole('article', { name: 'renamed' });
    await detail
      .getByRole('listitem')
      .filter({ hasText: /Step 300.*latest/ })
      .waitFor();
    await detail.getByRole('button', { name: 'Open folder' }).click();
    await page.getByText(path.join(library, 'runs', 'renamed')).waitFor();
  });

  it('brings back what was deleted by a key, with the focus where it can be used', async () => {
    const detail = page.getByRole('article', { name: 'renamed' });
    await detail.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText(english('removed', { name: 'renamed' })).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.keyboard.press('u');
    await page.getByText(english('restored', { name: 'renamed' })).waitFor();
    await page.getByRole('link', { name: 'renamed', exact: true }).waitFor();
  });
});

describe('data', { sequential: true }, () => {
  it('takes what is dropped on it, and lists what it could not read and why', async () => {
    await open('data');
    const files = await page.evaluateHandle(() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File(['Call me Ishmael. '.repeat(300)], 'chapter.txt', { type: 'text/plain' }));
      dropped.items.add(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3])], 'whale.png'));
      return dropped;
    });
    await page.getByRole('group', { name: 'Files to add' }).dispatchEvent('drop', { dataTransfer: files });
    const panel = page.getByRole('region', { name: 'Add data' });
    await panel.getByRole('radio', { name: 'Bytes' }).waitFor();
    await panel.getByText('whale.png', { exact: true }).first().waitFor();
    await panel.getByText('Skipped', { exact: true }).first().waitFor();
    await panel.getByRole('checkbox', { name: 'Show tokens' }).uncheck();
    await panel.getByText('Call me Ishmael.').first().waitFor();
    await panel.getByRole('button', { name: 'Add', exact: true }).click();
    const added = page.getByRole('article', { name: 'chapter' });
    await added.getByText('whale.png').first().waitFor();
    await added.getByRole('button', { name: 'Tokens', exact: true }).click();
    await added.locator('.tokens span').first().waitFor();
  });

  it('reads a large file with its progress told, and leaves nothing where that is cancelled', async () => {
    // Of words that occur but once, which are cut into tokens slowly.
    const word = (index: number) => ((index * 2_654_435_761) % 2 ** 32).toString(36);
    const lines = Array.from({ length: 8000 }, (_, line) =>
      JSON.stringify({ text: Array.from({ length: 100 }, (_, index) => word(100 * line + index)).join(' ') }),
    );
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'large.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(lines.join('\n')) });
    await page.getByRole('radio', { name: 'GPT-2' }).check();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    const task = page.getByRole('region', { name: 'large', exact: true });
    await task.getByRole('progressbar', { name: 'large' }).waitFor();
    await task.getByRole('button', { name: 'Cancel' }).click();
    await task.getByText(english('task.cancelled')).waitFor({ timeout: 30_000 });
    await expect
      .poll(async () => (await server.windows.requests['datasets.list']({})).map(({ name }) => name))
      .not.toContain('large');
    await task.getByRole('button', { name: 'Dismiss' }).click();
    await expect.poll(() => task.count()).toBe(0);
  });

  it('deletes a data set and brings it back', async () => {
    await page.getByRole('article', { name: 'chapter' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByText(english('removed', { name: 'chapter' })).waitFor();
    await expect.poll(() => page.getByRole('link', { name: /^chapter/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('link', { name: /^chapter/ }).waitFor();
  });
});

describe('the model page', () => {
  it('says that a large model does not fit, and what it would take', async () => {
    await server.windows.requests['preferences.set']({ memory_limit_mib: 4096 });
    await open('model?data=moby-dick');
    await page.getByRole('button', { name: /^Hyena 1.3B/ }).click();
    const cost = page.getByRole('region', { name: 'Estimate' });
    await cost.getByText(english('estimate.too-big')).waitFor();
    await cost.getByText(/\d+% of an equal-size GPT/).waitFor();
    await cost.getByText(english('estimate.available', { memory: '4.0 GiB' })).waitFor();
    await page.getByRole('img', { name: /^Impulse responses/ }).waitFor();
    await page.getByRole('list', { name: 'The model' }).getByText('× 36').waitFor();
    await server.windows.requests['preferences.set']({ memory_limit_mib: null });
  });

  it('names what is wrong beside the field', async () => {
    await page.getByRole('button', { name: /^Tiny(?! hybrid)/ }).click();
    const width = page.getByLabel('Width', { exact: true });
    await width.fill('2');
    await page.getByText('A whole number, at least 4, at most 16,384').waitFor();
    await width.fill('64');
  });
});

describe('devices and settings', () => {
  it('tell what was found, why one is chosen, and how fast it is', async () => {
    await open('devices');
    await page.getByText(english('devices.automatic', { device: english('device.native') })).waitFor();
    await page.getByText('It is the fastest of those found.').waitFor();
    await page.getByText('No NVIDIA driver was found.', { exact: false }).waitFor();
    await page.getByRole('button', { name: english('bench.do', { device: english('device.native') }) }).click();
    await page.getByRole('row', { name: /8,192/ }).waitFor();
    await expect.poll(() => page.getByTestId('chart-speed').getAttribute('data-points')).toBe('3');
  });

  it('write a report that can be sent on', async () => {
    await open('devices');
    await page.getByRole('button', { name: 'Test devices and write report' }).click();
    await page.getByRole('progressbar', { name: 'native' }).waitFor();
    const report = page.getByRole('group', { name: 'Device report' });
    await report.getByText('self-test: passed').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    expect((await download).suggestedFilename()).toBe('hyena-devices.md');
  });

  it('can be set up: told before, with progress, cancelled and gone on with', async () => {
    await open('devices');
    await page.getByRole('button', { name: english('setup.do', { device: english('device.cuda') }) }).click();
    await page.getByText('No NVIDIA driver answers.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Download and set up' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: english('setup.do', { device: english('device.tensorflow') }) }).click();
    await page.getByText('the wheel of tensorflow').waitFor();
    await page.getByRole('button', { name: 'Download and set up' }).click();
    await page.getByText(english('phase.data.setup-download')).waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(english('setup.cancelled')).waitFor();
    await page.getByRole('button', { name: english('setup.do', { device: english('device.tensorflow') }) }).click();
    await page.getByRole('button', { name: 'Download and set up' }).click();
    await page.getByRole('progressbar', { name: 'tensorflow' }).waitFor();
    await page.getByRole('progressbar', { name: 'tensorflow' }).waitFor({ state: 'detached' });
  });

  it('are kept, and shown in every window at once', async () => {
    const other = await opened.context.newPage();
    await other.goto(`http://127.0.0.1:${server.port}/#/runs`);
    await other.locator('html[data-theme=light]').waitFor();
    await open('settings');
    await page.getByRole('button', { name: 'Dark' }).click();
    await other.locator('html[data-theme=dark]').waitFor();
    await other.close();
    await page.getByRole('textbox', { name: 'Threads' }).fill('1');
    await page.getByRole('textbox', { name: 'Threads' }).press('Enter');
    await expect.poll(async () => (await server.windows.requests['preferences.get']({})).threads).toBe(1);
    await page.getByRole('button', { name: 'System' }).click();
  });

  it('choose the folder of the library for the next start', async () => {
    vi.stubEnv('HYENA_HOME', undefined);
    await open('settings');
    await page.reload();
    await page.getByLabel('Library').fill('relative');
    await page.getByRole('button', { name: 'Use this folder' }).click();
    await page.getByText(/^relative is /).waitFor();
    // Pages that were open when the token changed may have been refused since.
    const refused = server.reports.splice(0).filter(({ message }) => message.startsWith('relative is '));
    expect(refused).toMatchObject([{ code: 'usage' }]);
    vi.stubEnv('HYENA_HOME', library);
    await page.reload();
    await page.getByText(english('settings.library.fixed')).waitFor();
    vi.unstubAllEnvs();
  });
});

describe('every language', () => {
  const pages = [
    ...['welcome', 'data', 'model', 'training/longer', 'runs/wider?compare=wider%2Clonger'],
    ...['models/wider', 'models?import=1', 'devices', 'settings'],
  ];

  it.each(['de', 'es', 'it', 'ja'] as const)(
    '%s fits on every page, with no word left in English',
    async (language) => {
      await server.windows.requests['preferences.set']({ language });
      await page.setViewportSize({ width: 900, height: 600 });
      for (const place of pages) {
        await open(place);
        await page.locator(`html[lang=${language}]`).waitFor();
        const cut = await page.evaluate(() => {
          const wide = document.documentElement.scrollWidth > window.innerWidth ? ['the page'] : [];
          const controls = document.querySelectorAll<HTMLElement>('button, nav a, .state, h1, h2, th');
          const over = [...controls].filter(
            (one) =>
              one.scrollWidth > one.clientWidth + 1 &&
              one.clientWidth > 0 &&
              getComputedStyle(one).overflow !== 'visible',
          );
          return [...wide, ...over.map((one) => one.innerText)];
        });
        expect([place, cut]).toEqual([place, []]);
        const main = await page.locator('main').innerText();
        // What devices say of themselves comes from the compute process.
        await picture(page, `${place.split(/\W/)[0]}-${language}-900`);
        if (place !== 'devices') expect(main.match(/\b(?:the|with|Step|Settings|Width|nothing)\b.*/g)).toBe(null);
      }
      await server.windows.requests['preferences.set']({ language: 'system' });
      await page.setViewportSize({ width: 1280, height: 800 });
    },
  );
});

describe('all of this', () => {
  it('raised no complaint and asked nobody else', () => {
    expect(opened.complaints).toEqual([]);
    expect(server.reports).toEqual([]);
  });
});
