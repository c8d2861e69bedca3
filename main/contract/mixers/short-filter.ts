import { z } from 'zod';
import { count, field } from '../setting.ts';

/** Keys of the mixers that have a short depthwise convolution after their projections. */
export const shortFilterLength = field(count(1, 64).default(3), {
  title: 'Short convolution',
  description: 'Length of the depthwise causal convolution after the input projection.',
  unit: 'tokens',
  advanced: true,
});

export const shortFilterBiased = field(z.boolean().default(true), {
  title: 'Short convolution bias',
  description: 'The short convolution has a bias.',
  advanced: true,
});
