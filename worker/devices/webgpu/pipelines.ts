import { type HalfStorage, type Shader, shaderText, type StoredType } from './shader.ts';

/** Compiled kernels of a device, each made once. */
export class Pipelines {
  readonly #device: GPUDevice;
  readonly #pipelines = new Map<string, GPUComputePipeline>();
  readonly #modules = new Map<string, GPUShaderModule>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** @param stored types of the bindings that are not in fp32, by their numbers */
  get(
    shader: Shader,
    entry: string,
    constants: Readonly<Record<string, number>>,
    stored: ReadonlyMap<number, StoredType>,
    storage: HalfStorage,
  ): GPUComputePipeline {
    const text = `${shader.files.join()} ${storage} ${[...stored].join()}`;
    const key = `${text} ${entry} ${JSON.stringify(constants)}`;
    let pipeline = this.#pipelines.get(key);
    if (!pipeline) {
      let module = this.#modules.get(text);
      if (!module) {
        const code = shaderText(shader, stored, storage);
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
