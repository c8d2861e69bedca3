import type { ResolvedModelConfiguration } from '../../main/contract/configuration.ts';

/** Whether a model's blocks are those that the kernels for whole blocks have: layer norms and a biased tanh-GELU MLP. */
export const isUsualBlock = ({
  norm,
  final_norm_epsilon,
  mlp,
  mixer_bias,
  mlp_bias,
  positions,
}: ResolvedModelConfiguration): boolean =>
  norm === 'layer_norm' &&
  final_norm_epsilon === null &&
  mlp === 'gelu_tanh' &&
  mixer_bias &&
  mlp_bias &&
  positions !== 'learned';
