import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../../../../main/contract/configuration.ts';
import {
  createRun,
  listRuns,
  readRun,
  readRunRecord,
  runFolder,
  updateRunRecord,
} from '../../../../../main/library/runs/run-folder.ts';
import { lockRun } from '../../../../../main/library/runs/run-lock.ts';
import { temporaryFolder } from '../../../temporary.ts';

const configuration = runConfigurationSchema.parse({ dataset: 'book' });

describe('runs of a library', () => {
  it('are made, read and listed', async () => {
    const library = await temporaryFolder();
    expect(await listRuns(library)).toEqual({ runs: [], damaged: [] });
    await createRun(library, 'first', configuration);
    const record = await createRun(library, 'second.2', configuration);
    await updateRunRecord(library, record, { status: 'done', step: 3 });
    const { runs } = await listRuns(library);
    expect(runs.map(({ name }) => name).sort()).toEqual(['first', 'second.2']);
    expect(await readRun(library, 'second.2')).toMatchObject({
      status: 'done',
      step: 3,
      checkpoints: [],
      owner: null,
      path: join(library, 'runs', 'second.2'),
    });
  });

  it('are found however their letters are composed, and old ones as they are spelled', async () => {
    const library = await temporaryFolder();
    await createRun(library, 'Käse'.normalize('NFC'), configuration);
    expect((await readRun(library, 'Käse'.normalize('NFD'))).name).toBe('Käse'.normalize('NFC'));
    const old = '한국어'.normalize('NFD');
    await mkdir(join(library, 'runs', old), { recursive: true });
    const record = await readRunRecord(library, 'Käse'.normalize('NFC'));
    await writeFile(join(library, 'runs', old, 'run.json'), JSON.stringify({ ...record, name: old }));
    expect((await readRun(library, '한국어'.normalize('NFC'))).name).toBe(old);
    expect((await listRuns(library)).runs.map(({ name }) => name)).toContain(old);
  });

  it('are not beside one whose name differs in case or composition alone, which is named', async () => {
    const library = await temporaryFolder();
    await createRun(library, 'Käse', configuration);
    for (const name of ['käse', 'KÄSE', 'Käse'.normalize('NFD')])
      await expect(createRun(library, name, configuration)).rejects.toMatchObject({
        code: 'already-exists',
        message: "Run 'Käse' already exists.",
      });
  });

  it.each(['', '.', '..', 'a/b', '../x', 'a\\b', '.hidden', 'con', 'NUL.txt', 'a'.repeat(101), 'end.', 'a b'])(
    'are not named %j',
    async (name) => {
      await expect(createRun(await temporaryFolder(), name, configuration)).rejects.toMatchObject({ code: 'usage' });
    },
  );

  it('have names of their own, whatever the case', async () => {
    const library = await temporaryFolder();
    await createRun(library, 'Book', configuration);
    await expect(createRun(library, 'book', configuration)).rejects.toMatchObject({ code: 'already-exists' });
  });

  it('runs of an earlier version open, with a key of the model that had one value', async () => {
    const library = await temporaryFolder();
    const run = await createRun(library, 'earlier', configuration);
    const file = join(runFolder(library, 'earlier'), 'run.json');
    const withActivation = (activation: string) => {
      const model = { ...configuration.model, activation };
      return writeFile(file, JSON.stringify({ ...run, configuration: { ...configuration, model } }));
    };
    await withActivation('gelu_tanh');
    expect((await readRunRecord(library, 'earlier')).configuration).toEqual(configuration);
    await withActivation('relu');
    await expect(readRunRecord(library, 'earlier')).rejects.toMatchObject({ code: 'damaged' });
  });

  it('runs of a library that are not there or damaged say so', async () => {
    const library = await temporaryFolder();
    await expect(readRunRecord(library, 'none')).rejects.toMatchObject({ code: 'not-found' });
    await createRun(library, 'good', configuration);
    await mkdir(runFolder(library, 'bad'));
    await writeFile(join(runFolder(library, 'bad'), 'run.json'), '{"format": 1');
    const { runs, damaged } = await listRuns(library);
    expect(runs.map(({ name }) => name)).toEqual(['good']);
    expect(damaged).toMatchObject([{ code: 'damaged' }]);
    expect(damaged[0].message).toContain('bad');
  });

  it('runs of a library whose process has disappeared are interrupted, not running', async () => {
    const library = await temporaryFolder();
    const record = await createRun(library, 'r', configuration);
    await updateRunRecord(library, record, { status: 'running' });
    expect((await readRun(library, 'r')).status).toBe('interrupted');
    const lock = await lockRun(runFolder(library, 'r'));
    expect(await readRun(library, 'r')).toMatchObject({ status: 'running', owner: { pid: process.pid } });
    await lock.release();
  });
});
