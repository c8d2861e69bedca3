import type { RunConfiguration } from '../contract/configuration.ts';
import type { DeviceSetup } from '../contract/device-setup.ts';
import type { Job } from '../contract/jobs.ts';
import type { StartJob } from '../workers/start-job.ts';
import { startTask, type JobTask } from './job-task.ts';

/** What this machine computes with, and how fast it is. */
export class Devices {
  readonly #startJob: StartJob;

  constructor(startJob: StartJob) {
    this.#startJob = startJob;
  }

  /** Every device this program knows: what was looked for, what is there, which one `auto` takes and why. */
  list(): JobTask<'devices'> {
    return startTask(this.#startJob, { kind: 'devices' });
  }

  /** Tests and times every device that is there, and tells it as a text to be sent on. */
  report(): JobTask<'report-devices'> {
    return startTask(this.#startJob, { kind: 'report-devices' });
  }

  /** Fetches, builds and tests what a device needs, tells what that would take, or removes it. */
  setUp(setup: DeviceSetup): JobTask<'setup-device'> {
    return startTask(this.#startJob, { kind: 'setup-device', setup });
  }

  bench(job: Job<'bench'>): JobTask<'bench'> {
    return startTask(this.#startJob, job);
  }

  /** One mixer at growing lengths. */
  scaling(job: Job<'scaling'>): JobTask<'scaling'> {
    return startTask(this.#startJob, job);
  }

  /** Trains a configuration for a few steps on synthetic text. */
  measure(configuration: RunConfiguration): JobTask<'measure'> {
    return startTask(this.#startJob, { kind: 'measure', configuration });
  }
}
