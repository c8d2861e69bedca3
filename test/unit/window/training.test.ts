import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Runs } from '../../../main/host/runs.ts';
import { Training } from '../../../main/host/window/training.ts';
import { temporaryFolder } from '../training/temporary.ts';

describe('the queue of runs', () => {
  it('is kept in memory where the disk refuses it, which is told, and saved as soon as it can be', async () => {
    const library = path.join(await temporaryFolder(), 'library');
    await mkdir(library);
    await writeFile(path.join(library, 'window.json'), JSON.stringify({ queue: ['one', 'two'], paused: [] }));
    let progress = 0;
    const events = { progress: () => void progress++, changed: () => undefined, ended: () => undefined };
    const training = new Training({} as Runs, library, events, 100);
    await training.open();
    await rm(library, { recursive: true });
    training.order(['two', 'one']);
    await expect.poll(() => training.unsaved?.message).toContain('The queue could not be saved');
    expect(training.unsaved?.kept).toContain('in memory');
    expect(training.queue).toEqual(['two', 'one']);
    const told = progress;
    await mkdir(library);
    await expect.poll(() => training.unsaved, { timeout: 5000 }).toBeNull();
    expect(progress).toBeGreaterThan(told);
    expect(JSON.parse(await readFile(path.join(library, 'window.json'), 'utf8'))).toEqual({
      queue: ['two', 'one'],
      paused: [],
    });
  });
});
