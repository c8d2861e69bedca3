import type { MixerCase } from './index.ts';

/** Widths of 12. */
export const h3Cases: readonly MixerCase[] = [{ ssm_state: 8 }, { ssm_state: 4, h3_head_dim: 3, mixer_bias: false }];
