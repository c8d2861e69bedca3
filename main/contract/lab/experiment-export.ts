import { csvText } from '../logic/csv.ts';
import type { ExperimentView } from './experiment-views.ts';
import type { Report } from './reports.ts';

/**
 * The results of an experiment as CSV: a line for each evaluation of each run, with all that repeats it: the seed, the
 * device, and the version of the program that wrote the file.
 */
export function experimentCsv({ name, dataset, version, measure, keys, contestants }: ExperimentView): string {
  const head = [
    ...['experiment', 'dataset', 'contestant', ...keys, 'seed', 'run', 'status', 'version', 'device', 'parameters'],
    ...['step', 'tokens', 'flops', 'seconds', measure],
  ];
  const lines = contestants.flatMap(({ title, values, flopsPerToken, trials }) =>
    trials.flatMap(({ seed, run, status, device, parameters, curve }) =>
      curve.map(({ step, tokens, seconds, value }) => [
        ...[name, dataset, title, ...values, seed, run, status, version, device, parameters],
        ...[step, tokens, tokens * flopsPerToken, seconds, value],
      ]),
    ),
  );
  return csvText([head, ...lines]);
}

/** A report as CSV: of an experiment its evaluations, of runs their losses by step. */
export function reportCsv({ experiment, runs, program }: Report): string {
  if (experiment !== null) return experimentCsv(experiment);
  const head = ['run', 'dataset', 'seed', 'version', 'device', 'parameters', 'split', 'step', 'loss'];
  const lines = runs.flatMap(({ name, dataset, seed, device, parameters, training, validation }) => {
    const own = [name, dataset, seed, program.version, device, parameters];
    return [
      ...training.map(([step, loss]) => [...own, 'training', step, loss]),
      ...validation.map(([step, loss]) => [...own, 'validation', step, loss]),
    ];
  });
  return csvText([head, ...lines]);
}
