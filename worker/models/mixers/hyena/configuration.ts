import type { HyenaConfiguration } from '../../../../main/contract/mixers/hyena/parameters.ts';
import type { LanguageModel } from '../../language-model.ts';

/** The configuration of a model with Hyena layers: what is made for such models alone may rely on it. */
export const configurationOf = ({ config }: LanguageModel): HyenaConfiguration => config as HyenaConfiguration;
