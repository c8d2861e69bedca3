import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { modelSchema, runConfigurationSchema } from '../../../../../main/contract/configuration.ts';
import { HyenaError } from '../../../../../main/contract/errors.ts';
import type { RequestInput, RequestName, RequestResult } from '../../../../../main/contract/requests.ts';
import { requests as table } from '../../../../../main/contract/requests.ts';
import type { TaskView } from '../../../../../main/contract/views.ts';
import { Host } from '../../../../../main/host/host.ts';
import { LibraryWindows } from '../../../../../main/host/window/window-host.ts';
import { writeCheckpoint } from '../../../../../main/library/checkpoints/checkpoint-folder.ts';
import { configJson } from '../../../../../main/library/checkpoints/config-json.ts';
import { createRun, runFolder } from '../../../../../main/library/runs/run-folder.ts';
import { bytesTokenizer } from '../../../../../main/library/tokenizers/bytes.ts';
import { temporaryFolder } from '../../../temporary.ts';
import { fakeJobs, type FakeJob } from '../fake-jobs.ts';

let library: string;
let windows: LibraryWindows;
let importJob: FakeJob;
beforeEach(async () => {
  library = await temporaryFolder();
  const { startJob } = fakeJobs({
    'import-model': (job, emit, stopped) => importJob(job, emit, stopped),
    evaluate: () =>
      Promise.resolve({
        ...{ run: 'base', step: 4, source: '/tmp/x', loss: 2, perplexity: 7.4, bitsPerByte: 1.5 },
        ...{ tokens: 10, bytes: 20, seconds: 1 },
      }),
  });
  const host = await Host.open(library, startJob);
  windows = await LibraryWindows.open({
    ...{ host, startJob, version: '1', shell: 'server', resources: '.' },
    report: (error) => expect(error).toBeUndefined(),
  });
});
afterEach(() => windows.close());

/** As the dispatcher does: what is left out is filled in. */
type Handlers = { [Name in RequestName]: (params: never) => Promise<RequestResult<Name>> };
const ask = <Name extends RequestName>(name: Name, params: RequestInput<Name>): Promise<RequestResult<Name>> => {
  const handlers: Handlers = windows.requests;
  return handlers[name](table[name].params.parse(params) as never);
};
const model = { ...modelSchema.parse({ d_model: 8, vocab_size: 256 }), vocab_size: 256, d_inner: 32 };
async function makeRun(name: string, from: string | null = null): Promise<void> {
  await createRun(library, name, runConfigurationSchema.parse({ dataset: 'data', from, model }));
  await writeCheckpoint(runFolder(library, name), 4, 'step', {
    'config.json': JSON.stringify(configJson(model, bytesTokenizer)),
    ...{ 'generation_config.json': '{}', 'model.safetensors': 'weights' },
    'tokenizer.json': JSON.stringify(bytesTokenizer.toJSON()),
    ...{ 'optimizer.safetensors': 'moments', 'state.json': '{}' },
  });
}
async function tasksUntil(done: (tasks: readonly TaskView[]) => boolean): Promise<readonly TaskView[]> {
  const leaving = new AbortController();
  try {
    for await (const { tasks } of windows.streams.activity({}, leaving.signal)) if (done(tasks)) return tasks;
  } finally {
    leaving.abort();
  }
  throw new Error('The stream has ended.');
}

it('tells what the records of runs do not say: origin, licence, tokenizer, size', async () => {
  await makeRun('base');
  await makeRun('tuned', 'base');
  await createRun(library, 'empty', runConfigurationSchema.parse({ dataset: 'data' }));
  const licence = { name: 'BSD-3-Clause', address: null, terms: null };
  const imported = { source: 'hf:someone/small', title: 'HyenaDNA', licence };
  await writeFile(path.join(runFolder(library, 'base'), 'import.json'), JSON.stringify(imported));
  const { models, bytes } = await ask('models.list', {});
  const byName = new Map(models.map((one) => [one.run, one]));
  expect([...byName.keys()].sort()).toEqual(['base', 'tuned']);
  const published = { from: 'published', source: 'someone/small', title: 'HyenaDNA' };
  expect(byName.get('base')).toMatchObject({
    ...{ origin: published, licence: { name: 'BSD-3-Clause' } },
    tokenizer: { name: 'bytes', vocabulary: 256 },
  });
  expect(byName.get('tuned')).toMatchObject({ origin: { from: 'trained' }, licence: { name: 'BSD-3-Clause' } });
  expect(bytes).toBe(models.reduce((sum, one) => sum + one.bytes, 0));
  expect(byName.get('base')!.bytes).toBeGreaterThan(100);
});

it('copies what this program saved, under a name that is chosen, and says where it came from', async () => {
  await makeRun('base');
  const { grant } = await windows.grants.add(path.join(runFolder(library, 'base'), 'checkpoints', 'step-4'));
  const source = { from: 'grant', grant } as const;
  const task = '5f0c6cf0-7f0d-4a55-9a9e-3c8f2b1d7a10';
  const preview = await ask('models.plan', { task, source, choices: {} });
  expect(preview).toMatchObject({ kind: 'own', what: 'model', name: 'base-2', context: model.l_max });
  await ask('models.import', { source, choices: { name: 'copy' }, accepted: false });
  const [done] = await tasksUntil((tasks) => tasks.some(({ outcome }) => outcome === 'copy'));
  expect(done).toMatchObject({ kind: 'import-model', status: 'done' });
  const { models } = await ask('models.list', {});
  expect(models.find(({ run }) => run === 'copy')?.origin).toEqual({ from: 'copied', source: 'step-4' });
});

it('stops looking at a model, stops an import, and forgets what only its window waited for', async () => {
  importJob = (_job, emit, stopped) => {
    emit({ type: 'progress', stage: 'download', done: 5, total: 10 });
    return stopped.then(() => {
      throw new HyenaError('interrupted', 'The import was stopped.', { kept: 'Nothing was imported.' });
    });
  };
  const task = '5f0c6cf0-7f0d-4a55-9a9e-3c8f2b1d7a11';
  const source = { from: 'hub', name: 'someone/small' } as const;
  const planning = ask('models.plan', { task, source, choices: {} });
  planning.catch(() => undefined);
  const [running] = await tasksUntil((tasks) => tasks.some(({ done }) => done === 5));
  expect(running).toMatchObject({ kind: 'plan-import', phase: 'import-download', unit: 'bytes', total: 10 });
  await ask('tasks.stop', { task });
  await expect(planning).rejects.toThrow('The import was stopped.');
  await tasksUntil((tasks) => tasks.length === 0);
  const begun = await ask('models.import', { source, choices: {}, accepted: true });
  await tasksUntil((tasks) => tasks.some(({ done }) => done === 5));
  await ask('tasks.stop', begun);
  const [ended] = await tasksUntil((tasks) => tasks.some(({ status }) => status === 'cancelled'));
  expect(ended).toMatchObject({ kind: 'import-model', status: 'cancelled', outcome: null });
});

it('keeps what was measured, under the name by which a person knows the file', async () => {
  await makeRun('base');
  const file = path.join(await temporaryFolder(), 'upload-1');
  await writeFile(file, 'some text');
  const { grant } = await windows.grants.add(file, 'My book.txt');
  await ask('models.evaluate', { run: 'base', source: { from: 'file', grant } });
  await tasksUntil((tasks) => tasks.some(({ outcome }) => outcome === 'base'));
  const { models } = await ask('models.list', {});
  expect(models[0].measurements.evaluations).toMatchObject([{ source: 'My book.txt', bitsPerByte: 1.5, step: 4 }]);
});

it('exports into a new folder each time', async () => {
  await makeRun('base');
  await mkdir(path.join(library, 'exports', 'base-huggingface'), { recursive: true });
  await ask('models.export', { run: 'base', to: 'huggingface', checkpoint: 'best', folder: null });
  const folder = path.join(library, 'exports', 'base-huggingface-2');
  const [task] = await tasksUntil((tasks) => tasks.some(({ outcome }) => outcome !== null));
  expect(task).toMatchObject({ kind: 'export-model', subject: 'base', status: 'done', outcome: folder });
  expect(await readFile(path.join(folder, 'model.safetensors'), 'utf8')).toBe('weights');
});

it('shows no token to a window', async () => {
  expect(await ask('preferences.external', {})).toMatchObject({ token: 'none' });
  const answer = await ask('preferences.hubToken', { token: ' hf_secret ' });
  expect(answer.token).toBe('kept');
  expect(JSON.stringify([answer, await ask('preferences.get', {})])).not.toContain('hf_secret');
  expect(await readFile(path.join(library, 'hub-token'), 'utf8')).toBe('hf_secret');
  expect(await ask('preferences.hubToken', { token: null })).toMatchObject({ token: 'none' });
});

it('knows what can be downloaded, and what each takes', async () => {
  const known = await ask('models.known', {});
  expect(known.find(({ id }) => id === 'togethercomputer/StripedHyena-Hessian-7B')).toMatchObject({
    ...{ parameters: 7_646_023_680, bytes: 15_293_097_984, restricted: false, context: 32_768 },
  });
  expect(known.filter(({ restricted }) => restricted).every(({ family }) => family === 'lfm2')).toBe(true);
});
