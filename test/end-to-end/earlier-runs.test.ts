import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { runEventSchema, type RunEvent } from '../../main/contract/events.ts';
import { weightsIdentity } from '../../main/library/checkpoints/manifest.ts';
import { readMetrics } from '../../main/library/runs/metrics-file.ts';
import { readRunRecord } from '../../main/library/runs/run-folder.ts';
import { startJob } from '../../main/workers/start-job.ts';
import { openDevice } from '../../worker/devices/index.ts';
import { distillerOf } from '../../worker/models/mixers/index.ts';
import { distilledStrategy } from '../../worker/models/decoding/distilled.ts';
import { cachedPrefill } from '../../worker/generation/cached-prefill.ts';
import { Decoder } from '../../worker/models/decoding/decoder.ts';
import { openModel } from '../../worker/models/open-model.ts';
import { course } from './compute.ts';

/** A library that a version before `layers` wrote, on the portable device: a run stopped after half of its steps. */
const earlier = path.join(import.meta.dirname, '..', 'vectors', 'earlier-run');
const expectedSchema = z.strictObject({
  course: z.array(z.unknown()).describe('Of the whole run, as that version ended it.'),
  identity: z.string(),
  tokens: z.array(z.int()).describe('Taken after the kept reading.'),
  scores: z.array(z.number()).describe('After the last of them.'),
  distilled: z.strictObject({
    relative: z.number().describe('Of the filter that is furthest from its exact one.'),
    scores: z.array(z.number()).describe('After 90 tokens that were read and 60 that were taken one by one.'),
  }),
});

let library: string;
beforeEach(async () => {
  library = await mkdtemp(path.join(tmpdir(), 'hyena-earlier-'));
  await cp(earlier, library, { recursive: true });
});
afterEach(() => rm(library, { recursive: true, force: true }));

const expected = async () =>
  expectedSchema.parse(JSON.parse(await readFile(path.join(earlier, 'expected.json'), 'utf8')));

it('goes on with a run of an earlier version bit for bit: losses, gradients and the text of its sample', async () => {
  const events: RunEvent[] = [];
  await startJob({ kind: 'train', library, run: 'old', resume: true }, (event) =>
    events.push(runEventSchema.parse(event)),
  ).result;
  const { events: all } = await readMetrics(path.join(library, 'runs', 'old'));
  expect(course(all)).toEqual((await expected()).course);
  expect(events.some(({ type }) => type === 'sample')).toBe(true);
}, 60_000);

it('opens a reading that an earlier version kept, and goes on from it as that version did', async () => {
  const { identity, tokens, scores } = await expected();
  const checkpoint = path.join(library, 'runs', 'old', 'checkpoints', 'step-4');
  expect(await weightsIdentity(checkpoint)).toBe(identity);
  const { device } = await openDevice('portable', await readRunRecord(library, 'old'));
  const { model } = await openModel(checkpoint, device);
  const decoder = new Decoder(model);
  const ids = Int32Array.from({ length: 290 }, (_, i) => (i * 31 + (i >> 3)) % 256);
  const onProblem = (error: Error) => expect.unreachable(error.message);
  const open = (count: number) =>
    cachedPrefill(model, decoder, ids.slice(0, count), { folder: path.join(library, 'prefill'), identity, onProblem });
  const { text, reused } = await open(290);
  expect(reused).toBe(290);
  let last: Float32Array = new Float32Array(0);
  for (const id of tokens) [last] = await decoder.step([text], [id]);
  for (const [id, score] of scores.entries()) expect(last[id]).toBeCloseTo(score, 5);
  // It can be cut where it was marked.
  const { reused: cut } = await open(270);
  expect(cut).toBe(256);
  decoder.dispose();
  model.dispose();
}, 60_000);

it('opens distilled filters that an earlier version kept, and goes on with them as that version did', async () => {
  const { identity, distilled } = await expected();
  const { device } = await openDevice('portable', await readRunRecord(library, 'old'));
  const { model } = await openModel(path.join(library, 'runs', 'old', 'checkpoints', 'step-4'), device);
  const place = { runFolder: path.join(library, 'runs', 'old'), identity };
  const onProblem = (error: Error) => expect.unreachable(error.message);
  const { layers, kept, quality } = await distillerOf(model.config)(model, 4, place, { onProblem });
  expect(kept).toBe(true);
  expect(quality.relative.largest).toBeCloseTo(distilled.relative, 6);
  const ids = Int32Array.from({ length: 150 }, (_, i) => (i * 31 + (i >> 3)) % 256);
  const scoresOf = async (decoder: Decoder) => {
    const { text } = await decoder.prefill(ids.slice(0, 90));
    let last: Float32Array = new Float32Array(0);
    for (const id of ids.slice(90)) [last] = await decoder.step([text], [id]);
    text.dispose();
    decoder.dispose();
    return last;
  };
  const near = await scoresOf(new Decoder(model, distilledStrategy(layers)));
  const exact = await scoresOf(new Decoder(model));
  const apart = (scores: ArrayLike<number>) =>
    Math.max(...distilled.scores.map((score, id) => Math.abs(score - scores[id])));
  // The first 33 taps are exact; that version had up to 63 of them, by the place of a token.
  expect(apart(near)).toBeLessThan(0.004);
  expect(apart(exact)).toBeGreaterThan(0.02);
  model.dispose();
}, 60_000);
