import { checkConfiguration } from '../../contract/settings.ts';
import type { RequestHandlersOf } from '../../contract/requests.ts';
import { msg } from '../../contract/message.ts';
import type { RunView } from '../../contract/views.ts';
import { branchRun, removeCheckpoint } from '../branch-run.ts';
import { importModel } from '../import-model.ts';
import { withQuantiseEvent } from './tasks.ts';
import type { WindowParts } from './window-parts.ts';

/** What a window asks of runs and of the queue in which they are trained. */
export function runRequests({
  options,
  host,
  grants,
  tasks,
  trash,
  training,
  runs,
  touchRuns,
}: Pick<
  WindowParts,
  'options' | 'host' | 'grants' | 'tasks' | 'trash' | 'training' | 'runs' | 'touchRuns'
>): RequestHandlersOf<'runs' | 'queue'> {
  const { library } = host;
  /** Does something to a run, tells all windows, and answers with how the run stands then. */
  const changed = async (run: string, work: () => Promise<void> | void = () => undefined): Promise<RunView> => {
    try {
      await work();
    } finally {
      touchRuns();
    }
    return await runs.get(run);
  };
  return {
    'runs.list': () => runs.list(),
    'runs.show': ({ run }) => runs.get(run),
    'runs.checkpoints': ({ run }) => runs.checkpoints(run),
    'runs.branch': async ({ run, checkpoint }) => await changed(await branchRun(library, run, checkpoint)),
    'runs.removeCheckpoint': async ({ run, checkpoint }) => {
      await runs.withRunLock(run, msg`Cannot delete a checkpoint of '${run}' while it is training.`, () =>
        removeCheckpoint(library, run, checkpoint),
      );
      touchRuns();
      return await runs.checkpoints(run);
    },
    'runs.create': async ({ configuration, name, annotations, start }) => {
      checkConfiguration(configuration);
      await host.datasets.get(configuration.dataset);
      const run = await host.runs.create(configuration, name ?? undefined);
      if (annotations.tags.length > 0 || annotations.notes !== '') await runs.annotate(run.name, annotations);
      return await changed(run.name, () => (start ? training.start(run.name) : undefined));
    },
    'runs.import': async ({ grant }) => {
      const name = await importModel(library, grants.resolve([grant])[0]);
      return await changed(name);
    },
    'runs.quantise': ({ run, dtype, name }) => {
      const task = host.models.quantise(run, dtype, { name });
      const { id, result } = tasks.follow('quantise-model', run, task, withQuantiseEvent);
      result.then(
        (made) => {
          tasks.settle(id, made.run);
          touchRuns();
        },
        () => undefined,
      );
      return Promise.resolve({ task: id });
    },
    'runs.start': ({ run }) => changed(run, () => training.start(run)),
    'runs.reduceMemory': ({ run }) => changed(run, () => training.reduceMemory(run)),
    'runs.pause': ({ run }) => changed(run, () => training.pause(run)),
    'runs.stop': ({ run, when }) => changed(run, () => training.stop(run, when)),
    'runs.rename': ({ run, to }) => changed(to, () => (run === to ? undefined : runs.rename(run, to))),
    'runs.annotate': ({ run, changes }) => changed(run, () => runs.annotate(run, changes)),
    'runs.colours': async ({ runs: names }) => Object.fromEntries(await runs.colours(names)),
    'runs.remove': async ({ run }) => {
      const removal = await runs.withRunLock(run, msg`Cannot delete '${run}' while it is training.`, () =>
        trash.put('run', run),
      );
      training.renamed(run, null);
      touchRuns();
      return removal;
    },
    'runs.open': async ({ run }) => {
      const { path: folder } = await host.runs.get(run);
      await options.openFolder?.(folder);
      return { opened: options.openFolder !== undefined, path: folder };
    },
    'queue.order': ({ runs: order }) => Promise.resolve(training.order(order)).then(() => ({})),
  };
}
