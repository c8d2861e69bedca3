import { readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { settingsOf } from '../../../../main/host/compute.ts';
import { hubTokenOf, keepHubToken } from '../../../../main/host/hub-token.ts';
import { PreferencesFile } from '../../../../main/host/window/preferences.ts';
import { temporaryFolder } from '../../temporary.ts';

it('keeps a token for its owner alone, and gives it to imports alone', async () => {
  const library = await temporaryFolder();
  expect(hubTokenOf(library)).toBeNull();
  await keepHubToken(library, 'hf_one');
  await keepHubToken(library, 'hf_two');
  expect(hubTokenOf(library)).toBe('hf_two');
  if (process.platform !== 'win32') expect((await stat(path.join(library, 'hub-token'))).mode & 0o777).toBe(0o600);
  expect(await readdir(library)).toEqual(['hub-token']);
  await new PreferencesFile(library).set({ hub: 'https://mirror.example/hub', python: '/opt/python' });
  const settings = { HYENA_HUB: 'https://mirror.example/hub', HYENA_PYTHON: '/opt/python' };
  expect(settingsOf(library, 'train')).toEqual(settings);
  expect(settingsOf(library, 'import-model')).toEqual({ ...settings, HF_TOKEN: 'hf_two' });
  await keepHubToken(library, null);
  expect(settingsOf(library, 'import-model')).toEqual(settings);
  await writeFile(path.join(library, 'hub-token'), 'two\nlines');
  expect(hubTokenOf(library)).toBeNull();
});
