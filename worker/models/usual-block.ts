import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';

/**
 * Whether a model's blocks and its head are those that the kernels for whole models have: layer norms, a biased tanh-GELU
 * MLP, and logits as the head gives them.
 */
export const isUsualBlock = ({
  norm,
  final_norm_epsilon,
  mlp,
  mixer_bias,
  mlp_bias,
  positions,
  logit_scale,
}: ResolvedModelConfiguration): boolean =>
  norm === 'layer_norm' &&
  final_norm_epsilon === null &&
  mlp === 'gelu_tanh' &&
  mixer_bias &&
  mlp_bias &&
  positions !== 'learned' &&
  logit_scale === 1;
