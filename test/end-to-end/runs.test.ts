import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparisonSchema } from '../../main/contract/logic/comparison.ts';
import { benchResultSchema } from '../../main/contract/benchmarks.ts';
import { estimateSchema } from '../../main/contract/estimate-schema.ts';
import { runEventSchema, type RunEvent } from '../../main/contract/events.ts';
import { evaluationResultSchema, runSummarySchema, type RunSummary } from '../../main/contract/runs.ts';
import { jsonLines, launcher, smallest, TestLibrary } from './command.ts';

let place: TestLibrary;
beforeAll(async () => {
  place = await TestLibrary.withPages();
});
afterAll(() => place.remove());

const events = (lines: Record<string, unknown>[]): RunEvent[] => lines.map((line) => runEventSchema.parse(line));
const losses = (all: readonly RunEvent[]): [number, number][] =>
  all.flatMap((event) => (event.type === 'step' ? [[event.step, event.loss] as [number, number]] : []));
const train = (...parameters: string[]): string[] => ['train', '--data', 'pages', ...smallest, ...parameters];
const show = async (run: string): Promise<RunSummary> =>
  runSummarySchema.parse((await place.json('runs', 'show', run))[0]);

describe('training', () => {
  it('tells every event as JSON, from start to done', async () => {
    const messages = events(await place.json(...train('--set', 'max_steps=20', '--run', 'whole', '--seed', '7')));
    const of = <Type extends RunEvent['type']>(type: Type) =>
      messages.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type);
    expect(messages[0]).toMatchObject({
      type: 'start',
      run: 'whole',
      dataset: 'pages',
      totalSteps: 20,
      resumed: false,
    });
    expect(messages.at(-1)).toMatchObject({ type: 'done', step: 20, reason: 'budget' });
    expect(of('step').map(({ step }) => step)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(of('step').at(-1)!.tokens).toBe(20 * 2 * 32);
    expect(of('step')[0].loss).toBeGreaterThan(of('step').at(-1)!.loss);
    expect(of('evaluation').map(({ step }) => step)).toEqual(expect.arrayContaining([10, 20]));
    expect(of('sample').length).toBeGreaterThan(0);
    expect(of('checkpoint').map(({ step }) => step)).toEqual(expect.arrayContaining([5, 10, 15, 20]));
    for (const { loss, perplexity } of of('evaluation')) expect(perplexity).toBeCloseTo(Math.exp(loss), 6);
  });

  it('training that needs more memory than there is starts and resumes only if that is wanted', async () => {
    const little = (...parameters: string[]) =>
      place.start(launcher, parameters, { HYENA_MEMORY_LIMIT_MIB: '0.1' }).outcome;
    const set = ['--set', 'max_steps=2', '--run', 'large'];
    const refused = await little(...train(...set));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/Training needs about .* of memory; .* can be used\..*--ignore-memory/s);
    expect((await place.json('runs', 'list')).some(({ name }) => name === 'large')).toBe(false);
    await place.json(...train(...set));
    const again = await little('resume', 'large');
    expect(again.code).toBe(2);
    expect(again.stderr).toMatch(/--ignore-memory/);
    const wanted = await little(...train('--ignore-memory', '--set', 'max_steps=1', '--run', 'wanted'));
    expect(wanted.stderr).not.toMatch(/can be used/);
  });

  it('training without --run chooses a readable name', async () => {
    const before = await place.json('runs', 'list');
    const [start] = events(await place.json(...train('--set', 'max_steps=1')));
    expect(start).toMatchObject({ type: 'start', run: expect.stringMatching(/^[a-z]+-[a-z]+$/) as string });
    const { stdout } = await place.hyena('runs', 'list');
    expect(stdout).toMatch(/^whole\s+done\s+pages\s+20\/20/m);
    expect(await place.json('runs', 'list')).toHaveLength(before.length + 1);
  });

  it('shows a person how it goes, without control codes where there is no terminal', async () => {
    const { code, stdout, stderr } = await place.hyena(...train('--set', 'max_steps=10', '--run', 'watched'));
    expect(code).toBe(0);
    expect(stderr).toMatch(/Training watched on pages: .* parameters, device /);
    expect(stderr).toMatch(/step 10: validation loss [\d.]+, perplexity [\d.]+, [\d.]+ bits per byte/);
    expect(stderr).toContain('hyena generate watched');
    expect(stdout).toMatch(/^run\s+watched\nended\s+budget reached\nsteps\s+10$/m);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  it('takes its configuration from a file, settings over it', async () => {
    const file = path.join(place.folder, 'run.json');
    await writeFile(file, JSON.stringify({ dataset: 'pages', model: { d_model: 8 }, training: { max_steps: 2 } }));
    await place.json('train', '--config', file, ...smallest.slice(4), '--set', 'model.n_layer=2', '--run', 'filed');
    const { configuration } = await show('filed');
    expect(configuration).toMatchObject({
      dataset: 'pages',
      model: { d_model: 8, n_layer: 2 },
      training: { max_steps: 2 },
    });
  });

  it('refuses a name that is taken and leaves the run alone', async () => {
    const before = await show('whole');
    const { code, stderr } = await place.hyena(...train('--run', 'whole'));
    expect(code).toBe(1);
    expect(stderr).toContain('hyena resume whole');
    expect(await show('whole')).toEqual(before);
  });
});

describe('Ctrl-C', () => {
  it('stops with a checkpoint, says how to go on, and going on gives the losses of a run that never stopped', async () => {
    const running = place.begin(...train('--set', 'max_steps=2000', '--run', 'cut', '--seed', '7'), '--json');
    await running.printed(/"type":"step","step":8,/);
    running.signal('SIGINT');
    const { code, stdout, stderr } = await running.outcome;
    expect(code).toBe(130);
    expect(stderr).toContain('hyena resume cut');
    const first = events(jsonLines(stdout));
    expect(first.at(-1)).toMatchObject({ type: 'done', reason: 'stopped' });
    const stoppedAt = losses(first).at(-1)![0];
    const { status, checkpoints, path: folder } = await show('cut');
    expect(status).toBe('stopped');
    expect(checkpoints).toContain(stoppedAt);
    expect(await readdir(path.join(folder, 'checkpoints', `step-${stoppedAt}`))).toContain('model.safetensors');

    const resumed = place.begin('resume', 'cut', '--json');
    await resumed.printed(new RegExp(`"type":"step","step":${stoppedAt + 12},`));
    resumed.signal('SIGINT');
    const second = await resumed.outcome;
    expect(second.code).toBe(130);
    const next = events(jsonLines(second.stdout));
    expect(next[0]).toMatchObject({ type: 'start', run: 'cut', step: stoppedAt, resumed: true });
    const together = [...losses(first), ...losses(next)];
    expect(together.map(([step]) => step)).toEqual(together.map((_, index) => index + 1));

    const whole = place.begin(...train('--set', 'max_steps=2000', '--run', 'uncut', '--seed', '7'), '--json');
    await whole.printed(new RegExp(`"type":"step","step":${together.length},`));
    whole.signal('SIGTERM');
    const third = await whole.outcome;
    expect(third.code).toBe(130);
    expect(losses(events(jsonLines(third.stdout))).slice(0, together.length)).toEqual(together);
  });

  it('lets a run go on on another device, with losses that go on within rounding', async () => {
    const moving = place.begin(...train('--set', 'max_steps=2000', '--run', 'moving', '--seed', '7'), '--json');
    await moving.printed(/"type":"step","step":6,/);
    moving.signal('SIGINT');
    const first = events(jsonLines((await moving.outcome).stdout));
    const moved = place.begin('resume', 'moving', '--device', 'portable', '--json');
    await moved.printed(new RegExp(`"type":"step","step":${losses(first).length + 6},`));
    moved.signal('SIGINT');
    const second = events(jsonLines((await moved.outcome).stdout));
    expect(second[0]).toMatchObject({ type: 'start', device: 'portable', resumed: true });
    expect((await show('moving')).device).toBe('portable');
    const together = [...losses(first), ...losses(second)];
    const unmoved = place.begin(...train('--set', 'max_steps=2000', '--run', 'unmoved', '--seed', '7'), '--json');
    await unmoved.printed(new RegExp(`"type":"step","step":${together.length},`));
    unmoved.signal('SIGINT');
    const expected = losses(events(jsonLines((await unmoved.outcome).stdout))).slice(0, together.length);
    expect(together.map(([step]) => step)).toEqual(expected.map(([step]) => step));
    for (const [index, [step, loss]] of expected.entries())
      expect(Math.abs(together[index][1] - loss) / loss, `step ${step}`).toBeLessThan(1e-3);
  });

  it('Ctrl-C before anything began leaves nothing half made', async () => {
    const running = place.begin('data', 'add', 'pages.txt', '--name', 'late');
    running.signal('SIGINT');
    const { code } = await running.outcome;
    // The signal may come before the program listens, or after all is done.
    expect([null, 0, 130]).toContain(code);
    const names = (await place.json('data', 'list')).map(({ name }) => name);
    if (code !== 0) expect(names).toEqual(['pages']);
  });
});

describe('a run that is being trained', () => {
  it('is not removed, nor trained twice, nor loses its data', async () => {
    const running = place.begin(...train('--set', 'max_steps=100000', '--run', 'busy'), '--json');
    await running.printed('"type":"step"');
    const removal = await place.hyena('runs', 'remove', 'busy');
    const second = await place.hyena('resume', 'busy');
    const data = await place.hyena('data', 'remove', 'pages');
    expect((await show('busy')).status).toBe('running');
    running.signal('SIGINT');
    expect((await running.outcome).code).toBe(130);
    expect(removal.code).toBe(1);
    expect(removal.stderr).toMatch(/is being trained by process \d+[\s\S]*Nothing was removed/);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/training this run/);
    expect(data.code).toBe(1);
    expect(data.stderr).toContain("Run 'busy' is training on data set 'pages'");
    expect((await place.hyena('runs', 'remove', 'busy')).code).toBe(0);
    expect((await place.hyena('runs', 'show', 'busy')).code).toBe(1);
  });
});

describe('a trained model', () => {
  it('is scored on its own data, on a data set, on a file', async () => {
    const own = evaluationResultSchema.parse((await place.json('eval', 'whole'))[0]);
    expect(own.perplexity).toBeCloseTo(Math.exp(own.loss), 4);
    // Bytes: bits per byte is the loss in bits.
    expect(own.bitsPerByte).toBeCloseTo((own.loss * own.tokens) / own.bytes / Math.LN2, 4);
    const [named] = await place.json('eval', 'whole', '--data', 'pages');
    expect(named.loss).toBe(own.loss);
    const file = path.join(place.folder, 'pages.txt');
    const scored = evaluationResultSchema.parse((await place.json('eval', 'whole', '--file', file))[0]);
    expect(scored.tokens).toBeGreaterThan(own.tokens);
    const { stdout } = await place.hyena('eval', 'whole');
    expect(stdout).toMatch(/loss\s+[\d.]+ nats per token\nperplexity\s+[\d.]+\nbits per byte\s+[\d.]+/);
  });

  const write = (...parameters: string[]) =>
    place.hyena('generate', 'whole', '--prompt', 'The whale', '--max-tokens', '40', ...parameters);

  it('writes the same for the same seed and something else for another', async () => {
    const first = await write('--seed', '3');
    expect(first.code).toBe(0);
    expect((await write('--seed', '3')).stdout).toBe(first.stdout);
    expect((await write('--seed', '4')).stdout).not.toBe(first.stdout);
    expect(first.stderr).toMatch(/^40 tokens, /m);
    const greedy = await write('--temperature', '0', '--seed', '1');
    expect((await write('--temperature', '0', '--seed', '2')).stdout).toBe(greedy.stdout);
  });

  it('goes on with a file, and tells its text as JSON in pieces that make up the whole', async () => {
    const file = path.join(place.folder, 'prompt.txt');
    await writeFile(file, 'The whale');
    const messages = await place.json('generate', 'whole', '--prompt-file', file, '--max-tokens', '40', '--seed', '3');
    const text = messages.flatMap((line) => (line.type === 'text' ? [line.text] : [])).join('');
    expect(messages.at(-1)).toMatchObject({ type: 'done', tokens: 40, text });
    expect(`${text}\n`).toBe((await write('--seed', '3')).stdout);
  });

  it('ends before a stop text', async () => {
    const { stdout } = await write('--temperature', '0');
    const letter = /[a-z]/.exec(stdout.trimEnd())?.[0];
    if (letter === undefined) throw new Error(`there is no letter in ${JSON.stringify(stdout)}`);
    const stopped = await write('--temperature', '0', '--stop', letter);
    expect(stopped.stdout).toBe(`${stdout.slice(0, stdout.indexOf(letter))}\n`);
  });
});

describe('comparing runs', () => {
  it('tells losses at equal steps and the difference of the configurations', async () => {
    await place.json(...train('--set', 'max_steps=20', '--run', 'other', '--seed', '8', '--set', 'learning_rate=1e-3'));
    const comparison = comparisonSchema.parse((await place.json('runs', 'compare', 'whole', 'other'))[0]);
    expect(comparison.differences).toEqual([
      { key: 'training.learning_rate', values: [0.002, 0.001] },
      { key: 'training.seed', values: [7, 8] },
    ]);
    const recorded = (await readFile(path.join(place.library, 'runs', 'whole', 'metrics.jsonl'), 'utf8')).trim();
    const own = losses(events(jsonLines(recorded)));
    const { from, to, losses: means } = comparison.bySteps[0];
    const within = own.filter(([step]) => step > from && step <= to).map(([, loss]) => loss);
    expect(means[0]).toBeCloseTo(within.reduce((sum, loss) => sum + loss, 0) / within.length, 9);
    const { stdout } = await place.hyena('runs', 'compare', 'whole', 'other');
    expect(stdout).toMatch(/training.learning_rate\s+0.002\s+0.001/);
    expect(stdout).toContain('Loss at equal tokens');
  });
});

describe('an estimate', () => {
  it('counts the parameters that the model then has', async () => {
    const [found] = await place.json('estimate', '--no-measure', '--data', 'pages', ...smallest);
    const { parameters, vocabularySize, time } = estimateSchema.parse(found);
    expect(vocabularySize).toBe(256);
    expect(parameters.total).toBe((await show('whole')).parameters);
    expect(time).toBeNull();
  });

  it('measures how long it takes here', async () => {
    const [found] = await place.json('estimate', ...smallest, '--set', 'max_steps=50');
    const { time, steps, tokens } = estimateSchema.parse(found);
    expect([steps, tokens]).toEqual([50, 50 * 64]);
    expect(time?.scaled).toBe(false);
    // Evaluations take time beside the steps.
    const ofSteps = 3200 / time!.tokensPerSecond;
    expect(time?.seconds).toBeGreaterThan(ofSteps);
    expect(time?.seconds).toBeLessThan(10 * ofSteps);
    const shown = await place.hyena('estimate', '--preset', 'tiny', '--no-measure');
    expect(shown.stdout).toMatch(/^parameters\s+602\.5 k \(embedding 131\.1 k/);
  });
});

describe('benchmarks', () => {
  it('time of prefill is told by the length of the text, for a pattern of layers', async () => {
    const small = ['--d-model', '16', '--n-layer', '2', '--set', 'positions=rotary', '--set', 'attention_window=64'];
    const [result] = await place.json(
      ...['bench', 'prefill', '--layers', 'hyena-li,attention', '--lengths', '64,9k', ...small],
    );
    const { prefills } = benchResultSchema.parse(result);
    expect(prefills?.map(({ length }) => length)).toEqual([64, 9216]);
    for (const row of prefills ?? [])
      expect(row.tokensPerSecond).toBeCloseTo(row.length / (row.milliseconds / 1000), 6);
    const shown = await place.hyena('bench', 'prefill', '--lengths', '2M', '--layers', 'hyena');
    expect([shown.code, shown.stderr]).toEqual([2, expect.stringMatching(/reads at most 1,?048,?576 tokens/)]);
  });

  it.each(['train', 'convolution', 'attention', 'generate'])(
    'benchmarks of %s tell speed, time and memory',
    async (what) => {
      const [result] = await place.json(
        'bench',
        what,
        '--d-model',
        '16',
        '--layers',
        '1',
        '--length',
        '64',
        '--steps',
        '3',
      );
      expect(result).toMatchObject({ what, steps: 3 });
      expect(result.tokensPerSecond).toBeGreaterThan(0);
      expect(result.stepMilliseconds).toBeGreaterThan(0);
      expect(result.peakMemoryMiB).toBeGreaterThan(10);
      if (what === 'train') expect(result.loss).toBeLessThan(6);
    },
  );
});
