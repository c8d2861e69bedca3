import * as tf from '@tensorflow/tfjs-core';
import type { Profile, ProfileRow } from '../../main/contract/benchmarks.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { Precision } from '../devices/device.ts';
import { NativeBackend } from '../devices/native/backend.ts';
import type { KernelWork } from '../devices/native/calls/index.ts';
import { bandwidthOf } from './memory-use.ts';
import type { Timing } from './timing.ts';

const rounds = 4;

/** Measures where the time of a benchmark's steps goes, on the native device. */
export class Profiler {
  readonly #backend: NativeBackend;
  readonly #precision: Precision;

  /** @throws HyenaError `usage` on devices other than the native one */
  constructor(precision: Precision) {
    const backend = tf.backend();
    if (!(backend instanceof NativeBackend))
      throw new HyenaError('usage', msg`A profile needs the native device; this is ${tf.getBackend()}.`, {
        hint: msg`Choose the device native.`,
      });
    this.#backend = backend;
    this.#precision = precision;
  }

  /** From now on kernels are measured. */
  start(): void {
    this.#backend.addon.measure({ on: true });
  }

  /** What the steps since `start` took, beside what the machine gives. */
  async finish(timing: Timing): Promise<Profile> {
    await this.#backend.addon.finish();
    this.#backend.addon.measure({ on: false });
    const work = this.#backend.addon.measured();
    const peaks = {
      bandwidth: await bandwidthOf(this.#backend),
      fp32: await this.#peak('fp32'),
      products: await this.#peak(this.#precision),
    };
    return profileOf(work, timing, peaks);
  }

  /** Floating-point operations a second, the best of some rounds. */
  async #peak(precision: Precision): Promise<number> {
    const { addon } = this.#backend;
    const sum = this.#backend.make([1], 'float32');
    let best = 0;
    try {
      for (let round = 0; round < rounds; round++) {
        addon.measure({ on: true });
        addon.multiplyRegisters({ rounds: 1_000_000, precision, sum: this.#backend.handle(sum) });
        await addon.finish();
        const { productOperations, seconds } = addon.measured().multiplyRegisters;
        best = Math.max(best, productOperations / seconds);
      }
    } finally {
      addon.measure({ on: false });
      this.#backend.discard(sum);
    }
    return best;
  }
}

/**
 * The rows of a profile, those with the largest share first, and the roofline: the time that the same work would take if every
 * kernel reached the peak of products or the bandwidth of the memory, whichever holds it up.
 */
export function profileOf(
  work: Readonly<Record<string, KernelWork>>,
  timing: Timing,
  peaks: Profile['peaks'],
): Profile {
  const rows = Object.entries(work)
    .map(([kernel, measured]): ProfileRow => {
      const { calls, seconds, bytes, operations, productOperations, productSeconds } = measured;
      const computing = productOperations / peaks.products + operations / peaks.fp32;
      return {
        kernel,
        calls: calls / timing.steps,
        milliseconds: (1000 * seconds) / timing.steps,
        share: (1000 * seconds) / timing.total,
        bytes: bytes / timing.steps,
        operations: operations / timing.steps,
        productOperations: productOperations / timing.steps,
        productMilliseconds: (1000 * productSeconds) / timing.steps,
        rooflineMilliseconds: (1000 * Math.max(computing, bytes / peaks.bandwidth)) / timing.steps,
      };
    })
    .sort((a, b) => b.milliseconds - a.milliseconds);
  const sum = (of: (row: ProfileRow) => number) => rows.reduce((total, row) => total + of(row), 0);
  const stepMilliseconds = timing.total / timing.steps;
  return {
    rows,
    stepMilliseconds,
    waitingMilliseconds: Math.max(0, stepMilliseconds - sum(({ milliseconds }) => milliseconds)),
    rooflineMilliseconds: sum(({ rooflineMilliseconds }) => rooflineMilliseconds),
    peaks,
  };
}
