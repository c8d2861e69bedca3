import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describeReturning } from '../export/bring-back.ts';
import { freeExportFolder } from '../export/export-folder.ts';
import { createExtendedRun } from '../extend-context.ts';
import type { ImportRequest } from '../imports.ts';
import type { EvaluationSource } from '../models.ts';
import type { Task } from '../job-task.ts';
import { knownModelViews } from '../known-model-views.ts';
import { keepMeasurement, modelsView } from '../model-facts.ts';
import { HyenaError } from '../../contract/errors.ts';
import type { ImportPreview, ImportSource, ModelFacts } from '../../contract/models.ts';
import type { RequestHandlersOf, RequestParams } from '../../contract/requests.ts';
import type { TaskView } from '../../contract/views.ts';
import { FileMemo } from '../../library/files/file-memo.ts';
import { freeRunName } from '../../library/runs/free-name.ts';
import { importProgress, withDistillation, withNotice } from './tasks.ts';
import type { WindowParts } from './window-parts.ts';

type Chosen = Pick<RequestParams<'models.plan'>, 'source' | 'choices'>;

/** What a window asks of models as things: importing, measuring, lengthening and exporting them. */
export function modelLibraryRequests({
  options,
  host,
  grants,
  tasks,
  training,
  runs: views,
  touchRuns,
}: Pick<
  WindowParts,
  'options' | 'host' | 'grants' | 'tasks' | 'training' | 'runs' | 'touchRuns'
>): RequestHandlersOf<'models'> {
  const { library, imports, models, runs } = host;

  const known = new FileMemo<ModelFacts>();
  const placeOf = (source: ImportSource): string =>
    source.from === 'hub' ? `hf:${source.name}` : grants.resolve([source.grant])[0];
  /** A file that was sent from a browser lies in a folder whose name says nothing. */
  const isUpload = (place: string): boolean => path.dirname(path.dirname(place)) === path.join(library, '.uploads');
  const nameOfUpload = async (source: ImportSource, place: string): Promise<string | null> => {
    if (source.from === 'hub' || !isUpload(place)) return null;
    const [name] = grants.named([source.grant]).names;
    return await freeRunName(library, name.replace(/\.(?:zip|ckpt|pt|pth|bin|safetensors)(?:\.part\d+)?$/i, ''));
  };
  /** The place of a source, and what is asked for beside it. */
  const resolve = async ({ source, choices }: Chosen): Promise<{ place: string; request: ImportRequest }> => {
    const place = placeOf(source);
    const { filters, name, ...others } = choices;
    const chosen = name ?? (await nameOfUpload(source, place));
    return { place, request: { ...others, name: chosen, ...(filters && { filters }) } };
  };
  const preview = async (id: string, chosen: Chosen): Promise<ImportPreview> => {
    const { place, request } = await resolve(chosen);
    const kind = await imports.kindOf(place);
    if (kind === 'own') return { kind, ...(await imports.describeOwn(place)) };
    if (kind === 'returning') return { kind, ...(await describeReturning(library, place)) };
    const planned = imports.plan(place, request);
    const { result } = tasks.follow('plan-import', path.basename(place), planned, importProgress(), id);
    // Only the window that asks waits for it.
    const forget = () => tasks.dismiss(id);
    result.then(forget, forget);
    return { kind, plan: (await result).plan };
  };
  /** Follows work whose end changes a model. @param finish keeps what it gave, and names what came of it */
  const begin = <Event, Result>(
    kind: TaskView['kind'],
    subject: string,
    task: Task<Event, Result>,
    update: (view: TaskView, event: Event) => TaskView,
    finish: (result: Result) => Promise<string> | string,
  ): { task: string } => {
    const { id, result } = tasks.follow(kind, subject, task, update);
    const end = async () => {
      const value = await result.catch(() => null);
      if (value === null) return;
      tasks.settle(id, await finish(value));
      touchRuns();
    };
    end().catch((thrown: unknown) => options.report(HyenaError.from(thrown)));
    return { task: id };
  };

  return {
    'models.list': async () => modelsView(library, (await runs.list()).runs, known),
    'models.known': () => knownModelViews(),
    'models.plan': ({ task, ...chosen }) => preview(task, chosen),
    'models.import': async ({ accepted, ...chosen }) => {
      const { place, request } = await resolve(chosen);
      const name = chosen.choices.name ?? undefined;
      const subject = name ?? path.basename(place);
      /** What was sent from a browser is in the library twice now, and a model is large. */
      const imported = async (run: string): Promise<string> => {
        if (isUpload(place)) await rm(path.dirname(place), { recursive: true, force: true });
        return run;
      };
      switch (await imports.kindOf(place)) {
        case 'own':
          return begin('import-model', subject, imports.copyOwn(place, name), withNotice, imported);
        case 'returning':
          return begin('import-model', subject, imports.takeBack(place, name), withNotice, ({ run }) => imported(run));
        case 'published': {
          const task = imports.start(place, { ...request, accepted });
          return begin('import-model', subject, task, importProgress(), ({ run, plan }) => imported(run ?? plan.name));
        }
      }
    },
    'models.evaluate': async ({ run, source }) => {
      const { path: folder } = await runs.get(run);
      if (source.from === 'dataset') await host.datasets.get(source.name);
      const file = source.from === 'file' ? grants.named([source.grant]) : null;
      const text: EvaluationSource = source.from === 'file' ? { from: 'file', path: file!.paths[0] } : source;
      const task = models.evaluate(run, text);
      const update = (view: TaskView, event: { message: Parameters<typeof withNotice>[1] }) =>
        withNotice(view, event.message);
      return begin('evaluate-model', run, task, update, async (result) => {
        const evaluation = { ...result, source: file?.names[0] ?? result.source, time: new Date().toISOString() };
        await keepMeasurement(folder, ({ evaluations }) => ({ evaluations: [evaluation, ...evaluations] }));
        return run;
      });
    },
    'models.distil': async ({ run, state }) => {
      const { path: folder } = await runs.get(run);
      return begin('distil-model', run, models.distill(run, state), withDistillation, async (result) => {
        const { filters, ...summary } = result;
        void filters;
        const distillation = { ...summary, time: new Date().toISOString() };
        await keepMeasurement(folder, ({ distillations }) => ({
          distillations: [distillation, ...distillations.filter((one) => one.state !== state)],
        }));
        return run;
      });
    },
    'models.inside': ({ run, text, layer }) => models.inside(run, text, { layer }).result,
    'models.merge': async ({ run }) => {
      const made = await models.merge(run);
      touchRuns();
      return await views.get(made.run);
    },
    'models.extend': async ({ run, context, steps, name, dataset }) => {
      const created = await createExtendedRun(host, run, {
        context,
        ...(steps !== null && { steps }),
        ...(name !== null && { name }),
        ...(dataset !== null && { dataset }),
      });
      try {
        await training.start(created.name);
      } finally {
        touchRuns();
      }
      return await views.get(created.name);
    },
    'models.export': async ({ run, to, checkpoint, folder: parent }) => {
      await runs.get(run);
      const within = parent === null ? path.join(library, 'exports') : grants.resolve([parent])[0];
      const folder = await freeExportFolder(within, `${run}-${to}`);
      return begin('export-model', run, models.export(run, { to, folder, checkpoint }), withNotice, () => folder);
    },
  };
}
