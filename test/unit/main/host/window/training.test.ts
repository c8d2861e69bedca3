import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../../../../main/contract/configuration.ts';
import { HyenaError } from '../../../../../main/contract/errors.ts';
import type { RunEvent } from '../../../../../main/contract/events.ts';
import type { RunSummary } from '../../../../../main/contract/runs.ts';
import { toEnglish } from '../../../../../main/contract/message.ts';
import { EventStream } from '../../../../../main/host/event-stream.ts';
import type { Runs } from '../../../../../main/host/runs.ts';
import { Training } from '../../../../../main/host/window/training.ts';
import { temporaryFolder } from '../../../temporary.ts';

describe('the queue of runs', () => {
  it('is kept in memory where the disk refuses it, which is told, and saved as soon as it can be', async () => {
    const library = path.join(await temporaryFolder(), 'library');
    await mkdir(library);
    await writeFile(path.join(library, 'window.json'), JSON.stringify({ queue: ['one', 'two'], paused: [] }));
    let progress = 0;
    const events = {
      progress: () => void progress++,
      changed: () => undefined,
      ended: () => undefined,
      untilOf: () => Promise.resolve(null),
      report: () => undefined,
    };
    const training = new Training({} as Runs, library, events, 100);
    await training.open();
    await rm(library, { recursive: true });
    training.order(['two', 'one']);
    await expect.poll(() => training.unsaved && toEnglish(training.unsaved.message)).toContain('Cannot save the queue');
    expect(toEnglish(training.unsaved!.kept!)).toContain('in memory');
    expect(training.queue).toEqual(['two', 'one']);
    const messages = progress;
    await mkdir(library);
    await expect.poll(() => training.unsaved, { timeout: 5000 }).toBeNull();
    expect(progress).toBeGreaterThan(messages);
    expect(JSON.parse(await readFile(path.join(library, 'window.json'), 'utf8'))).toEqual({
      queue: ['two', 'one'],
      paused: [],
    });
  });

  it('reports a run that it drops because its record is damaged, and says nothing of one that is gone', async () => {
    const library = await temporaryFolder();
    await writeFile(path.join(library, 'window.json'), JSON.stringify({ queue: ['gone', 'damaged'], paused: [] }));
    const reports: HyenaError[] = [];
    const events = {
      progress: () => undefined,
      changed: () => undefined,
      ended: () => undefined,
      untilOf: () => Promise.resolve(null),
      report: (error: HyenaError) => void reports.push(error),
    };
    const configuration = runConfigurationSchema.parse({ dataset: 'pages' });
    const summary = { name: 'first', owner: null, status: 'new', path: library, configuration } as RunSummary;
    const get = (run: string) => {
      if (run === 'first') return Promise.resolve(summary);
      return Promise.reject(new HyenaError(run === 'gone' ? 'not-found' : 'damaged', `The record of ${run} is bad.`));
    };
    const ended = { events: new EventStream<RunEvent>(), result: Promise.resolve(), stop: () => 0, end: () => 0 };
    ended.events.end();
    const runs = { get, start: () => ended } as unknown as Runs;
    const training = new Training(runs, library, events);
    await training.open();
    await training.start('first');
    await expect.poll(() => training.queue).toEqual([]);
    await expect.poll(() => reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ code: 'damaged', message: expect.stringContaining('damaged') as string });
    expect(reports[0].message).toContain('removed from the queue');
  });
});
