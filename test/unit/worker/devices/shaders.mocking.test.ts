import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type * as shaderModule from '../../../../worker/devices/webgpu/shader.ts';
import {
  bindingsInHalf,
  packableBindings,
  type Shader,
  shaderText,
  type StoredType,
} from '../../../../worker/devices/webgpu/shader.ts';

/** Every shader that a module has loaded. */
const loadedShaders: Shader[] = vi.hoisted(() => []);
vi.mock('../../../../worker/devices/webgpu/shader.ts', async (original) => {
  const real = await original<typeof shaderModule>();
  return {
    ...real,
    loadShader: (...files: Parameters<typeof real.loadShader>): Shader => {
      const shader = real.loadShader(...files);
      loadedShaders.push(shader);
      return shader;
    },
  };
});

const worker = join(import.meta.dirname, '..', '..', '..', '..', 'worker');
/** Files that stand before other shaders, as `shaderText` puts them there. */
const heads = ['half', 'half-emulated', 'words-fp32', 'words-bf16', 'words-int8', 'words-int4'];
const headFiles = heads.map((file) => join(worker, 'devices/webgpu/kernels', `${file}.wgsl`));
let device: GPUDevice;
/** Dawn ends with it. */
let gpu: GPU;

/** Dawn's adapter that checks and compiles all, and runs nothing: it needs no GPU and no driver. */
beforeAll(async () => {
  const name = 'webgpu';
  const dawn = (await import(name)) as { create(options: string[]): GPU; globals: object };
  Object.assign(globalThis, dawn.globals);
  gpu = dawn.create(['backend=null', 'enable-dawn-features=allow_unsafe_apis']);
  const adapter = await gpu.requestAdapter();
  // Those that no software adapter has too: subgroup matrices.
  const expected = ['subgroups', 'subgroup-size-control', 'shader-f16', 'chromium-experimental-subgroup-matrix'];
  device = await adapter!.requestDevice({ requiredFeatures: expected as GPUFeatureName[] });
  // Reads every shader.
  await import('../../../../worker/devices/webgpu/register.ts');
  await import('../../../../worker/models/decoding/decoder.ts');
});

/** Names of the entry points in the text of a shader. */
const entriesOf = (code: string) => [...code.matchAll(/@compute[^{]*?fn\s+(\w+)/g)].map(([, name]) => name);

/** Texts of a shader with everything in fp32, everything in f16, each tensor alone in f16, and each matrix alone packed. */
function textsOf(shader: Shader): string[] {
  const all = [...bindingsInHalf(shader).keys()];
  const inHalf = (bindings: number[]) => new Map<number, StoredType>(bindings.map((one) => [one, 'f16']));
  const choices = [inHalf([]), inHalf(all), ...all.map((one) => inHalf([one]))];
  for (const type of ['bf16', 'int8', 'int4'] as const)
    for (const one of packableBindings(shader)) {
      const others = all.filter((other) => other !== one);
      choices.push(new Map([[one, type]]), inHalf(others).set(one, type));
    }
  const texts = choices.map((stored) => shaderText(shader, stored, 'f16'));
  return [...new Set([...texts, shaderText(shader, inHalf(all), 'emulated')])];
}

describe('shaders', () => {
  it('are all used, and all read', () => {
    const files = readdirSync(worker, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.wgsl'))
      .map((file) => join(worker, file))
      .sort();
    expect(loadedShaders.some(({ name }) => name === 'units-of-size')).toBe(true);
    const used = new Set([...headFiles, ...loadedShaders.flatMap((shader) => shader.files)]);
    expect(files.length).toBeGreaterThan(5);
    expect([...used].sort()).toEqual(files);
  });

  it('compile without a warning, and every entry point with the limits that every adapter has', async () => {
    const troubles: string[] = [];
    const compiled = loadedShaders.flatMap((shader) => textsOf(shader).map((code) => ({ shader, code })));
    for (const { shader, code } of compiled) {
      device.pushErrorScope('validation');
      const module = device.createShaderModule({ code, label: shader.name });
      const { messages } = await module.getCompilationInfo();
      for (const { type, message, lineNum } of messages)
        if (type !== 'info') troubles.push(`${shader.name} (line ${lineNum} of all its files): ${message}`);
      const entries = entriesOf(code);
      expect(entries.length, shader.name).toBeGreaterThan(0);
      for (const entryPoint of entries)
        await device
          .createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint } })
          .catch((error: unknown) => troubles.push(`${shader.name}.${entryPoint}: ${String(error)}`));
      const error = await device.popErrorScope();
      if (error && messages.length === 0) troubles.push(`${shader.name}: ${error.message}`);
    }
    expect(troubles).toEqual([]);
  });

  it('shaders that are wrong are noticed', async () => {
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ code: '@compute @workgroup_size(4) fn main() { let x = nonsense; }' });
    const { messages } = await module.getCompilationInfo();
    expect(messages.map(({ message }) => message).join()).toMatch(/nonsense/);
    expect(await device.popErrorScope()).not.toBeNull();
  });
});
