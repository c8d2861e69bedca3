import { cpus, release, totalmem } from 'node:os';
import { modelSchema, resolveModel, trainingSchema } from '../main/contract/configuration.ts';
import type { DeviceText } from '../main/contract/devices.ts';
import { HyenaError } from '../main/contract/errors.ts';
import { english } from '../main/contract/told.ts';
import type { Job } from '../main/contract/jobs.ts';
import { timeTraining } from './benchmarks/training-benchmark.ts';
import { listDevices, openDevice } from './devices/index.ts';
import { findAdapters } from './devices/webgpu.ts';
import type { JobContext } from './job-context.ts';
import { programVersion } from './program-version.ts';
import { selfTest } from './setup/self-test.ts';

/** Models that are timed, from small to large; the larger ones only where the smaller ones are quick. */
const timings = [
  { name: 'tiny', model: { d_model: 16, n_layer: 1, l_max: 64 }, batch: 2, vocabulary: 64 },
  { name: 'small', model: { d_model: 128, n_layer: 4, l_max: 1024 }, batch: 8, vocabulary: 256 },
  { name: 'base', model: { d_model: 256, n_layer: 6, l_max: 2048 }, batch: 4, vocabulary: 4096 },
];
const steps = 3;
/** A step of a model in milliseconds above which the next one is left out. */
const quick = 300;

/** Each WebGPU adapter with what it offers. */
async function adapterLines(): Promise<string[]> {
  const found = await findAdapters();
  if ('reason' in found) return ['', `WebGPU: ${english(found.reason)}.`];
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
  try {
    const { kernels } = await selfTest(name, context.beat);
    lines.push(`- self-test: passed, ${kernels} kernels, losses as those of the portable device`);
  } catch (error) {
    return [...lines, `- self-test: FAILED: ${HyenaError.from(error).message}`];
  }
  for (const { name: size, model, batch, vocabulary } of timings) {
    context.cancellation.check();
    const { device } = await openDevice(name);
    const config = resolveModel(modelSchema.parse(model), vocabulary);
    const settings = trainingSchema.parse({ batch_size: batch });
    try {
      const { timing, tokens, loss } = await timeTraining(config, settings, device, steps, context);
      const rate = Math.round(tokens / (timing.median / 1000));
      lines.push(`- ${size}: ${timing.median.toFixed(1)} ms a step, ${rate} tokens/s, loss ${loss.toFixed(5)}`);
      if (timing.median > quick) break;
    } catch (error) {
      const { code, message } = HyenaError.from(error);
      if (code === 'interrupted') throw error;
      lines.push(`- ${size}: FAILED: ${message}`);
      break;
    }
  }
  return lines;
}

/** Tests every device that is there against the portable one, times a few trainings, and tells it as a text. */
export async function runReportDevices(
  _job: Extract<Job, { kind: 'report-devices' }>,
  context: JobContext,
): Promise<DeviceText> {
  const lines = [
    ...['# Devices', ''],
    `- Hyena Studio ${programVersion}, Node.js ${process.versions.node}`,
    `- ${process.platform} ${release()} ${process.arch}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `- ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} threads`,
  ];
  const devices = await listDevices();
  for (const { name, available, description } of devices)
    lines.push(`- ${name}: ${available ? '' : 'not available: '}${description}`);
  lines.push(...(await adapterLines()));
  for (const { name, available, testing } of devices)
    if (available && !testing) lines.push(...(await deviceLines(name, context)));
  return { text: `${lines.join('\n')}\n` };
}
