import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from './browser.ts';
import { fakeWindowJobs } from './fake-jobs.ts';
import { mainThreadTasks } from './main-thread.ts';
import { openWindow, type OpenWindow } from './open-window.ts';

/** A very long document: what the page computes at once while it is read. */
let opened: OpenWindow;

beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 2, documentPace: 20 }));
}, 180_000);
afterAll(() => opened?.close());

describe('a book of ten megabytes', () => {
  it(
    'is scrolled, jumped in and searched without a task of over a tenth of a second',
    { timeout: 120_000 },
    async () => {
      const paragraph = (index: number) =>
        `Paragraph ${index}. ${'The ship went on, and the sea was as it had been before, grey and wide. '.repeat(12)}\n\n`;
      const long = Array.from({ length: 11_500 }, (_, index) =>
        index % 500 === 0 ? `CHAPTER ${index / 500 + 1}. Part of it\n\n${paragraph(index)}` : paragraph(index),
      ).join('');
      expect(long.length).toBeGreaterThan(1e7);
      const { library, server, browser, page } = opened;
      const text = page.getByRole('region', { name: 'Document text' });
      const file = path.join(library, 'long.txt');
      await writeFile(file, long);
      const { requests } = server.windows;
      const { grant } = await server.windows.grants.add(file);
      await requests['documents.import']({ grant });
      await until(async () => (await requests['documents.list']({})).documents.some(({ title }) => title === 'long'));
      await page.goto(`http://127.0.0.1:${server.port}/#/data`);
      await page.locator('h1').first().waitFor();
      const tasks = await mainThreadTasks(browser, page, async () => {
        await page.goto(`http://127.0.0.1:${server.port}/#/chat`);
        await page.getByRole('button', { name: 'Documents', exact: true }).click();
        await page.getByRole('button', { name: /^long/ }).click();
        await text.waitFor();
        await page
          .getByRole('group', { name: 'Document tools' })
          .getByRole('button', { name: 'Ask', exact: true })
          .click();
        for (let step = 0; step < 30; step++) {
          await text.hover();
          await page.mouse.wheel(0, 2500);
          await page.waitForTimeout(60);
        }
        const strip = page.getByRole('slider', { name: 'Position in the document' });
        for (const share of [0.9, 0.2, 0.55]) {
          const box = (await strip.boundingBox())!;
          await page.mouse.click(box.x + share * box.width, box.y + box.height / 2);
          await page.waitForTimeout(300);
        }
        const expected = Math.round(0.55 * 11_500);
        await expect
          .poll(async () => {
            const shown = /Paragraph (\d+)/.exec((await text.textContent()) ?? '');
            return Math.abs(Number(shown?.[1]) - expected);
          })
          .toBeLessThan(40);
        await page.getByRole('searchbox', { name: 'What are you looking for?' }).fill('paragraph 7777');
        await page.getByRole('list', { name: 'Passages' }).getByText('7777').first().waitFor({ timeout: 60_000 });
      });
      console.log(
        `${tasks.length} tasks; the longest: ${tasks
          .slice(0, 4)
          .map(({ cpu }) => cpu.toFixed(0))
          .join(', ')} ms.`,
      );
      expect(tasks[0].cpu).toBeLessThan(100);
      expect(opened.complaints).toEqual([]);
    },
  );
});
