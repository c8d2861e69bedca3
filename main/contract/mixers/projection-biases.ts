import type { BiasChoice } from './bias-settings.ts';

/** Whether the projections into a mixer and out of it have biases. @param all where nothing is chosen */
export const projectionBiases = (choice: BiasChoice, all: boolean): { input: boolean; output: boolean } =>
  choice === null
    ? { input: all, output: all }
    : { input: choice === 'all' || choice === 'input', output: choice === 'all' || choice === 'output' };
