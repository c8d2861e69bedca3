import { z } from 'zod';
import type { BenchResult, MeasureResult } from '../contract/benchmarks.ts';
import { benchResultSchema, measureResultSchema } from '../contract/benchmarks.ts';
import type { RunConfiguration } from '../contract/configuration.ts';
import {
  setupEventSchema,
  setupResultSchema,
  type DeviceSetup,
  type SetupEvent,
  type SetupResult,
} from '../contract/device-setup.ts';
import type { DeviceProgress, DevicesResult, DeviceText } from '../contract/devices.ts';
import { deviceProgressSchema, devicesResultSchema, deviceTextSchema } from '../contract/devices.ts';
import type { BenchJob } from '../contract/jobs.ts';
import type { StartJob } from '../workers/start-job.ts';
import type { Task } from './job-task.ts';
import { startTask } from './job-task.ts';

/** What this machine computes with, and how fast it is. */
export class Devices {
  readonly #startJob: StartJob;

  constructor(startJob: StartJob) {
    this.#startJob = startJob;
  }

  /** Every device this program knows: what was looked for, what is there, which one `auto` takes and why. */
  list(): Task<unknown, DevicesResult> {
    return startTask(this.#startJob, { kind: 'devices' }, { event: z.unknown(), result: devicesResultSchema });
  }

  /** Tests and times every device that is there, and tells it as a text to be sent on. */
  report(): Task<DeviceProgress, DeviceText> {
    return startTask(
      this.#startJob,
      { kind: 'report-devices' },
      { event: deviceProgressSchema, result: deviceTextSchema },
    );
  }

  /** Fetches, builds and tests what a device needs, tells what that would take, or removes it. */
  setUp(setup: DeviceSetup): Task<SetupEvent, SetupResult> {
    return startTask(
      this.#startJob,
      { kind: 'setup-device', setup },
      { event: setupEventSchema, result: setupResultSchema },
    );
  }

  bench(job: BenchJob): Task<unknown, BenchResult> {
    return startTask(this.#startJob, job, { event: z.unknown(), result: benchResultSchema });
  }

  /** Trains a configuration for a few steps on made-up text. */
  measure(configuration: RunConfiguration): Task<unknown, MeasureResult> {
    return startTask(
      this.#startJob,
      { kind: 'measure', configuration },
      { event: z.unknown(), result: measureResultSchema },
    );
  }
}
