import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../../../main/contract/configuration.ts';
import type { RunEvent } from '../../../../main/contract/events.ts';
import { joinMessages, msg, toMessage } from '../../../../main/contract/message.ts';
import { ChatStore } from '../../../../main/host/chats/chat-store.ts';
import { followMetrics } from '../../../../main/host/window/metrics-tail.ts';
import { loadRecord } from '../../../../main/library/datasets/library.ts';
import { readRecord } from '../../../../main/library/documents/store.ts';
import { parseStored } from '../../../../main/library/files/stored-json.ts';
import { MetricsFile, readMetrics } from '../../../../main/library/runs/metrics-file.ts';
import { createRun, readRunRecord, updateRunRecord } from '../../../../main/library/runs/run-folder.ts';
import { ChoiceCache } from '../../../../worker/devices/choice-cache.ts';

let library: string;
beforeEach(async () => {
  library = await mkdtemp(path.join(tmpdir(), 'hyena-earlier-'));
});
afterEach(() => rm(library, { recursive: true, force: true }));

async function write(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(library, file)), { recursive: true });
  await writeFile(path.join(library, file), content);
}
const linesOf = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

const fastest = msg`It is the fastest here: a step takes ${'5 ms'} on ${'native'}.`;
const fastestEnglish = 'It is the fastest here: a step takes 5 ms on native.';
/** An error as it was stored: its English, and beside it those of its sentences that have values. */
const storedError = {
  ...{ code: 'out-of-memory', message: 'It needs 9 MiB.', kept: 'Step 3.', hint: 'See a.' },
  told: { message: msg`It needs ${9} MiB.`, hint: msg`See ${'a'}` },
};
const error = {
  ...{ code: 'out-of-memory', message: msg`It needs ${9} MiB.` },
  ...{ kept: msg`Step 3.`, hint: msg`See ${'a'}` },
};

describe('what earlier versions stored', () => {
  it('of a run is read, and written as messages from then on', async () => {
    await createRun(library, 'old', runConfigurationSchema.parse({ dataset: 'book' }));
    const file = path.join(library, 'runs', 'old', 'run.json');
    const record = JSON.parse(await readFile(file, 'utf8')) as object;
    const stored = {
      ...record,
      status: 'failed',
      deviceReason: fastestEnglish,
      deviceTold: fastest,
      error: storedError,
    };
    await writeFile(file, JSON.stringify(stored, null, 2));
    const read = await readRunRecord(library, 'old');
    expect(read).toMatchObject({ deviceReason: fastest, error });
    await updateRunRecord(library, read, { step: 4 });
    expect(await readFile(file, 'utf8')).not.toMatch(/told/i);
    expect(await readRunRecord(library, 'old')).toMatchObject({ step: 4, deviceReason: fastest, error });
  });

  it('of a run whose sentences have no values is read', async () => {
    await createRun(library, 'older', runConfigurationSchema.parse({ dataset: 'book' }));
    const file = path.join(library, 'runs', 'older', 'run.json');
    const record = JSON.parse(await readFile(file, 'utf8')) as object;
    const plain = { code: 'device', message: 'The {0|one: a|other: b} of x|y failed.' };
    await writeFile(file, JSON.stringify({ ...record, deviceReason: 'It was asked for.', error: plain }));
    const read = await readRunRecord(library, 'older');
    expect(read.deviceReason).toEqual(msg`It was asked for.`);
    expect(read.error?.message).toEqual({ template: '{0}', values: [plain.message] });
  });

  it('of a run as events is read: all of them, by the program and by its window', async () => {
    const start = {
      ...{ type: 'start', run: 'old', dataset: 'book', device: 'native', parameters: 1, step: 0, totalSteps: 9 },
      ...{ vocabularySize: 256, resumed: false },
    };
    const recovery = { type: 'recovery', step: 3, action: 'skipped', toStep: 2, learningRateScale: 1 };
    await write(
      'runs/old/metrics.jsonl',
      linesOf([
        { ...start, deviceReason: fastestEnglish, deviceTold: fastest },
        { ...recovery, reason: 'the loss is not a number' },
        { ...recovery, reason: 'a loss of 5', told: msg`a loss of ${5}` },
        { type: 'notice', message: 'The checkpoint a is damaged.', told: msg`The checkpoint ${'a'} is damaged.` },
        { type: 'notice', message: 'It says "told": {}.' },
        { type: 'error', ...storedError },
      ]),
    );
    const expected = [
      { ...start, deviceReason: fastest },
      { ...recovery, reason: msg`the loss is not a number` },
      { ...recovery, reason: msg`a loss of ${5}` },
      { type: 'notice', message: msg`The checkpoint ${'a'} is damaged.` },
      { type: 'notice', message: toMessage('It says "told": {}.') },
      { type: 'error', ...error },
    ];
    const folder = path.join(library, 'runs', 'old');
    expect((await readMetrics(folder)).events).toEqual(expected);
    const leaving = new AbortController();
    for await (const { events } of followMetrics(path.join(folder, 'metrics.jsonl'), null, leaving.signal)) {
      expect(events.map(({ event }) => event)).toEqual(expected);
      leaving.abort();
    }
    // A run that goes back to a checkpoint keeps what was reported, in the form of today.
    const file = await MetricsFile.open(folder, 0, 0);
    await file.append(expected[0] as RunEvent);
    const { bytes } = file;
    for (const event of expected.slice(1)) await file.append(event as RunEvent);
    await file.rewind(bytes, 0);
    await file.close();
    expect((await readMetrics(folder)).events).toEqual(expected.slice(0, 5));
  });

  it('of a data set is read', async () => {
    const shards = { documents: 0, tokens: 0, learnedTokens: 0, bytes: 0, shards: [], masks: [] };
    const split = { ...shards, index: { file: 'i', bytes: 0, sha256: '0'.repeat(64) } };
    const problem = { source: 'a.txt', severity: 'note' };
    const record = {
      ...{ version: 1, name: 'book', created: '2026-01-01T00:00:00.000Z', dtype: 'uint16', problemCount: 2 },
      request: { paths: ['/a.txt'], tokenizer: 'bytes', validation: 0, field: null },
      tokenizer: { name: 'bytes', vocabularySize: 256, endOfText: null, sha256: '0'.repeat(64) },
      splits: { train: split, validation: split },
      statistics: {
        ...{ files: 1, sourceBytes: 0, documents: 0, duplicates: 0, duplicateBytes: 0, tokens: 0, bytes: 0 },
        ...{ bytesPerToken: 1, distinctTokens: 0, frequentTokens: [], longestDocument: null, documentLengths: [] },
      },
      problems: [
        { ...problem, message: 'It was read as UTF-16.', told: msg`It was read as ${'UTF-16'}.` },
        { ...problem, message: 'It is empty.' },
      ],
    };
    await write('datasets/book/dataset.json', JSON.stringify(record, null, 2));
    expect((await loadRecord(library, 'book')).problems).toEqual([
      { ...problem, message: msg`It was read as ${'UTF-16'}.` },
      { ...problem, message: msg`It is empty.` },
    ]);
  });

  it('of documents is read', async () => {
    const record = {
      ...{ format: 1, title: 'A', source: 'a.pdf', added: '2026-01-01T00:00:00.000Z', bytes: 1, sha256: '', words: 1 },
      ...{ characters: 1, places: { pages: 0, chapters: 0, headings: 0 } },
    };
    const told = [msg`Page ${3} has no text.`, joinMessages([msg`It ends early.`, 'x'])];
    const [both, english] = ['0000000000000001', '0000000000000002'];
    const problems = ['Page 3 has no text.', 'It ends early. x'];
    await write(`documents/${both}/document.json`, JSON.stringify({ ...record, id: both, problems, told }));
    await write(`documents/${english}/document.json`, JSON.stringify({ ...record, id: english, problems }));
    expect((await readRecord(library, both)).problems).toEqual(told);
    expect((await readRecord(library, english)).problems).toEqual(problems.map(toMessage));
  });

  it('of a chat is read', async () => {
    const store = new ChatStore(library);
    const id = await store.create({ run: 'old' });
    const file = path.join(library, 'chats', id, 'chat.jsonl');
    const answer = { run: 'old', step: 1, reason: null, tokens: 0, seconds: 0, seed: 1, context: null };
    const message = {
      ...{ id: '0000000000aa', parent: null, role: 'assistant', text: '"told":', time: '2026-01-01T00:00:00.000Z' },
      ...{ state: 'failed', answer: { ...answer, error: storedError } },
    };
    await writeFile(file, (await readFile(file, 'utf8')) + linesOf([{ type: 'message', message }]));
    const { messages, problems } = await new ChatStore(library).get(id);
    expect(problems).toEqual([]);
    expect(messages).toEqual([{ ...message, answer: { ...answer, error } }]);
  });

  it('of a choice of a device is used', async () => {
    const choice = { chosen: 'native', time: '2026-01-01T00:00:00.000Z' };
    const stored = { shape: { ...choice, reason: fastestEnglish, told: fastest } };
    await write('devices/choices.json', JSON.stringify(stored, null, 2));
    expect(new ChoiceCache(path.join(library, 'devices')).get('shape')).toEqual({ ...choice, reason: fastest });
  });

  it('is left as it is where nothing of it is a message', () => {
    const others = [{ vocabulary: { told: 5, tells: 6 } }, { told: 'a', message: 'b' }, ['"told":'], { told: null }];
    for (const value of others) expect(parseStored(JSON.stringify(value))).toEqual(value);
    expect(() => parseStored('{"told": {')).toThrow(SyntaxError);
  });
});
