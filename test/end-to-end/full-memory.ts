import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { runEventSchema } from '../../main/contract/events.ts';
import { jsonLines, launcher, pages, smallest, type TestLibrary } from './command.ts';

/** Sequences become longer as it trains: the last ones need the most memory. */
const growing = [
  ...['--set', 'l_max=256', '--set', 'sequence_length_start=16', '--set', 'sequence_length_warmup_steps=8'],
  ...['--set', 'batch_size=8', '--set', 'max_steps=12', '--set', 'checkpoint_interval=3', '--set', 'eval_interval=100'],
];

/** Losses by step, as a run's log has them: each step once. */
async function lossesOf(place: TestLibrary, run: string): Promise<number[]> {
  const lines = await readFile(path.join(place.library, 'runs', run, 'metrics.jsonl'), 'utf8');
  const steps = jsonLines(lines)
    .map((line) => runEventSchema.parse(line))
    .flatMap((event) => (event.type === 'step' ? [event] : []));
  expect(steps.map(({ step }) => step)).toEqual(steps.map((_, index) => index + 1));
  return steps.map(({ loss }) => loss);
}

/** Adds the data set `pages`. */
export async function writePages(place: TestLibrary): Promise<void> {
  await writeFile(path.join(place.folder, 'pages.txt'), pages);
  await place.json('data', 'add', 'pages.txt', '--name', 'pages');
}

/**
 * Trains a run that fits into memory at first and not for long, and goes on with it in smaller batches: what it says
 * has numbers and names what to change, nothing is lost, and the losses are those of a run that had memory enough.
 *
 * @param limit MiB that tensors may take
 * @param messages what it must say of the memory
 */
export async function trainBeyondMemory(
  place: TestLibrary,
  device: string,
  limit: number,
  messages: RegExp,
): Promise<void> {
  const train = (run: string) =>
    [
      'train',
      '--data',
      'pages',
      ...smallest,
      ...growing,
      '--device',
      device,
      '--run',
      run,
      '--ignore-memory',
      '--json',
    ] as const;
  await place.json(...train('roomy'));
  const little = { HYENA_MEMORY_LIMIT_MIB: String(limit) };
  const full = await place.start(launcher, train('narrow'), little).outcome;
  expect(full.code).not.toBe(0);
  const error = jsonLines(full.stdout).at(-1);
  expect(error).toMatchObject({
    ...{ type: 'error', code: 'out-of-memory', message: expect.stringMatching(messages) as string },
    kept: expect.stringMatching(/The checkpoint of step [369] was kept\./) as string,
    command: 'hyena resume narrow --set batch_size=4',
  });
  expect((await lossesOf(place, 'narrow')).length).toBeGreaterThan(2);
  const goOn = ['resume', 'narrow', '--set', 'batch_size=4', '--ignore-memory', '--json'];
  const resumed = await place.start(launcher, goOn, little).outcome;
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(jsonLines(resumed.stdout).at(-1)).toMatchObject({ type: 'done', step: 12 });
  const expected = await lossesOf(place, 'roomy');
  const actual = await lossesOf(place, 'narrow');
  expect(actual).toHaveLength(expected.length);
  actual.forEach((loss, step) => expect(Math.abs(loss - expected[step])).toBeLessThan(1e-4 * expected[step]));
}
