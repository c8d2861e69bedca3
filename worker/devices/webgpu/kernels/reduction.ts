import { join } from 'node:path';
import { loadShader, type Shader } from '../shader.ts';

const kernels = import.meta.dirname;

/** A shader that adds up over the threads of a workgroup: by subgroups where the adapter has them, else by halves. */
export const loadReducingShader = (folder: string, ...files: string[]): Shader => ({
  ...loadShader(folder, join(kernels, 'reduction.wgsl'), ...files),
  withSubgroups: loadShader(folder, join(kernels, 'reduction-subgroups.wgsl'), ...files),
});
