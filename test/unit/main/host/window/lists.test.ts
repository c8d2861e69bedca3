import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../../../../main/contract/configuration.ts';
import { Host } from '../../../../../main/host/host.ts';
import { LibraryWindows } from '../../../../../main/host/window/window-host.ts';
import { writeCheckpoint } from '../../../../../main/library/checkpoints/checkpoint-folder.ts';
import { requiredFiles, type CheckpointFile } from '../../../../../main/library/checkpoints/manifest.ts';
import { createRun, readRunRecord, runFolder, updateRunRecord } from '../../../../../main/library/runs/run-folder.ts';
import { hyenaDnaTokenizerJson } from '../../../../../main/library/tokenizers/published.ts';
import { temporaryFolder } from '../../../temporary.ts';
import { fakeJobs } from '../fake-jobs.ts';

/** Lists that windows ask for whenever something changes. */
let library: string;
let windows: LibraryWindows;
const configuration = runConfigurationSchema.parse({ dataset: 'book' });
const contents = Object.fromEntries(requiredFiles.map((name) => [name, '{}'])) as Record<CheckpointFile, string>;

beforeEach(async () => {
  library = path.join(await temporaryFolder(), 'library');
  const { startJob } = fakeJobs({});
  const host = await Host.open(library, startJob);
  windows = await LibraryWindows.open({
    ...{ host, startJob, version: '1', shell: 'server', resources: '.' },
    report: (error) => expect(error).toBeUndefined(),
  });
  for (const name of ['plain', 'letters']) {
    await createRun(library, name, configuration);
    const tokenizer = name === 'letters' ? JSON.stringify(hyenaDnaTokenizerJson()) : '{}';
    await writeCheckpoint(runFolder(library, name), 5, 'step', { ...contents, 'tokenizer.json': tokenizer });
  }
});
afterEach(() => windows.close());

it('tells which models read letter by letter without reading their weights', async () => {
  // A checkpoint that is verified is passed over now.
  await writeFile(path.join(runFolder(library, 'letters'), 'checkpoints', 'step-5', 'model.safetensors'), 'damaged');
  expect(await windows.requests['sequences.models']({})).toEqual(['letters']);
});

it('tells of runs and their models what has changed since they were asked for', async () => {
  const runs = async () => new Map((await windows.requests['runs.list']({})).map((run) => [run.name, run]));
  const models = async () => (await windows.requests['models.list']({})).models;
  expect((await runs()).get('plain')).toMatchObject({ step: 0, checkpoints: [5], annotations: { tags: [] } });
  const [{ bytes }] = (await models()).filter(({ run }) => run === 'plain');
  await updateRunRecord(library, await readRunRecord(library, 'plain'), { step: 7 });
  await windows.requests['runs.annotate']({ run: 'plain', changes: { tags: ['wide'] } });
  await writeCheckpoint(runFolder(library, 'plain'), 9, 'step', contents);
  expect((await runs()).get('plain')).toMatchObject({ step: 7, checkpoints: [5, 9], annotations: { tags: ['wide'] } });
  expect((await models()).find(({ run }) => run === 'plain')?.bytes).toBeGreaterThan(bytes);
  await windows.requests['runs.rename']({ run: 'plain', to: 'renamed' });
  expect([...(await runs()).keys()].sort()).toEqual(['letters', 'renamed']);
});
