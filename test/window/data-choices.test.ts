import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { picture } from './browser.ts';
import { english } from './english.ts';
import { fillLibrary } from './filled-library.ts';
import { openWindow, type OpenWindow } from './open-window.ts';
import { fakeWindowJobs } from './fake-jobs.ts';

/** Adding and deleting data, and files that are dropped anywhere: what a person chose is not lost, nor done twice. */
let opened: OpenWindow;
let page: Page;
const panel = () => page.getByRole('region', { name: 'Add data' });
const goTo = (place: string) => page.goto(`http://127.0.0.1:${opened.server.port}/#/${place}`);
const rows = Array.from({ length: 30 }, (_, row) => `${row},Björn from 千尋 wrote ticket ${row}.`).join('\n');
const table = { name: 'tickets.csv', mimeType: 'text/csv', buffer: Buffer.from(`ticket,body\n${rows}\n`) };
const note = { name: 'note.md', mimeType: 'text/markdown', buffer: Buffer.from('# A note\n\nThe lamp was lit. 👩‍👩‍👧') };

beforeAll(async () => {
  opened = await openWindow(fakeWindowJobs({ pace: 2 }), fillLibrary);
  ({ page } = opened);
}, 120_000);
afterAll(() => opened?.close());

async function choose(files: (typeof table)[]) {
  await goTo('data');
  await page.locator('input[type=file]').first().setInputFiles(files);
  await panel().getByRole('radio', { name: 'Bytes' }).waitFor();
}
/** A drag as a browser tells it: over a part of the page, then let go. */
async function drag(over: string, kind: 'dragover' | 'drop', name: string, content: string) {
  const files = await page.evaluateHandle(
    ([own, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], own, { type: 'text/plain' }));
      return data;
    },
    [name, content] as const,
  );
  await page.locator(over).first().dispatchEvent(kind, { dataTransfer: files });
}

describe('the choices for new data', () => {
  it('last over another page, a reload and a failure', async () => {
    await choose([table]);
    await panel().getByRole('textbox', { name: /^Name/ }).fill('mine');
    await panel().getByRole('slider').fill('17');
    await panel().getByRole('radio', { name: 'Trained on this text (1,024 tokens)' }).check();
    const isKept = async () => {
      await panel().getByText('tickets.csv').first().waitFor();
      await expect.poll(() => panel().getByRole('textbox', { name: /^Name/ }).inputValue()).toBe('mine');
      await expect.poll(() => panel().getByRole('slider').inputValue()).toBe('17');
      const learned = panel().getByRole('radio', { name: 'Trained on this text (1,024 tokens)' });
      await learned.waitFor();
      await expect.poll(() => learned.isChecked()).toBe(true);
    };
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    await page.goBack();
    await isKept();
    await page.reload();
    await isKept();
    // Somebody else takes the name first.
    const { requests } = opened.server.windows;
    const { task } = await requests['datasets.add']({
      ...{ name: 'mine', tokenizer: 'bytes', validation: 0, field: null },
      grants: [(await requests['files.sample']({})).grant],
    });
    await page.getByRole('link', { name: /^mine/ }).waitFor();
    await requests['tasks.dismiss']({ task });
    await panel().getByRole('textbox', { name: /^Name/ }).fill('mine-too');
    await panel().getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => panel().count()).toBe(0);
  });

  it('say what every file becomes, in whole characters and with no place of the library', async () => {
    await choose([table, note, { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.from('') }]);
    await panel().getByText('30 rows became 30 documents · column body').waitFor();
    await panel().getByText('The lamp was lit.').first().waitFor();
    await expect.poll(() => panel().textContent()).toContain('Björn from 千尋');
    await picture(page, 'add-tokens');
    await panel().getByRole('checkbox', { name: 'Show tokens' }).uncheck();
    await panel().getByText('Björn from 千尋 wrote ticket 0.').waitFor();
    await picture(page, 'add-text');
    const text = (await panel().textContent())!;
    expect(text).not.toContain('\ufffd');
    for (const inner of ['.uploads', opened.library]) expect(text).not.toContain(inner);
    await panel().getByText('empty.txt', { exact: true }).first().waitFor();
    await panel().getByRole('button', { name: 'Cancel' }).click();
  });

  it('cannot be added where there is no text, and the columns are named', async () => {
    await choose([table]);
    await panel()
      .getByRole('textbox', { name: /^Text column/ })
      .fill('nonsense');
    await panel()
      .getByText(english('add.obstacle.field', { field: 'nonsense' }))
      .waitFor();
    await expect.poll(() => panel().getByRole('button', { name: 'Add', exact: true }).isDisabled()).toBe(true);
    await expect.poll(() => panel().textContent()).toMatch(/ticket, body/);
    await panel()
      .getByRole('textbox', { name: /^Text column/ })
      .fill('body');
    await expect.poll(() => panel().getByRole('button', { name: 'Add', exact: true }).isDisabled()).toBe(false);
    await panel().getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('article', { name: 'tickets' }).waitFor();
  });
});

describe('a data set that is deleted', () => {
  it('is replaced by no other under the pointer, says which runs need it and comes back', async () => {
    await goTo('data/moby-dick');
    const article = page.getByRole('article', { name: 'moby-dick' });
    await article.getByText(/Used by runs /).waitFor();
    const { requests } = opened.server.windows;
    const before = (await requests['datasets.list']({})).length;
    await article.getByRole('button', { name: 'Delete' }).dblclick();
    await page.getByText(/Moved moby-dick to the trash\. Runs .* cannot be resumed without it\./).waitFor();
    await page.getByRole('heading', { name: english('data.gone', { name: 'moby-dick' }) }).waitFor();
    await expect.poll(async () => (await requests['datasets.list']({})).length).toBe(before - 1);
    await expect.poll(() => page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await article.waitFor();
  });
});

describe('a file that is dropped on the window', () => {
  it('becomes a document on the Chat page, wherever it is let go', async () => {
    const { requests } = opened.server.windows;
    await requests['chats.create']({ settings: { run: null } });
    const [chat] = await requests['chats.list']({});
    await goTo(`chat/${chat.id}`);
    await page.locator('.messages').waitFor();
    await drag('.messages', 'dragover', 'A story.txt', '');
    await page.getByText('Drop to open as a document').waitFor();
    await picture(page, 'drop-chat');
    await drag('.messages', 'drop', 'A story.txt', 'Maren lit the lamp. '.repeat(40));
    await page.getByRole('region', { name: 'Document text' }).getByText('Maren lit the lamp.').first().waitFor();
    await expect
      .poll(async () => (await requests['documents.list']({})).documents.map(({ title }) => title))
      .toEqual(['A story']);
  });

  it('becomes data on the Data page and where nothing else takes it', async () => {
    for (const place of ['data', 'runs']) {
      await goTo(place);
      await page.locator('h1').first().waitFor();
      await drag('h1', 'dragover', 'notes.txt', '');
      await page.getByText('Drop to add as data').waitFor();
      await drag('h1', 'drop', 'notes.txt', 'A note. '.repeat(40));
      await panel().getByText('notes.txt').first().waitFor();
      await panel().getByRole('button', { name: 'Cancel' }).click();
    }
  });

  it('leaves text that is dragged to where text is written', async () => {
    const { requests } = opened.server.windows;
    const [chat] = await requests['chats.list']({});
    await goTo(`chat/${chat.id}`);
    await page.getByRole('button', { name: 'Side by side' }).click();
    await page.locator('textarea').first().waitFor();
    const prevented = (over: string) =>
      page
        .locator(over)
        .first()
        .evaluate((element) => {
          const data = new DataTransfer();
          data.setData('text/plain', 'some words');
          const event = new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true });
          element.dispatchEvent(event);
          return event.defaultPrevented;
        });
    await expect.poll(() => prevented('textarea')).toBe(false);
    await expect.poll(() => prevented('h1')).toBe(true);
    await expect.poll(() => page.getByText(/^Drop to/).count()).toBe(0);
    expect(opened.complaints).toEqual([]);
  });
});
