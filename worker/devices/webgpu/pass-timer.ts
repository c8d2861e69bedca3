/** Passes whose times a set of queries holds: WebGPU allows 4096 queries in one. */
const passesOfSet = 2048;
const bytesOfQuery = 8;

/** Measures on the GPU itself, by its own clock, how long passes of commands take. */
export class PassTimer {
  readonly #device: GPUDevice;
  readonly #sets: GPUQuerySet[] = [];
  /** What each pass is counted under. */
  readonly #names: string[] = [];

  /** @param device with the feature `timestamp-query` */
  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** For the next pass that is begun; its time is counted under `name`. */
  next(name: string): GPUComputePassTimestampWrites {
    const index = this.#names.length % passesOfSet;
    if (index === 0) this.#sets.push(this.#device.createQuerySet({ type: 'timestamp', count: 2 * passesOfSet }));
    this.#names.push(name);
    return {
      querySet: this.#sets.at(-1)!,
      beginningOfPassWriteIndex: 2 * index,
      endOfPassWriteIndex: 2 * index + 1,
    };
  }

  /** Milliseconds of all passes by name; call it once, when they have been submitted. */
  async milliseconds(): Promise<Map<string, number>> {
    const sums = new Map<string, number>();
    for (const [number, querySet] of this.#sets.entries()) {
      const names = this.#names.slice(number * passesOfSet, (number + 1) * passesOfSet);
      const times = await this.#resolve(querySet, 2 * names.length);
      for (const [index, name] of names.entries()) {
        const nanoseconds = Number(times[2 * index + 1] - times[2 * index]);
        sums.set(name, (sums.get(name) ?? 0) + Math.max(0, nanoseconds) / 1e6);
      }
      querySet.destroy();
    }
    return sums;
  }

  async #resolve(querySet: GPUQuerySet, count: number): Promise<BigUint64Array> {
    const size = count * bytesOfQuery;
    const resolved = this.#device.createBuffer({ size, usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC });
    const readable = this.#device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
    const encoder = this.#device.createCommandEncoder();
    encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, readable, 0, size);
    this.#device.queue.submit([encoder.finish()]);
    await readable.mapAsync(GPUMapMode.READ);
    const times = new BigUint64Array(readable.getMappedRange().slice(0));
    resolved.destroy();
    readable.destroy();
    return times;
  }
}
