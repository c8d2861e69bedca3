import path from 'node:path';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { setUpDeviceSchema } from '../../contract/device-setup.ts';
import { joinMessages } from '../../contract/message.ts';
import type { DevicesResult } from '../../contract/devices.ts';
import { HyenaError } from '../../contract/errors.ts';
import { benchmarkSchema, type Benchmark, type DevicesView } from '../../contract/views.ts';
import type { Devices } from '../devices.ts';
import { EventStream } from '../event-stream.ts';
import type { Task } from '../job-task.ts';
import { readOrDefault, LockedFile, writeJson } from './locked-file.ts';

/** What is measured: a small model at growing lengths, about as many tokens per step each time. */
const lengths = [
  { length: 512, batch: 8 },
  { length: 2048, batch: 2 },
  { length: 8192, batch: 1 },
] as const;
const measured = { d_model: 128, n_layer: 2, vocab_size: 256, steps: 5 } as const;
const listSchema = z.array(benchmarkSchema);

/** What is set up is made by the name of the kind: 'cuda:1' is a card of it. */
function setupOf(name: string, available: boolean): DevicesView['devices'][number]['setup'] {
  if (!setUpDeviceSchema.safeParse(name.split(':')[0]).success) return null;
  return available ? 'done' : 'possible';
}

function toView({ devices, chosen, reason }: DevicesResult): DevicesView {
  return {
    devices: devices
      .filter(({ testing }) => !testing)
      .map(({ name, available, description, hint }) => {
        return {
          name,
          title: name,
          available,
          // A description is not a whole sentence, a hint is.
          detail: hint === undefined ? description : joinMessages([description, hint], '. '),
          precisions: [],
          threads: name === 'native' ? availableParallelism() : null,
          memoryMiB: null,
          setup: setupOf(name, available),
        };
      }),
    automatic: chosen ?? 'portable',
    reason,
  };
}

/** Devices and what was measured on them; `benchmarks.json` keeps the latest of each. */
export class DeviceViews {
  readonly #devices: Devices;
  readonly #path: string;
  readonly #sequence: LockedFile;
  #found: Promise<DevicesView> | null = null;
  #automatic = 'auto';

  constructor(devices: Devices, library: string) {
    this.#devices = devices;
    this.#path = path.join(library, 'benchmarks.json');
    this.#sequence = new LockedFile(this.#path);
  }

  /** What `auto` took when it was last asked. */
  get automatic(): string {
    return this.#automatic;
  }

  /** Looked for once; again when asked to. */
  async list(again: boolean): Promise<DevicesView> {
    if (again || !this.#found) this.#found = this.#devices.list().result.then(toView);
    try {
      const view = await this.#found;
      this.#automatic = view.automatic;
      return view;
    } catch (error) {
      this.#found = null;
      throw error;
    }
  }

  benchmarks(): Promise<Benchmark[]> {
    return readOrDefault(this.#path, listSchema, []);
  }

  /** Measures a device at several lengths; told as work, one unit a length. */
  measure(device: string): Task<number, Benchmark> {
    const events = new EventStream<number>();
    let current: Task<unknown, unknown> | null = null;
    let stopped = false;
    const run = async (): Promise<Benchmark> => {
      const points: Benchmark['points'] = [];
      for (const { length, batch } of lengths) {
        if (stopped) throw new HyenaError('interrupted', 'The benchmark was cancelled.', { kept: 'Nothing was kept.' });
        const one = this.#devices.bench({
          kind: 'bench',
          ...measured,
          what: 'train',
          device,
          length,
          batch,
          precision: 'fp32',
          convolution: 'auto',
          ...{ dtype: 'fp32', texts: 1 },
        });
        current = one;
        const { tokensPerSecond, stepMilliseconds, peakMemoryMiB } = await one.result;
        points.push({ length, tokensPerSecond, stepMilliseconds, memoryMiB: peakMemoryMiB });
        events.push(points.length);
      }
      const { d_model, n_layer } = measured;
      const benchmark = { device, time: new Date().toISOString(), d_model, n_layer, batch: lengths[0].batch, points };
      await this.#keep(benchmark);
      return benchmark;
    };
    const result = run().finally(() => events.end());
    result.catch(() => undefined);
    return {
      events,
      result,
      stop: () => {
        stopped = true;
        current?.stop();
      },
      end: () => {
        stopped = true;
        current?.end();
      },
    };
  }

  /** How many lengths a benchmark has. */
  readonly parts = lengths.length;

  #keep(benchmark: Benchmark): Promise<void> {
    return this.#sequence.run(async () => {
      const others = (await this.benchmarks()).filter(({ device }) => device !== benchmark.device);
      await writeJson(this.#path, [...others, benchmark]);
    });
  }
}
