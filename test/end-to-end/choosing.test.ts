import path from 'node:path';
import { expect, it } from 'vitest';
import { runConfigurationSchema } from '../../main/contract/configuration.ts';
import { measureInProcess } from '../../worker/devices/measuring.ts';
import { projectFolder } from './command.ts';

const entry = path.join(projectFolder, 'build', 'worker', 'index.js');
const configuration = runConfigurationSchema.parse({
  dataset: 'made-up',
  model: { d_model: 16, n_layer: 1, l_max: 32 },
  training: { batch_size: 2 },
});

it('measures a step in a process of its own', async () => {
  const measure = measureInProcess(configuration, new AbortController().signal, entry);
  const milliseconds = await measure('portable', 200);
  expect(milliseconds).toBeGreaterThan(0);
  expect(milliseconds).toBeLessThan(60_000);
});

it('says what a device cannot do', async () => {
  const measure = measureInProcess(configuration, new AbortController().signal, entry);
  await expect(measure('cuda:7', 200)).rejects.toMatchObject({ code: 'device' });
});

it('ends with the job that asked', async () => {
  const stop = new AbortController();
  const measuring = measureInProcess(configuration, stop.signal, entry)('portable', 60_000);
  setTimeout(() => stop.abort(), 300);
  await expect(measuring).rejects.toMatchObject({ code: 'interrupted' });
});
