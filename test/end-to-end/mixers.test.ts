import { cp, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatView } from '../../main/contract/chats.ts';
import { contextLimit, descriptionOf, longestContext } from '../../main/contract/mixers/index.ts';
import { mixersIn } from '../../main/contract/mixers/layers.ts';
import { mixerNames } from '../../main/contract/mixers/names.ts';
import { samplingSchema } from '../../main/contract/sampling.ts';
import { composeConfiguration } from '../../main/host/configurations.ts';
import { longerContext } from '../../main/host/extend-context.ts';
import { Host } from '../../main/host/host.ts';
import { parseSettings } from '../../main/contract/settings.ts';
import { filterView } from '../../main/host/window/filters.ts';
import { chooseCheckpoint } from '../../main/library/checkpoints/choose-checkpoint.ts';
import { weightsIdentity } from '../../main/library/checkpoints/manifest.ts';
import { readRunRecord } from '../../main/library/runs/run-folder.ts';
import { serveApi } from '../../main/shells/api/server.ts';
import { startJob } from '../../main/workers/start-job.ts';
import { ComputeLibrary, course, type ConfigurationChanges } from './compute.ts';

/** Everything that a person does with a model, with each kind of layer. */
let place: ComputeLibrary;
let host: Host;
let document: string;
const text = `# The Whale\n\n${'The whale came up for air, and the ship turned to the wind. '.repeat(12)}\n\n# The Ship\n\nNobody on deck saw the lighthouse.`;
const openHost = () => Host.open(place.library, (job, onEvent) => startJob(job, onEvent));

/** Small ones. */
const keysOf = (layers: string) => ({
  ...(layers.includes('attention') && { n_head: 2 }),
  ...(/h3|s4d/.test(layers) && { ssm_state: 8 }),
  ...(layers.includes('mega') && { mega_states: 2, mega_chunk: 12 }),
  ...(layers.includes('gss') && { gss_states: 8 }),
  ...(layers.includes('mamba2') && { mamba_state: 8 }),
  ...(layers.includes('hyena-mr') && { mr_filter_length: 9 }),
  layers,
});
const models: readonly (readonly [name: string, model: ConfigurationChanges['model']])[] = [
  ...mixerNames.filter((name) => name !== 'attention').map((name) => [name, keysOf(name)] as const),
  ['rotary', { ...keysOf('attention'), positions: 'rotary' }],
  ['learned', { ...keysOf('attention'), positions: 'learned' }],
  ['window', { ...keysOf('attention'), positions: 'rotary', attention_window: 5 }],
];
const hybrid = 'hyena-se,hyena-mr,hyena-li,attention';

async function trained(run: string, model: ConfigurationChanges['model'], steps: number): Promise<void> {
  await place.create(run, { model, training: { max_steps: steps, sample_interval: null, eval_interval: steps } });
  await place.train(run).result;
}

beforeAll(async () => {
  place = await ComputeLibrary.make();
  host = await openHost();
  const file = path.join(place.library, 'whale.md');
  await writeFile(file, text);
  document = (await host.documents.import(file).result).id;
}, 60_000);
afterAll(async () => {
  await host.chats.close();
  await place.remove();
});

const greedy = { temperature: 0, max_tokens: 12 };
const generated = async (run: string, prompt: string, changes: object = {}) =>
  await host.models.generate(run, prompt, samplingSchema.parse(greedy), 'portable', changes).result;

describe(`a hybrid of ${hybrid}`, () => {
  const model = { ...keysOf(hybrid), n_layer: 4 };

  it('is paused and resumed as if it had never stopped', async () => {
    for (const run of ['straight', 'paused'])
      await place.create(run, { model, training: { max_steps: 12, checkpoint_interval: 20 } });
    const paused = place.train('paused', false, {
      onEvent: (event) => event.type === 'step' && event.step === 5 && paused.stop(),
    });
    await Promise.all([paused.result, place.train('straight').result]);
    expect((await place.train('paused', true).result).step).toBe(12);
    expect(course(await place.metrics('paused'))).toEqual(course(await place.metrics('straight')));
    const { checkpoints } = await host.runs.get('paused');
    expect(checkpoints).toContain(12);
    const { runs } = await host.runs.compare(['paused', 'straight']);
    expect(runs.map(({ name }) => name)).toEqual(['paused', 'straight']);
  });

  it('reads a document as a whole, keeps the reading, and opens it in another session', async () => {
    const work = { run: 'paused', device: 'portable' };
    expect(await host.documents.fit(document, 'paused')).toMatchObject({
      ...{ limit: longestContext, trained: 16, characters: text.length },
    });
    const first = await host.documents.read(document, work).result;
    expect(first).toMatchObject({ reused: 0, context: { trained: 16, used: text.length, tokens: text.length } });
    await host.chats.close();
    host = await openHost();
    const again = await host.documents.read(document, work).result;
    expect(again.reused).toBe(text.length);
    expect(again.loss).toBeCloseTo(first.loss!, 5);
    const map = await host.documents.map(document, work).result;
    expect(map.window.seams).toEqual([]);
    expect(map.loss).toBeCloseTo(first.loss!, 4);
    const { passages } = await host.documents.ask(document, 'Who saw the lighthouse?', work).result;
    expect(passages[0].text).toContain('lighthouse');
    const { sentences } = await host.documents.summarise(document, { ...work, sentences: 2 }).result;
    expect(sentences).toHaveLength(2);
    for (const sentence of sentences) expect(text).toContain(sentence.text);
  });

  it('chats about the whole document, stays itself in the API, and goes on after the end of its training length', async () => {
    const { id } = await host.chats.create({
      run: 'paused',
      sampling: { ...greedy, seed: 0 } as never,
      document: { id: document, edge: 'from', offset: 0 },
    });
    await host.chats.say(id, null, 'The whale');
    const chat = await answered(id);
    const answer = chat.messages.at(-1)!;
    expect(answer.answer).toMatchObject({ error: null, tokens: 12 });
    expect(answer.answer?.context).toMatchObject({
      trained: 16,
      document: { tokens: text.length, total: text.length },
    });
    expect(answer.text).toBe((await generated('paused', `${text}\n\nThe whale`)).text);
    await host.chats.close();

    const served = host.models.serve('paused', () => undefined, 'portable');
    const api = await serveApi({
      model: served,
      port: 0,
      template: 'auto',
      report: (error) => expect.fail(error.message),
    });
    try {
      const complete = async (body: object) =>
        await fetch(`${api.address}/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${api.token}`, 'content-type': 'application/json' },
          body: JSON.stringify({ model: 'paused', temperature: 0, ...body }),
        });
      const prompt = text.slice(0, 60);
      const echoed = (await (await complete({ prompt, max_tokens: 0, echo: true, logprobs: 1 })).json()) as {
        choices: { text: string; logprobs: { token_logprobs: number[] } }[];
      };
      expect(echoed.choices[0].text).toBe(prompt);
      expect(echoed.choices[0].logprobs.token_logprobs.slice(1).every((one) => one < 0)).toBe(true);
      const streamed = await (await complete({ prompt, max_tokens: 12, stream: true })).text();
      const pieces = streamed.split('\n').filter((line) => line.startsWith('data: {'));
      const written = pieces
        .map((line) => (JSON.parse(line.slice(6)) as typeof echoed).choices[0]?.text ?? '')
        .join('');
      expect(written).toBe((await generated('paused', prompt)).text);
      expect(streamed).toContain('data: [DONE]');
    } finally {
      await api.close();
      await served.close();
    }
  });

  it('is trained on longer sequences, is judged, is drawn, and has nothing to distil', async () => {
    const source = await host.runs.get('paused');
    expect(() => longerContext(source, 16)).toThrow("'paused' reads texts of any length");
    await host.runs.create(composeConfiguration(undefined, [longerContext(source, 32, 2)]), 'longer');
    expect((await place.train('longer').result).step).toBe(2);
    const { loss } = await host.models.evaluate('longer', { from: 'dataset', name: 'pages' }, 'portable').result;
    expect(loss).toBeGreaterThan(0);
    await expect(host.models.distill('paused', 8, 'portable').result).rejects.toThrow(/has no filters to distil/);
    for (const layer of [0, 1, 2]) {
      const { channels } = await filterView(
        { source: { from: 'run', run: 'paused' }, layer, channels: 2, points: 8 },
        host.runs,
      );
      expect(channels.flatMap(({ response }) => response).every(Number.isFinite)).toBe(true);
    }
  });
});

describe('all mixers in one model', () => {
  const layers = ['hyena', ...mixerNames.filter((name) => name !== 'hyena')].join(',');

  it('resumes, distils its Hyena layer alone, writes with it, and ends where Hyena does', async () => {
    const model = { ...keysOf(layers), n_layer: mixerNames.length, l_max: 96 };
    for (const run of ['all', 'all-paused'])
      await place.create(run, { model, training: { max_steps: 6, sequence_length: 24, sample_interval: null } });
    const paused = place.train('all-paused', false, {
      onEvent: (event) => event.type === 'step' && event.step === 2 && paused.stop(),
    });
    await Promise.all([paused.result, place.train('all').result]);
    await place.train('all-paused', true).result;
    expect(course(await place.metrics('all-paused'))).toEqual(course(await place.metrics('all')));
    expect(await host.documents.fit(document, 'all')).toMatchObject({ limit: 96, trained: null });
    const distilled = await host.models.distill('all', 8, 'portable').result;
    expect(new Set(distilled.filters.map(({ layer }) => layer))).toEqual(new Set([0]));
    expect(distilled.scores!.largestDifference).toBeLessThan(0.2);
    expect((await host.models.distill('all', 8, 'portable').result).kept).toBe(true);
    const near = await generated('all', 'Whales are', { distilled: 8 });
    // Up to the first 33 tokens nothing but exact taps act.
    expect(near.text).toBe((await generated('all', 'Whales are')).text);
    const atEnd = await generated('all', '', { distilled: 8, document: { id: document, at: '100%' } });
    expect(atEnd).toMatchObject({ tokens: 12 });
    const inside = await host.models.inside('all', 'Whales are large', { layer: 5, device: 'portable' }).result;
    expect(inside.layers.filter(({ mixing }) => mixing === null).map(({ mixer }) => mixer)).toEqual(
      (['s4d', 'gss', 'long-conv'] as const).map((name) => descriptionOf(name).title),
    );
    expect(inside.layers.map(({ mixing }) => mixing?.matrices.length ?? 0).findIndex((count) => count > 0)).toBe(5);
    expect(inside.tokens.map(({ text }) => text).join('')).toBe('Whales are large');
    const { before, after } = inside.layers[0].filters!;
    expect(before!.channels.map(({ channel }) => channel)).toEqual(after.channels.map(({ channel }) => channel));
    expect(before!.channels).not.toEqual(after.channels);
    await expect(host.models.inside('all', '', { device: 'portable' }).result).rejects.toThrow(/The text is empty/);
    await expect(host.models.inside('all', 'x'.repeat(97), { device: 'portable' }).result).rejects.toThrow(
      /at most 96/,
    );
    const source = await host.runs.get('all');
    await host.runs.create(composeConfiguration(undefined, [longerContext(source, 192, 1)]), 'all-longer');
    await place.train('all-longer').result;
    expect(await host.documents.fit(document, 'all-longer')).toMatchObject({ limit: 192, trained: null });
  });
});

describe('each mixer', () => {
  it.each(models)('%s: trains, reads what it can, and writes on past its training length', async (name, model) => {
    await trained(name, model, 2);
    const { configuration } = await readRunRecord(place.library, name);
    const limit = contextLimit(configuration.model);
    const bounded = name === 'hyena' || name === 'learned';
    expect(limit).toBe(bounded ? 16 : longestContext);
    expect(await host.documents.fit(document, name)).toMatchObject({ limit, trained: bounded ? null : 16 });
    const read = await host.documents.read(document, { run: name, device: 'portable' }).result;
    expect(read.context.used).toBe(Math.min(limit, text.length));
    const sampling = samplingSchema.parse({ temperature: 0, max_tokens: 30 });
    expect((await host.models.generate(name, 'The', sampling, 'portable').result).tokens).toBe(30);
    const drawn = filterView({ source: { from: 'run', run: name }, layer: 0, channels: 3, points: 16 }, host.runs);
    if (!descriptionOf(mixersIn(configuration.model)[0]).curves)
      await expect(drawn).rejects.toThrow(/has no filters to plot/);
    else expect((await drawn).channels.flatMap(({ response }) => response).every(Number.isFinite)).toBe(true);
  });
});

describe('bad input', () => {
  it('is refused by the key, and loses nothing', async () => {
    const before = await readdir(path.join(place.library, 'runs'));
    const compose =
      (...settings: string[]) =>
      () =>
        composeConfiguration(undefined, [{ dataset: 'pages' }, parseSettings(settings)]);
    const attention = 'model.layers=attention';
    expect(compose('model.layers=attention,hyenna')).toThrow(/model\.layers: mixer hyenna not found/);
    expect(compose(attention, 'model.d_model=8', 'model.n_head=3')).toThrow(/model\.n_head must divide/);
    expect(compose(attention, 'model.order=2')).toThrow(/model\.order belongs to the mixer hyena/);
    const { configuration } = await readRunRecord(place.library, 'rotary');
    const other = compose('model.layers=s4d', 'model.d_model=8', 'model.n_layer=1')();
    await expect(host.runs.create({ ...other, from: 'rotary' }, 'bad')).rejects.toThrow(/layers is attention, not s4d/);
    expect(configuration.model.layers).toBe('attention');
    expect(await readdir(path.join(place.library, 'runs'))).toEqual(before);
  });

  it('on disk: weights of another mixer, and a cached prefix of another model', async () => {
    const best = async (run: string) => (await chooseCheckpoint(place.folder(run), run, 'best', () => undefined)).path;
    await cp(place.folder('s4d'), place.folder('mixed'), { recursive: true });
    for (const checkpoint of await readdir(path.join(place.folder('mixed'), 'checkpoints')))
      await cp(
        path.join(await best('h3'), 'model.safetensors'),
        path.join(place.folder('mixed'), 'checkpoints', checkpoint, 'model.safetensors'),
      );
    await expect(generated('mixed', 'The')).rejects.toThrow(/damaged/);
    expect((await generated('s4d', 'The')).tokens).toBe(12);

    const states = path.join(place.library, 'documents', document, 'states');
    const folderOf = async (run: string) => path.join(states, (await weightsIdentity(await best(run))).slice(0, 16));
    const read = () => host.documents.read(document, { run: 's4d', device: 'portable' }).result;
    const before = await read();
    expect(before.reused).toBe(text.length);
    await cp(await folderOf('h3'), await folderOf('s4d'), { recursive: true });
    const after = await read();
    expect(after).toMatchObject({ reused: 0, context: { used: text.length } });
    expect(after.loss).toBeCloseTo(before.loss!, 5);
    expect((await read()).reused).toBe(text.length);
  });
});

async function answered(id: string): Promise<ChatView> {
  for (let tries = 0; (await host.chats.get(id)).writing !== null; tries++) {
    if (tries > 6000) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return await host.chats.get(id);
}
