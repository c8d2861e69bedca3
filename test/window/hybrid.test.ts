import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startJob } from '../../main/workers/start-job.ts';
import { until } from './browser.ts';
import { english } from './english.ts';
import { openWindow, type OpenWindow } from './open-window.ts';

/** A hybrid, from the Model page to a document that is longer than its training sequences, with real compute processes. */
const story = `# The Whale\n\n${'The whale came up for air, and the ship turned to the wind. '.repeat(30)}`;
let folder: string;
let opened: OpenWindow;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-hybrid-'));
  const file = path.join(folder, 'whale.md');
  await writeFile(file, story);
  opened = await openWindow(startJob, async ({ windows }, library) => {
    await startJob(
      {
        ...{ kind: 'add-dataset', library, name: 'pages', paths: [file] },
        ...{ tokenizer: 'bytes', validation: 0.1, field: null },
      },
      () => undefined,
    ).result;
    const { grant } = await windows.grants.add(file, 'whale.md');
    await windows.requests['documents.import']({ grant });
    await until(async () => (await windows.requests['documents.list']({})).documents.length === 1);
  });
  ({ page } = opened);
}, 120_000);
afterAll(async () => {
  await opened?.close();
  await rm(folder, { recursive: true, force: true });
});

const go = (name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();

describe('a hybrid in the window', { sequential: true }, () => {
  it('is chosen on the Model page, which draws its filters, and trained', async () => {
    await page.goto(`http://127.0.0.1:${opened.server.port}/#/model`);
    await page.getByRole('combobox', { name: /^Data/ }).selectOption('pages');
    await page.getByLabel('Name').fill('hybrid');
    await page
      .locator('form details')
      .evaluateAll((all) => all.forEach((details) => ((details as HTMLDetailsElement).open = true)));
    const fill = (name: string, value: string) => page.getByLabel(name, { exact: true }).fill(value);
    await fill('Mixers', 'hyena-se,hyena-mr,hyena-li,attention');
    for (const [name, value] of Object.entries({ Width: '16', Layers: '4', 'Context length': '32', Steps: '6' }))
      await fill(name, value);
    const picture = page
      .getByRole('region')
      .or(page.locator('section.card'))
      .filter({ hasText: english('filters.title') });
    await picture.locator('svg path').first().waitFor();
    await picture.getByRole('slider').fill('3');
    await picture.getByText(english('filters.without', { mixer: 'Attention' })).waitFor();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await page.getByText('Done', { exact: true }).first().waitFor({ timeout: 60_000 });
  });

  it('reads the whole of a longer document, and says so', async () => {
    await go('Chat');
    await page.getByRole('button', { name: 'Documents', exact: true }).click();
    await page.getByRole('button', { name: /^whale/ }).click();
    await page.getByRole('region', { name: 'Document text' }).waitFor();
    await page
      .getByRole('group', { name: 'Document tools' })
      .getByRole('button', { name: 'Context', exact: true })
      .click();
    const tokens = story.length.toLocaleString('en');
    await page.getByText(english('doc.context.any', { model: 'hybrid', tokens, n: 32 })).waitFor();
    await page
      .locator('.choice')
      .getByRole('button', { name: english('chat.side.both'), exact: true })
      .click();
    const meter = page.getByRole('meter', { name: english('chat.context') });
    await expect.poll(() => meter.getAttribute('aria-valuetext'), { timeout: 60_000 }).toContain(`ocument ${tokens}`);
    await page.getByText(/any length$/).waitFor();
    await page.getByText(english('chat.context.longer', { n: 32 })).waitFor();
    await page.getByRole('textbox', { name: 'Text to continue' }).fill('The whale');
    await page.keyboard.press('Control+Enter');
    await expect
      .poll(
        async () => {
          const { requests } = opened.server.windows;
          const [{ id }] = await requests['chats.list']({});
          const { messages } = await requests['chats.show']({ chat: id });
          return messages.at(-1)?.answer?.context?.document?.tokens;
        },
        { timeout: 60_000 },
      )
      .toBe(story.length);
    expect(opened.complaints).toEqual([]);
    expect(opened.server.reports).toEqual([]);
  });
});
