import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openPage, until } from './browser.ts';
import { openWindow, type OpenWindow } from './open-window.ts';
import { serveLibrary } from './serve-library.ts';
import { fakeWindowJobs } from './fake-jobs.ts';

/** Where a person reads stays where it is: by its text, whatever the size of the page and whoever opens it again. */
let opened: OpenWindow;
let page: Page;
let address: string;
let document: string;
const jobs = fakeWindowJobs({ pace: 2, documentPace: 20 });

beforeAll(async () => {
  opened = await openWindow(jobs, async ({ windows: { requests } }) => {
    await requests['documents.import']({ grant: (await requests['files.sample']({})).grant });
    await until(async () => (await requests['documents.list']({})).documents.length === 1);
  });
  ({ page } = opened);
  address = `http://127.0.0.1:${opened.server.port}`;
  const { requests } = opened.server.windows;
  document = (await requests['documents.list']({})).documents[0].id;
  await requests['chats.create']({ settings: { run: null, document: { id: document, edge: 'from', offset: 0 } } });
}, 120_000);
afterAll(() => opened?.close());

const text = (on: Page = page) => on.getByRole('region', { name: 'Document text' });

async function open(on: Page = page, at = address) {
  const { requests } = opened.server.windows;
  const [chat] = await requests['chats.list']({});
  await on.goto(`${at}/#/chat/${chat.id}`);
  await show(on);
}
async function show(on: Page = page) {
  const side = on.getByRole('button', { name: 'Document', exact: true });
  await on.locator('.room').waitFor();
  if (await side.isVisible()) await side.click();
  await text(on).locator('[data-whole]').first().waitFor();
}
/** The characters that the first whole line shows: from the first to the last. */
async function firstLine(on: Page = page): Promise<[number, number]> {
  const read = () =>
    text(on).evaluate((scroller) => {
      const { top } = scroller.getBoundingClientRect();
      const places: number[] = [];
      for (const span of scroller.querySelectorAll<HTMLElement>('[data-whole] [data-at]')) {
        const node = span.firstChild;
        if (!node) continue;
        const bounds = span.getBoundingClientRect();
        if (bounds.bottom < top || bounds.top > top + 200) continue;
        const length = node.textContent?.length ?? 0;
        for (let at = 0; at < length; at++) {
          const range = window.document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const box = range.getBoundingClientRect();
          if (box.height === 0 || box.bottom <= top + 2) continue;
          if (places.length > 0 && box.top > places[2] + 6) return [places[0], places[1]];
          if (places.length === 0) places.push(Number(span.dataset.at) + at, 0, box.top);
          places[1] = Number(span.dataset.at) + at;
        }
      }
      return [places[0] ?? -1, places[1] ?? -1];
    });
  let last = await read();
  // Until nothing moves any more.
  for (let same = 0, tries = 0; same < 3 && tries < 40; tries++) {
    await on.waitForTimeout(100);
    const next = await read();
    same = next[0] === last[0] ? same + 1 : 0;
    last = next;
  }
  return [last[0], last[1]];
}
async function goTo(chapter: RegExp) {
  await page
    .getByRole('group', { name: 'Document tools' })
    .getByRole('button', { name: 'Contents', exact: true })
    .click();
  await page.getByRole('searchbox', { name: 'Filter contents' }).fill(chapter.source.replaceAll(/[\\^$]/g, ''));
  await page.getByRole('button', { name: chapter }).first().click();
  await firstLine();
}
/** The line that holds a character is the first one. */
async function expectHeld(offset: number, on: Page = page) {
  const [start, end] = await firstLine(on);
  expect([start <= offset && offset <= end, start, offset, end]).toEqual([true, start, offset, end]);
}

const sizes: readonly (readonly [number, number])[] = [
  [900, 600],
  [1920, 1000],
  [640, 700],
  [1010, 720],
  [1280, 800],
];

describe('the place that is read', () => {
  it.each(['CHAPTER 5\\.', 'CHAPTER 44\\.', 'CHAPTER 99\\.', 'CHAPTER 132\\.'])(
    'stays at %s, whatever the size of the page',
    { timeout: 120_000 },
    async (chapter) => {
      await open();
      await goTo(new RegExp(chapter));
      // Not where a jump leads to, but somewhere within.
      await text().hover();
      await page.mouse.wheel(0, 1130);
      const [offset] = await firstLine();
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height });
        await show();
        await expectHeld(offset);
      }
    },
  );

  it('comes back from another page, another side, a reload, in another window and after a new start', async () => {
    await open();
    await goTo(/CHAPTER 44\./);
    await text().hover();
    await page.mouse.wheel(0, 2345);
    const [offset] = await firstLine();
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    await page.goBack();
    await show();
    await expectHeld(offset);

    // Behind the other side of a narrow page.
    await page.setViewportSize({ width: 800, height: 700 });
    await show();
    await page.locator('.choice').getByRole('button', { name: 'Chat', exact: true }).click();
    await page.waitForTimeout(200);
    await show();
    await expectHeld(offset);
    await page.setViewportSize({ width: 1280, height: 800 });
    await expectHeld(offset);

    await page.reload();
    await show();
    await expectHeld(offset);
    await expect
      .poll(async () =>
        readFile(path.join(opened.library, 'documents', document, 'reading.json'), 'utf8').catch(() => ''),
      )
      .toContain('"offset"');

    const other = await openPage(opened.browser, opened.server.address);
    await other.page.setViewportSize({ width: 1500, height: 900 });
    await open(other.page);
    await expectHeld(offset, other.page);
    await other.context.close();

    const again = await serveLibrary(opened.library, jobs);
    try {
      const anew = await openPage(opened.browser, again.address);
      await open(anew.page, `http://127.0.0.1:${again.port}`);
      await expectHeld(offset, anew.page);
      await anew.context.close();
    } finally {
      await again.close();
    }
    expect(opened.complaints).toEqual([]);
  }, 120_000);

  it('is where the document was scrolled to a moment before the page was left', async () => {
    await open();
    await goTo(/CHAPTER 20\./);
    await text().hover();
    await page.mouse.wheel(0, 900);
    await page.waitForTimeout(60);
    await page.mouse.wheel(0, 700);
    await page.waitForTimeout(150);
    await page.reload();
    await show();
    const [start] = await firstLine();
    await goTo(/CHAPTER 20\./);
    const [chapter] = await firstLine();
    expect(start - chapter).toBeGreaterThan(1600);
    expect(start - chapter).toBeLessThan(9000);
  });
});
