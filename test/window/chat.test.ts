import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importDocument } from '../../worker/documents/import.ts';
import { openPage, temporaryLibrary, until, picture } from './browser.ts';
import { english } from './english.ts';
import { faultsOf } from './faults.ts';
import { fillLibrary } from './filled-library.ts';
import { openWindow, type OpenWindow } from './open-window.ts';
import { serveLibrary, type ServedWindow } from './serve-library.ts';
import { fakeWindowJobs } from './fake-jobs.ts';
import { FakeModel, fakeText } from './fake-model.ts';

/** The Chat page in a real browser, over a model that writes known words. */
let browser: Browser;
let server: ServedWindow;
let opened: OpenWindow;
let page: Page;
let document: string;
const model = new FakeModel({ pace: 15 });

async function fill(filled: ServedWindow, library: string) {
  await fillLibrary(filled, library);
  const file = path.join(library, 'lighthouse.md');
  const chapters = Array.from(
    { length: 12 },
    (_, index) => `# Chapter ${index + 1}\n\n${'The keeper climbed the stairs and lit the lamp. '.repeat(40)}`,
  );
  await writeFile(file, chapters.join('\n\n'));
  ({ id: document } = await importDocument(library, file, new AbortController().signal));
}

beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 2, model }), fill);
  ({ server, browser, page } = opened);
  // As turns, with their versions; the one text has its own tests.
  await page.evaluate(() => localStorage.setItem('hyena-studio.chat-view', 'turns'));
}, 120_000);
afterAll(() => opened?.close());

const open = async (place: string) => {
  await page.goto(`http://127.0.0.1:${server.port}/#/${place}`);
  await page.locator('h1').first().waitFor({ state: 'attached' });
};
const composer = () => page.getByRole('textbox', { name: 'Text to continue' });
const articles = () => page.getByRole('group', { name: 'Conversation' }).getByRole('article');
const answer = () => articles().last().locator('.prose');
/** Waits until so many messages are there and the last is whole. */
async function written(count: number) {
  await expect.poll(() => articles().count(), { timeout: 20_000 }).toBe(count);
  await articles().last().getByRole('button', { name: 'Regenerate' }).waitFor();
}
const send = async (text: string) => {
  await composer().fill(text);
  await composer().press('Enter');
};
const pictured = (name: string) => picture(page, name);

async function newChat(changes: object = {}) {
  const made = await server.windows.requests['chats.create']({
    settings: { run: 'longer', sampling: { max_tokens: 12, seed: 0 } as never, ...changes },
  });
  await open(`chat/${made.id}`);
  if ('document' in changes) await page.getByRole('button', { name: 'Side by side' }).click();
  await composer().waitFor();
  return made.id;
}

describe('a chat', { sequential: true }, () => {
  it('begins with a text, says honestly what the model does, and goes on with it', async () => {
    await open('chat');
    await page.getByText(english('chat.kind.text')).waitFor();
    await send('The sea');
    await page.waitForURL(/#\/chat\/[0-9a-f]{16}/);
    await expect.poll(() => articles().count()).toBe(2);
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await expect.poll(async () => (await answer().innerText()).length).toBeGreaterThan(60);
    await expect.poll(() => composer().evaluate((field) => field === globalThis.document.activeElement)).toBe(true);
  });

  it('stops by Escape within 100 ms of the key, and keeps what was written', async () => {
    await composer().press('Escape');
    const before = performance.now();
    await written(2);
    // The key, the host, the window and the browser's test driver together.
    expect(performance.now() - before).toBeLessThan(1000);
    await page.getByText(english('chat.reason.stopped')).waitFor();
    const text = await answer().innerText();
    await page.waitForTimeout(150);
    await expect.poll(() => answer().innerText()).toBe(text);
    expect(text.includes('\ufffd')).toBe(false);
  });

  it('is written again as another version, and one steps between them by the keyboard', async () => {
    await newChat();
    await send('The sea');
    await written(2);
    const first = (await answer().innerText()).trim();
    expect(first).toBe(fakeText(0, 12).trim());
    await page.getByRole('button', { name: 'Regenerate' }).click();
    await page.getByText('2/2').waitFor();
    await written(2);
    const earlier = page.getByRole('button', { name: 'Previous version' });
    await earlier.focus();
    await page.keyboard.press('Enter');
    await page.getByText('1/2').waitFor();
    await expect.poll(async () => (await answer().innerText()).trim()).toBe(first);
    await page.getByRole('button', { name: 'Next version' }).click();
    await page.getByText('2/2').waitFor();
  });

  it('branches where a message is edited', async () => {
    await page.getByRole('button', { name: 'Edit' }).first().click();
    const field = page.getByRole('textbox', { name: 'Edit' });
    await field.fill('The ship');
    await field.press('Enter');
    await articles().filter({ hasText: 'The ship' }).first().waitFor();
    await written(2);
    await page.getByRole('article', { name: 'You' }).getByText('2/2').waitFor();
    await page.getByRole('article', { name: 'You' }).getByRole('button', { name: 'Previous version' }).click();
    await articles().filter({ hasText: 'The sea' }).first().waitFor();
    await expect.poll(() => articles().last().getByText('2/2').count()).toBe(1);
  });

  it('goes on with its own text where nothing is written', async () => {
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await written(3);
  });

  it('a chat that is reloaded in the middle of an answer has the text so far, and goes on', async () => {
    const id = await newChat({ sampling: { max_tokens: 150, seed: 0 } });
    await send('The sea');
    await expect.poll(async () => (await answer().innerText()).length).toBeGreaterThan(40);
    await page.reload();
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await expect.poll(async () => (await answer().innerText()).length).toBeGreaterThan(40);
    await written(2);
    await expect.poll(async () => (await answer().innerText()).trim()).toBe(fakeText(0, 150).trim());
    await expect
      .poll(async () => (await server.windows.requests['chats.show']({ chat: id })).messages[1].text)
      .toBe(fakeText(0, 150));
  });

  it('says that its model died, keeps the text, and is answered by another process', async () => {
    const starts = model.starts;
    await newChat();
    await send('crash! The sea');
    await page.getByText('The compute process was killed by the system').waitFor();
    await page.getByText('Your message and the partial answer were kept.').waitFor();
    await expect.poll(async () => (await answer().innerText()).length).toBeGreaterThan(2);
    await send('The ship');
    await written(4);
    expect(model.starts).toBe(starts + 1);
  });

  it('has settings, which refuse what is no value and are used for the next answer', async () => {
    const id = await newChat();
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    const temperature = page.getByRole('textbox', { name: 'Temperature' });
    await temperature.fill('77');
    await temperature.press('Tab');
    await page.getByText(english('chat.takes', { from: 0, to: 10 })).waitFor();
    await temperature.fill('0.25');
    await temperature.press('Tab');
    await page.getByRole('textbox', { name: 'Stop sequences' }).fill('\\n\nEnd');
    await page.getByRole('textbox', { name: 'Stop sequences' }).press('Tab');
    await expect
      .poll(async () => (await server.windows.requests['chats.show']({ chat: id })).sampling)
      .toMatchObject({ temperature: 0.25, stop: ['\n', 'End'] });
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await send('The sea');
    await written(2);
    expect(model.requests.at(-1)?.sampling).toMatchObject({ temperature: 0.25, stop: ['\n', 'End'] });
  });

  it('is found by its words, renamed, saved as Markdown, deleted and brought back', async () => {
    const id = await newChat();
    await send('A narwhal at dawn');
    await written(2);
    await page.getByRole('searchbox', { name: 'Search all chats' }).fill('narwh');
    await page.getByText(english('chat.found', { n: 1 })).waitFor();
    await expect.poll(() => page.locator('mark').first().innerText()).toBe('narwhal');
    await page.getByRole('searchbox', { name: 'Search all chats' }).fill('');
    const title = page.getByRole('textbox', { name: 'Chat title' });
    await title.fill('Whales');
    await title.press('Enter');
    await page.getByRole('navigation', { name: 'Chats' }).getByText('Whales').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as Markdown' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe('Whales.md');
    expect(await readFile(await file.path(), 'utf8')).toMatch(
      /^# Whales\n[^]*## You\n\nA narwhal at dawn\n\n## longer\n/,
    );
    await page.getByRole('region', { name: 'Whales' }).getByRole('button', { name: 'Delete' }).click();
    await page.getByText(english('removed', { name: 'Whales' })).waitFor();
    await expect
      .poll(async () => (await server.windows.requests['chats.list']({})).some((chat) => chat.id === id))
      .toBe(false);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('navigation', { name: 'Chats' }).getByText('Whales').waitFor();
    await expect.poll(async () => (await server.windows.requests['chats.show']({ chat: id })).messages).toHaveLength(2);
  });

  it('shows how full the context is, and what does not fit', async () => {
    await newChat({ document: { id: document, edge: 'from', offset: 0 } });
    await page.getByRole('meter', { name: 'Context used' }).waitFor();
    await page.getByText(english('chat.context.part', { share: '7%', from: '0%', to: '7%' })).waitFor();
    await composer().fill('x'.repeat(6000));
    await page.getByText(english('chat.context.left', { n: 1 })).waitFor();
    await composer().fill('');
    await page.getByRole('button', { name: 'Choose another part' }).click();
    const start = page.getByRole('slider', { name: 'Start of the part' });
    await start.press('End');
    await page.getByText(/of the document: from 7\d% to 8\d%/).waitFor();
    const at = await start.inputValue();
    // Another chat begins with its own part, and this one with the one that was chosen.
    await newChat({ document: { id: document, edge: 'from', offset: 0 } });
    await page.getByText(english('chat.context.part', { share: '7%', from: '0%', to: '7%' })).waitFor();
    await page.goBack();
    await page.getByText(/of the document: from 7\d% to 8\d%/).waitFor();
    await expect.poll(() => start.inputValue()).toBe(at);
  });

  it('is read beside its document, and a text is written on from a place in it', async () => {
    await open('chat');
    await page.getByRole('button', { name: 'Documents' }).click();
    await page.getByRole('button', { name: /^lighthouse/ }).click();
    await page.getByRole('region', { name: 'lighthouse' }).last().getByText('Chapter 1').first().waitFor();
    await page.getByRole('button', { name: 'Side by side' }).click();
    await send('What did the keeper light?');
    await written(2);
    expect(model.requests.at(-1)?.prompt).toMatchObject({ document: { id: document, edge: 'from' } });
    const before = page.url();
    await page.getByRole('button', { name: 'Continue from here' }).first().click();
    await page.waitForURL((url) => url.href !== before);
    await written(1);
    expect(model.requests.at(-1)?.prompt).toMatchObject({ turns: [], document: { id: document, edge: 'to' } });
  });

  it('is one text that the model continues: by Ctrl and Enter, taken by Tab, dropped by Escape', async () => {
    const id = await newChat();
    await page.getByRole('button', { name: 'Text', exact: true }).click();
    const field = composer();
    await field.fill('The sea.');
    await field.press('Control+Enter');
    await page.getByRole('button', { name: 'Accept' }).waitFor();
    await expect.poll(() => field.inputValue()).toBe(`The sea.${fakeText(0, 12)}`);
    await pictured('chat-text');
    await field.press('Escape');
    await expect.poll(() => field.inputValue()).toBe('The sea.');
    await field.press('Control+Enter');
    await page.getByRole('button', { name: 'Accept' }).waitFor();
    await field.press('Tab');
    await expect.poll(() => field.evaluate((one) => one === globalThis.document.activeElement)).toBe(true);
    await expect.poll(() => page.getByRole('button', { name: 'Accept' }).count()).toBe(0);
    await field.press('Control+End');
    await page.keyboard.type(' A storm came.');
    await expect.poll(() => page.locator('.drawn .model').innerText()).toBe(fakeText(0, 12));
    await expect.poll(() => page.locator('.drawn .person').allInnerTexts()).toEqual(['The sea.', ' A storm came.']);
    await page.reload();
    await expect.poll(() => field.inputValue()).toBe(`The sea.${fakeText(0, 12)} A storm came.`);
    await field.press('Control+Enter');
    await page.getByRole('button', { name: 'Accept' }).waitFor();
    const { messages } = await server.windows.requests['chats.show']({ chat: id });
    expect(messages.at(-2)).toMatchObject({ role: 'user', text: ' A storm came.' });
    await page.getByRole('button', { name: 'Turns' }).click();
    await articles().first().waitFor();
  });

  it('shows how likely its tokens were', async () => {
    await newChat();
    await send('The sea');
    await written(2);
    await page.getByRole('button', { name: 'Probabilities' }).click();
    const text = page.getByRole('group', { name: 'Answer by tokens' });
    await text.locator('span').nth(1).hover();
    await page.getByRole('listitem').filter({ hasText: 'whale' }).first().waitFor();
    await pictured('chat-tokens');
  });

  it('stays where one reads while an answer comes, and follows it again when asked', async () => {
    await newChat({ sampling: { max_tokens: 400, seed: 0 } });
    const list = page.getByRole('group', { name: 'Conversation' });
    await send('The sea');
    await expect
      .poll(() => list.evaluate((one) => one.scrollHeight - one.clientHeight), { timeout: 30_000 })
      .toBeGreaterThan(200);
    await list.hover();
    await page.mouse.wheel(0, -5000);
    await page.getByRole('button', { name: 'Follow the answer' }).waitFor();
    const top = await list.evaluate((one) => one.scrollTop);
    await page.waitForTimeout(600);
    await expect.poll(() => list.evaluate((one) => one.scrollTop)).toBe(top);
    await page.getByRole('button', { name: 'Follow the answer' }).click();
    await expect
      .poll(() => list.evaluate((one) => one.scrollHeight - one.clientHeight - one.scrollTop))
      .toBeLessThan(40);
    await page.getByRole('button', { name: 'Stop' }).click();
    await written(2);
  });

  it('has prompts and sampling settings that are kept under a name', async () => {
    await newChat();
    await composer().fill('Once upon a time');
    await page.getByRole('button', { name: 'Prompts' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('A tale');
    await page.getByRole('textbox', { name: 'Name' }).press('Enter');
    await page.getByRole('button', { name: 'A tale', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('textbox', { name: 'Temperature' }).fill('0.3');
    await page.getByRole('button', { name: 'Presets' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Careful');
    await page.getByRole('button', { name: 'Save current' }).click();
    await page.getByRole('button', { name: 'Careful', exact: true }).waitFor();
    const id = await newChat();
    await page.getByRole('button', { name: 'Prompts' }).click();
    await page.getByRole('button', { name: 'A tale', exact: true }).click();
    await expect.poll(() => composer().inputValue()).toBe('Once upon a time');
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('button', { name: 'Presets' }).click();
    await page.getByRole('button', { name: 'Careful', exact: true }).click();
    await expect
      .poll(async () => (await server.windows.requests['chats.show']({ chat: id })).sampling.temperature)
      .toBe(0.3);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
  });

  it('is asked beside another model, the same at once', async () => {
    await newChat();
    await send('The sea');
    await written(2);
    await page.getByRole('button', { name: 'Compare' }).click();
    const sides = [1, 2].map((n) => page.getByRole('region', { name: `Chat ${n}` }));
    await sides[1].getByRole('article').nth(1).getByRole('button', { name: 'Regenerate' }).waitFor();
    await send('And the ship?');
    for (const side of sides) {
      await side.getByRole('article').filter({ hasText: 'And the ship?' }).waitFor();
      await side.getByRole('article').nth(3).getByRole('button', { name: 'Regenerate' }).waitFor({ timeout: 30_000 });
    }
    const models = await Promise.all(sides.map((side) => side.getByRole('combobox', { name: 'Model' }).inputValue()));
    expect(new Set(models).size).toBe(2);
    await pictured('chat-compare');
    await sides[1].getByRole('button', { name: 'Show only this one' }).click();
    await expect.poll(() => page.getByRole('region', { name: 'Chat 1' }).count()).toBe(0);
  });

  it('is reached by a shortcut', async () => {
    await open('runs');
    await page.locator('main').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.waitForURL(/#\/chat/);
  });
});

describe.each(['light', 'dark', 'contrast'] as const)('the window in the theme %s', (theme) => {
  it('nothing serious is against it, and it is looked at', async () => {
    await server.windows.requests['preferences.set']({ theme });
    await page.locator(`html[data-theme=${theme}]`).waitFor();
    const look = async (name: string) => {
      for (const [width, height] of [
        [1280, 800],
        [900, 600],
      ]) {
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(250);
        const beyond = await page.evaluate(() => globalThis.document.documentElement.scrollWidth - window.innerWidth);
        expect(beyond).toBeLessThanOrEqual(0);
        await pictured(`${name}-${theme}-${width}`);
        expect([name, width, await faultsOf(page, { theme })]).toEqual([name, width, []]);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    };
    await open('chat');
    await look('chat-new');
    await newChat();
    await page.getByRole('button', { name: 'Text', exact: true }).click();
    await composer().fill('The sea.');
    await composer().press('Control+Enter');
    await page.getByRole('button', { name: 'Accept' }).waitFor();
    await look('chat-text');
    await page.getByRole('button', { name: 'Turns' }).click();
    const sampling = { max_tokens: 90, seed: 0 };
    await newChat({ sampling });
    await send('It was evening, and the ship lay still.');
    await written(2);
    await page.getByRole('button', { name: 'Regenerate' }).click();
    await page.getByText('2/2').waitFor();
    await written(2);
    await page.waitForTimeout(700);
    await look('chat');
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await look('chat-settings');
    await newChat({ sampling, document: { id: document, edge: 'from', offset: 0 } });
    await send('What did the keeper light?');
    await written(2);
    await page.waitForTimeout(700);
    await look('chat-document');
    await newChat();
    await send('fail! The sea');
    await page.getByText('The scores are not finite.').waitFor();
    await look('chat-failed');
    expect(opened.complaints).toEqual([]);
  }, 240_000);
});

it('a library without a trained model says what to do', async () => {
  const { library, remove } = await temporaryLibrary();
  const empty = await serveLibrary(library, fakeWindowJobs({ pace: 2 }));
  await empty.windows.requests['preferences.set']({ welcomed: true });
  const { page: other, context } = await openPage(browser, empty.address);
  await other.goto(`http://127.0.0.1:${empty.port}/#/chat`);
  await other.getByRole('link', { name: 'Train a model' }).waitFor();
  await until(async () => (await other.getByText(english('chat.none')).count()) === 1);
  await picture(other, 'chat-empty-light-1280');
  await context.close();
  await empty.close();
  await remove();
});
