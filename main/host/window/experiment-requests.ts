import { HyenaError } from '../../contract/errors.ts';
import type { ExperimentBase, ExperimentView } from '../../contract/lab/experiment-views.ts';
import type { Experiment } from '../../contract/lab/experiments.ts';
import { msg } from '../../contract/message.ts';
import type { RequestHandlersOf } from '../../contract/requests.ts';
import type { ConfigurationInput } from '../../contract/settings.ts';
import { presetLayer } from '../configurations.ts';
import { estimateRun, memoryFit, usableMemory } from '../estimate-run.ts';
import { experimentView } from '../experiment-view.ts';
import type { ExperimentState } from '../experiments.ts';
import { planRace, planSweep } from '../plan-experiment.ts';
import { reportOf } from '../report.ts';
import type { WindowParts } from './window-parts.ts';

type ExperimentParts = Pick<WindowParts, 'host' | 'training' | 'preferences' | 'experiments' | 'touchRuns'>;

/** What a window asks of sweeps and races. */
export function experimentRequests(parts: ExperimentParts): RequestHandlersOf<'experiments'> {
  const { host, training, preferences, experiments: queue, touchRuns } = parts;
  const { experiments } = host;

  const layersOf = async (base: ExperimentBase): Promise<ConfigurationInput[]> => {
    if ('run' in base) {
      const { dataset, from, model, training: settings } = (await host.runs.get(base.run)).configuration;
      return [{ dataset, from, model: { ...model }, training: { ...settings } }];
    }
    return [...presetLayer(base.preset), { dataset: base.dataset }];
  };

  /** Refused now rather than when the queue has come to it. */
  const checkMemory = async ({ trials, dataset }: ExperimentState): Promise<void> => {
    const usable = usableMemory((await preferences.get()).memory_limit_mib);
    for (const { contestant, configuration } of trials.map(([first]) => first)) {
      const { trainingMemory } = estimateRun(configuration, dataset.tokenizer.vocabularySize, { dataset });
      if (memoryFit(trainingMemory.total, usable) === 'too-big')
        throw new HyenaError('configuration', msg`${contestant.title} needs more memory than this computer has.`, {
          kept: 'Nothing was started.',
          hint: 'Leave it out, or use smaller models or batches.',
        });
    }
  };

  const start = async (plan: Experiment): Promise<ExperimentView> => {
    await checkMemory(await experiments.state(plan));
    const state = await experiments.save(plan);
    try {
      await queue.enqueue(state, training);
    } finally {
      touchRuns();
    }
    return experimentView(experiments, state);
  };

  return {
    'experiments.list': async () =>
      (await experiments.list()).experiments.map(({ name, kind, created }) => ({ name, kind, created })),
    'experiments.get': async ({ name }) =>
      experimentView(experiments, await experiments.state(await experiments.get(name))),
    'experiments.sweep': async ({ name, base, ...plan }) => start(planSweep(name, await layersOf(base), plan)),
    'experiments.race': async ({ name, base, ...plan }) => {
      const layers = await layersOf(base);
      const dataset = await host.datasets.get(String(layers.at(-1)?.dataset));
      return start(planRace(name, layers, plan, dataset));
    },
    'experiments.report': ({ names }) => reportOf(host, names),
    'experiments.train': async ({ name }) => {
      const state = await experiments.state(await experiments.get(name));
      try {
        return { runs: await queue.enqueue(state, training) };
      } finally {
        touchRuns();
      }
    },
    'experiments.remove': async ({ name }) => {
      await experiments.remove(name);
      return {};
    },
  };
}
