import { previewDataset } from '../../library/datasets/preview.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import type { RequestHandlersOf } from '../../contract/requests.ts';
import { startTask } from '../job-task.ts';
import { sampleBook } from './app-requests.ts';
import { withDatasetEvent } from './tasks.ts';
import type { WindowParts } from './window-parts.ts';

/** What a window asks of data: files that a person chose, and the data sets that are made of them. */
export function datasetRequests({
  options,
  host,
  grants: granted,
  tasks,
  trash,
  changes,
}: Pick<WindowParts, 'options' | 'host' | 'grants' | 'tasks' | 'trash' | 'changes'>): RequestHandlersOf<
  'files' | 'datasets'
> {
  const { library } = host;
  const requireUnused = async (dataset: string): Promise<void> => {
    await host.datasets.get(dataset).catch((thrown: unknown) => {
      // A damaged data set can be removed all the same.
      if (HyenaError.from(thrown).code !== 'damaged') throw thrown;
    });
    const { runs } = await host.runs.list();
    const user = runs.find(({ owner, configuration }) => owner !== null && configuration.dataset === dataset);
    if (user)
      throw new HyenaError('locked', msg`Run '${user.name}' is training on data set '${dataset}'.`, {
        kept: 'Nothing was deleted.',
        hint: 'Stop the run first.',
      });
  };
  return {
    'files.choose': async ({ what }) => {
      const paths = (await options.chooseFiles?.(what)) ?? [];
      return await Promise.all(paths.map((one) => granted.add(one)));
    },
    'files.sample': () => granted.add(sampleBook(options)),
    'files.inspect': async ({ grants, tokenizers: choices, field, columns }) => {
      const { paths, names } = granted.named(grants);
      const tokenizers = await Promise.all(choices.map((choice) => host.models.tokenizerChoice(choice)));
      const task = startTask(options.startJob, { kind: 'inspect', paths, names, tokenizers, field, columns });
      const found = await tasks.follow('inspect', names[0], task, (view) => view).result;
      // The tokenizers by the names under which they were requested.
      const named = (tokenizer: string) => choices[tokenizers.indexOf(tokenizer)] ?? tokenizer;
      return { ...found, tokenizers: found.tokenizers.map((one) => ({ ...one, tokenizer: named(one.tokenizer) })) };
    },
    'datasets.list': async () => (await host.datasets.list()).datasets,
    'datasets.show': ({ name }) => host.datasets.get(name),
    'datasets.preview': async ({ name, documents, characters }) => {
      await host.datasets.get(name);
      return await previewDataset(library, name, { documents, characters });
    },
    'datasets.add': async ({ name, grants, tokenizer: choice, validation, field, columns }) => {
      const tokenizer = await host.models.tokenizerChoice(choice);
      const task = host.datasets.add({ name, ...granted.named(grants), tokenizer, validation, field, columns });
      const { id, result } = tasks.follow('add-dataset', name, task, withDatasetEvent);
      result.then(
        () => changes.touch('datasets'),
        () => undefined,
      );
      return { task: id };
    },
    'datasets.remove': async ({ name }) => {
      await requireUnused(name);
      const removal = await trash.put('dataset', name);
      changes.touch('datasets');
      return removal;
    },
  };
}
