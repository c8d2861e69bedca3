import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presets } from '../../../../main/contract/presets.ts';
import { composeConfiguration, readConfigurationFile } from '../../../../main/host/configurations.ts';

describe('composing a configuration', () => {
  it.each(Object.keys(presets))('accepts the preset %s as it is', (name) => {
    const { model, training } = composeConfiguration(name, [{ dataset: 'book' }]);
    expect(model).toMatchObject(presets[name as keyof typeof presets].model);
    expect(training).toMatchObject(presets[name as keyof typeof presets].training);
  });

  it('lays the file over the preset and settings over the file', () => {
    const configuration = composeConfiguration('tiny', [
      { dataset: 'book', model: { d_model: 64, n_layer: 3 } },
      { model: { d_model: 32 }, training: { max_steps: 7 } },
    ]);
    expect(configuration.model).toMatchObject({ d_model: 32, n_layer: 3, l_max: 512 });
    expect(configuration.training).toMatchObject({ max_steps: 7, max_minutes: null });
  });

  it('lists the presets where one is not known', () => {
    expect(() => composeConfiguration('tinny', [])).toThrow('Unknown preset: tinny. Did you mean tiny?');
    expect(() => composeConfiguration('toString', [])).toThrow('Unknown preset: toString');
  });
});

describe('a configuration file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hyena-configuration-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const written = async (text: string): Promise<string> => {
    const file = path.join(folder, 'configuration.json');
    await writeFile(file, text);
    return file;
  };

  it('is read, with or without a byte order mark', async () => {
    const text = '\uFEFF{"model": {"d_model": 64}, "dataset": "book"}';
    expect(await readConfigurationFile(await written(text))).toEqual({ model: { d_model: 64 }, dataset: 'book' });
  });

  it.each(['[1]', '3', 'null', '{"model": 3}', '{"training": []}', '{oops'])(
    'is refused where it holds %s',
    async (text) => {
      await expect(readConfigurationFile(await written(text))).rejects.toMatchObject({ code: 'configuration' });
    },
  );

  it('a configuration file of an earlier version opens without the key that had one value', async () => {
    const earlier = '{"model": {"d_model": 64, "activation": "gelu_tanh"}}';
    expect(await readConfigurationFile(await written(earlier))).toEqual({ model: { d_model: 64 } });
    const other = await readConfigurationFile(await written('{"model": {"activation": "relu"}}'));
    expect(() => composeConfiguration('tiny', [other])).toThrow('Unknown key activation in model');
  });

  it('a configuration file that is missing is named', async () => {
    await expect(readConfigurationFile(path.join(folder, 'none.json'))).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('none.json') as string,
    });
  });
});
