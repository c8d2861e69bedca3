import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from './browser.ts';
import { english } from './english.ts';
import { fakeWindowJobs } from './fake-jobs.ts';
import { openWindow, type OpenWindow } from './open-window.ts';

/** Tables: their columns are put together, and the preview shows what becomes of the rows. */
let opened: OpenWindow;
let page: Page;
const panel = () => page.getByRole('region', { name: 'Add data' });
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const rows = Array.from({ length: 12 }, (_, row) => `${row},How hot is kettle ${row}?,It has ${row} degrees.\n`).join(
  '',
);
const table = file('kettles.csv', `id,heading,said\n${rows}`);

beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 2 }));
  ({ page } = opened);
}, 120_000);
afterAll(() => opened?.close());

async function choose(files: (typeof table)[]) {
  await page.goto(`http://127.0.0.1:${opened.server.port}/#/data`);
  await page.locator('input[type=file]').first().setInputFiles(files);
  await panel().getByRole('radio', { name: 'Bytes' }).waitFor();
}
const segment = (name: string) => panel().getByRole('button', { name, exact: true });
const pictured = (name: string) => picture(page, name, { fullPage: true });

describe('columns of a table', () => {
  it('become chats, last over a reload and are remembered in the data set', async () => {
    await choose([table]);
    await panel().getByRole('checkbox', { name: 'Show tokens' }).uncheck();
    await panel().getByText('How hot is kettle 0?').first().waitFor();
    await segment('Prompt and reply').click();
    await panel().getByRole('combobox', { name: 'Prompt' }).selectOption('heading');
    await panel().getByRole('combobox', { name: 'Reply' }).selectOption('said');
    await panel().getByText('### Response: It has 1 degrees.').waitFor();
    await pictured('add-columns');
    await page.reload();
    await panel().getByText('12 rows became 12 documents · columns heading and said').waitFor();
    await expect.poll(() => panel().getByRole('combobox', { name: 'Reply' }).inputValue()).toBe('said');
    await segment('Add').click();
    await page.getByRole('article', { name: 'kettles' }).waitFor();
    const record = await opened.server.windows.requests['datasets.show']({ name: 'kettles' });
    expect(record.request.columns).toEqual({ prompt: 'heading', reply: 'said', system: null });
    expect(record.splits.train.learnedTokens).toBeLessThan(record.splits.train.tokens);
  });

  it('are written into a template, whose mistakes keep it from being added', async () => {
    await choose([table]);
    await panel().getByRole('checkbox', { name: 'Show tokens' }).uncheck();
    await segment('Template').click();
    const template = panel().getByRole('textbox', { name: 'Template' });
    await template.fill('Kettle ');
    await panel().getByText(english('add.obstacle.columns')).waitFor();
    await expect.poll(() => segment('Add').isDisabled()).toBe(true);
    await panel().getByRole('button', { name: 'id', exact: true }).click();
    await expect.poll(() => template.inputValue()).toBe('Kettle {id}');
    await panel().getByText('Kettle 1', { exact: true }).waitFor();
    await template.fill('{nothing}');
    await panel().getByText(english('add.obstacle.unread')).waitFor();
    await expect.poll(() => panel().textContent()).toMatch(/'nothing' not found.*id, heading, said/);
    await expect.poll(() => segment('Add').isDisabled()).toBe(true);
    await template.fill('{id}: {said}');
    await panel().getByText('11: It has 11 degrees.').or(panel().getByText('3: It has 3 degrees.')).first().waitFor();
    await pictured('add-template');
    await segment('Cancel').click();
  });
});

describe('the preview of several files', () => {
  it('has a tab for each, which arrow keys reach, and a rule between documents', async () => {
    await choose([table, file('note.txt', 'The lamp was lit.')]);
    const tabs = panel().getByRole('tab');
    await expect.poll(() => tabs.allTextContents()).toEqual(['All files', 'kettles.csv', 'note.txt']);
    await tabs.nth(2).click();
    const shown = panel().getByRole('tabpanel');
    await shown.getByText('The lamp was lit.').waitFor();
    await expect.poll(() => shown.textContent()).not.toContain('kettle');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => tabs.nth(1).getAttribute('aria-selected')).toBe('true');
    await shown.getByText('How hot is kettle 3?').waitFor();
    await expect.poll(() => shown.textContent()).not.toContain('The lamp');
    const ruled = await shown
      .locator('.document')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).borderTopWidth));
    expect(ruled.length).toBeGreaterThan(3);
    expect(new Set(ruled)).toEqual(new Set(['1px']));
    await pictured('add-tabs');
    await segment('Cancel').click();
    expect(opened.complaints).toEqual([]);
  });
});
