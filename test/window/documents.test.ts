import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRuns, readRunRecord, updateRunRecord } from '../../main/library/runs/run-folder.ts';
import { pdf } from '../unit/worker/data/readers/samples.ts';
import { until, picture } from './browser.ts';
import { english } from './english.ts';
import { faultsOf } from './faults.ts';
import { fillLibrary } from './filled-library.ts';
import { openWindow, type OpenWindow } from './open-window.ts';
import type { ServedWindow } from './serve-library.ts';
import { fakeWindowJobs } from './fake-jobs.ts';

/** Documents in a real browser: import, reading, finding, summaries, surprise, and what fits. */
let server: ServedWindow;
let opened: OpenWindow;
let page: Page;
const options = { pace: 2, documentPace: 20 };

/** Runs as if their data had been texts with summaries, and a document. */
async function fill(filled: ServedWindow, folder: string) {
  await fillLibrary(filled, folder);
  for (const { name } of (await listRuns(folder)).runs)
    await updateRunRecord(folder, await readRunRecord(folder, name), { summaries: true });
  const { requests } = filled.windows;
  await requests['documents.import']({ grant: (await requests['files.sample']({})).grant });
  await until(async () => (await requests['documents.list']({})).documents.length === 1);
}

beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs(options), fill);
  ({ server, page } = opened);
}, 180_000);
afterAll(() => opened?.close());

const pane = (title = 'moby-dick') => page.locator('section.pane').and(page.getByRole('region', { name: title }));
const text = () => page.getByRole('region', { name: 'Document text' });
const tool = (name: string) =>
  page.getByRole('group', { name: 'Document tools' }).getByRole('button', { name, exact: true }).click();
/** Opens a document as a person does: by its name among those of the library; the chat about it comes with it. */
async function open(title: string) {
  await page.goto(`http://127.0.0.1:${server.port}/#/chat`);
  await page.getByRole('button', { name: 'Documents', exact: true }).click();
  await page.getByRole('button', { name: new RegExp(`^${title}`) }).click();
  await pane(title).waitFor();
  await text().waitFor();
}

describe('a document in the window', () => {
  it('is imported by a drop, opened, removed and brought back', async () => {
    await page.goto(`http://127.0.0.1:${server.port}/#/chat`);
    await page.getByRole('button', { name: 'Documents', exact: true }).click();
    const story = {
      name: 'A story.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('# The Lamp\n\nMaren lit the lamp. '.repeat(30)),
    };
    await page.locator('input[type=file]').first().setInputFiles([story]);
    await pane('A story').waitFor();
    await text().getByText('Maren lit the lamp.').first().waitFor();
    await page.getByRole('button', { name: 'Delete: A story' }).click();
    await page.getByText(english('removed', { name: 'A story' })).waitFor();
    await page.getByText(english('doc.gone')).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(english('restored', { name: 'A story' })).waitFor();
    await page.getByRole('button', { name: /^A story/ }).waitFor();
    await text().getByText('Maren lit the lamp.').first().waitFor();
  });

  it('says why a file cannot be read', async () => {
    const picture = { name: 'scan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\nnothing') };
    await page.locator('input[type=file]').first().setInputFiles([picture]);
    await page.getByRole('alert').getByText('Nothing was imported.').waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).first().click();
  });

  it('leads to its chapters, and is as wide as is comfortable to read', async () => {
    await page.setViewportSize({ width: 1680, height: 900 });
    await open('moby-dick');
    await tool('Contents');
    await text()
      .getByText('Call me Ishmael', { exact: false })
      .first()
      .waitFor({ timeout: 5000 })
      .catch(() => undefined);
    await page.getByRole('searchbox', { name: 'Filter contents' }).fill('Quarter-Deck');
    await page.getByRole('button', { name: /Quarter-Deck/ }).click();
    await text().locator('mark').first().waitFor();
    await expect.poll(() => text().locator('mark').first().textContent()).toMatch(/CHAPTER/);
    const letters = await text()
      .locator('.sheet')
      .evaluate((sheet) => {
        const canvas = document.createElement('canvas').getContext('2d')!;
        canvas.font = getComputedStyle(sheet).font;
        return (
          sheet.clientWidth / (canvas.measureText('the quick brown fox jumps over the lazy dog and goes on').width / 55)
        );
      });
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(letters).toBeGreaterThan(60);
    expect(letters).toBeLessThan(80);
  });

  it('finds while one types, and lets the model put the passages in order', async () => {
    await open('moby-dick');
    await tool('Ask');
    const question = page.getByRole('searchbox', { name: 'What are you looking for?' });
    await question.fill('the gold doubloon nailed to the mast');
    const passages = page.getByRole('list', { name: 'Passages' }).getByRole('button');
    await passages.first().waitFor({ timeout: 30_000 });
    const first = (await passages.first().textContent())!;
    expect(first).toMatch(/doubloon/i);
    await passages.first().click();
    await text().locator('mark').first().waitFor();
    const marked = (await text().locator('mark').allTextContents()).join('');
    expect(marked).toMatch(/doubloon/i);
    options.documentPace = 300;
    await question.press('Enter');
    await page.getByRole('progressbar', { name: 'Re-rank with model' }).waitFor();
    await pane().getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(english('doc.find.cancelled')).waitFor({ timeout: 1500 });
    options.documentPace = 5;
    await page.getByRole('button', { name: 'Re-rank with model' }).click();
    await page.getByText(/^Ranked by/).waitFor();
    await expect.poll(() => passages.first().textContent()).toContain('likelihood by');
  });

  it('asks by a slash, returns by Escape, and keeps highlights and notes with the document', async () => {
    await open('moby-dick');
    await tool('Contents');
    await page.getByRole('searchbox', { name: 'Filter contents' }).fill('Loomings');
    await page
      .getByRole('button', { name: /Loomings/ })
      .first()
      .click();
    await text().hover();
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(300);
    await text().focus();
    const { documents } = await server.windows.requests['documents.list']({});
    const document = documents.find((one) => one.title === 'moby-dick')!.id;
    /** The first character of the line that is read: pixels are guesses. */
    const top = async () => (await server.windows.requests['documents.open']({ document })).reading?.offset ?? 0;
    const before = await top();
    await page.keyboard.press('/');
    const question = page.getByRole('searchbox', { name: 'What are you looking for?' });
    await expect.poll(() => question.evaluate((field) => field === globalThis.document.activeElement)).toBe(true);
    await question.fill('white whale harpoon');
    const passages = page.getByRole('list', { name: 'Passages' }).getByRole('button');
    await passages.nth(1).click();
    await passages.first().click();
    await expect.poll(async () => Math.abs((await top()) - before)).toBeGreaterThan(2000);
    await page.getByRole('button', { name: 'Highlight', exact: true }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Highlight', exact: true }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await expect.poll(top).toBe(before);

    // A passage that is selected by the pointer, with a note.
    await text()
      .locator('[data-whole] [data-at]')
      .last()
      .evaluate((span) => {
        const range = globalThis.document.createRange();
        range.setStart(span.firstChild!, 0);
        range.setEnd(span.firstChild!, Math.min(40, span.textContent.length));
        globalThis.document.getSelection()!.removeAllRanges();
        globalThis.document.getSelection()!.addRange(range);
      });
    await text().dispatchEvent('pointerup');
    const bar = page.getByRole('toolbar', { name: 'Selected text' });
    await bar.getByRole('button', { name: 'Note' }).click();
    const note = page.getByRole('textbox', { name: 'Your note' });
    await note.fill('A note of two\nlines.');
    await note.press('Control+Enter');
    await page.getByText('A note of two').waitFor();
    await picture(page, 'document-notes');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      pane().getByRole('button', { name: 'Export', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('moby-dick Notes.md');
    const markdown = await readFile(await download.path(), 'utf8');
    expect(markdown).toMatch(/^# moby-dick\n/);
    expect(markdown).toContain('A note of two\nlines.');
    expect(markdown.match(/^> \(CHAPTER/gm)?.length).toBe(2);

    // Kept on the disk: another page of the same library has them.
    await expect.poll(() => server.windows.requests['documents.notes']({ document })).toHaveLength(2);
    await page.reload();
    await tool('Notes');
    await page.getByText('2 highlights').waitFor();
    await page.getByRole('button', { name: 'Remove highlight' }).first().click();
    await page.getByText('1 highlight', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await page.getByText('2 highlights').waitFor();
  });

  it('shows the page of a PDF beside its text, and has its headings by their size', async () => {
    const lines = Array.from(
      { length: 12 },
      (_, line) => `Line ${line} of a page that is long enough to be one of many.`,
    );
    const file = pdf([
      ['# The Whole Paper', '', ...lines],
      ['# Second Part', '', ...lines],
    ]);
    await page.goto(`http://127.0.0.1:${server.port}/#/chat`);
    await page.getByRole('button', { name: 'Documents', exact: true }).click();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([{ name: 'paper.pdf', mimeType: 'application/pdf', buffer: file }]);
    await pane('paper').waitFor();
    await page.getByRole('button', { name: 'Page image' }).click();
    const canvas = page.locator('canvas[data-page]');
    await expect.poll(() => canvas.getAttribute('data-page'), { timeout: 20_000 }).toBe('1');
    /** Dark points of the page: there is text on it. */
    const ink = () =>
      canvas.evaluate((one: HTMLCanvasElement) => {
        const { data } = one.getContext('2d')!.getImageData(0, 0, one.width, one.height);
        let dark = 0;
        for (let at = 0; at < data.length; at += 4) if (data[at + 3] > 200 && data[at] < 120) dark++;
        return dark;
      });
    await expect.poll(() => ink()).toBeGreaterThan(500);
    await picture(page, 'document-page');
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect.poll(() => canvas.getAttribute('data-page')).toBe('2');
    await tool('Contents');
    await page.getByRole('button', { name: 'Second Part' }).waitFor();
    await page.getByRole('button', { name: 'The Whole Paper' }).click();
    await expect.poll(() => canvas.getAttribute('data-page')).toBe('1');
    expect(opened.complaints).toEqual([]);
  });

  it('is set in another size and width, the line that is read stays, and its panes are resized by the keyboard', async () => {
    const usual = { size: 17, measure: 68, face: 'serif' } as const;
    await server.windows.requests['preferences.set']({ reading: usual });
    await open('moby-dick');
    await page.setViewportSize({ width: 1680, height: 900 });
    await tool('Contents');
    await page.getByRole('searchbox', { name: 'Filter contents' }).fill('Sphynx');
    await page
      .getByRole('button', { name: /Sphynx/ })
      .first()
      .click();
    await text().locator('mark').first().waitFor();
    const sheet = text().locator('.sheet');
    const width = () => sheet.evaluate((element) => element.clientWidth);
    const narrow = await width();
    await page.getByRole('button', { name: 'Text size and width' }).click();
    const size = page.getByRole('slider', { name: 'Text size' });
    for (let press = 0; press < 5; press++) await size.press('ArrowRight');
    await expect.poll(() => sheet.evaluate((element) => getComputedStyle(element).fontSize)).toBe('22px');
    await expect.poll(width).toBeGreaterThan(narrow * 1.1);
    await expect
      .poll(() =>
        text()
          .locator('mark')
          .first()
          .evaluate((mark) => mark.getBoundingClientRect().top),
      )
      .toBeGreaterThan(0);
    await picture(page, 'document-large');
    await expect.poll(async () => (await server.windows.requests['preferences.get']({})).reading.size).toBe(22);
    await server.windows.requests['preferences.set']({ reading: usual });

    const splitter = pane().getByRole('separator', { name: 'Resize results and text' });
    const side = pane().locator('.tool');
    const before = (await side.boundingBox())!.width;
    await splitter.press('Shift+ArrowRight');
    await expect.poll(async () => (await side.boundingBox())!.width).toBeGreaterThan(before + 50);
    await page.reload();
    await text().waitFor();
    await expect.poll(async () => (await side.boundingBox())!.width).toBeGreaterThan(before + 50);
    await splitter.dblclick();
    await expect.poll(async () => Math.abs((await side.boundingBox())!.width - before)).toBeLessThan(2);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('is summarised at a length that one chooses, each sentence leading to its place', async () => {
    await open('moby-dick');
    await tool('Summary');
    const slider = page.getByRole('slider', { name: 'Length' });
    await slider.press('Home');
    for (let press = 0; press < 4; press++) await slider.press('ArrowRight');
    await page.getByRole('button', { name: 'Summarise' }).click();
    const sentences = page.getByRole('list', { name: 'Summary' }).getByRole('button');
    await sentences.first().waitFor({ timeout: 30_000 });
    await expect.poll(() => sentences.count()).toBe(5);
    await sentences.nth(3).click();
    const sentence = (await sentences.nth(3).locator('.text').textContent())!;
    await expect
      .poll(async () => (await text().locator('mark').allTextContents()).join('').replaceAll(/\s+/g, ' '))
      .toBe(sentence);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      pane().getByRole('button', { name: 'Save', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('moby-dick.md');
  });

  it('is summarised in the words of a model that learned to, part by part as they come, and stops when asked', async () => {
    await open('moby-dick');
    await tool('Summary');
    await page.getByRole('button', { name: 'Generated', exact: true }).click();
    await page.getByRole('button', { name: 'Write a summary' }).click();
    const parts = page.getByRole('list', { name: 'Summary' }).getByRole('button');
    await expect
      .poll(async () => (await parts.first().textContent()) ?? '')
      .toMatch(/What comes to pass here fills \d+ letters/);
    await expect.poll(() => parts.count()).toBeGreaterThan(2);
    await parts.nth(1).click();
    await text().locator('mark').first().waitFor();
    await picture(page, 'documents-written');
    await pane().getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByText(english('doc.written.stopped')).waitFor();
    const count = await parts.count();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      pane().getByRole('button', { name: 'Save', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('moby-dick.md');
    await expect.poll(() => parts.count()).toBe(count);
    await page.getByRole('button', { name: 'Key sentences', exact: true }).click();
  });

  it('is mapped: every word has a number, and the strip leads to where it departs', async () => {
    await open('moby-dick');
    await tool('Surprise');
    await page.getByRole('button', { name: 'Map document' }).click();
    await page.getByRole('heading', { name: 'Most surprising passages' }).waitFor({ timeout: 30_000 });
    await text().locator('[data-level]').first().waitFor();
    await text().locator('[data-level]:not([data-level="0"])').first().hover();
    await expect.poll(() => pane().locator('.where').textContent()).toMatch(/\d\.\d\d nats, \d+ tokens?/);
    await page.getByText(/Longer than the context: scored in [\d,]+ overlapping windows/).waitFor();
    const strip = page.getByRole('slider', { name: 'Position in the document' });
    await strip.press('End');
    await expect.poll(() => strip.getAttribute('aria-valuetext')).toMatch(/^(9\d|100)/);
    const chart = page.getByRole('slider', { name: /^Perplexity by position/ });
    await chart.press('Home');
    await expect.poll(() => chart.getAttribute('aria-valuetext')).toMatch(/^After 1 to 1 tokens: /);
    await page.getByText(/^The model uses its context: /).waitFor();
  });

  it('tells how much of it a model reads at once, and lets one choose the part', async () => {
    await open('moby-dick');
    await tool('Context');
    await page.getByText(/ reads up to 512 tokens: /).waitFor();
    const start = page.getByRole('slider', { name: 'Start of the part' });
    await start.press('End');
    await page
      .getByText(/^From .*Epilogue|^From /i)
      .first()
      .waitFor();
    await expect.poll(() => start.getAttribute('aria-valuetext')).not.toBe('');
  });

  it('has nothing serious against it, in any tool, theme and size', { timeout: 240_000 }, async () => {
    const tools = ['Ask', 'Contents', 'Notes', 'Summary', 'Surprise', 'Context'];
    for (const theme of ['light', 'dark', 'contrast'] as const) {
      await server.windows.requests['preferences.set']({ theme });
      await open('moby-dick');
      await page.locator(`html[data-theme=${theme}]`).waitFor();
      for (const name of theme === 'light' ? tools : ['Surprise']) {
        await tool(name);
        await page.waitForTimeout(300);
        for (const [width, height] of [
          [900, 600],
          [1280, 800],
        ]) {
          await page.setViewportSize({ width, height });
          const side = page.getByRole('button', { name: 'Document', exact: true });
          if (await side.isVisible()) await side.click();
          await page.waitForTimeout(150);
          await picture(page, `document-${name.toLowerCase()}-${theme}-${width}`);
        }
        // The text is the same with every tool.
        const exclude = name === 'Surprise' ? undefined : '.sheet';
        const faults = await faultsOf(page, { include: 'section.pane', exclude, theme });
        expect([theme, name, faults]).toEqual([theme, name, []]);
      }
    }
    await server.windows.requests['preferences.set']({ theme: 'light' });
    expect(opened.complaints).toEqual([]);
  });
});
