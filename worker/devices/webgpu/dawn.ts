import { HyenaError } from '../../../main/contract/errors.ts';
import { toMessage, msg, type Message } from '../../../main/contract/message.ts';

/** What of WebGPU is used here and newer than the types that tfjs brings. */
interface AdapterInformation {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter: boolean;
  /** Threads of a subgroup, at least and at most. */
  readonly subgroupMinSize: number;
  readonly subgroupMaxSize: number;
  /** What its matrix units multiply; left out where they are not offered. */
  readonly subgroupMatrixConfigs?: readonly MatrixUnitSizes[];
}

/** Products of `[M,K]` by `[K,N]`; types as 'f16', 'f32'. */
export interface MatrixUnitSizes {
  readonly M: number;
  readonly N: number;
  readonly K: number;
  readonly componentType: string;
  readonly resultComponentType: string;
}

/** A GPU, or a program that stands in for one. */
export interface Adapter {
  readonly name: string;
  readonly vendor: string;
  /** Its driver with the version, as the driver tells it; may be empty. */
  readonly driver: string;
  /** Computes on the CPU: for tests, never for speed. */
  readonly software: boolean;
  readonly features: readonly string[];
  /** The limits that kernels here depend on. */
  readonly limits: Readonly<Record<LimitName, number>>;
  /** As Dawn gave it. */
  readonly handle: GPUAdapter;
  /** Dawn ends with it. */
  readonly gpu: GPU;
  readonly information: AdapterInformation;
}

const limitNames = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupsPerDimension',
] as const;
type LimitName = (typeof limitNames)[number];

/** Features that are used where they are there. */
const wantedFeatures = [
  ...['subgroups', 'subgroup-size-control', 'shader-f16', 'chromium-experimental-subgroup-matrix'],
  'timestamp-query',
];

/**
 * Dawn's own switches. Workgroup memory is not filled with zeros first: every kernel writes it before it reads it, and
 * the filling makes pipelines on SwiftShader take seven times as long. What is experimental, as matrix units are, is
 * offered. The GPU's clock is reported as it is, not rounded to a tenth of a millisecond as web pages get it.
 */
const dawnOptions = [
  'enable-dawn-features=disable_workgroup_init,allow_unsafe_apis',
  'disable-dawn-features=timestamp_quantization',
];

interface Dawn {
  create(options: string[]): GPU;
  globals: Record<string, unknown>;
}

/** Starts Dawn with options besides the usual ones. */
export type StartDawn = (...options: string[]) => GPU;

export type DawnResult = { readonly start: StartDawn } | { readonly reason: Message; readonly hint: Message };

let opened: DawnResult | undefined;

/** The package `webgpu`, which is optional, with its globals in place, as tfjs looks for them. */
export async function openDawn(): Promise<DawnResult> {
  if (opened) return opened;
  try {
    const name = 'webgpu';
    const dawn = (await import(name)) as Dawn;
    Object.assign(globalThis, dawn.globals);
    const started = new Map<string, GPU>();
    const start = (...options: string[]) => {
      const key = options.join();
      const gpu = started.get(key) ?? dawn.create([...dawnOptions, ...options]);
      started.set(key, gpu);
      return gpu;
    };
    start();
    opened = { start };
  } catch (error) {
    const missing = (error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND';
    opened = {
      reason: missing
        ? msg`the optional package 'webgpu' (Dawn) is not installed`
        : msg`Dawn failed to start: ${toMessage(error instanceof Error ? error.message.split('\n')[0] : String(error))}`,
      hint: missing
        ? msg`Install the optional packages.`
        : msg`Dawn is available only for Linux, macOS and Windows on x64 and arm64. Use another device.`,
      ...(missing && { command: 'npm install --include=optional' }),
    };
  }
  return opened;
}

const limitsOf = (handle: GPUAdapter): Record<LimitName, number> =>
  Object.fromEntries(limitNames.map((name) => [name, handle.limits[name]])) as Record<LimitName, number>;

function describe(gpu: GPU, handle: GPUAdapter, name?: string): Adapter {
  const { info: information } = handle as unknown as { info: AdapterInformation };
  const { vendor, architecture, device, description } = information;
  const software =
    information.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${name}${architecture}${description}`);
  return {
    name: name ?? (device || description || architecture || vendor || 'unnamed adapter'),
    vendor: vendor || 'unknown vendor',
    driver: description,
    software,
    features: [...handle.features].sort(),
    limits: limitsOf(handle),
    handle,
    gpu,
    information,
  };
}

/** Names of all adapters: Dawn tells them where it is asked for one that there is not. */
async function adapterNames(start: StartDawn): Promise<string[]> {
  try {
    await start('adapter=none-of-this-name').requestAdapter();
    return [];
  } catch (error) {
    return [...new Set([...String(error).matchAll(/ name: '(.*)'$/gm)].map(([, name]) => name))];
  }
}

/**
 * Every adapter that Dawn offers, the one for speed first, software last. Two of the same name cannot be told apart: the
 * first of them stands for both.
 */
export async function listAdapters(start: StartDawn): Promise<Adapter[]> {
  const request = async (options: string[], preferences: GPURequestAdapterOptions, name?: string) => {
    const gpu = start(...options);
    // Dawn rejects if there is none at all.
    const handle = await gpu.requestAdapter(preferences).catch(() => null);
    return handle ? [describe(gpu, handle, name)] : [];
  };
  const fastest = await request([], { powerPreference: 'high-performance' });
  const named = await Promise.all((await adapterNames(start)).map((name) => request([`adapter=${name}`], {}, name)));
  const found = named.flat();
  const first = ({ information }: Adapter) => information.device === fastest.at(0)?.information.device;
  const adapters = found.some(first) ? found : [...fastest, ...found];
  return adapters.sort((a, b) => Number(a.software) - Number(b.software) || Number(first(b)) - Number(first(a)));
}

/** A logical device with all that the adapter allows. @throws HyenaError `device` */
export async function requestDevice(adapter: Adapter): Promise<GPUDevice> {
  try {
    // An adapter gives one device: a second one, after a loss, needs its own adapter.
    return await adapter.handle.requestDevice({
      requiredFeatures: wantedFeatures.filter((name) => adapter.features.includes(name)) as GPUFeatureName[],
      requiredLimits: { ...adapter.limits },
    });
  } catch (error) {
    throw new HyenaError('device', msg`Cannot open GPU ${adapter.name}: ${toMessage(String(error))}`, {
      hint: 'Update its driver, or use another device.',
      cause: error,
    });
  }
}
