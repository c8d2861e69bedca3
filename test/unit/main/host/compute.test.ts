import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { libraryJobs, settingsOf } from '../../../../main/host/compute.ts';
import { PreferencesFile } from '../../../../main/host/window/preferences.ts';
import { temporaryFolder } from '../../temporary.ts';

const entry = path.join(import.meta.dirname, '..', 'workers', 'programs', 'behaviour.mjs');

describe('the limits that a person sets', () => {
  it('reach compute processes as they are when a job starts', async () => {
    const library = await temporaryFolder();
    const startJob = libraryJobs(library, { entry, environment: { PATH: process.env.PATH } });
    const messages = () =>
      startJob({ kind: 'train', library, run: 'environment', resume: false }, () => undefined).result as Promise<
        Record<string, string>
      >;
    expect(await messages()).toEqual({});
    await new PreferencesFile(library).set({ threads: 3, memory_limit_mib: 900 });
    expect(await messages()).toEqual({ HYENA_THREADS: '3', HYENA_MEMORY_LIMIT_MIB: '900' });
  });

  it('count less than what the environment says, and are none where they cannot be read', async () => {
    const library = await temporaryFolder();
    await new PreferencesFile(library).set({ threads: 3 });
    const environment = { PATH: process.env.PATH, HYENA_THREADS: '1' };
    const job = { kind: 'train', library, run: 'environment', resume: false } as const;
    expect(await libraryJobs(library, { entry, environment })(job, () => undefined).result).toEqual({
      HYENA_THREADS: '1',
    });
    await writeFile(path.join(library, 'preferences.json'), '{"threads":');
    expect(settingsOf(library, 'train')).toEqual({});
  });
});
