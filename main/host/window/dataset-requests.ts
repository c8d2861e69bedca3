import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { previewDataset } from '../../library/datasets/preview.ts';
import { numberedName } from '../../library/runs/free-name.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import type { RequestHandlersOf } from '../../contract/requests.ts';
import { startTask } from '../job-task.ts';
import { sampleBook } from './app-requests.ts';
import { withDatasetEvent, withNotice } from './tasks.ts';
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
    'datasets.preview': async ({ name, ...options }) => {
      await host.datasets.get(name);
      return await previewDataset(library, name, options);
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
    'datasets.rename': async ({ name, to }) => {
      const record = await host.datasets.rename(name, to);
      changes.touch('datasets');
      changes.touch('runs');
      return record;
    },
    'datasets.tag': async ({ name, tags }) => {
      const record = await host.datasets.tag(name, tags);
      changes.touch('datasets');
      return record;
    },
    'datasets.files': ({ name }) => host.datasets.files(name),
    'datasets.reread': async ({ name, grants }) => {
      const task = await host.datasets.reread(name, grants && granted.named(grants));
      const { id, result } = tasks.follow('add-dataset', name, task, withDatasetEvent);
      result.then(
        () => {
          changes.touch('datasets');
          changes.touch('runs');
        },
        () => undefined,
      );
      return { task: id };
    },
    'datasets.export': async ({ name, to, folder }) => {
      await host.datasets.get(name);
      const within = folder === null ? path.join(library, 'exports') : granted.resolve([folder])[0];
      const file = await freeFile(within, name, to === 'text' ? '.txt' : '.jsonl');
      const { id, result } = tasks.follow('export-dataset', name, host.datasets.export(name, { to, file }), withNotice);
      result.then(
        () => tasks.settle(id, file),
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

/** A file that does not exist yet: the name, or name-2, name-3, … */
async function freeFile(within: string, name: string, extension: string): Promise<string> {
  const taken = new Set(await readdir(within).catch((): string[] => []));
  return path.join(within, `${numberedName(name, (one) => taken.has(`${one}${extension}`))}${extension}`);
}
