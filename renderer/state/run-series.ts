import type { Series, XAxis } from '../charts/view.ts';
import type { RunMetricsStore, StepQuantity } from './run-metrics.svelte.ts';
import { lowerBound } from '../charts/columns.ts';

/** The x values of a run's steps on an axis. */
function xOf(store: RunMetricsStore, axis: XAxis): Float64Array {
  if (axis === 'tokens') return store.columns.tokens.values;
  return axis === 'time' ? store.seconds.values : store.columns.step.values;
}

/** Where a step lies on an axis. */
function placeOf(store: RunMetricsStore, axis: XAxis, step: number): number {
  if (axis === 'step') return step;
  const steps = store.columns.step.values;
  const x = xOf(store, axis);
  if (x.length === 0) return 0;
  // An evaluation before the first step lies at the start.
  if (step < steps[0]) return 0;
  return x[Math.min(lowerBound(steps, step), x.length - 1)];
}

/** One quantity of every step. */
export function stepSeries(
  store: RunMetricsStore,
  quantity: StepQuantity,
  axis: XAxis,
  name: string,
  style: number,
): Series {
  return {
    id: `${store.run}/${quantity}`,
    name,
    x: xOf(store, axis),
    y: store.columns[quantity].values,
    style,
    exact: false,
    generation: store.generation,
  };
}

/** A value of every evaluation. */
export function evaluationSeries(
  store: RunMetricsStore,
  value: 'loss' | 'perplexity' | 'bitsPerByte',
  axis: XAxis,
  name: string,
  style: number,
): Series {
  return {
    id: `${store.run}/evaluation-${value}`,
    name,
    x: store.evaluations.map(({ step }) => placeOf(store, axis, step)),
    // Beyond what a number can hold: infinite, which has no place in a chart.
    y: store.evaluations.map((evaluation) => evaluation[value] ?? Infinity),
    style,
    exact: true,
    generation: store.generation,
  };
}

/** Shares of right answers of every evaluation on a task; without values where a run has no task. */
export function answerSeries(
  store: RunMetricsStore,
  value: 'accuracy' | 'rows',
  axis: XAxis,
  name: string,
  style: number,
): Series {
  const measured = store.evaluations.filter(({ answers }) => answers !== undefined);
  return {
    id: `${store.run}/answers-${value}`,
    name,
    x: measured.map(({ step }) => placeOf(store, axis, step)),
    y: measured.map(({ answers }) => answers?.[value] ?? Infinity),
    style,
    exact: true,
    generation: store.generation,
  };
}

/** Perplexity of the training batches: how many tokens the model hesitates between. */
export function perplexitySeries(store: RunMetricsStore, axis: XAxis, name: string, style: number): Series {
  return {
    ...stepSeries(store, 'loss', axis, name, style),
    id: `${store.run}/perplexity`,
    y: store.perplexity.values,
  };
}
