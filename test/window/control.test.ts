import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from './browser.ts';
import { english } from './english.ts';
import { fillLibrary } from './filled-library.ts';
import { openWindow, type OpenWindow } from './open-window.ts';
import { fakeWindowJobs } from './fake-jobs.ts';

/** What a person types and presses, and how work is started and stopped, in a real browser. */
let opened: OpenWindow;
let page: Page;
const pace = { pace: 2 };

beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs(pace), fillLibrary);
  pace.pace = 40;
  ({ page } = opened);
}, 120_000);
afterAll(() => opened?.close());

/** Other work may share the machine. */
const eventually = <T>(check: () => T | Promise<T>) => expect.poll(check, { timeout: 20_000 });
const ask = () => opened.server.windows.requests;
const address = (place: string) => `http://127.0.0.1:${opened.server.port}/#/${place}`;
const open = async (place: string) => {
  await page.goto(address(place));
  await page.locator('h1').first().waitFor({ state: 'attached' });
};
const phaseOf = async (run: string) => (await ask()['runs.list']({})).find(({ name }) => name === run)?.phase;
const isFocused = (field: Locator) => field.evaluate((element) => element === document.activeElement);
const composer = () => page.getByRole('textbox', { name: 'Text to continue' });
const pictured = (name: string) => picture(page, `control-${name}`, { fullPage: true });

/** Trains a run that lasts until it is stopped. */
async function train(name: string) {
  const { configuration } = await ask()['runs.show']({ run: 'longer' });
  const long = { ...configuration, training: { ...configuration.training, max_steps: 5000 } };
  const params = { configuration: long, name, annotations: { tags: [], notes: '' }, start: true };
  await ask()['runs.create'](params);
  await eventually(() => phaseOf(name)).toBe('training');
}

describe('numbers that are typed', { sequential: true, retry: 0 }, () => {
  it('are read as the language of the window writes them, and shown so', async () => {
    await open('model?new=1');
    const steps = page.getByRole('textbox', { name: 'Steps', exact: true });
    await steps.fill('1,000');
    await steps.blur();
    await expect.poll(() => steps.inputValue()).toBe('1,000');
    await page.getByLabel('Name').fill('thousand');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await eventually(() => page.url()).toContain('training/thousand');
    const { configuration } = await ask()['runs.show']({ run: 'thousand' });
    expect(configuration.training.max_steps).toBe(1000);
    await ask()['runs.stop']({ run: 'thousand', when: 'now' });
    await eventually(() => phaseOf('thousand')).toBe('stopped');
  });

  it('are refused beside their field where they could be others', async () => {
    await open('model?new=1');
    const steps = page.getByRole('textbox', { name: 'Steps', exact: true });
    await steps.fill('1.000');
    await steps.blur();
    await page.getByText(english('values.meant', { numbers: '1 or 1,000' })).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Train', exact: true }).isDisabled()).toBe(true);
    await page
      .getByText(english('model.missing.fields', { fields: 'Steps' }))
      .first()
      .waitFor();
    await pictured('refused');
    await steps.fill('2 000');
    await steps.blur();
    await expect.poll(() => steps.inputValue()).toBe('2,000');
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  it('mean what they say in German, and in the settings of a chat', async () => {
    await ask()['preferences.set']({ language: 'de' });
    await open('model?new=1');
    const steps = page.getByRole('textbox', { name: 'Schritte', exact: true });
    await steps.fill('1.000');
    await steps.blur();
    const draft = () => page.evaluate(() => localStorage.getItem('hyena-studio.draft') ?? '');
    await expect
      .poll(async () => JSON.parse(await draft()) as unknown)
      .toMatchObject({ values: { 'training.max_steps': '1000' } });
    await ask()['preferences.set']({ language: 'en' });
    const english = page.getByRole('textbox', { name: 'Steps', exact: true });
    await english.waitFor();
    await expect.poll(() => english.inputValue()).toBe('1,000');
    const chat = await ask()['chats.create']({ settings: { run: 'longer' } });
    await open(`chat/${chat.id}`);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    const length = page.getByRole('textbox', { name: 'Maximum length' });
    await length.fill('2,000');
    await length.press('Tab');
    await eventually(async () => (await ask()['chats.show']({ chat: chat.id })).sampling.max_tokens).toBe(2000);
    await expect.poll(() => length.inputValue()).toBe('2,000');
    await length.fill('2k');
    await length.press('Tab');
    await page
      .getByRole('alert')
      .getByText(/^1 to [\d,]+$/)
      .waitFor();
  });
});

describe('names', { sequential: true, retry: 0 }, () => {
  it('are checked where they are typed, in bytes and with what is wrong', async () => {
    await open('model?new=1');
    const name = page.getByLabel('Name');
    for (const [typed, problem] of [
      ['鯨'.repeat(100), 'limited to 200 bytes'],
      ['a/b', 'may contain only letters'],
      ['LONGER', english('form.name.taken')],
      ['con', 'reserved by Windows'],
    ]) {
      await name.fill(typed);
      await page.locator('#name-problem').getByText(problem).waitFor();
      await expect.poll(() => page.getByRole('button', { name: 'Train', exact: true }).isDisabled()).toBe(true);
    }
    await name.fill('Käse'.normalize('NFD'));
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await eventually(() => page.url()).toContain(`training/${encodeURIComponent('Käse'.normalize('NFC'))}`);
    await ask()['runs.stop']({ run: 'Käse'.normalize('NFC'), when: 'now' });
    await eventually(() => phaseOf('Käse'.normalize('NFC'))).toBe('stopped');
  });
});

describe('keys', { sequential: true, retry: 0 }, () => {
  it('letter keys go to the message on Chat, and stop nothing', async () => {
    await train('typed-over');
    await open('training/typed-over');
    await page.locator('main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await composer().waitFor();
    await eventually(() => isFocused(composer())).toBe(true);
    await page.keyboard.type('so now tell me, great ship');
    await expect.poll(() => composer().inputValue()).toBe('so now tell me, great ship');
    expect(page.url()).toContain('#/chat');
    // Also where the focus has gone to something that takes no letters.
    await composer().fill('');
    await page.locator('main').focus();
    await page.keyboard.type('stop');
    await eventually(() => composer().inputValue()).toBe('stop');
    await expect.poll(() => phaseOf('typed-over')).toBe('training');
  });

  it('give the focus to the message by New chat and by choosing a chat', async () => {
    await page.getByRole('button', { name: 'New chat' }).click();
    await eventually(() => isFocused(composer())).toBe(true);
    await page.getByRole('navigation', { name: 'Chats' }).getByRole('link').first().click();
    await page.getByRole('textbox', { name: 'Chat title' }).waitFor();
    await eventually(() => isFocused(composer())).toBe(true);
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByRole('heading', { name: english('chat.begin.text') }).waitFor();
    await eventually(() => isFocused(composer())).toBe(true);
  });

  it('keys that are held down together stop a run, which is told with the way to go on', async () => {
    await page.keyboard.press('Control+Shift+Period');
    await eventually(() => phaseOf('typed-over')).toBe('stopped');
    const notice = page
      .locator('.notice')
      .filter({ hasText: /^Stopped typed-over at step [\d,]+\. A checkpoint was saved\./ });
    await notice.waitFor();
    await pictured('stopped');
    await notice.getByRole('button', { name: 'Resume' }).click();
    await eventually(() => phaseOf('typed-over')).toBe('training');
    await eventually(() => notice.count()).toBe(0);
    await ask()['runs.stop']({ run: 'typed-over', when: 'now' });
    await eventually(() => phaseOf('typed-over')).toBe('stopped');
  });
});

describe('a new run', { sequential: true, retry: 0 }, () => {
  it('is fresh, whatever was taught before; a draft is visible and can be discarded', async () => {
    await open('chat');
    await page.getByRole('link', { name: 'Fine-tune for chat' }).click();
    await page.getByText('Draft: starts from the weights of').waitFor();
    // Nothing there changes the weights that it starts from.
    await expect.poll(() => page.getByRole('group', { name: 'Preset' }).count()).toBe(0);
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Width', exact: true }).getAttribute('readonly'))
      .not.toBeNull();
    await pictured('teach');
    await open('runs');
    await page.getByRole('link', { name: 'New run' }).click();
    await page.getByRole('group', { name: 'Preset' }).waitFor();
    await expect.poll(() => page.getByText('starts from the weights').count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await page.getByText('Draft: starts from the weights of').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect.poll(() => page.getByText('starts from the weights').count()).toBe(0);
    await page.locator('main').focus();
    await page.keyboard.press('n');
    await page.getByRole('group', { name: 'Preset' }).waitFor();
  });
});

describe('starting what does not fit', { sequential: true, retry: 0 }, () => {
  it('is asked first, with what to change', async () => {
    await ask()['preferences.set']({ memory_limit_mib: 512 });
    await open('model?new=1');
    await page.getByRole('button', { name: /Hyena 1.3B/ }).click();
    await page.getByText(english('estimate.too-big')).waitFor();
    await page.getByText(/makes [\d,]+ passes over it/).waitFor();
    await page.getByText('smaller than its name says').waitFor();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: english('unfit.title') });
    await dialog.waitFor();
    await picture(page, 'control-unfit');
    const before = (await ask()['runs.list']({})).length;
    await dialog.getByRole('button', { name: 'Change settings' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(async () => (await ask()['runs.list']({})).length).toBe(before);
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await dialog.getByRole('button', { name: 'Start anyway' }).click();
    await eventually(() => page.url()).toContain('#/training/');
    const run = decodeURIComponent(page.url().split('/').at(-1)!);
    await ask()['runs.stop']({ run, when: 'now' });
    await eventually(() => phaseOf(run)).toBe('stopped');
    await ask()['preferences.set']({ memory_limit_mib: null });
  });
});

describe('addresses', { sequential: true, retry: 0 }, () => {
  it('addresses that name no page are reported', async () => {
    await page.goto(address('nowhere/at-all'));
    await page.getByText(english('address.unknown', { address: '#/nowhere/at-all' })).waitFor();
  });
});

describe('the window', () => {
  it('has complained of nothing and asked nobody else', () => {
    expect(opened.complaints).toEqual([]);
    expect(opened.server.reports).toEqual([]);
  });
});
