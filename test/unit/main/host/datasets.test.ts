import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../../../main/contract/configuration.ts';
import { toEnglish } from '../../../../main/contract/message.ts';
import { Datasets } from '../../../../main/host/datasets.ts';
import { dialogOf } from '../../../../main/host/export/dialog-of.ts';
import { datasetIdentity } from '../../../../main/library/datasets/identity.ts';
import { createRun, readRunRecord, runFolder, updateRunRecord } from '../../../../main/library/runs/run-folder.ts';
import { lockRun } from '../../../../main/library/runs/run-lock.ts';
import type { StartJob } from '../../../../main/workers/start-job.ts';
import { runAddDataset } from '../../../../worker/data/datasets/job.ts';
import type { Job } from '../../../../main/contract/jobs.ts';

/** What can be done with a data set that is in the library. */
let folder: string;
let datasets: Datasets;
const startJob: StartJob = (job, onEvent) => {
  const leaving = new AbortController();
  const result = runAddDataset(job as Job<'add-dataset'>, { signal: leaving.signal, emit: onEvent });
  return { pid: process.pid, result, stop: () => leaving.abort() };
};
const file = (name: string) => path.join(folder, 'files', name);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-datasets-'));
  await mkdir(path.join(folder, 'files'));
  await writeFile(file('one.txt'), 'The lamp was lit. '.repeat(40));
  await writeFile(file('two.txt'), 'The ship went on. '.repeat(40));
  datasets = new Datasets(folder, startJob);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function add(changes: Partial<Parameters<Datasets['add']>[0]> = {}) {
  const paths = [file('one.txt'), file('two.txt')];
  const options = { name: 'pages', paths, tokenizer: 'bytes', validation: 0.1, field: null, ...changes };
  return await datasets.add(options).result;
}
async function train(run: string, dataset: string) {
  const record = await createRun(folder, run, runConfigurationSchema.parse({ dataset }));
  const identity = datasetIdentity(await datasets.get(dataset));
  await updateRunRecord(folder, record, { status: 'stopped', dataset: { name: dataset, identity } });
}
const dataOf = async (run: string) => {
  const { configuration, dataset } = await readRunRecord(folder, run);
  return [configuration.dataset, dataset?.name];
};

describe('a data set that is renamed', () => {
  it('takes its runs with it', async () => {
    await add();
    await train('swift', 'pages');
    expect((await datasets.rename('pages', 'Two pages')).name).toBe('Two pages');
    expect((await datasets.list()).datasets.map(({ name }) => name)).toEqual(['Two pages']);
    expect(await dataOf('swift')).toEqual(['Two pages', 'Two pages']);
    // In other capitals it is the same name.
    expect((await datasets.rename('Two pages', 'two pages')).name).toBe('two pages');
    expect(await readdir(path.join(folder, 'datasets'))).toEqual(['two pages']);
  });

  it('takes no name that is another’s or none, and waits for a run that trains', async () => {
    await add();
    await add({ name: 'other', paths: [file('one.txt')] });
    await expect(datasets.rename('pages', 'OTHER')).rejects.toMatchObject({ code: 'already-exists' });
    await expect(datasets.rename('pages', 'a/b')).rejects.toMatchObject({ code: 'usage' });
    await expect(datasets.rename('nothing', 'x')).rejects.toMatchObject({ code: 'not-found' });
    await train('swift', 'pages');
    const lock = await lockRun(runFolder(folder, 'swift'));
    await expect(datasets.rename('pages', 'x')).rejects.toMatchObject({ code: 'locked' });
    await expect(datasets.reread('pages')).rejects.toMatchObject({ code: 'locked' });
    expect((await datasets.get('pages')).name).toBe('pages');
    await lock.release();
    expect((await datasets.rename('pages', 'x')).name).toBe('x');
  });

  it('has tags, each once, that stay when it is read again', async () => {
    await add();
    await datasets.tag('pages', ['books', 'small', 'books']);
    expect((await datasets.get('pages')).tags).toEqual(['books', 'small']);
    await (
      await datasets.reread('pages')
    ).result;
    expect((await datasets.get('pages')).tags).toEqual(['books', 'small']);
  });
});

describe('the files of a data set', () => {
  it('have their sizes and documents, and what has changed or gone is named', async () => {
    await add();
    expect(await datasets.files('pages')).toMatchObject({
      ...{ count: 2, changed: 0, gone: 0 },
      files: [
        { name: file('one.txt'), bytes: 720, documents: 1, state: 'unchanged' },
        { name: file('two.txt'), bytes: 720, documents: 1, state: 'unchanged' },
      ],
    });
    await utimes(file('one.txt'), 1, 1);
    await rm(file('two.txt'));
    const now = await datasets.files('pages');
    expect([now.changed, now.gone]).toEqual([1, 1]);
    expect(now.files.map(({ state }) => state)).toEqual(['changed', 'gone']);
  });

  it('of an earlier version are those that were chosen', async () => {
    await add({ names: ['one.txt', 'two.txt'] });
    await rm(path.join(folder, 'datasets', 'pages', 'files.jsonl'));
    await rm(file('two.txt'));
    expect((await datasets.files('pages')).files).toEqual([
      { name: 'one.txt', bytes: null, documents: null, state: 'unknown' },
      { name: 'two.txt', bytes: null, documents: null, state: 'gone' },
    ]);
  });
});

describe('a data set that is read again', () => {
  it('is replaced, and one that runs were trained on stays for them', async () => {
    const before = await add();
    await train('swift', 'pages');
    await writeFile(file('one.txt'), 'The lamp went out. '.repeat(50));
    const task = await datasets.reread('pages');
    const after = await task.result;
    const told: string[] = [];
    for await (const event of task.events.join()) if (event.type === 'problem') told.push(toEnglish(event.message));
    expect(after.name).toBe('pages');
    expect(after.statistics.bytes).not.toBe(before.statistics.bytes);
    const kept = `pages-${before.created.slice(0, 10)}`;
    expect((await datasets.list()).datasets.map(({ name }) => name)).toEqual(['pages', kept]);
    expect(datasetIdentity(await datasets.get(kept))).toBe(datasetIdentity(before));
    expect(await dataOf('swift')).toEqual([kept, kept]);
    expect(told.join()).toContain(kept);
    // Nothing changed since: nothing else is kept.
    await (
      await datasets.reread('pages')
    ).result;
    expect((await datasets.list()).datasets).toHaveLength(2);
    expect(await readdir(path.join(folder, 'datasets'))).toHaveLength(2);
  });

  it('stays as it is if the files are gone, empty, or reading is cancelled', async () => {
    const before = await add();
    await writeFile(file('one.txt'), '');
    await writeFile(file('two.txt'), '');
    await expect((await datasets.reread('pages')).result).rejects.toMatchObject({ code: 'bad-input' });
    const task = await datasets.reread('pages');
    task.stop();
    await expect(task.result).rejects.toBeTruthy();
    await rm(file('two.txt'));
    await expect(datasets.reread('pages')).rejects.toMatchObject({ code: 'not-found' });
    expect(await datasets.get('pages')).toEqual(before);
    expect(await readdir(path.join(folder, 'datasets'))).toEqual(['pages']);
  });

  it('takes other files in place of those that are gone', async () => {
    await add();
    await rm(file('one.txt'));
    await rm(file('two.txt'));
    await writeFile(file('again.txt'), 'The lamps were lit again. '.repeat(60));
    const chosen = { paths: [file('again.txt')], names: ['again.txt'] };
    const { request } = await (await datasets.reread('pages', chosen)).result;
    expect(request).toMatchObject({ ...chosen, tokenizer: 'bytes' });
    expect((await datasets.files('pages')).files.map(({ name, state }) => [name, state])).toEqual([
      ['again.txt', 'unchanged'],
    ]);
  });

  it('takes the same columns', async () => {
    const table = file('rows.jsonl');
    await writeFile(table, '{"q":"Who?","a":"Maren."}\n{"q":"Where?","a":"Here."}\n');
    await add({ name: 'rows', paths: [table], columns: { prompt: 'q', reply: 'a', system: null } });
    await writeFile(table, '{"q":"When?","a":"Now."}\n');
    const { request, splits } = await (await datasets.reread('rows')).result;
    expect(request.columns).toEqual({ prompt: 'q', reply: 'a', system: null });
    expect(splits.train.learnedTokens + splits.validation.learnedTokens).toBe('Now.'.length + 1);
  });
});

describe('the text of a data set', () => {
  const exported = async (name: string, to: 'text' | 'jsonl') => {
    const target = path.join(folder, `${name}.${to}`);
    await datasets.export(name, { to, file: target }).result;
    return await readFile(target, 'utf8');
  };
  const lines = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('is written as it was read, and read again the same', async () => {
    await add({ validation: 0, tokenizer: 'bpe:300' });
    expect(await exported('pages', 'text')).toBe(
      `${'The lamp was lit. '.repeat(40)}\n\n${'The ship went on. '.repeat(40)}\n\n`,
    );
    const rows = lines(await exported('pages', 'jsonl'));
    expect(rows).toEqual([
      { text: 'The lamp was lit. '.repeat(40), split: 'train', source: file('one.txt') },
      { text: 'The ship went on. '.repeat(40), split: 'train', source: file('two.txt') },
    ]);
    const again = await add({ name: 'again', paths: [path.join(folder, 'pages.jsonl')], validation: 0 });
    expect(again.statistics.bytes).toBe(1440);
    await expect(exported('pages', 'text')).rejects.toMatchObject({ code: 'already-exists' });
  });

  it('of chats has their messages, and what does not count in the loss does not again', async () => {
    const chats = file('chats.jsonl');
    const rows = [
      [
        ['system', 'Be brief.'],
        ['user', 'Who?'],
        ['assistant', 'Maren.'],
        ['user', 'And then?'],
        ['assistant', 'The ship.'],
      ],
      [
        ['user', 'Where?'],
        ['assistant', 'Here.'],
      ],
    ].map((turns) => ({ messages: turns.map(([role, content]) => ({ role, content })) }));
    await writeFile(chats, rows.map((row) => JSON.stringify(row)).join('\n'));
    const before = await add({ name: 'chats', paths: [chats], validation: 0 });
    const written = lines(await exported('chats', 'jsonl'));
    expect(written.map(({ messages }) => ({ messages }))).toEqual(rows);
    const after = await add({ name: 'again', paths: [path.join(folder, 'chats.jsonl')], validation: 0 });
    expect(datasetIdentity(after)).toBe(datasetIdentity(before));
  });

  it('keeps answers of weight 0, and other documents as text', () => {
    const text = '### Instruction:\nA?\n\n### Response:\nB.\n\n### Instruction:\nC?\n\n### Response:\nD.';
    const mask = [...text].map((_, index) => (index >= text.length - 2 ? 1 : 0));
    expect(dialogOf(mask, (from, until) => text.slice(from, until))).toEqual([
      { role: 'user', content: 'A?' },
      { role: 'assistant', content: 'B.', weight: 0 },
      { role: 'user', content: 'C?' },
      { role: 'assistant', content: 'D.' },
    ]);
    expect(dialogOf([1, 1], () => 'ab')).toBeNull();
    expect(dialogOf([0, 1], (from, until) => 'ab'.slice(from, until))).toBeNull();
  });
});
