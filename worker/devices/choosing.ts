import { createHash } from 'node:crypto';
import type { RunConfiguration } from '../../main/contract/configuration.ts';
import { messageOf } from '../../main/contract/errors.ts';
import { adaptersOf } from '../../main/contract/logic/adapters.ts';
import { toMessage, toEnglish, msg, joinMessages, type Message } from '../../main/contract/message.ts';
import type { AdapterInfo, DeviceKind } from './device.ts';
import type { ChoiceCache } from './choice-cache.ts';

/** Milliseconds of a training step; rejects where a device cannot do it, or takes longer than it may. */
export type MeasureStep = (device: string, milliseconds: number) => Promise<number>;

export interface Choosing {
  readonly kinds: readonly DeviceKind[];
  /** What is trained, or was; null: it is about no model in particular. */
  readonly configuration: Pick<RunConfiguration, 'model' | 'training'> | null;
  readonly memory: ChoiceCache;
  /** Null: what was measured before decides. */
  readonly measure: MeasureStep | null;
  /** Of this program: measurements of another version do not count. */
  readonly version: string;
}

export interface Choice {
  readonly name: string;
  /** Why, in sentences. */
  readonly reason: Message;
}

/** What measuring takes in all, starting aside. */
const measuringMilliseconds = 5000;

/** What of a configuration decides how fast it is. */
function shapeOf({ model, training }: Pick<RunConfiguration, 'model' | 'training'>): string {
  const { batch_size, sequence_length, precision, convolution, gradient_checkpointing } = training;
  const what = { model, batch_size, sequence_length, precision, convolution, gradient_checkpointing };
  const adapters = adaptersOf(training);
  return createHash('sha256')
    .update(JSON.stringify(adapters === null ? what : { ...what, adapters }))
    .digest('hex')
    .slice(0, 16);
}

const steps = (milliseconds: number): string =>
  milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${milliseconds.toFixed(1)} ms`;

/**
 * The device that `auto` takes: the fastest of the CPU, unless a GPU wins a measurement of a few seconds with the
 * configuration that is to be trained. What was measured is remembered, and holds for reading and writing with what was
 * trained. Software adapters and kinds for tests or comparisons are never taken.
 *
 * @returns null if no device is available
 */
export async function chooseDevice(choosing: Choosing): Promise<Choice | null> {
  const { kinds, configuration, measure, memory, version } = choosing;
  const eligible = kinds.filter(({ testing, automatic }) => testing !== true && automatic !== false);
  const findings = await Promise.all(
    eligible.map(async (kind) => ({ kind, finding: await (kind.findGpu?.() ?? kind.find()) })),
  );
  const missing = findings
    .filter(({ finding }) => !finding.available)
    .map(({ kind, finding }) => msg`${kind.name}: ${toMessage(finding.description)}`);
  const others = missing.length > 0 ? [msg`Not available: ${joinMessages(missing, '; ')}.`] : [];
  const withOthers = (reason: Message) => joinMessages([reason, ...others]);
  const processor = findings.find(({ kind, finding }) => finding.available && kind.gpu !== true);
  const gpus = findings
    .filter(({ kind, finding }) => finding.available && kind.gpu === true)
    .flatMap(
      ({ kind, finding }) =>
        finding.adapters ?? [{ name: kind.name, description: finding.description, software: false }],
    )
    .filter(({ software }) => !software);

  if (gpus.length === 0) {
    if (!processor) return null;
    return { name: processor.kind.name, reason: withOthers(msg`Fastest available device.`) };
  }
  if (!processor) return { name: gpus[0].name, reason: withOthers(msg`Only available device.`) };
  const machine = [
    `${processor.kind.name} ${toEnglish(processor.finding.description)}`,
    ...gpus.map((gpu) => `${gpu.name} ${toEnglish(gpu.description)}`),
  ];
  const key = configuration && [version, ...machine, shapeOf(configuration)].join(' | ');
  const known = key === null ? undefined : memory.get(key);
  if (known) return { name: known.chosen, reason: known.reason };
  if (key === null || measure === null) {
    const last = memory.latest();
    if (last && [processor.kind.name, ...gpus.map(({ name }) => name)].includes(last.chosen))
      return {
        name: last.chosen,
        reason: joinMessages([last.reason, msg`A new configuration is benchmarked when it is first trained.`]),
      };
    return {
      name: processor.kind.name,
      reason: withOthers(
        msg`A GPU is used once it wins a benchmark with the trained configuration; the first training run benchmarks it.`,
      ),
    };
  }
  const { remember, ...choice } = await decide(processor.kind.name, gpus, measure);
  const { name: chosen, reason } = choice;
  if (remember) memory.set(key, { chosen, reason, time: new Date().toISOString() });
  return choice;
}

/** Measures the CPU and the GPUs; what was missing may be there the next time, so no failure is remembered. */
async function decide(
  processor: string,
  gpus: readonly AdapterInfo[],
  measure: MeasureStep,
): Promise<Choice & { remember: boolean }> {
  const share = measuringMilliseconds / (gpus.length + 1);
  const failures: Message[] = [];
  let best: { name: string; milliseconds: number } | null = null;
  for (const { name } of gpus) {
    try {
      const milliseconds = await measure(name, share);
      if (best === null || milliseconds < best.milliseconds) best = { name, milliseconds };
    } catch (error) {
      failures.push(msg`${name}: ${messageOf(error)}`);
    }
  }
  const withFailures = (reason: Message) =>
    failures.length === 0
      ? reason
      : joinMessages([reason, msg`Unusable for this configuration: ${joinMessages(failures)}`]);
  if (best === null)
    return { name: processor, reason: withFailures(msg`No GPU can train this configuration.`), remember: false };
  let own: number | null = null;
  try {
    own = await measure(processor, share);
  } catch {
    // Longer than it may take: it has lost, or cannot do it at all.
  }
  const gpuTime = steps(best.milliseconds);
  const compared =
    own === null
      ? msg`Fastest device for this configuration: a step takes ${gpuTime} on ${best.name} and timed out on ${processor}.`
      : msg`Fastest device for this configuration: a step takes ${gpuTime} on ${best.name}, ${steps(own)} on ${processor}.`;
  const wins = own === null || best.milliseconds < own;
  return { name: wins ? best.name : processor, reason: withFailures(compared), remember: true };
}
