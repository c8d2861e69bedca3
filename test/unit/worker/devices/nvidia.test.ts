import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { blindness } from '../../../../worker/devices/tensorflow/blindness.ts';
import { environmentOf, precisionsOf } from '../../../../worker/devices/cuda.ts';
import { defaultEnvironment } from '../../../../worker/devices/tensorflow/load.ts';
import { describeGpu, isAtLeast, parseGpus, visibleGpus } from '../../../../worker/devices/tensorflow/nvidia.ts';
import { cudaLibraries } from '../../../../worker/devices/tensorflow/releases.ts';

const gpus = parseGpus(
  '0, NVIDIA A100-SXM4-40GB, 40960, 570.86.15, 8.0, GPU-aaaa1111-22\n1, NVIDIA GB10, [N/A], 580.95.05, 12.1, GPU-bbbb1111-22\n',
);

describe('GPUs of NVIDIA', () => {
  it('are those that CUDA_VISIBLE_DEVICES lets this process use', () => {
    const visible = (listed?: string) =>
      visibleGpus(gpus, { CUDA_VISIBLE_DEVICES: listed }).map(({ index, uuid }) => [index, uuid.slice(0, 8)]);
    const [first, second] = [
      [0, 'GPU-aaaa'],
      [1, 'GPU-bbbb'],
    ];
    expect(visible()).toEqual([first, second]);
    expect(visible('1')).toEqual([second]);
    expect(visible('1,0')).toEqual([second, first]);
    expect(visible('GPU-bbbb')).toEqual([second]);
    expect(visible('1,-1,0')).toEqual([second]);
    for (const none of ['', '-1', 'NoDevFiles', '7', 'GPU-']) expect(visible(none)).toEqual([]);
    expect(visible('MIG-5c89')).toEqual([[0, 'MIG-5c89']]);
  });

  it('are described, those without a memory of their own too', () => {
    expect(gpus.map(describeGpu)).toEqual([
      'NVIDIA A100-SXM4-40GB (40 GB, driver 570.86.15)',
      'NVIDIA GB10 (driver 580.95.05)',
    ]);
    expect(isAtLeast({ capability: '8.9' }, [10, 0])).toBe(false);
    expect(isAtLeast({ capability: '12.1' }, [10, 0])).toBe(true);
    expect(isAtLeast({ capability: '8.0' }, [8, 0])).toBe(true);
    expect(isAtLeast({ capability: '' }, [8, 0])).toBe(false);
  });
});

describe('the precisions of a card', () => {
  it('are told to NVIDIA’s libraries before they start, and depend on the card and on that', () => {
    const [ampere] = gpus;
    const volta = { ...ampere, capability: '7.0', uuid: '' };
    const card = { CUDA_VISIBLE_DEVICES: 'GPU-aaaa1111-22' };
    expect(environmentOf(ampere)).toEqual(card);
    expect(environmentOf(ampere, 'bf16-mixed')).toEqual(card);
    expect(environmentOf(ampere, 'tf32')).toEqual({ ...card, NVIDIA_TF32_OVERRIDE: '1' });
    expect(environmentOf(volta, 'tf32')).toEqual({ CUDA_VISIBLE_DEVICES: '0' });
    expect(defaultEnvironment['NVIDIA_TF32_OVERRIDE']).toBe('0');
    expect(precisionsOf(ampere, { NVIDIA_TF32_OVERRIDE: '0' })).toEqual(['fp32', 'bf16-mixed']);
    expect(precisionsOf(ampere, { NVIDIA_TF32_OVERRIDE: '1' })).toEqual(['fp32', 'bf16-mixed', 'tf32']);
    expect(precisionsOf(volta, { NVIDIA_TF32_OVERRIDE: '1' })).toEqual(['fp32']);
  });
});

describe('a GPU that TensorFlow does not see', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hyena-blind-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is told with the reason: the driver, a library, or what lies deeper', () => {
    expect(blindness(folder, 'A GPU', () => false).message).toMatch(/libcuda\.so\.1 was not found/);
    const onlyDriver = (file: string) => file === 'libcuda.so.1';
    expect(blindness(folder, 'A GPU', onlyDriver).message).toMatch(/libcudart\.so\.12.*failed to load/);
    const libraries = path.join(folder, 'nvidia', 'all', 'lib');
    mkdirSync(libraries, { recursive: true });
    for (const { file } of cudaLibraries) writeFileSync(path.join(libraries, file), '');
    expect(blindness(folder, 'A GPU', onlyDriver).message).toMatch(/its driver failed to initialise/);
  });

  it('is looked into with the loader of this system', () => {
    // Where there is a driver, the CUDA of the folder looks complete.
    expect(blindness(folder, 'A GPU').message).toMatch(/libcuda\.so\.1 was not found|its driver failed to initialise/);
  });
});
