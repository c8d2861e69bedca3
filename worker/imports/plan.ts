import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Blueprint } from '../../main/contract/imports/blueprint.ts';
import type { ImportPlan, KeptType } from '../../main/contract/imports/plan.ts';
import { countParameters, generationMemory } from '../../main/contract/logic/cost.ts';
import { modelSpecs } from '../../main/contract/logic/model-parameters.ts';
import { parameterSize } from '../../main/contract/logic/parameter-specs.ts';
import { msg } from '../../main/contract/message.ts';
import type { ChosenTokenizer } from './source/tokenizer.ts';
import type { SourceModel } from './source/open-model.ts';
import { bytesOfType, countOf, type StoredTensor } from './tensors/stored-tensor.ts';
import type { ParameterSource, WeightType } from './tensors/recipe-rows.ts';

/** How every parameter is to be kept. Poles and other filters, norms and biases stay fp32: they are few, and rounding tells. */
function parameterSources(
  { model, recipes }: Blueprint,
  dtype: KeptType,
  find: (name: string) => StoredTensor,
): ParameterSource[] {
  return modelSpecs(model).map((spec): ParameterSource => {
    const recipe = recipes.get(spec.name);
    if (!recipe) throw new HyenaError('internal', `No recipe for '${spec.name}'.`);
    const isHalf = 'from' in recipe && recipe.from.every(({ name }) => find(name).dtype === 'BF16');
    const isMatrix = spec.shape.length === 2 && spec.part !== 'filters';
    const type: WeightType = dtype === 'bf16' && (isHalf || ('from' in recipe && isMatrix)) ? 'BF16' : 'F32';
    return { spec, recipe, dtype: type };
  });
}

const sizeOf = (sources: readonly ParameterSource[]): number =>
  sources.reduce((sum, { spec, dtype }) => sum + parameterSize(spec.shape) * bytesOfType[dtype], 0);

/** What of a file belongs to the model; numbers that are stored once under several names count once. */
function storedParts({ tensors }: SourceModel, { unused }: Blueprint) {
  const left = new Set(unused);
  const seen = new Set<string>();
  const types = new Map<string, number>();
  let [elements, bytes] = [0, 0];
  for (const { name, dtype, shape, strides, offset, storage } of tensors) {
    const view = `${storage.id}@${offset}:${strides.join()}`;
    if (left.has(name) || seen.has(view)) continue;
    seen.add(view);
    const count = countOf(shape);
    elements += count;
    bytes += count * bytesOfType[dtype];
    types.set(dtype, (types.get(dtype) ?? 0) + count);
  }
  return { tensors: seen.size, elements, bytes, types: [...types].map(([type, count]) => ({ type, elements: count })) };
}

export interface PlannedImport {
  readonly plan: ImportPlan;
  readonly sources: readonly ParameterSource[];
}

/** What an import would make, and what it would cost. @param dtype null: as the file has them */
export async function planImport(
  place: { library: string; source: string; name: string; dtype: KeptType | null },
  source: SourceModel,
  blueprint: Blueprint,
  { tokenizer, name, notes }: ChosenTokenizer,
  find: (name: string) => StoredTensor,
): Promise<PlannedImport> {
  const { model, licence } = blueprint;
  const stored = storedParts(source, blueprint);
  const half = stored.types.find(({ type }) => type === 'BF16')?.elements ?? 0;
  const dtype = place.dtype ?? (2 * half > stored.elements ? 'bf16' : 'fp32');
  const [fp32, bf16] = (['fp32', 'bf16'] as const).map((type) => sizeOf(parameterSources(blueprint, type, find)));
  const needed = dtype === 'fp32' ? fp32 : bf16;
  const memory = generationMemory(model).total;
  const free = await statfs(place.library).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
  const files = await Promise.all(
    source.files.map(async (name) => ({ name, bytes: await source.folder.sizeOf(name) })),
  );
  const fits = memory <= totalmem();
  return {
    sources: parameterSources(blueprint, dtype, find),
    plan: {
      ...{ name: place.name, source: place.source, family: blueprint.family, title: blueprint.title },
      ...{ format: source.format, files, config: source.config.file },
      model: { ...model },
      parameters: countParameters(model).total,
      ...{ stored, ignored: blueprint.unused.length, dtype, sizes: { fp32, bf16 } },
      memory: { needed: memory, available: totalmem() },
      disk: { needed, available: free },
      fits,
      tokensPerSecond: memoryBandwidth() / (fp32 || 1),
      tokenizer: { name, vocabulary: tokenizer.vocabularySize },
      licence: licence && { name: licence.name, address: licence.address ?? null, terms: licence.terms ?? null },
      notes: [
        ...blueprint.notes,
        ...notes,
        ...(fits
          ? []
          : [msg`The memory of this machine does not suffice to compute with it: weights are held as fp32.`]),
      ],
    },
  };
}

/** Bytes a second that this process reads from memory, by copying what no cache holds. */
function memoryBandwidth(): number {
  const from = Buffer.alloc(64 << 20, 1);
  const to = Buffer.allocUnsafe(from.length);
  let best = 0;
  for (let round = 0; round < 4; round++) {
    const start = performance.now();
    from.copy(to);
    best = Math.max(best, (2 * from.length * 1000) / Math.max(0.001, performance.now() - start));
  }
  return best;
}
