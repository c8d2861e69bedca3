import { cpus, release, totalmem } from 'node:os';
import { modelSchema, resolveModel, trainingSchema } from '../../main/contract/configuration.ts';
import type { DeviceText } from '../../main/contract/devices.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { toEnglish } from '../../main/contract/message.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import { timeTraining } from '../benchmarks/training-benchmark.ts';
import { type KernelTime, listDevices, openDevice } from '../devices/index.ts';
import { findAdapters } from '../devices/webgpu.ts';
import type { JobContext } from '../process/job-context.ts';
import type { Precision } from '../ops/index.ts';
import { installedVersion } from '../process/program-version.ts';
import { selfTest } from './self-test.ts';

/** Models that are timed, from small to large, and the milliseconds of a step above which the next one is left out. */
const timings = [
  { name: 'tiny', model: { d_model: 16, n_layer: 1, l_max: 64 }, batch: 2, vocabulary: 64, quick: 100 },
  { name: 'small', model: { d_model: 128, n_layer: 4, l_max: 1024 }, batch: 8, vocabulary: 256, quick: 1000 },
  { name: 'base', model: { d_model: 256, n_layer: 6, l_max: 2048 }, batch: 4, vocabulary: 4096, quick: 0 },
];
const steps = 3;

/** Each WebGPU adapter with what it offers. */
async function adapterLines(): Promise<string[]> {
  const found = await findAdapters();
  if ('reason' in found) return ['', `WebGPU: ${toEnglish(found.reason)}.`];
  return found.adapters.flatMap(({ name, vendor, software, features, limits, information }) => [
    ...['', `## WebGPU adapter ${name}`, ''],
    `- vendor ${vendor}, architecture ${information.architecture || 'unknown'}, device ${information.device || 'unknown'}`,
    `- ${software ? 'software' : 'hardware'}`,
    `- features: ${features.join(', ')}`,
    ...Object.entries(limits).map(([limit, value]) => `- ${limit}: ${value}`),
  ]);
}

/** What the self-test and the timings of one device give. */
async function deviceLines(name: string, context: JobContext): Promise<string[]> {
  const lines = ['', `## ${name}`, ''];
  let precisions: readonly Precision[];
  try {
    const { kernels } = await selfTest(name, context.heartbeat);
    ({ precisions } = (await openDevice(name)).device);
    lines.push(
      `- self-test: passed, ${kernels} kernels, ${precisions.join(', ')}: losses match those of CPU, compatible (WebAssembly)`,
    );
  } catch (error) {
    return [...lines, `- self-test: FAILED: ${HyenaError.from(error).message}`];
  }
  for (const precision of precisions) lines.push(...(await timingLines(name, precision, context)));
  return lines;
}

/** How long steps of models from small to large take on a device, and, where it can tell, each kernel of the largest. */
async function timingLines(name: string, precision: Precision, context: JobContext): Promise<string[]> {
  const lines: string[] = [];
  let kernels: string[] = [];
  for (const { name: size, model, batch, vocabulary, quick } of timings) {
    context.cancellation.check();
    const { device } = await openDevice(name);
    const config = resolveModel(modelSchema.parse(model), vocabulary);
    const settings = trainingSchema.parse({ batch_size: batch, precision });
    const train = (count: number) => timeTraining(config, settings, device, count, context);
    try {
      const { timing, tokens, loss } = await train(steps);
      const rate = Math.round(tokens / (timing.median / 1000));
      lines.push(
        `- ${size}, ${precision}: ${timing.median.toFixed(1)} ms a step, ${rate} tokens/s, loss ${loss.toFixed(5)}`,
      );
      // One step, and one before it to warm up.
      const times = await device.timeKernels?.(() => train(1));
      if (times) kernels = kernelLines(`${size}, ${precision}`, times);
      if (timing.median > quick) break;
    } catch (error) {
      const { code, message } = HyenaError.from(error);
      if (code === 'interrupted') throw error;
      lines.push(`- ${size}, ${precision}: FAILED: ${message}`);
      break;
    }
  }
  return [...lines, ...kernels];
}

/** The kernels that two training steps ran, as a table. */
function kernelLines(what: string, kernels: readonly KernelTime[]): string[] {
  const all = kernels.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [
    ...['', `One step of ${what}, by the clock of the device: ${(all / 2).toFixed(3)} ms in kernels.`, ''],
    ...['| kernel | dispatches | ms | GB/s | GFLOP/s |', '| --- | ---: | ---: | ---: | ---: |'],
    ...kernels
      .filter(({ milliseconds }) => milliseconds > 0)
      .map(({ kernel, dispatches, milliseconds, bytes, flops }) => {
        const [gigabytes, gigaflops] = [bytes, flops].map((count) => (count / milliseconds / 1e6).toFixed(1));
        return `| ${[kernel, dispatches / 2, (milliseconds / 2).toFixed(3), gigabytes, gigaflops].join(' | ')} |`;
      }),
  ];
}

/** Tests every device that is there against the portable one, times a few trainings, and tells it as a text. */
export async function runReportDevices(
  _job: Job<'report-devices'>,
  context: JobContext<JobEvent<'report-devices'>>,
): Promise<DeviceText> {
  const lines = [
    ...['# Devices', ''],
    `- Hyena Studio ${installedVersion}, Node.js ${process.versions.node}`,
    `- ${process.platform} ${release()} ${process.arch}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `- ${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} threads`,
  ];
  const devices = await listDevices();
  for (const { name, available, description } of devices)
    lines.push(`- ${name}: ${available ? '' : 'not available: '}${toEnglish(description)}`);
  lines.push(...(await adapterLines()));
  const tested = devices.filter(({ available, testing }) => available && !testing);
  for (const [done, { name }] of tested.entries()) {
    context.emit({ device: name, done, total: tested.length });
    lines.push(...(await deviceLines(name, context)));
  }
  return { text: `${lines.join('\n')}\n` };
}
