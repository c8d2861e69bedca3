import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runConfigurationSchema } from '../../../../main/contract/configuration.ts';
import { toEnglish } from '../../../../main/contract/message.ts';
import { ChoiceCache } from '../../../../worker/devices/choice-cache.ts';
import { chooseDevice, type Choosing } from '../../../../worker/devices/choosing.ts';
import type { AdapterInfo, DeviceKind } from '../../../../worker/devices/device.ts';
import { kindNamed, splitDeviceName } from '../../../../worker/devices/device-names.ts';
import { listDevices } from '../../../../worker/devices/index.ts';
import { parseGpus } from '../../../../worker/devices/tensorflow/nvidia.ts';

const configuration = runConfigurationSchema.parse({ dataset: 'd', model: { d_model: 64, l_max: 128 } });

const kind = (name: string, more: Partial<DeviceKind> = {}, available = true): DeviceKind => ({
  name,
  find: () => Promise.resolve({ available, description: `${name} as found` }),
  open: () => Promise.reject(new Error('A fake is not opened.')),
  ...more,
});

const gpu = (...adapters: Partial<AdapterInfo>[]): DeviceKind =>
  kind('cuda', {
    gpu: true,
    find: () =>
      Promise.resolve({
        available: true,
        description: 'GPUs',
        adapters: adapters.map((adapter, index) => ({
          ...{ name: `cuda:${index}`, description: `card ${index}`, software: false },
          ...adapter,
        })),
      }),
  });

const native = kind('native');
const rest = [kind('tensorflow', { automatic: false }), kind('portable'), kind('reference', { testing: true })];

let folder: string;
let measured: string[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hyena-choices-'));
  measured = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** @param times milliseconds of a step by device; a device that is not there fails */
const choose = (kinds: DeviceKind[], times: Record<string, number>, more: Partial<Choosing> = {}) =>
  chooseDevice({
    ...{ kinds, configuration, memory: new ChoiceCache(folder), version: '1' },
    measure: (name) => {
      measured.push(name);
      return name in times ? Promise.resolve(times[name]) : Promise.reject(new Error(`${name} is broken.`));
    },
    ...more,
  });

describe('choosing a device', () => {
  it('takes the first of the processor where there is no GPU, and measures nothing', async () => {
    expect(await choose([kind('cuda', { gpu: true }, false), native, ...rest], {})).toMatchObject({ name: 'native' });
    const choice = await choose([kind('native', {}, false), ...rest], {});
    expect(choice!.name).toBe('portable');
    expect(toEnglish(choice!.reason)).toContain('native as found');
    expect(measured).toEqual([]);
    expect(await choose([kind('native', {}, false)], {})).toBeNull();
  });

  it('asks a kind that sees sooner that there is no GPU for that', async () => {
    const slowly = gpu({});
    const without = { available: false, description: 'no card' };
    const kinds = [{ ...slowly, findGpu: () => Promise.resolve(without) }, native, ...rest];
    const choice = await choose(kinds, { 'cuda:0': 1, native: 340 });
    expect(choice).toMatchObject({ name: 'native' });
    expect(toEnglish(choice!.reason)).toContain('cuda: no card');
    expect(measured).toEqual([]);
  });

  it('takes a GPU that wins, says by how much, and remembers it', async () => {
    const kinds = [gpu({}), native, ...rest];
    const choice = await choose(kinds, { 'cuda:0': 12.5, native: 340 });
    expect(choice).toMatchObject({ name: 'cuda:0' });
    expect(toEnglish(choice!.reason)).toContain('12.5 ms on cuda:0, 340.0 ms on native');
    expect(measured).toEqual(['cuda:0', 'native']);
    expect(await choose(kinds, {})).toEqual(choice);
    expect(measured).toHaveLength(2);
  });

  it('keeps the processor where the GPU loses', async () => {
    expect(await choose([gpu({}), native, ...rest], { 'cuda:0': 400, native: 340 })).toMatchObject({ name: 'native' });
  });

  it('takes the best of several', async () => {
    const times = { 'cuda:0': 30, 'cuda:1': 10, native: 340 };
    expect(await choose([gpu({}, {}), native, ...rest], times)).toMatchObject({ name: 'cuda:1' });
  });

  it('never takes a software adapter, and does not even measure it', async () => {
    const kinds = [gpu({ software: true }), native, ...rest];
    expect(await choose(kinds, { 'cuda:0': 1, native: 340 })).toMatchObject({ name: 'native' });
    expect(measured).toEqual([]);
  });

  it('goes on without a GPU that fails, says why, and tries it the next time again', async () => {
    const kinds = [gpu({}), native, ...rest];
    const choice = await choose(kinds, { native: 340 });
    expect(choice).toMatchObject({ name: 'native' });
    expect(toEnglish(choice!.reason)).toContain('cuda:0 is broken.');
    expect(await choose(kinds, { 'cuda:0': 10, native: 340 })).toMatchObject({ name: 'cuda:0' });
  });

  it('takes the GPU where the processor does not end in its time', async () => {
    expect(await choose([gpu({}), native, ...rest], { 'cuda:0': 900 })).toMatchObject({ name: 'cuda:0' });
  });

  it('measures again for another configuration, version or card', async () => {
    const times = { 'cuda:0': 10, native: 340 };
    await choose([gpu({}), native], times);
    const longer = runConfigurationSchema.parse({ dataset: 'd', model: { d_model: 64, l_max: 4096 } });
    await choose([gpu({}), native], times, { configuration: longer });
    await choose([gpu({}), native], times, { version: '2' });
    await choose([gpu({ description: 'another card' }), native], times);
    expect(measured).toHaveLength(8);
    const named = runConfigurationSchema.parse({ ...configuration, dataset: 'another' });
    await choose([gpu({}), native], times, { configuration: named });
    expect(measured).toHaveLength(8);
  });

  it('choosing a device without a training takes what won with the same model, else what won last', async () => {
    await choose([gpu({}), native], { 'cuda:0': 10, native: 30 });
    const other = runConfigurationSchema.parse({ dataset: 'd', model: { d_model: 32, l_max: 64 } });
    await new Promise((resolve) => setTimeout(resolve, 2));
    await choose([gpu({}), native], { 'cuda:0': 30, native: 10 }, { configuration: other });
    measured = [];
    const taken = (more: Partial<Choosing>) => choose([gpu({}), native], {}, { measure: null, ...more });
    expect(await taken({ configuration })).toMatchObject({ name: 'cuda:0' });
    expect(await taken({ configuration: other })).toMatchObject({ name: 'native' });
    const third = runConfigurationSchema.parse({ dataset: 'd', model: { d_model: 16, l_max: 64 } });
    expect(await taken({ configuration: third })).toMatchObject({ name: 'native' });
    expect(measured).toEqual([]);
  });

  it('choosing a device without a training says what the last one took', async () => {
    const kinds = [gpu({}), native];
    const before = await choose(kinds, {}, { configuration: null });
    expect(before!.name).toBe('native');
    expect(toEnglish(before!.reason)).toContain('first training run benchmarks it');
    await choose(kinds, { 'cuda:0': 10, native: 340 });
    expect(await choose(kinds, {}, { configuration: null })).toMatchObject({ name: 'cuda:0' });
    expect(await choose([native], {}, { configuration: null })).toMatchObject({ name: 'native' });
  });
});

describe('names of devices', () => {
  it('name a card of a GPU, and of a GPU alone', () => {
    const kinds = [gpu({}, {}), native];
    expect(splitDeviceName('cuda:1')).toEqual(['cuda', '1']);
    expect(kindNamed('cuda:1', kinds).name).toBe('cuda');
    for (const wrong of ['native:1', 'cuda:one', 'gpu'])
      expect(() => kindNamed(wrong, kinds)).toThrow(expect.objectContaining({ code: 'not-found' }) as Error);
  });

  it('are listed card by card where there are several', async () => {
    expect((await listDevices([gpu({}, {}), native])).map(({ name }) => name)).toEqual(['cuda:0', 'cuda:1', 'native']);
    expect((await listDevices([gpu({ name: 'cuda' }), native])).map(({ name }) => name)).toEqual(['cuda', 'native']);
  });

  it('come from what the driver says', () => {
    expect(parseGpus('0, NVIDIA H100 80GB HBM3, 81559, 550.54.15, 9.0\n1, [N/A], x, 550, \n\nnoise\n')).toEqual([
      {
        index: 0,
        name: 'NVIDIA H100 80GB HBM3',
        memoryBytes: 81559 * 2 ** 20,
        driver: '550.54.15',
        capability: '9.0',
        uuid: '',
      },
      { index: 1, name: '[N/A]', memoryBytes: 0, driver: '550', capability: '', uuid: '' },
    ]);
  });
});
