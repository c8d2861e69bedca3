import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HyenaError } from '../../../../main/contract/errors.ts';
import { newestValidCheckpoint } from '../../../../main/library/checkpoints/checkpoint-folder.ts';
import { readMetrics } from '../../../../main/library/runs/metrics-file.ts';
import { fullAfter } from '../../main/library/files/simulated-disk.ts';
import { course } from './course.ts';
import { derive } from './derive.ts';
import { temporaryFolder } from '../../temporary.ts';
import { toyRun } from './toy-run.ts';

it('a full disk stops a run wherever it fills up; the last checkpoint is intact and the run goes on from it', async () => {
  const whole = await temporaryFolder();
  const training = { max_steps: 20, checkpoint_interval: 5 };
  await toyRun(whole, { training });
  const expected = course((await readMetrics(whole)).events);
  const enough = fullAfter(1e9);
  await toyRun(await temporaryFolder(), { training, disk: enough });
  const needed = 1e9 - enough.left;
  for (let attempt = 0; attempt < 15; attempt++) {
    const folder = await temporaryFolder();
    const room = Math.floor(derive(11, attempt) * needed);
    const failing = toyRun(folder, { training, disk: fullAfter(room) });
    await expect(failing, `room for ${room} bytes`).rejects.toSatisfy(
      (error) => HyenaError.from(error).code === 'disk-full',
    );
    const checkpoints = await readdir(join(folder, 'checkpoints')).catch(() => []);
    expect(checkpoints.filter((name) => name.startsWith('.'))).toEqual([]);
    // Sound, or none at all where not even the first had room; never `damaged`.
    await newestValidCheckpoint(folder, (error) => expect.fail(error.message));
    await toyRun(folder, { training });
    expect(course((await readMetrics(folder)).events), `room for ${room} bytes`).toEqual(expected);
  }
});
