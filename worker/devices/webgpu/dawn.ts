import { HyenaError } from '../../../main/contract/errors.ts';
import { asTold, told, type Told } from '../../../main/contract/told.ts';

/** What of WebGPU is used here and newer than the types that tfjs brings. */
export interface AdapterInformation {
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
  /** Computes on the processor: for tests, never for speed. */
  readonly software: boolean;
  readonly features: readonly string[];
  /** The limits that kernels here depend on. */
  readonly limits: Readonly<Record<LimitName, number>>;
  /** As Dawn gave it. */
  readonly handle: GPUAdapter;
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
export type LimitName = (typeof limitNames)[number];

/** Features that are used where they are there. */
const wantedFeatures = [
  ...['subgroups', 'subgroup-size-control', 'shader-f16', 'chromium-experimental-subgroup-matrix'],
  'timestamp-query',
];

/**
 * Dawn's own switches. Workgroup memory is not filled with zeros first: every kernel writes it before it reads it, and
 * the filling makes pipelines on SwiftShader take seven times as long. What is experimental, as matrix units are, is
 * offered.
 */
const dawnOptions = ['enable-dawn-features=disable_workgroup_init,allow_unsafe_apis'];

interface Dawn {
  create(options: string[]): GPU;
  globals: Record<string, unknown>;
}

export type DawnResult = { readonly gpu: GPU } | { readonly reason: Told; readonly hint: Told };

let opened: DawnResult | undefined;

/** The package `webgpu`, which is optional, with its globals in place, as tfjs looks for them. */
export async function openDawn(): Promise<DawnResult> {
  if (opened) return opened;
  try {
    const name = 'webgpu';
    const dawn = (await import(name)) as Dawn;
    Object.assign(globalThis, dawn.globals);
    opened = { gpu: dawn.create(dawnOptions) };
  } catch (error) {
    const missing = (error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND';
    opened = {
      reason: missing
        ? told`the optional package 'webgpu' (Dawn) is not installed`
        : told`Dawn does not start here: ${asTold(error instanceof Error ? error.message.split('\n')[0] : String(error))}`,
      hint: missing
        ? asTold('npm install --include=optional')
        : told`It is built for Linux, macOS and Windows on x64 and arm64 alone. Use another device.`,
    };
  }
  return opened;
}

const limitsOf = (handle: GPUAdapter): Record<LimitName, number> =>
  Object.fromEntries(limitNames.map((name) => [name, handle.limits[name]])) as Record<LimitName, number>;

function describe(handle: GPUAdapter): Adapter {
  const { info: information } = handle as unknown as { info: AdapterInformation };
  const { vendor, architecture, device, description } = information;
  const software =
    information.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${architecture}${description}`);
  return {
    name: description || device || architecture || vendor || 'unnamed adapter',
    vendor: vendor || 'unknown vendor',
    software,
    features: [...handle.features].sort(),
    limits: limitsOf(handle),
    handle,
    information,
  };
}

/** Every adapter that Dawn offers, the one for speed first, software last. */
export async function listAdapters(gpu: GPU): Promise<Adapter[]> {
  const requests: GPURequestAdapterOptions[] = [
    { powerPreference: 'high-performance' },
    { powerPreference: 'low-power' },
    { forceFallbackAdapter: true },
  ];
  const found = new Map<string, Adapter>();
  for (const request of requests) {
    const handle = await gpu.requestAdapter(request);
    if (!handle) continue;
    const adapter = describe(handle);
    const key = `${adapter.vendor} ${adapter.name}`;
    if (!found.has(key)) found.set(key, adapter);
  }
  return [...found.values()].sort((a, b) => Number(a.software) - Number(b.software));
}

/** A logical device with all that the adapter allows. @throws HyenaError `device` */
export async function requestDevice(adapter: Adapter): Promise<GPUDevice> {
  try {
    // An adapter gives one device: a second one, after a loss, needs an adapter of its own.
    return await adapter.handle.requestDevice({
      requiredFeatures: wantedFeatures.filter((name) => adapter.features.includes(name)) as GPUFeatureName[],
      requiredLimits: { ...adapter.limits },
    });
  } catch (error) {
    throw new HyenaError('device', told`The GPU ${adapter.name} could not be opened: ${asTold(String(error))}`, {
      hint: 'Update its driver, or use another device.',
      cause: error,
    });
  }
}
