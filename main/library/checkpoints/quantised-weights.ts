import { z } from 'zod';
import { groupsOf, rowBytes } from '../../contract/logic/weight-format.ts';
import { msg } from '../../contract/message.ts';
import { malformed, type Header } from './safetensors-header.ts';

/**
 * Quantised weights in a safetensors file (weight-format.ts): whole numbers under the name of the weight, I8
 * `[rows, columns]` or U8 `[rows, columns / 2]`, columns filled up to whole groups; scales BF16 `[rows, groups]` under that
 * name and `.scales`; and under `quantised` in the metadata the type and the shape of each such weight.
 */
export const quantisedKey = 'quantised';
export const scalesName = (name: string): string => `${name}.scales`;

const schema = z.record(
  z.string(),
  z.strictObject({ type: z.enum(['int8', 'int4']), shape: z.tuple([z.int().min(0), z.int().min(1)]) }),
);
/** By name. */
export type QuantisedWeights = ReadonlyMap<string, z.output<typeof schema>[string]>;

/** What stands in the metadata. */
export const quantisedText = (weights: QuantisedWeights): string => JSON.stringify(Object.fromEntries(weights));

/** @throws HyenaError `bad-input` where the metadata do not fit the tensors */
export function parseQuantised(path: string, { metadata, entries }: Header): QuantisedWeights {
  const text = metadata.get(quantisedKey);
  if (text === undefined) return new Map();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw malformed(path, msg`its list of quantised weights is malformed`, error);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw malformed(path, msg`its list of quantised weights is malformed`, parsed.error);
  const weights = new Map(Object.entries(parsed.data));
  for (const [name, { type, shape }] of weights) {
    const [rows, columns] = shape;
    const [numbers, scales] = [entries.get(name), entries.get(scalesName(name))];
    const fits =
      numbers?.dtype === (type === 'int8' ? 'I8' : 'U8') &&
      numbers.byteLength === rows * rowBytes(type, columns) &&
      scales?.dtype === 'BF16' &&
      scales.byteLength === 2 * rows * groupsOf(columns);
    if (!fits) throw malformed(path, msg`the numbers or the scales of tensor '${name}' do not fit its shape`);
  }
  return weights;
}
