import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toEnglish } from '../../../../../main/contract/message.ts';
import { chooseCheckpoint } from '../../../../../main/library/checkpoints/choose-checkpoint.ts';
import {
  checkpointPath,
  checkpointsFolder,
  removeIncompleteCheckpoints,
  listCheckpoints,
  newestValidCheckpoint,
  pruneBest,
  pruneCheckpoints,
  removeCheckpointsAfter,
  writeCheckpoint,
} from '../../../../../main/library/checkpoints/checkpoint-folder.ts';
import { manifestFile, requiredFiles, verifyCheckpoint } from '../../../../../main/library/checkpoints/manifest.ts';
import { temporaryFolder } from '../../../temporary.ts';

const contents = (mark: string) => ({
  'config.json': `{"m": "${mark}"}`,
  'generation_config.json': '{}',
  'model.safetensors': Buffer.from(`weights ${mark}`),
  'tokenizer.json': '{}',
  'optimizer.safetensors': Buffer.from(`moments ${mark}`),
  'state.json': '{}',
});
async function runWith(steps: number[], best: number[] = []): Promise<string> {
  const folder = await temporaryFolder();
  for (const step of steps) await writeCheckpoint(folder, step, 'step', contents(String(step)));
  for (const step of best) await writeCheckpoint(folder, step, 'best', contents(String(step)));
  return folder;
}
const steps = async (folder: string) => (await listCheckpoints(folder)).map(({ step }) => step);

describe('a checkpoint', () => {
  it('is verified, file by file', async () => {
    const folder = await runWith([3]);
    const manifest = await verifyCheckpoint(checkpointPath(folder, 3));
    expect(Object.keys(manifest.files)).toEqual([...requiredFiles]);
    expect(manifest.step).toBe(3);
  });

  it.each([...requiredFiles])('is damaged where a bit of %s differs', async (name) => {
    const folder = await runWith([3]);
    const path = join(checkpointPath(folder, 3), name);
    const bytes = await readFile(path);
    bytes[bytes.length - 1] ^= 1;
    await writeFile(path, bytes);
    await expect(verifyCheckpoint(checkpointPath(folder, 3))).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringContaining(name) as string,
    });
  });

  it.each([
    ['a file is missing', (path: string) => rm(join(path, 'model.safetensors')), 'model.safetensors cannot be read'],
    [
      'a file is cut short',
      (path: string) => truncate(join(path, 'optimizer.safetensors'), 3),
      'has 3 bytes, expected',
    ],
    ['the manifest is missing', (path: string) => rm(join(path, manifestFile)), 'manifest.json is missing'],
    [
      'the manifest is cut short',
      (path: string) => truncate(join(path, manifestFile), 60),
      'manifest.json is missing or unreadable',
    ],
    [
      'the manifest leaves a file out',
      async (path: string) => {
        const manifest = JSON.parse(await readFile(join(path, manifestFile), 'utf8')) as {
          files: Record<string, unknown>;
        };
        delete manifest.files['state.json'];
        await writeFile(join(path, manifestFile), JSON.stringify(manifest));
      },
      'does not list state.json',
    ],
  ])('is damaged where %s', async (_, damage, message) => {
    const folder = await runWith([3]);
    const path = checkpointPath(folder, 3);
    await damage(path);
    await expect(verifyCheckpoint(path)).rejects.toMatchObject({
      code: 'damaged',
      message: expect.stringMatching(new RegExp(`step-3.*${message}`)) as string,
    });
  });
});

describe('a choice of several checkpoints', () => {
  it('the newest sound one is used, and the damaged ones are named', async () => {
    const folder = await runWith([10, 20, 30, 100]);
    await truncate(join(checkpointPath(folder, 100), 'model.safetensors'), 1);
    await rm(join(checkpointPath(folder, 30), manifestFile));
    const named: string[] = [];
    const found = await newestValidCheckpoint(folder, (error) => void named.push(error.message));
    expect(found?.step).toBe(20);
    expect(named).toHaveLength(2);
    expect(named[0]).toContain('step-100');
    expect(named[1]).toContain('step-30');
  });

  it('a damaged best or newest one is named with the one that takes its place', async () => {
    const folder = await runWith([10, 20], [15]);
    const chosen = async (choice: 'best' | 'last') => {
      const notices: string[] = [];
      const { path } = await chooseCheckpoint(folder, 'run', choice, (notice) => void notices.push(toEnglish(notice)));
      return { path, notices };
    };
    expect(await chosen('best')).toEqual({ path: checkpointPath(folder, 15, 'best'), notices: [] });
    await truncate(join(checkpointPath(folder, 15, 'best'), 'model.safetensors'), 0);
    const { path, notices } = await chosen('best');
    expect(path).toBe(checkpointPath(folder, 20));
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/best-15 is damaged: .*Using the checkpoint of step 20 instead: .*step-20/);
    // Without its manifest it is no less damaged, and a newest one that is damaged too is named beside it.
    await rm(join(checkpointPath(folder, 15, 'best'), manifestFile));
    await truncate(join(checkpointPath(folder, 20), 'model.safetensors'), 0);
    const second = await chosen('best');
    expect(second.path).toBe(checkpointPath(folder, 10));
    expect(second.notices[0]).toMatch(/best-15 .*step-20 .*Using the checkpoint of step 10/);
  });

  it('the best one helps out where no other is sound', async () => {
    const folder = await runWith([10], [5]);
    await truncate(join(checkpointPath(folder, 10), 'state.json'), 0);
    expect((await newestValidCheckpoint(folder))?.path).toBe(checkpointPath(folder, 5, 'best'));
  });

  it('none is used of several checkpoints that are all damaged; an empty folder is no error', async () => {
    const folder = await runWith([10]);
    await rm(join(checkpointPath(folder, 10), 'state.json'));
    await expect(newestValidCheckpoint(folder)).rejects.toMatchObject({ code: 'damaged' });
    expect(await newestValidCheckpoint(await temporaryFolder())).toBeNull();
  });

  it('the latest regular ones and the newest are kept', async () => {
    const folder = await runWith([0, 10, 20, 25, 30, 37]);
    await pruneCheckpoints(folder, 2, 10);
    expect(await steps(folder)).toEqual([20, 30, 37]);
    await writeCheckpoint(folder, 40, 'step', contents('40'));
    await pruneCheckpoints(folder, 2, 10);
    expect(await steps(folder)).toEqual([30, 40]);
  });

  it('one best is kept', async () => {
    const folder = await runWith([10], [5, 7]);
    await pruneBest(folder, 7);
    expect((await listCheckpoints(folder, 'best')).map(({ step }) => step)).toEqual([7]);
    expect(await steps(folder)).toEqual([10]);
  });

  it('those after a step are removed', async () => {
    const folder = await runWith([10, 20, 30]);
    await removeCheckpointsAfter(folder, 10);
    expect(await steps(folder)).toEqual([10]);
  });

  it('what is half made is cleared, and one can be replaced', async () => {
    const folder = await runWith([10]);
    await writeCheckpoint(folder, 11, 'step', contents('11'));
    await writeFile(join(checkpointsFolder(folder), '.step-12.0123456789ab.tmp'), '');
    await removeIncompleteCheckpoints(folder);
    await writeCheckpoint(folder, 10, 'step', contents('new'));
    expect((await readdir(checkpointsFolder(folder))).sort()).toEqual(['step-10', 'step-11']);
    expect(await readFile(join(checkpointPath(folder, 10), 'model.safetensors'), 'utf8')).toBe('weights new');
    await verifyCheckpoint(checkpointPath(folder, 10));
  });
});
