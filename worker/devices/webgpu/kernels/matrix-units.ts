import type * as tf from '@tensorflow/tfjs-core';
import type { WebGpuBackend } from '../backend.ts';
import type { Adapter, MatrixUnitSizes } from '../dawn.ts';
import { loadShader, type Shader } from '../shader.ts';
import { multiplyOnGpu, type Product, type ProductPrecision } from './matrix-product.ts';
import { processEnvironment, variable } from '../../../../main/library/environment.ts';

/** Products by the matrix units of subgroups. */
export interface ProductByUnits {
  readonly name: string;
  readonly shader: Shader;
  readonly constants: Readonly<Record<string, number>>;
}
/** By precision of the factors. */
export type MatrixUnits = Partial<Record<ProductPrecision, ProductByUnits>>;

interface Kind extends MatrixUnitSizes {
  readonly name: string;
  readonly precision: ProductPrecision;
  readonly ofAnySize: Shader;
  readonly ofSize: Shader;
}

function kindOf(M: number, N: number, K: number, precision: ProductPrecision): Kind {
  const factors = precision === 'fp32' ? 'fp32' : 'f16';
  const files = [`factors-${factors}.wgsl`, `units-${M}-${N}-${K}-${factors}.wgsl`, 'matrix-product.wgsl'];
  const load = (entry: string) =>
    loadShader(import.meta.dirname, ...files, 'units.wgsl', 'product-by-units.wgsl', entry);
  return {
    ...{ M, N, K, precision, name: `matrix units ${M} × ${N} × ${K} in ${factors}` },
    ...{ componentType: factors === 'fp32' ? 'f32' : factors, resultComponentType: 'f32' },
    ...{ ofAnySize: load('units-of-any-size.wgsl'), ofSize: load('units-of-size.wgsl') },
  };
}

/** What there is a shader for, the better first. */
const kinds = [
  kindOf(16, 16, 16, 'f16-mixed'),
  kindOf(8, 16, 16, 'f16-mixed'),
  kindOf(8, 8, 8, 'f16-mixed'),
  kindOf(8, 8, 8, 'fp32'),
];
const keys = ['M', 'N', 'K', 'componentType', 'resultComponentType'] as const;

/**
 * What the adapter says that it has and there is a shader for; nothing where HYENA_MATRIX_UNITS is 0: a driver may crash
 * over them, which no test of their results survives.
 */
export function offeredUnits(
  { features, information, limits }: Adapter,
  environment: NodeJS.ProcessEnv = processEnvironment,
): (ProductByUnits & Pick<Kind, 'precision'>)[] {
  if (variable('HYENA_MATRIX_UNITS', environment) === '0') return [];
  const { subgroupMinSize: least, subgroupMaxSize: most, subgroupMatrixConfigs: offered = [] } = information;
  const size = Math.min(Math.max(32, least), most);
  const sized = least < most;
  if (sized && !features.includes('subgroup-size-control')) return [];
  if (4 * size > limits.maxComputeInvocationsPerWorkgroup) return [];
  return kinds
    .filter((kind) => [...offered].some((one) => keys.every((key) => one[key] === kind[key])))
    .map(({ name, precision, ofAnySize, ofSize }) => ({
      ...{ name, precision, shader: sized ? ofSize : ofAnySize },
      constants: { THREADS: 4 * size, ...(sized ? { SUBGROUP: size } : {}) },
    }));
}

/** Sizes of the product that units are tried with: more than a tile, and no multiple of anything. */
const [m, k, n] = [70, 45, 90];
const values = (count: number, factor: number) =>
  Float32Array.from({ length: count }, (_, index) => ((index * factor) % 17) / 8 - 1);

/**
 * Products of known numbers, by what the backend is set to: one whose result lies in f16 where the precision lets it, and
 * one of that result. Both are exact, so that the order of their sums does not matter.
 */
async function tryOut(backend: WebGpuBackend, precision: ProductPrecision): Promise<number[]> {
  const a = backend.makeTensorInfo([m, k], 'float32', values(m * k, 5));
  const b = backend.makeTensorInfo([k, n], 'float32', values(k * n, 7));
  const made = [a, b];
  const multiply = (product: Product, shape: number[]) => {
    const c = multiplyOnGpu(backend, { ...product, precision }, shape);
    made.push(c);
    return c;
  };
  try {
    const c = multiply({ a, b, m, k, n, keep: 'activation' }, [m, n]);
    const d = multiply({ a: c, b, m, k: n, n: k, transposeB: true }, [m, k]);
    const read = async ({ dataId }: tf.TensorInfo) => [...((await backend.read(dataId)) as Float32Array)];
    return [...(await read(c)), ...(await read(d))];
  } finally {
    backend.discard(...made);
  }
}

/**
 * Sets the backend to matrix units where the adapter offers them and they compute what threads do. What they offer is
 * an experiment of WebGPU: units that do not compile or that are wrong are left alone.
 *
 * @param offered for tests
 */
export async function chooseMatrixUnits(
  backend: WebGpuBackend,
  offered = offeredUnits(backend.adapter),
): Promise<void> {
  backend.matrixUnits = {};
  for (const { precision, ...units } of offered) {
    if (backend.matrixUnits[precision]) continue;
    const expected = await tryOut(backend, precision);
    backend.device.pushErrorScope('validation');
    backend.device.pushErrorScope('internal');
    backend.matrixUnits = { ...backend.matrixUnits, [precision]: units };
    const result = await tryOut(backend, precision).catch(() => null);
    const errors = [await backend.device.popErrorScope(), await backend.device.popErrorScope()];
    const agrees =
      result !== null &&
      errors.every((error) => error === null) &&
      result.every((value, index) => Math.abs(value - expected[index]) <= 1e-4);
    if (!agrees) backend.matrixUnits = { ...backend.matrixUnits, [precision]: undefined };
  }
}

export const namesOfUnits = (units: MatrixUnits): string[] =>
  Object.values(units).flatMap((each) => (each ? [each.name] : []));
