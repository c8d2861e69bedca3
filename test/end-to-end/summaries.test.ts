import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetRecordSchema } from '../../main/contract/datasets.ts';
import { writtenSummarySchema } from '../../main/contract/written-summary.ts';
import { Host } from '../../main/host/host.ts';
import { startJob } from '../../main/workers/start-job.ts';
import { pages, smallest, TestLibrary } from './command.ts';
import { animals, summaryOf, toyStory, toyRows, toySettings } from './toy-corpus.ts';

/** Summaries that a model writes: a tiny one is trained on made-up texts with their summaries. */
let place: TestLibrary;
let host: Host;
const file = (name: string, text: string) => writeFile(path.join(place.folder, name), text);
const lines = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).join('\n');
/** Texts that were not trained on. */
const fresh = (animal: string, index: number, sentences: number) => toyStory(animal, 10_000 + index, sentences);

beforeAll(async () => {
  place = await TestLibrary.make();
  await file('tales.jsonl', lines(toyRows));
  await file('pages.txt', pages);
  const talk = (index: number) => [
    { role: 'user', content: `Hello ${index}` },
    { role: 'assistant', content: 'Hello.' },
  ];
  await file('talk.jsonl', lines(Array.from({ length: 30 }, (_, index) => ({ messages: talk(index) }))));
  const [{ record }] = (await place.json('data', 'add', 'tales.jsonl', '--name', 'tales')).slice(-1);
  const { statistics } = datasetRecordSchema.parse(record);
  expect(statistics.summaries).toBe(statistics.documents);
  await place.json('data', 'add', 'pages.txt', '--name', 'pages');
  await place.json('data', 'add', 'talk.jsonl', '--name', 'talk');
  await place.json('train', '--data', 'pages', '--run', 'plain', ...smallest, '--set', 'max_steps=5');
  await place.json(
    'train',
    '--data',
    'talk',
    '--run',
    'talker',
    ...smallest,
    '--set',
    'l_max=256',
    '--set',
    'max_steps=5',
  );
  await place.json('train', '--data', 'tales', '--run', 'teller', ...toySettings);
  host = await Host.open(place.library, startJob);
}, 600_000);
afterAll(() => place.remove());

const written = async (...parameters: string[]) =>
  writtenSummarySchema.parse((await place.json('summarise', ...parameters, '--generate'))[0]);

describe('a summary that a model writes', () => {
  it('is of the text at hand, for texts that it never saw', async () => {
    const right: boolean[] = [];
    for (const [index, animal] of [...animals, ...animals].entries()) {
      await file(`${index}.txt`, fresh(animal, index, 1 + (index % 2)));
      const { id } = await host.documents.import(path.join(place.folder, `${index}.txt`)).result;
      const { parts } = await host.documents.write(id, { run: 'teller' }).result;
      expect(parts).toHaveLength(1);
      right.push(parts[0].text === summaryOf(animal) && parts[0].reason === 'end');
    }
    const { ability, complete, run } = await written('0.txt');
    expect({ ability, complete, run }).toEqual({ ability: 'trained', complete: true, run: 'teller' });
    // By chance it would be right twice.
    expect(right.filter(Boolean).length).toBeGreaterThanOrEqual(6);
  });

  it('is written section after section where the context is too short for all', async () => {
    const text = animals.map((animal, index) => `# Part ${index}\n\n${fresh(animal, index, 6)}`).join('\n\n');
    await file('long.md', text);
    const { parts, limit } = await written('long.md', '--max-tokens', '12');
    expect(limit).toBe(256);
    expect([...new Set(parts.map(({ section }) => section))]).toEqual(animals.map((_, index) => `Part ${index}`));
    expect(parts.length).toBeGreaterThan(animals.length);
    for (const [index, { start, end, section, text: output, tokens }] of parts.entries()) {
      expect(start).toBeGreaterThanOrEqual(index === 0 ? 0 : parts[index - 1].end);
      expect(end - start).toBeLessThan(256);
      expect(text.slice(start, end)).toContain(animals[Number(section!.slice(5))]);
      expect(output.length).toBeGreaterThan(0);
      expect(tokens).toBeLessThanOrEqual(12);
    }
    // What the model reads is whole sentences.
    expect(parts.every(({ start, end }) => /[.\n]\s*$/.test(text.slice(start, end)))).toBe(true);
    const { stdout } = await place.hyena('summarise', 'long', '--generate', '--max-tokens', '12');
    for (const { text: output } of parts) expect(stdout).toContain(output);
    expect(stdout).toContain('Part 3');
  });

  it('a summary by a model, interrupted, leaves what there is', async () => {
    await file(
      'longer.md',
      Array.from({ length: 60 }, (_, index) => `# S${index}\n\n${fresh(animals[index % 4], index, 5)}`).join('\n\n'),
    );
    const running = place.begin('summarise', 'longer.md', '--generate');
    await running.printed(/S2\n/);
    running.signal('SIGINT');
    const { code, stdout } = await running.outcome;
    expect(code).toBe(130);
    expect(stdout).toMatch(/^S0\n\S/);
    expect(stdout).not.toContain('S59');
    // The same for a window: what was told piece by piece is what came of it.
    const [record] = (await host.documents.list()).documents.filter(({ title }) => title === 'longer');
    const task = host.documents.write(record.id, { run: 'teller', by: 'section' });
    const messages: string[] = [];
    for await (const event of task.events.join()) {
      if (event.type === 'part') messages.push('');
      if (event.type === 'text') messages[messages.length - 1] += event.text;
      if (messages.length === 3) task.stop();
    }
    const { complete, parts } = await task.result;
    expect(complete).toBe(false);
    expect(parts.length).toBeGreaterThanOrEqual(2);
    expect(parts.length).toBeLessThan(20);
    expect(parts.map(({ text }) => text)).toEqual(messages.slice(0, parts.length));
  });

  it('is refused by a model that was not trained to, and told with care by one of chats', async () => {
    const runs = await place.json('runs', 'list');
    expect(Object.fromEntries(runs.map(({ name, writesSummaries }) => [name, writesSummaries]))).toEqual({
      teller: 'trained',
      talker: 'asked',
      plain: null,
    });
    const refused = await place.hyena('summarise', 'long', '--generate', '--run', 'plain');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/was not trained to write summaries[^]*documents paired with summaries/);
    const requested = await place.hyena('summarise', '0', '--generate', '--run', 'talker', '--max-tokens', '4');
    expect(requested.code).toBe(0);
    expect(requested.stderr).toMatch(/trained on chats, but not known to be trained on summaries/);
    expect((await place.hyena('summarise', '0', '--generate', '--sentences', '3')).code).toBe(2);
  });
});
