import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startJob } from '../../main/workers/start-job.ts';
import { picture } from './browser.ts';
import { english } from './english.ts';
import { openWindow, type OpenWindow } from './open-window.ts';

/** A person who has no model at all, a document and a question: from the Welcome to the answer in two actions. */
let opened: OpenWindow;
beforeAll(async () => {
  opened = await openWindow(startJob);
}, 120_000);
afterAll(() => opened?.close());

/** One of the documents of our questions. */
async function report(): Promise<Buffer> {
  const file = path.join(import.meta.dirname, '../benchmarks/questions/questions.json');
  const { data } = JSON.parse(await readFile(file, 'utf8')) as {
    data: { title: string; paragraphs: { context: string }[] }[];
  };
  return Buffer.from(data.find(({ title }) => title === 'harbour')!.paragraphs[0].context);
}

describe('reading without a model', { sequential: true }, () => {
  it('answers a question about a document: choose the file, type', async () => {
    const { page } = opened;
    const card = page.getByRole('listitem').filter({ hasText: english('welcome.read') });
    await card.waitFor();
    await card
      .locator('input[type=file]')
      .first()
      .setInputFiles([{ name: 'Harbour report.txt', mimeType: 'text/plain', buffer: await report() }]);
    const field = page.getByRole('searchbox', { name: english('doc.find.question') });
    await field.waitFor({ timeout: 60_000 });
    await field.fill('How many ships did the harbour handle in 2023?');
    const first = page
      .getByRole('list', { name: english('doc.find.passages') })
      .getByRole('listitem')
      .first();
    await expect.poll(() => first.locator('mark').textContent(), { timeout: 20_000 }).toBe('1,482');
    expect(await page.getByText(english('doc.find.doubtful')).count()).toBe(0);
    await picture(page, 'read-without-model');
  }, 120_000);

  it('says so if the document may not answer', async () => {
    const { page } = opened;
    const field = page.getByRole('searchbox', { name: english('doc.find.question') });
    await field.fill('Which orchestra played at the wedding of the governor?');
    await page.getByText(english('doc.find.doubtful')).waitFor({ timeout: 20_000 });
    await picture(page, 'read-doubtful');
    expect(opened.complaints).toEqual([]);
  }, 60_000);
});
