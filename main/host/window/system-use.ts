import { statfs } from 'node:fs/promises';
import { cpus, freemem, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as systemInformation from 'systeminformation';
import type { SystemUse } from '../../contract/views.ts';

const everyMilliseconds = 1000;
/** GPUs, temperatures and the traffic of disks are asked of other programs, which takes longer. */
const slowEvery = 3;
const mebibyte = 1024 * 1024;

interface CpuTimes {
  readonly busy: number;
  readonly all: number;
}
const cpuTimes = (): CpuTimes[] =>
  cpus().map(({ times }) => {
    const all = times.user + times.nice + times.sys + times.idle + times.irq;
    return { all, busy: all - times.idle };
  });

/** Shares of the time between two looks in which each core was busy; of the whole past where no time has passed. */
export function coreShares(before: readonly CpuTimes[], now: readonly CpuTimes[]): number[] {
  return now.map(({ busy, all }, core) => {
    const last = before.at(core) ?? { busy: 0, all: 0 };
    const passed = all - last.all;
    return passed > 0 ? Math.min(1, Math.max(0, (busy - last.busy) / passed)) : 0;
  });
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** A measured number, or null for what systems put in its place. */
const measured = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;

type Information = typeof systemInformation;
type DiskRates = Pick<NonNullable<SystemUse['disk']>, 'readPerSecond' | 'writtenPerSecond'>;

/**
 * Use of CPU, memory, disk and GPUs, once per second until the signal; first at once what needs no time to be measured.
 *
 * @param library whose disk is meant
 */
export async function* followSystemUse(
  library: string,
  signal: AbortSignal,
): AsyncGenerator<SystemUse, void, undefined> {
  let before = cpuTimes();
  let cores: number[] | null = null;
  const slow = new SlowValues();
  while (!signal.aborted) {
    yield {
      cpu: {
        share: cores && mean(cores),
        cores: cores ?? before.map(() => 0),
        temperature: slow.temperature,
      },
      memory: { usedMiB: (totalmem() - freemem()) / mebibyte, totalMiB: totalmem() / mebibyte },
      disk: await diskUse(library, slow.disk),
      gpus: slow.gpus,
    };
    // The first shares are those of a moment, not of the time since the computer was started.
    await pause(cores === null ? 200 : everyMilliseconds, signal);
    const now = cpuTimes();
    cores = coreShares(before, now);
    before = now;
    slow.refresh();
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal }).catch(() => undefined);

async function diskUse(library: string, rates: DiskRates): Promise<SystemUse['disk']> {
  const disk = await statfs(library).catch(() => null);
  return disk && { available: disk.bavail * disk.bsize, total: disk.blocks * disk.bsize, ...rates };
}

/** What takes other programs: asked for now and then, and never waited for. */
class SlowValues {
  #looks = 0;
  #asking = false;
  /** Whether the system has shown that it reports it; asking in vain starts programs for nothing. */
  // Windows has no counters of disks.
  #reports = { temperature: true, gpus: true, disk: process.platform !== 'win32' };
  temperature: number | null = null;
  gpus: SystemUse['gpus'] = [];
  /** Since the look before. */
  disk: DiskRates = { readPerSecond: null, writtenPerSecond: null };

  refresh(): void {
    if (this.#asking || this.#looks++ % slowEvery !== 0) return;
    this.#asking = true;
    void this.#ask().finally(() => (this.#asking = false));
  }

  async #ask(): Promise<void> {
    const system: Information | null = await import('systeminformation').catch(() => null);
    if (system === null) return;
    const [heat, graphics, rates] = await Promise.all([
      this.#reports.temperature ? system.cpuTemperature().catch(() => null) : null,
      this.#reports.gpus ? system.graphics().catch(() => null) : null,
      this.#reports.disk ? system.fsStats().catch(() => null) : null,
    ]);
    this.temperature = heat === null ? null : positive(heat.main);
    this.gpus = (graphics?.controllers ?? []).map(gpuUse).filter((gpu) => gpu !== null);
    this.disk = { readPerSecond: measured(rates?.rx_sec), writtenPerSecond: measured(rates?.wx_sec) };
    this.#reports = { temperature: this.temperature !== null, gpus: this.gpus.length > 0, disk: rates !== null };
  }
}

const positive = (value: unknown): number | null => {
  const number = measured(value);
  return number === null || number === 0 ? null : number;
};

/** Null for a controller of which the system reports nothing but its name. */
function gpuUse(
  controller: Awaited<ReturnType<Information['graphics']>>['controllers'][number],
): SystemUse['gpus'][number] | null {
  const percent = measured(controller.utilizationGpu);
  const use = {
    name: controller.name ?? controller.model,
    share: percent === null ? null : Math.min(1, percent / 100),
    usedMiB: measured(controller.memoryUsed),
    totalMiB: measured(controller.memoryTotal),
    temperature: positive(controller.temperatureGpu),
    watts: measured(controller.powerDraw),
  };
  const { name, ...values } = use;
  return name === '' || Object.values(values).every((value) => value === null) ? null : use;
}
