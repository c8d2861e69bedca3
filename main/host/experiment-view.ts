import { formatValue } from '../contract/fields.ts';
import type { ExperimentView, TrialView } from '../contract/lab/experiment-views.ts';
import { contestantValue } from '../contract/lab/experiments.ts';
import type { Experiments, ExperimentState, ExperimentTrial } from './experiments.ts';
import { programVersion } from './installation.ts';

/** An experiment as windows, tables and reports show it. */
export function experimentView(experiments: Experiments, state: ExperimentState): ExperimentView {
  const { experiment, trials } = state;
  const { name, kind, created, measure, keys, halving, base } = experiment;
  const round = experiments.round(state);
  return {
    ...{ name, kind, created, measure, keys, halving, dataset: base.dataset, version: programVersion },
    contestants: trials.map((seeds, index) => {
      const [{ contestant, flopsPerToken }] = seeds;
      return {
        ...{ title: contestant.title, flopsPerToken, isAlive: round.alive.includes(index) },
        values: keys.map((path) => formatValue(contestantValue(contestant, path))),
        trials: seeds.map((trial) => trialView(trial, measure)),
      };
    }),
    ...{ rung: round.rung, rungs: [...round.rungs], pending: round.pending.length },
    secondsLeft: experiments.secondsLeft(state, round),
  };
}

function trialView({ run, seed, totalSteps, curve }: ExperimentTrial, measure: ExperimentView['measure']): TrialView {
  const value = measure === 'loss' ? run?.best?.loss : run?.answers?.accuracy;
  return {
    ...{ seed, run: run?.name ?? null, status: run?.status ?? 'new', step: run?.step ?? 0, totalSteps, curve },
    ...{ seconds: run?.seconds ?? 0, value: value ?? curve.at(-1)?.value ?? null },
    ...{ parameters: run?.parameters ?? null, device: run?.device ?? null },
  };
}
