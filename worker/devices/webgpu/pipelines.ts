import { type HalfStorage, type Shader, shaderText } from './shader.ts';

/** Compiled kernels of a device, each made once. */
export class Pipelines {
  readonly #device: GPUDevice;
  readonly #pipelines = new Map<string, GPUComputePipeline>();
  readonly #modules = new Map<string, GPUShaderModule>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** @param halves numbers of the bindings that lie in f16 */
  get(
    shader: Shader,
    entry: string,
    constants: Readonly<Record<string, number>>,
    halves: readonly number[],
    storage: HalfStorage,
  ): GPUComputePipeline {
    const text = `${shader.files.join()} ${storage} ${halves.join()}`;
    const key = `${text} ${entry} ${JSON.stringify(constants)}`;
    let pipeline = this.#pipelines.get(key);
    if (!pipeline) {
      let module = this.#modules.get(text);
      if (!module) {
        const code = shaderText(shader, new Set(halves), storage);
        module = this.#device.createShaderModule({ code, label: shader.name });
        this.#modules.set(text, module);
      }
      pipeline = this.#device.createComputePipeline({
        layout: 'auto',
        compute: { module, entryPoint: entry, constants: { ...constants } },
      });
      this.#pipelines.set(key, pipeline);
    }
    return pipeline;
  }
}
