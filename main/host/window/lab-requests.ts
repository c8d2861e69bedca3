import path from 'node:path';
import { HyenaError } from '../../contract/errors.ts';
import { scalingChartSchema, type ScalingChart, type ScalingRow } from '../../contract/lab/scaling.ts';
import { rateRange } from '../../contract/lab/rate-finder.ts';
import type { Recipe } from '../../contract/lab/recipes.ts';
import { msg } from '../../contract/message.ts';
import type { RequestHandlersOf } from '../../contract/requests.ts';
import type { DatasetRecord } from '../../contract/datasets.ts';
import { EventStream } from '../event-stream.ts';
import type { Task } from '../job-task.ts';
import { processor } from '../lab.ts';
import { LockedFile, readOrDefault, writeJson } from './locked-file.ts';
import { withDatasetEvent } from './tasks.ts';
import type { WindowParts } from './window-parts.ts';

/** The model whose steps are timed. */
const measured = { d_model: 128, n_layer: 2, seconds: 10 } as const;
const shortest = 256;

type LabParts = Pick<WindowParts, 'host' | 'grants' | 'tasks' | 'training' | 'changes' | 'touchRuns'>;

/** What a window asks of the laboratory. */
export function labRequests(parts: LabParts): RequestHandlersOf<'lab'> {
  const { host, grants, tasks, training, changes, touchRuns } = parts;
  const chartPath = path.join(host.library, 'scaling.json');
  const sequence = new LockedFile(chartPath);

  const dataOf = async (recipe: Recipe, grant: string | undefined): Promise<DatasetRecord> => {
    const file = grant === undefined ? undefined : grants.named([grant]).paths[0];
    const data = await host.lab.data(recipe, file);
    if (!('events' in data)) return data;
    const record = await tasks.follow('add-dataset', recipe.name, data, withDatasetEvent).result;
    changes.touch('datasets');
    return record;
  };

  return {
    'lab.recipes': async () => (await host.lab.recipes()).recipes,
    'lab.results': async ({ recipe }) => host.lab.results(await host.lab.recipe(recipe)),
    'lab.train': async ({ recipe: name, contestants, grant }) => {
      const recipe = await host.lab.recipe(name);
      const chosen = recipe.contestants.filter((one) => contestants.includes(one.name));
      const data = await dataOf(recipe, grant);
      const runs: string[] = [];
      for (const contestant of chosen) {
        const run = await host.lab.prepare(recipe, contestant, data);
        if (run.status !== 'done') runs.push(run.name);
      }
      touchRuns();
      for (const run of runs) await training.start(run);
      return { runs };
    },
    'lab.generate': ({ task, name }) => {
      const { id, result } = tasks.follow('add-dataset', name, host.datasets.addTask(name, task, {}), withDatasetEvent);
      result.then(
        () => changes.touch('datasets'),
        () => undefined,
      );
      return Promise.resolve({ task: id });
    },
    'lab.findRate': async ({ configuration }) => {
      if (training.active)
        throw new HyenaError('locked', 'A run is training. Two trainings would slow each other down.', {
          hint: 'Pause the run first.',
        });
      const task = host.lab.findRate(configuration);
      const total = rateRange.steps;
      return tasks.follow('find-rate', '', task, (view, { step }) => ({ ...view, done: step, total })).result;
    },
    'lab.scaling': () => readOrDefault(chartPath, scalingChartSchema.nullable(), null),
    'lab.scale': async ({ mixers, longest }) => {
      if (training.active)
        throw new HyenaError('locked', 'A run is training; a benchmark during training would be meaningless.', {
          hint: 'Pause the run first.',
        });
      const lengths: number[] = [];
      for (let length = shortest; length <= longest; length *= 2) lengths.push(length);
      const total = mixers.length * lengths.length;
      const task = scale(host, mixers, lengths);
      const followed = tasks.follow('scaling', '', task, (view, { done }) => ({ ...view, done, total }));
      const chart = await followed.result;
      await sequence.run(() => writeJson(chartPath, chart));
      return chart;
    },
  };
}

/** Measures one mixer after another, each in its own process; reports how many measurements are done. */
function scale(
  host: WindowParts['host'],
  mixers: readonly string[],
  lengths: readonly number[],
): Task<{ done: number }, ScalingChart> {
  const events = new EventStream<{ done: number }>();
  let current: { stop(): void; end(): void } | null = null;
  let stopped = false;
  const run = async (): Promise<ScalingChart> => {
    const rows: ScalingRow[] = [];
    let device = 'auto';
    for (const [index, mixer] of mixers.entries()) {
      if (stopped)
        throw new HyenaError('interrupted', msg`The benchmark was cancelled.`, { kept: 'Nothing was kept.' });
      const task = host.devices.scaling({ kind: 'scaling', device: 'auto', mixer, lengths: [...lengths], ...measured });
      current = task;
      let done = index * lengths.length;
      for await (const { row } of task.events.join()) {
        rows.push(row);
        events.push({ done: ++done });
      }
      ({ device } = await task.result);
    }
    const { d_model, n_layer } = measured;
    return { device, processor: processor(), time: new Date().toISOString(), d_model, n_layer, rows };
  };
  const result = run().finally(() => events.end());
  result.catch(() => undefined);
  const ended = (how: 'stop' | 'end') => () => {
    stopped = true;
    current?.[how]();
  };
  return { events, result, stop: ended('stop'), end: ended('end') };
}
