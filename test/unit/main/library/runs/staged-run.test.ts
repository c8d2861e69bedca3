import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stageRun } from '../../../../../main/library/runs/staged-run.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-staged-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('removes what dead writers left, whatever their names were made of, and nothing else', async () => {
  const runs = path.join(folder, 'runs');
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const dead = [`.importing-${pid}-0a1b2c3d4e5f`, `.importing-${pid}-8b0f3f0e-1111-4222-8333-444455556666`];
  for (const name of [...dead, 'swift-heron']) await mkdir(path.join(runs, name), { recursive: true });
  const staged = await stageRun(runs);
  await mkdir(staged);
  const other = await stageRun(runs);
  expect(other).not.toBe(staged);
  expect((await readdir(runs)).sort()).toEqual([path.basename(staged), 'swift-heron']);
});
