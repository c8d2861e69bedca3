import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  modelSchema,
  withoutFormerKeys,
  resolveModel,
  type ResolvedModelConfiguration,
} from '../../main/contract/configuration.ts';
import { readSafetensors } from './read-safetensors.ts';
import type { Values } from './compare.ts';

/** The folder of the frozen vectors: HYENA_VECTORS, or this project's copies. */
export const vectorFolder = process.env['HYENA_VECTORS'] ?? join(import.meta.dirname, '../vectors');

export function vectorFiles(): string[] {
  return readdirSync(vectorFolder)
    .filter((file) => file.endsWith('.safetensors'))
    .sort();
}

const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);
const common = {
  tolerance: json(z.number().positive()),
  config: json(z.preprocess(withoutFormerKeys, modelSchema)),
  note: json(z.string()).optional(),
};

/** What a vector's metadata may hold; an unknown key fails, so that nothing in it is overlooked. */
const metadataSchema = z.union([
  z.strictObject({ kind: json(z.literal('operator')), ...common }),
  z.strictObject({
    kind: json(z.literal('lm')),
    ...common,
    loss: json(z.number()),
    grad_norm: json(z.number()),
    optimizer: json(
      z.strictObject({
        lr: z.number(),
        betas: z.tuple([z.number(), z.number()]),
        eps: z.number(),
        weight_decay: z.number(),
        grad_clip: z.number().nullable(),
      }),
    ),
    losses: json(z.array(z.number())),
    prompt_length: json(z.int().positive()),
  }),
]);

export type VectorMetadata = z.infer<typeof metadataSchema>;

export interface Vector<M extends VectorMetadata> {
  readonly metadata: M;
  readonly config: ResolvedModelConfiguration;
  get(name: string): Values & { data: Float32Array };
  ids(name: string): Values & { data: Int32Array };
  /** Names under a prefix such as `weight.`, without it. */
  under(prefix: string): string[];
}

export async function readVector(file: string): Promise<Vector<VectorMetadata>> {
  const { metadata: raw, tensors } = await readSafetensors(join(vectorFolder, file));
  const metadata = metadataSchema.parse(Object.fromEntries(raw));
  const find = (name: string) => {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`${file} has no tensor '${name}'`);
    return tensor;
  };
  return {
    metadata,
    config: resolveModel(metadata.config, 2),
    get: (name) => {
      const { shape, data } = find(name);
      if (!(data instanceof Float32Array)) throw new Error(`'${name}' of ${file} holds no floats`);
      return { shape, data };
    },
    ids: (name) => {
      const { shape, data } = find(name);
      return { shape, data: Int32Array.from(data as ArrayLike<number | bigint>, Number) };
    },
    under: (prefix) =>
      [...tensors.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)),
  };
}
