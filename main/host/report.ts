import { arch, platform } from 'node:os';
import type { RunEvent } from '../contract/events.ts';
import { HyenaError } from '../contract/errors.ts';
import { formatValue } from '../contract/fields.ts';
import type { Report, ReportRun } from '../contract/lab/reports.ts';
import { differences, medianSpeed } from '../contract/logic/comparison.ts';
import type { RunSummary } from '../contract/runs.ts';
import { experimentView } from './experiment-view.ts';
import type { Host } from './host.ts';
import { programVersion } from './installation.ts';
import { processor } from './lab.ts';

/** Points of a training curve: as many as a printed line can show. */
const mostPoints = 300;

/**
 * What a report says of an experiment, or of runs.
 *
 * @param names the name of an experiment, or of one or more runs
 * @throws HyenaError `not-found`
 */
export async function reportOf(host: Host, names: readonly string[]): Promise<Report> {
  const state = names.length === 1 ? await experimentStateOf(host, names[0]) : null;
  const runNames = state === null ? names : state.trials.flat().flatMap(({ run }) => (run === null ? [] : [run.name]));
  if (runNames.length === 0)
    throw new HyenaError('not-found', 'None of its runs exists yet.', { hint: 'Train it first.' });
  const runs = await Promise.all([...new Set(runNames)].map((name) => host.runs.get(name)));
  const { experiments } = host;
  return {
    title: names.join(', '),
    created: new Date().toISOString(),
    program: {
      version: programVersion,
      platform: `${platform()} ${arch()}, Node.js ${process.versions.node}`,
      processor: processor(),
    },
    runs: await Promise.all(runs.map(async (run) => reportRun(run, await host.runs.events(run.name)))),
    differences: differences(runs.map(({ configuration }) => configuration)).map(({ key, values }) => ({
      key,
      values: values.map(formatValue),
    })),
    experiment: state === null ? null : experimentView(experiments, state),
  };
}

/** An experiment of this name; null if there is none, and it may be a run. */
async function experimentStateOf({ experiments }: Host, name: string) {
  try {
    return await experiments.state(await experiments.get(name));
  } catch (error) {
    if (HyenaError.from(error).code === 'not-found') return null;
    throw error;
  }
}

function reportRun(run: RunSummary, events: readonly RunEvent[]): ReportRun {
  const { model, training, ...rest } = run.configuration;
  const flat = (prefix: string, part: object) =>
    Object.entries(part).map(([key, value]) => [`${prefix}${key}`, formatValue(value)] as const);
  const { name, status, device, parameters, step, tokens, seconds, created } = run;
  const { loss, validationLoss, fullValidationLoss, best, answers } = run;
  return {
    ...{ name, status, device, parameters, step, tokens, seconds, created },
    ...{ loss, validationLoss, fullValidationLoss, best, answers, dataset: rest.dataset, seed: training.seed },
    tokensPerSecond: medianSpeed(events),
    configuration: Object.fromEntries([...flat('', rest), ...flat('model.', model), ...flat('training.', training)]),
    training: trainingCurve(events),
    validation: events.flatMap((event): [number, number][] =>
      event.type === 'evaluation' ? [[event.step, event.loss]] : [],
    ),
  };
}

/** Mean losses of stretches of steps, each at its last step. */
function trainingCurve(events: readonly RunEvent[]): [number, number][] {
  const steps = events.filter((event) => event.type === 'step');
  const stretch = Math.max(1, Math.ceil(steps.length / mostPoints));
  const curve: [number, number][] = [];
  for (let from = 0; from < steps.length; from += stretch) {
    const part = steps.slice(from, from + stretch);
    curve.push([part[part.length - 1].step, part.reduce((sum, { loss }) => sum + loss, 0) / part.length]);
  }
  return curve;
}
