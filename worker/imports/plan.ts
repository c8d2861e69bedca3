import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Blueprint } from '../../main/contract/imports/blueprint.ts';
import type { ImportPlan } from '../../main/contract/imports/plan.ts';
import { countParameters, generationMemory } from '../../main/contract/logic/cost.ts';
import { modelSpecs } from '../../main/contract/logic/model-parameters.ts';
import { isPackable, weightTypes, type WeightType } from '../../main/contract/logic/weight-format.ts';
import { msg } from '../../main/contract/message.ts';
import { bytesInFile } from '../../main/library/checkpoints/weights-file.ts';
import type { ChosenTokenizer } from './source/tokenizer.ts';
import type { SourceModel } from './source/open-model.ts';
import { bytesOfType, countOf, type StoredTensor } from './tensors/stored-tensor.ts';
import type { ParameterSource } from './tensors/recipe-rows.ts';

/**
 * How every parameter is to be kept. Poles and other filters, norms and biases are not packed, but what is bf16 in the file
 * stays that.
 */
function parameterSources(
  { model, recipes }: Blueprint,
  dtype: WeightType,
  find: (name: string) => StoredTensor,
): ParameterSource[] {
  return modelSpecs(model).map((spec): ParameterSource => {
    const recipe = recipes.get(spec.name);
    if (!recipe) throw new HyenaError('internal', `No recipe for '${spec.name}'.`);
    const isStored = 'from' in recipe;
    const isHalf = isStored && recipe.from.every(({ name }) => find(name).dtype === 'BF16');
    const packed = isStored && isPackable(spec) ? dtype : 'fp32';
    const type = packed === 'fp32' && isHalf && dtype !== 'fp32' ? 'bf16' : packed;
    return { spec, recipe, type, read: type === 'bf16' ? 'BF16' : 'F32' };
  });
}

const sizeOf = (sources: readonly ParameterSource[]): number =>
  sources.reduce((sum, { spec, type }) => sum + bytesInFile({ shape: spec.shape, type }), 0);

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
  place: { library: string; source: string; name: string; dtype: WeightType | null },
  source: SourceModel,
  blueprint: Blueprint,
  { tokenizer, name, notes }: ChosenTokenizer,
  find: (name: string) => StoredTensor,
): Promise<PlannedImport> {
  const { model, licence } = blueprint;
  const stored = storedParts(source, blueprint);
  const half = stored.types.find(({ type }) => type === 'BF16')?.elements ?? 0;
  const dtype = place.dtype ?? (2 * half > stored.elements ? 'bf16' : 'fp32');
  const byType = (amount: (type: WeightType) => number) =>
    Object.fromEntries(weightTypes.map((type) => [type, amount(type)])) as Record<WeightType, number>;
  const sizes = byType((type) => sizeOf(parameterSources(blueprint, type, find)));
  const memory = byType((type) => generationMemory(model, type).total);
  const bandwidth = memoryBandwidth();
  const free = await statfs(place.library).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  );
  const files = await Promise.all(
    source.files.map(async (name) => ({ name, bytes: await source.folder.sizeOf(name) })),
  );
  const fits = memory[dtype] <= totalmem();
  return {
    sources: parameterSources(blueprint, dtype, find),
    plan: {
      ...{ name: place.name, source: place.source, family: blueprint.family, title: blueprint.title },
      ...{ format: source.format, files, config: source.config.file },
      model: { ...model },
      parameters: countParameters(model).total,
      ...{ stored, ignored: blueprint.unused.length, dtype, sizes },
      memory: { needed: memory[dtype], available: totalmem(), byType: memory },
      disk: { needed: sizes[dtype], available: free },
      fits,
      tokensPerSecond: bandwidth / (sizes[dtype] || 1),
      tokenizer: { name, vocabulary: tokenizer.vocabularySize },
      licence: licence && { name: licence.name, address: licence.address ?? null, terms: licence.terms ?? null },
      notes: [
        ...blueprint.notes,
        ...notes,
        ...(fits ? [] : [msg`The memory of this machine does not suffice to compute with it in this type.`]),
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
