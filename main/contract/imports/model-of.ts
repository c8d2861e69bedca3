import { z } from 'zod';
import { toMessage, msg } from '../message.ts';
import {
  modelSchema,
  resolveModel,
  withoutForeignKeys,
  type ModelInput,
  type ResolvedModelConfiguration,
} from '../model-configuration.ts';
import type { ImportChoices } from './blueprint.ts';
import { unsupported } from './published.ts';

/** Bounds of l_max, which is the length of training alone where no filter ends there. */
export const boundedContext = (length: number): number => Math.min(Math.max(1, Math.round(length)), 1 << 20);

/**
 * A model of a family, with the keys that a person chose.
 *
 * @throws HyenaError `bad-input` where this program has no such model
 */
export function modelFrom(
  input: ModelInput & { vocab_size: number; d_inner: number },
  { set }: ImportChoices,
): ResolvedModelConfiguration {
  const parsed = modelSchema.safeParse({ ...withoutForeignKeys(input), ...set });
  if (!parsed.success)
    throw unsupported(msg`its configuration is out of bounds (${toMessage(z.prettifyError(parsed.error))})`);
  return resolveModel(parsed.data, input.vocab_size);
}
