import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLibrary, libraryFolder } from '../../../../main/host/library-place.ts';
import { createLibrary, itemFolder, newItemName } from '../../../../main/host/library.ts';
import { readableName } from '../../../../main/host/run-names.ts';
import { numberedName } from '../../../../main/library/runs/free-name.ts';

describe('library', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyena-library-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is where HYENA_HOME says, else in the folder of the system', () => {
    expect(libraryFolder({ HYENA_HOME: 'somewhere' })).toBe(path.resolve('somewhere'));
    expect(libraryFolder({})).toMatch(/hyena-studio/);
    expect(libraryFolder({ HYENA_HOME: '' })).toBe(libraryFolder({}));
  });

  describe.skipIf(process.platform !== 'linux')('the library that was chosen in the settings', () => {
    beforeEach(() => {
      vi.stubEnv('XDG_CONFIG_HOME', path.join(folder, 'settings'));
      vi.stubEnv('XDG_DATA_HOME', path.join(folder, 'data'));
      vi.stubEnv('HYENA_HOME', undefined);
    });
    afterEach(() => vi.unstubAllEnvs());

    it('is found from then on, until the usual one is chosen again', async () => {
      // env-paths reads the environment as it is loaded.
      vi.resetModules();
      const place = await import('../../../../main/host/library-place.ts');
      expect(place.libraryFolder()).toBe(path.join(folder, 'data', 'hyena-studio'));
      const chosen = path.join(folder, 'elsewhere', 'library');
      expect(await place.chooseLibrary(chosen)).toBe(chosen);
      expect(place.libraryFolder()).toBe(chosen);
      expect(await readdir(chosen)).toContain('runs');
      expect(place.libraryFolder({ HYENA_HOME: folder })).toBe(folder);
      await place.chooseLibrary(null);
      expect(place.libraryFolder()).toBe(path.join(folder, 'data', 'hyena-studio'));
    });

    it('is not passed over where its setting is damaged: another library would look like a lost one', async () => {
      vi.resetModules();
      const place = await import('../../../../main/host/library-place.ts');
      await place.chooseLibrary(path.join(folder, 'elsewhere'));
      const setting = path.join(folder, 'settings', 'hyena-studio', 'library.json');
      for (const damaged of ['', '{"library": "/else', '{"folder": "/elsewhere"}']) {
        await writeFile(setting, damaged);
        expect(() => place.libraryFolder()).toThrow(setting);
        expect(await readFile(setting, 'utf8')).toBe(damaged);
      }
      expect(place.libraryFolder({ HYENA_HOME: folder })).toBe(folder);
      await place.chooseLibrary(null);
      expect(place.libraryFolder()).toBe(path.join(folder, 'data', 'hyena-studio'));
    });

    it('is not moved to where it cannot be, nor where HYENA_HOME decides', async () => {
      const file = path.join(folder, 'file');
      await writeFile(file, '');
      await expect(chooseLibrary(path.join(file, 'library'))).rejects.toMatchObject({ code: 'bad-input' });
      await expect(chooseLibrary('somewhere')).rejects.toMatchObject({ code: 'usage' });
      vi.stubEnv('HYENA_HOME', folder);
      await expect(chooseLibrary(path.join(folder, 'other'))).rejects.toMatchObject({ code: 'usage' });
      expect(libraryFolder()).toBe(folder);
    });
  });

  it('refuses a new name before any work is done for it, in one sentence', () => {
    expect(newItemName('datasets', 'Käse'.normalize('NFD'))).toBe('Käse'.normalize('NFC'));
    expect(() => newItemName('datasets', '鯨'.repeat(100))).toThrow("' is not a valid name for a data set.");
    const hintOf = (name: string): unknown => {
      try {
        return newItemName('runs', name);
      } catch (error) {
        return (error as { hint?: unknown }).hint;
      }
    };
    expect(hintOf('')).toBe('Names must contain at least one letter or digit.');
    expect(hintOf('鯨'.repeat(100))).toBe('Names are limited to 200 bytes of UTF-8; this one has 300.');
  });

  it('has a folder for each kind of thing, and making it twice is no error', async () => {
    const library = path.join(folder, 'new', 'library');
    await createLibrary(library);
    await createLibrary(library);
    expect((await readdir(library)).sort()).toEqual(['chats', 'datasets', 'documents', 'models', 'runs']);
  });

  it('says in plain words that its place cannot be written', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await expect(createLibrary(path.join(file, 'library'))).rejects.toMatchObject({
      code: 'bad-input',
      hint: expect.stringContaining('HYENA_HOME') as string,
    });
  });

  it.each(['../x', 'a/b', 'a\\b', '.', '..', '.hidden', '', 'con', 'nul.txt', 'a\0b', 'x'.repeat(101), 'dot.', '-x'])(
    'refuses the name %j',
    (name) => {
      expect(() => itemFolder(folder, 'runs', name)).toThrow('is not a valid name for a run');
    },
  );

  it.each(['book', 'moby-dick_2', 'été', '2024.01', 'コーパス', 'context'])('takes the name %j', (name) => {
    expect(itemFolder(folder, 'runs', name)).toBe(path.join(folder, 'runs', name));
  });

  it('makes names that are free and valid', () => {
    const taken = new Set<string>();
    for (let index = 0; index < 300; index++) {
      const name = readableName((one) => taken.has(one));
      expect(() => itemFolder(folder, 'runs', name)).not.toThrow();
      expect(taken.has(name)).toBe(false);
      taken.add(name);
    }
    expect(numberedName('demo', () => false)).toBe('demo');
    expect(numberedName('demo', (name) => ['demo', 'demo-2'].includes(name))).toBe('demo-3');
  });
});
