import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  askResultSchema,
  documentRecordSchema,
  readResultSchema,
  summaryResultSchema,
  surpriseMapSchema,
} from '../../main/contract/documents.ts';
import { defaultPreset } from '../../main/contract/presets.ts';
import { jsonLines, pages, smallest, TestLibrary } from './command.ts';

const story = [
  '# The Lighthouse',
  'The keeper of the lighthouse was called Maren, and she had a grey cat. Every evening she climbed the stairs.',
  '## The Storm',
  'One night a storm broke the lamp. The ships in the bay could not see the rocks any more.',
  'Maren lit a fire of driftwood on the roof, and the cat watched. All the ships came home.',
].join('\n\n');

let place: TestLibrary;
const shelf = () => readdir(path.join(place.library, 'documents'));
beforeAll(async () => {
  place = await TestLibrary.make();
  await writeFile(path.join(place.folder, 'pages.txt'), pages);
  await writeFile(path.join(place.folder, 'story.md'), story);
  await place.json('data', 'add', 'pages.txt', '--name', 'pages');
  await place.json('train', '--data', 'pages', '--run', 'little', ...smallest, '--set', 'max_steps=10');
}, 300_000);
afterAll(() => place.remove());

describe('a document', () => {
  it('is imported once, whatever it is called', async () => {
    const record = documentRecordSchema.parse((await place.json('read', 'story.md', '--import-only'))[0]);
    expect(record).toMatchObject({ title: 'story', source: 'story.md', places: { headings: 2 } });
    await writeFile(path.join(place.folder, 'copy.md'), story);
    expect((await place.json('read', 'copy.md', '--import-only'))[0]).toEqual(record);
    expect(await shelf()).toEqual([record.id]);
  });

  it('is read as far as the context goes, which is told; then opened as it was read', async () => {
    const first = readResultSchema.parse((await place.json('read', 'story', '--run', 'little'))[0]);
    expect(first.context).toEqual({
      limit: 32,
      trained: null,
      tokens: story.length,
      from: 0,
      used: 32,
      start: 0,
      end: 32,
    });
    expect(first.reused).toBe(0);
    expect(first.loss).toBeGreaterThan(0);
    const again = readResultSchema.parse((await place.json('read', 'story'))[0]);
    expect(again.reused).toBe(32);
    expect(again.loss).toBeCloseTo(first.loss ?? NaN, 5);
    const storm = readResultSchema.parse((await place.json('read', 'story', '--from', 'The Storm'))[0]);
    expect(storm.context).toMatchObject({ from: story.indexOf('## The Storm'), used: 32 });
    const { stdout, stderr } = await place.hyena('read', 'story');
    expect(stderr).toContain("The model's context holds 32 of");
    expect(stdout).toMatch(/perplexity/);
  });

  it('is read, mapped and summarised whole by a model of the preset that a first run has', async () => {
    const small = ['d_model=16', 'd_inner=32', 'l_max=32', 'batch_size=2', 'max_steps=4', 'sample_interval=none'];
    const settings = small.flatMap((one) => ['--set', one]);
    await place.json('train', '--data', 'pages', '--run', 'endless', '--preset', defaultPreset, ...settings);
    const whole = readResultSchema.parse((await place.json('read', 'story', '--run', 'endless'))[0]);
    expect(whole.context).toMatchObject({ tokens: story.length, from: 0, used: story.length, end: story.length });
    expect(whole.context.limit).toBeGreaterThan(1e7);
    const { stderr } = await place.hyena('read', 'story', '--run', 'endless', '--from', 'The Storm');
    expect(stderr).not.toContain('context holds');
    const map = surpriseMapSchema.parse((await place.json('read', 'story', '--run', 'endless', '--whole'))[0]);
    expect(map).toMatchObject({ complete: true, tokens: story.length - 1, window: { seams: [] } });
    const order = ['summarise', 'story', '--run', 'endless', '--sentences', '2'];
    expect(summaryResultSchema.parse((await place.json(...order))[0]).sentences).toHaveLength(2);
  });

  it('is mapped as a whole, in windows, each token once', async () => {
    const map = surpriseMapSchema.parse((await place.json('read', 'story', '--run', 'little', '--whole'))[0]);
    expect(map).toMatchObject({ complete: true, start: 0, end: story.length, tokens: story.length - 1 });
    expect(map.window).toMatchObject({ length: 32, known: 16 });
    expect(map.window.seams).toEqual([...map.window.seams].sort((a, b) => a - b));
    expect(map.window.seams.length).toBeGreaterThan(story.length / 17 - 4);
    expect(map.byPosition.at(-1)).toMatchObject({ from: 23, to: 33 });
    const folder = path.join(place.library, 'documents', map.document, 'maps', map.map);
    const words = await readFile(path.join(folder, 'words.bin'));
    expect(words.length).toBe(16 * map.words);
    let sum = 0;
    for (let word = 0; word < map.words; word++) sum += words.readFloatLE(16 * word + 8);
    expect(sum / map.tokens).toBeCloseTo(map.loss, 4);
    const { stdout } = await place.hyena('read', 'story', '--run', 'little', '--whole');
    expect(stdout).toContain('every token has at least 16 tokens of context');
    // What fits at once is as reading it tells.
    await writeFile(path.join(place.folder, 'short.txt'), 'The cat watched the bay.');
    const read = readResultSchema.parse((await place.json('read', 'short.txt', '--run', 'little'))[0]);
    const short = surpriseMapSchema.parse((await place.json('read', 'short.txt', '--run', 'little', '--whole'))[0]);
    expect(short.window.seams).toEqual([]);
    expect(short.loss).toBeCloseTo(read.loss ?? NaN, 4);
    await place.json('documents', 'remove', 'short', '--permanently');
  });

  it('answers with passages and their places', async () => {
    const found = askResultSchema.parse(
      (await place.json('ask', 'story', 'What did Maren light on the roof?', '--passages', '2'))[0],
    );
    expect(found.passages[0].text).toContain('driftwood');
    expect(found.passages[0].place).toMatchObject({ heading: 'The Storm' });
    const { start, end } = found.passages[0];
    const id = found.document.id;
    const text = await readFile(path.join(place.library, 'documents', id, 'text.txt'), 'utf8');
    expect(text.slice(start, end)).toContain('driftwood');
    expect(found.note).toContain('cannot answer');
  });

  it('is summarised by its own sentences, in its order', async () => {
    const { sentences } = summaryResultSchema.parse((await place.json('summarise', 'story', '--sentences', '2'))[0]);
    expect(sentences).toHaveLength(2);
    expect(sentences[0].start).toBeLessThan(sentences[1].start);
    for (const { text } of sentences) expect(story).toContain(text);
  });

  it('is gone on with from any place', async () => {
    const order = ['generate', 'little', '--document', 'story', '--max-tokens', '6', '--temperature', '0'];
    const end = (await place.json(...order)).at(-1);
    expect(end).toMatchObject({ promptTokens: 26, tokens: 6 });
    const text = story.slice(0, story.indexOf('## The Storm')).slice(-26);
    const there = (await place.json(...order, '--at', 'The Storm')).at(-1);
    const same = (
      await place.json('generate', 'little', '--prompt', text, '--max-tokens', '6', '--temperature', '0')
    ).at(-1);
    expect(there?.text).toBe(same?.text);
  });

  it('a document that cannot be read leaves nothing behind', async () => {
    await writeFile(path.join(place.folder, 'broken.pdf'), '%PDF-1.7 and no more');
    const before = await shelf();
    const { code, stderr } = await place.hyena('read', 'broken.pdf');
    expect(code).toBe(1);
    expect(stderr).toMatch(/Cannot read broken\.pdf/);
    expect(stderr).toMatch(/Nothing was imported/);
    expect(await shelf()).toEqual(before);
    expect((await place.hyena('ask', 'nowhere.txt', 'What?')).stderr).toMatch(/No file or document named/);
  });

  it('is removed with all that was kept of it', async () => {
    const { code, stdout } = await place.hyena('documents', 'remove', 'story');
    expect([code, stdout]).toEqual([0, 'Moved to the trash: the document story.\n']);
    expect(await place.json('documents', 'list')).toEqual([]);
    expect(await shelf()).toEqual([]);
  });
});

describe('writing', () => {
  it('is measured after texts of several lengths, checked against computing all again', async () => {
    const [result] = await place.json(
      ...['bench', 'generate', '--context', '64,256', '--tokens', '8', '--d-model', '32', '--layers', '2'],
    );
    const rows = result.contexts as Record<string, number>[];
    expect(rows.map(({ context }) => context)).toEqual([64, 256]);
    for (const row of rows) {
      for (const key of ['prefillMilliseconds', 'millisecondsPerToken', 'peakMemoryMiB'])
        expect(row[key]).toBeGreaterThan(0);
      expect(row.largestError).toBeLessThan(1e-4);
    }
  });

  it('gives several answers, the same for the same seed', async () => {
    const order = ['generate', 'little', '--prompt', 'Once', '--max-tokens', '12', '--answers', '3', '--seed', '4'];
    const [once, again] = [await place.json(...order), await place.json(...order)].map((lines) => lines.at(-1));
    expect(once?.answers).toHaveLength(3);
    expect(again?.answers).toEqual(once?.answers);
    const single = (await place.json(...order, '--answers', '1')).at(-1);
    expect(single?.text).toBe(once?.text);
  });

  it("serves other programs by OpenAI's interface", async () => {
    const server = place.begin('serve', '--api', '--run', 'little', '--json');
    await server.printed(/"address":"[^"]+"/);
    const [{ address, token }] = jsonLines(server.stdout()) as [{ address: string; token: string }];
    const client = new OpenAI({ baseURL: address, apiKey: token, maxRetries: 0 });
    const requested = { model: 'little', prompt: 'Once', max_tokens: 10, temperature: 0, seed: 1 };
    const whole = await client.completions.create(requested);
    expect(whole.usage?.completion_tokens).toBeLessThanOrEqual(10);
    let text = '';
    for await (const part of await client.completions.create({ ...requested, stream: true }))
      text += part.choices[0].text;
    expect(text).toBe(whole.choices[0].text);
    const written = (
      await place.json('generate', 'little', '--prompt', 'Once', '--max-tokens', '10', '--temperature', '0')
    ).at(-1);
    expect(written?.text).toBe(text);
    server.signal('SIGINT');
    expect((await server.outcome).code).toBe(0);
  });
});
