import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { msg } from '../../main/contract/message.ts';
import { readRunRecord, updateRunRecord } from '../../main/library/runs/run-folder.ts';
import { until } from './browser.ts';
import type { ServedWindow } from './serve-library.ts';

/** Data, three runs that are done, one that was cut off and one that failed, and a measured device. */
export async function fillLibrary({ windows: { requests } }: ServedWindow, library: string): Promise<void> {
  const { grant } = await requests['files.sample']({});
  const data = { name: 'moby-dick', grants: [grant], tokenizer: 'bytes', validation: 0.05, field: null };
  await requests['datasets.add'](data);
  await until(async () => (await requests['datasets.list']({})).length === 1);
  for (const [index, name] of ['cut-off', 'broken', 'first', 'wider', 'longer'].entries()) {
    const configuration = runConfigurationSchema.parse({
      dataset: 'moby-dick',
      model: { d_model: 32 * (index + 1), n_layer: 2, l_max: 512 },
      training: { max_steps: 100 * (index + 1) },
    });
    const annotations = { tags: name === 'wider' ? ['wide'] : [], notes: '' };
    await requests['runs.create']({ configuration, name, annotations, start: true });
  }
  await until(async () => (await requests['runs.list']({})).every(({ phase }) => phase === 'done'));
  const change = async (run: string, changes: Parameters<typeof updateRunRecord>[2]) =>
    updateRunRecord(library, await readRunRecord(library, run), changes);
  await change('cut-off', { status: 'running' });
  await change('broken', {
    status: 'failed',
    error: {
      ...{ code: 'out-of-memory', message: msg`There is not enough memory for a step: 900 MiB more are needed.` },
      ...{ kept: msg`The checkpoint of step 200 is intact.`, hint: msg`Choose a smaller batch.` },
    },
  });
  await requests['devices.benchmark']({ device: 'native' });
  await requests['preferences.set']({ welcomed: true });
}
