import type { ExperimentView } from './experiment-views.ts';
import type { Report } from './reports.ts';

const cell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value);
  // What a spreadsheet would take for a formula is kept as text.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** The results of an experiment as CSV (RFC 4180): a line for each evaluation of each run. */
export function experimentCsv({ name, dataset, measure, keys, contestants }: ExperimentView): string {
  const head = [
    ...['experiment', 'dataset', 'contestant', ...keys, 'seed', 'run', 'status', 'device', 'parameters'],
    ...['step', 'tokens', 'flops', 'seconds', measure],
  ];
  const lines = contestants.flatMap(({ title, values, flopsPerToken, trials }) =>
    trials.flatMap(({ seed, run, status, device, parameters, curve }) =>
      curve.map(({ step, tokens, seconds, value }) => [
        ...[name, dataset, title, ...values, seed, run, status, device, parameters],
        ...[step, tokens, tokens * flopsPerToken, seconds, value],
      ]),
    ),
  );
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

/** A report as CSV: of an experiment its evaluations, of runs their losses by step. */
export function reportCsv({ experiment, runs }: Report): string {
  if (experiment !== null) return experimentCsv(experiment);
  const head = ['run', 'dataset', 'seed', 'device', 'parameters', 'split', 'step', 'loss'];
  const lines = runs.flatMap(({ name, dataset, seed, device, parameters, training, validation }) => {
    const own = [name, dataset, seed, device, parameters];
    return [
      ...training.map(([step, loss]) => [...own, 'training', step, loss]),
      ...validation.map(([step, loss]) => [...own, 'validation', step, loss]),
    ];
  });
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}
