import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { build } from '../../main/setup/build.js';
import { startJob } from '../../main/workers/start-job.ts';
import { openPage, startBrowser, temporaryLibrary, until, picture, type OpenPage } from './browser.ts';
import { english } from './english.ts';
import { serveLibrary, type ServedWindow } from './serve-library.ts';

/** From a model that continues text to one that answers, through the window, with real compute processes. */
let browser: Browser;
let server: ServedWindow;
let opened: OpenPage;
let page: Page;
let cleanUp: () => Promise<void>;

const talks = Array.from({ length: 60 }, (_, index) =>
  JSON.stringify({
    messages: [
      { role: 'user', content: `What is ${index} and one?` },
      { role: 'assistant', content: `It is ${index + 1}.` },
    ],
  }),
).join('\n');

beforeAll(async () => {
  if (!build({ native: true })) throw new Error('The sources do not compile.');
  const { library, remove } = await temporaryLibrary();
  cleanUp = remove;
  const pages = path.join(library, 'pages.txt');
  await writeFile(pages, 'The whale, the whale! Up helm, up helm! The ship and the sea.\n'.repeat(80));
  server = await serveLibrary(library, startJob);
  const { requests } = server.windows;
  const { grant } = await server.windows.grants.add(pages);
  await requests['datasets.add']({ name: 'pages', grants: [grant], tokenizer: 'bytes', validation: 0.05, field: null });
  await until(async () => (await requests['datasets.list']({})).length === 1);
  const configuration = runConfigurationSchema.parse({
    dataset: 'pages',
    model: { d_model: 16, n_layer: 1, d_inner: 32, l_max: 128, filter_order: 8, emb_dim: 5 },
    training: { max_steps: 10, batch_size: 2, eval_windows: 4, sample_tokens: 8, checkpoint_interval: 5 },
  });
  await requests['runs.create']({ configuration, name: 'base', annotations: { tags: [], notes: '' }, start: true });
  await until(async () => (await requests['runs.list']({})).every(({ phase }) => phase === 'done'));
  await requests['preferences.set']({ welcomed: true });
  browser = await startBrowser();
  opened = await openPage(browser, server.address);
  ({ page } = opened);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await cleanUp?.();
});

const go = (name: string) => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
/** In both themes, to be looked at. */
async function pictured(name: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `teach-${name}-${colorScheme}`);
  }
}

describe('teaching a model to answer', { sequential: true, retry: 0 }, () => {
  it('is offered where one talks with a model that only continues text', async () => {
    await go('Chat');
    await page.getByText(english('chat.kind.text')).waitFor();
    await pictured('chat-before');
    await page.getByRole('link', { name: 'Fine-tune for chat' }).click();
    await page.getByText(english('model.from', { run: 'base' })).waitFor();
  });

  it('asks for chats where there are none, and reads them with the tokenizer of the model', async () => {
    await page.getByText(english('teach.none')).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Train', exact: true }).isDisabled()).toBe(true);
    await pictured('model-without-chats');
    await page.getByRole('link', { name: 'Add one' }).click();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: 'talks.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(talks) });
    await page.getByRole('radio', { name: english('tokenizer.run', { run: 'base' }) }).waitFor({ timeout: 60_000 });
    await expect
      .poll(() => page.getByRole('radio', { name: english('tokenizer.run', { run: 'base' }) }).isChecked())
      .toBe(true);
    await page.getByText('What is 0 and one?').first().waitFor();
    await pictured('data');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('article', { name: 'talks' }).waitFor({ timeout: 60_000 });
  });

  it('comes back to the run that it is for, with the chats chosen, and trains it to its end', async () => {
    await page.getByRole('link', { name: english('data.teach', { run: 'base' }) }).click();
    await page.getByText(english('model.from', { run: 'base' })).waitFor();
    await expect.poll(() => page.getByRole('combobox', { name: /^Data/ }).inputValue()).toBe('talks');
    await page.getByLabel('Name').fill('taught');
    await page.getByRole('checkbox', { name: english('teach.adapters') }).check();
    await page.getByText(/MiB of memory instead of/).waitFor();
    await pictured('model');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await expect.poll(() => page.url()).toContain('/training/taught');
    await page.getByText('Done', { exact: true }).first().waitFor({ timeout: 120_000 });
    await pictured('training');
    const taught = await server.windows.requests['runs.show']({ run: 'taught' });
    expect(taught).toMatchObject({ kind: 'chats', phase: 'done', dataset: { name: 'talks' } });
    // On a few chats it may stop to learn before its steps are over.
    expect(['budget', 'early-stopping']).toContain(taught.reason);
    expect(taught.configuration).toMatchObject({
      ...{ from: 'base', model: { d_model: 16, l_max: 128 }, training: { lora_rank: 16 } },
    });
    expect(taught.step).toBeGreaterThan(3);
  });

  it('ends with a model that answers', async () => {
    await page.getByRole('link', { name: 'Open in Chat' }).click();
    await page.getByText(english('chat.kind.chats')).waitFor();
    await expect.poll(() => page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('taught');
    await expect.poll(() => page.getByRole('link', { name: 'Fine-tune for chat' }).count()).toBe(0);
    await page.getByRole('textbox', { name: 'Message' }).fill('What is 3 and one?');
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    await expect.poll(() => page.url()).toMatch(/#\/chat\/[^?]+/);
    const chat = /#\/chat\/([^?]+)/.exec(page.url())![1];
    const { requests } = server.windows;
    await until(async () => (await requests['chats.show']({ chat })).writing === null);
    const { messages } = await requests['chats.show']({ chat });
    expect(messages.map(({ role, state }) => `${role} ${state}`)).toEqual(['user done', 'assistant done']);
    expect(messages[1].answer).toMatchObject({ run: 'taught', error: null });
    await expect.poll(async () => (await requests['chats.context']({ chat, draft: '' })).template).toBe('instruction');
    await pictured('chat-after');
  });

  it('has complained of nothing and asked nobody else', () => {
    expect(opened.complaints).toEqual([]);
    expect(server.reports).toEqual([]);
  });
});
