import { isDeepStrictEqual } from 'node:util';
import { resolveModel, type RunConfiguration } from '../contract/configuration.ts';
import type { DatasetRecord } from '../contract/datasets.ts';
import { batchShape, estimateFlops } from '../contract/logic/cost.ts';
import { TrainingPlan } from '../contract/logic/training-plan.ts';
import { nameKey } from '../contract/names.ts';
import type { RunSummary } from '../contract/runs.ts';
import type { Runs } from './runs.ts';

/**
 * The runs of a sweep: those named `NAME-1`, `NAME-2`, … whose configuration is the trial's, whatever device they were
 * trained on. So a sweep continues where it was, and one with more values keeps the runs that it has.
 *
 * @returns for each configuration its run; null where it has none yet
 */
export async function sweepRuns(
  runs: Runs,
  name: string,
  configurations: readonly RunConfiguration[],
): Promise<(RunSummary | null)[]> {
  const own = (await runs.list()).runs.filter((run) => numberIn(name, run.name) !== null);
  return configurations.map(
    (configuration) =>
      own.find((run) => isDeepStrictEqual(comparable(run.configuration), comparable(configuration))) ?? null,
  );
}

/** Makes the next run of a sweep. @throws HyenaError `usage` for a name that no run can have */
export async function createSweepRun(runs: Runs, name: string, configuration: RunConfiguration): Promise<RunSummary> {
  const numbers = (await runs.list()).runs.map((run) => numberIn(name, run.name) ?? 0);
  return runs.create(configuration, `${name}-${Math.max(0, ...numbers) + 1}`);
}

/** The number of a run of a sweep; null for other runs. */
function numberIn(sweep: string, run: string): number | null {
  const [whole, number] = [nameKey(run), /-(\d{1,9})$/.exec(run)?.[1]];
  return number !== undefined && whole === `${nameKey(sweep)}-${number}` ? Number(number) : null;
}

const comparable = ({ dataset, from, model, training }: Omit<RunConfiguration, 'device'>): unknown =>
  // As a file keeps it: without what is undefined.
  JSON.parse(JSON.stringify([nameKey(dataset), from === null ? null : nameKey(from), model, training]));

/** Training FLOPs of each configuration; where time limits one, as many minutes as it may take at most for all. */
export function sweepCosts(configurations: readonly RunConfiguration[], dataset: DatasetRecord): number[] {
  const plans = configurations.map(
    ({ model, training }) => new TrainingPlan(training, model, dataset.splits.train.tokens),
  );
  if (plans.some(({ totalSteps }) => totalSteps === null)) return plans.map(({ limitSeconds }) => limitSeconds ?? 1);
  return configurations.map((configuration, index) => {
    const model = resolveModel(configuration.model, dataset.tokenizer.vocabularySize);
    return (
      estimateFlops(model, batchShape(configuration)).training * plans[index].tokensOf(plans[index].totalSteps ?? 0)
    );
  });
}
