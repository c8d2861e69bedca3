import { appendFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunMetrics } from '../../../../../main/contract/streams.ts';
import { runMetricsSchema } from '../../../../../main/contract/streams.ts';
import { followMetrics } from '../../../../../main/host/window/metrics-tail.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-metrics-'));
  file = path.join(folder, 'metrics.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const step = (number: number, loss = number / 10): string =>
  `${JSON.stringify({
    ...{ type: 'step', step: number, loss, learningRate: 0.001, gradientNorm: 1, tokensPerSecond: 10 },
    ...{ tokens: number * 8, secondsLeft: 5, milliseconds: 3, memoryMiB: 100 },
  })}\n`;
const steps = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => step(from + index)).join('');
const sample = (number: number): string =>
  `${JSON.stringify({ type: 'sample', step: number, prompt: 'a', text: 'b' })}\n`;

/** Reads as a window does: what is void is forgotten. */
class Reader {
  steps: number[] = [];
  losses: number[] = [];
  samples: number[] = [];
  cursor: string | null = null;
  messages = 0;
  resets = 0;
  readonly #leaving = new AbortController();

  start(): this {
    void (async () => {
      for await (const message of followMetrics(file, this.cursor, this.#leaving.signal)) this.#take(message);
    })();
    return this;
  }

  #take(message: RunMetrics): void {
    runMetricsSchema.parse(message);
    this.messages++;
    if (message.reset) {
      this.resets++;
      this.steps = [];
      this.losses = [];
      this.samples = [];
    }
    this.steps.push(...message.columns.step);
    this.losses.push(...message.columns.loss);
    for (const { event } of message.events) if (event.type === 'sample') this.samples.push(event.step);
    this.cursor = message.cursor;
  }

  stop(): void {
    this.#leaving.abort();
  }
}

const until = async (check: () => boolean): Promise<void> => {
  for (let waited = 0; waited < 5000 && !check(); waited += 20) await sleep(20);
  expect(check()).toBe(true);
};
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('following metrics', () => {
  it('gives the history, then what is appended, with neither gap nor double', async () => {
    await writeFile(file, steps(1, 5000) + sample(5000));
    const reader = new Reader().start();
    await until(() => reader.steps.length === 5000);
    for (let number = 5001; number <= 5020; number++) await appendFile(file, step(number));
    await until(() => reader.steps.length === 5020);
    expect(reader.steps).toEqual(range(1, 5020));
    expect(reader.samples).toEqual([5000]);
    expect(reader.resets).toBe(1);
    reader.stop();
  });

  it('waits for a file that is not there yet, and says at once that there is nothing', async () => {
    const reader = new Reader().start();
    await until(() => reader.messages === 1);
    await writeFile(file, step(1));
    await until(() => reader.steps.length === 1);
    reader.stop();
  });

  it('does not take half a line', async () => {
    const line = step(1);
    await writeFile(file, line.slice(0, 30));
    const reader = new Reader().start();
    await sleep(400);
    expect(reader.steps).toEqual([]);
    await appendFile(file, line.slice(30));
    await until(() => reader.steps.length === 1);
    reader.stop();
  });

  it('goes on from where a window stood', async () => {
    await writeFile(file, steps(1, 10));
    const reader = new Reader().start();
    await until(() => reader.steps.length === 10);
    reader.stop();
    await appendFile(file, steps(11, 20));
    reader.start();
    const again = new Reader();
    again.cursor = reader.cursor;
    again.start();
    await until(() => again.steps.length === 10);
    expect(again.steps).toEqual(range(11, 20));
    expect(again.resets).toBe(0);
    again.stop();
  });

  it('starts anew when the file was cut back, even where it has grown past the place since', async () => {
    await writeFile(file, steps(1, 100));
    const reader = new Reader().start();
    await until(() => reader.steps.length === 100);
    const kept = Buffer.byteLength(steps(1, 50));
    await truncate(file, kept);
    await appendFile(
      file,
      range(51, 120)
        .map((number) => step(number, 99 + number / 10))
        .join(''),
    );
    await until(() => reader.steps.length === 120);
    expect(reader.steps).toEqual(range(1, 120));
    expect(reader.losses[60]).toBeGreaterThan(99);
    reader.stop();
  });

  it('passes over lines that are no events', async () => {
    await writeFile(file, `${step(1)}garbage\n{"type":"unknown"}\n${step(2)}`);
    const reader = new Reader().start();
    await until(() => reader.steps.length === 2);
    reader.stop();
  });
});
