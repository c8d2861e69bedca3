import { appendFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../../main/contract/events.ts';
import { toMessage } from '../../../../../main/contract/message.ts';
import { MetricsFile, metricsPath, readMetrics } from '../../../../../main/library/runs/metrics-file.ts';
import { temporaryFolder } from '../../../temporary.ts';

const sample = (step: number, text = 'x'): RunEvent => ({ type: 'sample', step, prompt: '', text });
const notice = (text: string): RunEvent => ({ type: 'notice', message: toMessage(text) });

async function written(folder: string, events: RunEvent[]): Promise<number[]> {
  const file = await MetricsFile.open(folder, 0, 0);
  const ends: number[] = [];
  for (const event of events) {
    await file.append(event);
    ends.push(file.bytes);
  }
  await file.close();
  return ends;
}

describe('metrics.jsonl', () => {
  it('holds one event a line and gives them back', async () => {
    const folder = await temporaryFolder();
    const events = [sample(1, 'line\nbreak'), sample(2, 'ü😀'), notice('n')];
    await written(folder, events);
    expect((await readFile(metricsPath(folder), 'utf8')).split('\n')).toHaveLength(4);
    expect((await readMetrics(folder)).events).toEqual(events);
  });

  it('can be read on while it grows', async () => {
    const folder = await temporaryFolder();
    const [first] = await written(folder, [sample(1), sample(2)]);
    const { events, bytes } = await readMetrics(folder, first);
    expect(events).toEqual([sample(2)]);
    await appendFile(metricsPath(folder), JSON.stringify(sample(3)));
    expect(await readMetrics(folder, bytes)).toEqual({ events: [], bytes });
    await appendFile(metricsPath(folder), '\n');
    expect((await readMetrics(folder, bytes)).events).toEqual([sample(3)]);
  });

  it('is empty where there is none', async () => {
    expect(await readMetrics(await temporaryFolder())).toEqual({ events: [], bytes: 0 });
  });

  it('is cut back to a checkpoint', async () => {
    const folder = await temporaryFolder();
    const ends = await written(folder, [sample(1), sample(2), sample(3)]);
    const file = await MetricsFile.open(folder, ends[1], 2);
    await file.append(sample(3, 'again'));
    await file.close();
    expect((await readMetrics(folder)).events).toEqual([sample(1), sample(2), sample(3, 'again')]);
  });

  it('keeps the whole lines up to the step where it is not as the checkpoint says', async () => {
    const folder = await temporaryFolder();
    const ends = await written(folder, [sample(1), sample(2), sample(3)]);
    const content = await readFile(metricsPath(folder), 'utf8');
    await writeFile(metricsPath(folder), content.slice(0, ends[1] - 3));
    await (await MetricsFile.open(folder, ends[1], 2)).close();
    expect((await readMetrics(folder)).events).toEqual([sample(1)]);
    await writeFile(metricsPath(folder), `xx${content.slice(0, ends[2] - 5)}`);
    await (await MetricsFile.open(folder, ends[2], 3)).close();
    expect((await readMetrics(folder)).events).toEqual([]);
  });

  it('keeps what was told of recoveries when a run goes back', async () => {
    const folder = await temporaryFolder();
    const ends = await written(folder, [sample(1)]);
    const recovery: RunEvent = {
      type: 'recovery',
      step: 3,
      action: 'skipped',
      reason: toMessage('r'),
      toStep: 2,
      learningRateScale: 1,
    };
    const file = await MetricsFile.open(folder, ends[0], 1);
    for (const event of [sample(2), recovery, sample(3), notice('n')]) await file.append(event);
    await file.rewind(ends[0], 1);
    await file.append(sample(2));
    expect(file.bytes).toBe((await readFile(metricsPath(folder))).length);
    await file.close();
    expect((await readMetrics(folder)).events).toEqual([sample(1), recovery, notice('n'), sample(2)]);
  });

  it('notices at the next line that the folder of the run was removed or moved away', async () => {
    for (const away of [
      (folder: string) => rm(folder, { recursive: true }),
      (folder: string) => rename(folder, `${folder}-x`),
    ]) {
      const folder = join(await temporaryFolder(), 'run');
      await mkdir(folder);
      const file = await MetricsFile.open(folder, 0, 0);
      await file.append(notice('n'));
      await away(folder);
      await expect(file.append(notice('n'))).rejects.toMatchObject({
        code: 'not-found',
        message: expect.stringContaining(`${folder} not found`) as string,
      });
      await expect(stat(folder)).rejects.toMatchObject({ code: 'ENOENT' });
      await file.close();
    }
  });
});
