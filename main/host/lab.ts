import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import type { RunConfiguration } from '../contract/configuration.ts';
import type { DatasetRecord } from '../contract/datasets.ts';
import { HyenaError, messageOf } from '../contract/errors.ts';
import { suggest } from '../contract/similar-names.ts';
import {
  recipeSchema,
  verdictOf,
  type Contestant,
  type LabResult,
  type LabRun,
  type Measure,
  type Recipe,
} from '../contract/lab/recipes.ts';
import { rateRange } from '../contract/lab/rate-finder.ts';
import { isFileTask, tasks } from '../contract/lab/tasks.ts';
import { joinMessages, msg } from '../contract/message.ts';
import type { RunEvent } from '../contract/events.ts';
import type { RunSummary } from '../contract/runs.ts';
import type { StartJob } from '../workers/start-job.ts';
import { resourcePath } from '../library/tokenizers/resources.ts';
import { composeConfiguration } from './configurations.ts';
import type { Datasets } from './datasets.ts';
import { startTask, type JobTask } from './job-task.ts';
import type { Runs, TrainTask } from './runs.ts';

export interface LabParts {
  readonly library: string;
  readonly startJob: StartJob;
  readonly runs: Runs;
  readonly datasets: Datasets;
}

/** What a run of a recipe needs besides its name. */
export interface LabOptions {
  readonly seed?: number;
  readonly device?: string;
}

/** The laboratory: recipes, their runs, and what came of them beside what was published. */
export class Lab {
  readonly #parts: LabParts;

  constructor(parts: LabParts) {
    this.#parts = parts;
  }

  /** All recipes by name: those of the program, then those of the library; and what is wrong with others. */
  async recipes(): Promise<{ recipes: Recipe[]; damaged: { file: string; message: string }[] }> {
    const folders = [resourcePath('recipes'), path.join(this.#parts.library, 'recipes')];
    const recipes = new Map<string, Recipe>();
    const damaged: { file: string; message: string }[] = [];
    for (const folder of folders)
      for (const file of (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort())
        try {
          const recipe = await readRecipe(path.join(folder, file));
          recipes.set(recipe.name, recipe);
        } catch (error) {
          damaged.push({ file, message: HyenaError.from(error).message });
        }
    return { recipes: [...recipes.values()], damaged };
  }

  /**
   * A recipe by its name, or by the path of its file.
   *
   * @throws HyenaError `not-found` with the names that are near
   */
  async recipe(name: string): Promise<Recipe> {
    if (name.endsWith('.json')) return readRecipe(path.resolve(name));
    const { recipes } = await this.recipes();
    const found = recipes.find((recipe) => recipe.name === name);
    if (found) return found;
    const names = recipes.map((recipe) => recipe.name);
    const near = suggest(name, names);
    const missing = msg`Recipe '${name}' not found.`;
    throw new HyenaError('not-found', near === undefined ? missing : joinMessages([missing, near]), {
      hint: msg`Recipes: ${names.join(', ')}.`,
      command: 'hyena lab list',
    });
  }

  /**
   * The data set of a recipe, where it has been made, else the work that makes it.
   *
   * @param file the text or the folder that a recipe asks its user for
   * @throws HyenaError `usage` where that is missing, `configuration` where a data set of that name is another one
   */
  async data(recipe: Recipe, file?: string): Promise<DatasetRecord | JobTask<'add-dataset'> | JobTask<'build-task'>> {
    const { datasets } = this.#parts;
    const { data, name } = recipe;
    const existing = await datasets.get(name).catch((error: unknown) => {
      if (HyenaError.from(error).code === 'not-found') return null;
      throw error;
    });
    if (existing !== null) {
      checkData(recipe, existing);
      return existing;
    }
    if ('task' in data) {
      if (isFileTask(data.task) && file === undefined)
        throw new HyenaError('usage', msg`The recipe ${name} needs a file: ${tasks[data.task].files}.`, {
          command: `hyena lab run ${name} --file FOLDER`,
        });
      return datasets.addTask(name, data.task, data.settings, file);
    }
    const { tokenizer, validation } = data;
    const source = 'book' in data ? resourcePath('books', `${data.book}.txt`) : file;
    if (source === undefined)
      throw new HyenaError('usage', msg`The recipe ${name} needs a file: ${'file' in data ? data.file.title : ''}.`, {
        hint: 'file' in data && data.file.url !== undefined ? msg`It is at ${data.file.url}.` : undefined,
        command: `hyena lab run ${name} --file PATH`,
      });
    return datasets.add({ name, paths: [source], tokenizer, validation, field: null });
  }

  /** The configuration of a contestant. @throws HyenaError `configuration` for keys that there are not */
  configuration(recipe: Recipe, contestant: Contestant, data: DatasetRecord, options: LabOptions): RunConfiguration {
    const length = data.task?.length;
    return composeConfiguration(undefined, [
      length === undefined ? {} : { model: { l_max: length }, training: { eval_windows: null, sample_interval: null } },
      recipe.base,
      { model: contestant.model, training: contestant.training },
      { dataset: data.name, training: { seed: options.seed ?? 0 } },
      options.device === undefined ? {} : { device: options.device },
    ]);
  }

  /**
   * Trains a contestant, or continues its run; null where the run is at its end.
   *
   * @throws HyenaError `already-exists` where its name belongs to a run of something else
   */
  async start(
    recipe: Recipe,
    contestant: Contestant,
    data: DatasetRecord,
    options: LabOptions = {},
  ): Promise<{ run: string; task: TrainTask | null }> {
    const run = await this.prepare(recipe, contestant, data, options);
    if (run.status === 'done') return { run: run.name, task: null };
    const resume = run.checkpoints.length > 0;
    return { run: run.name, task: this.#parts.runs.start(run.name, { resume, device: options.device }) };
  }

  /** The run of a contestant, made where it is not there yet. */
  async prepare(
    recipe: Recipe,
    contestant: Contestant,
    data: DatasetRecord,
    options: LabOptions = {},
  ): Promise<RunSummary> {
    const { runs } = this.#parts;
    const seed = options.seed ?? 0;
    const lab: LabRun = { recipe: recipe.name, contestant: contestant.name, seed, processor: processor() };
    const name = `${recipe.name}-${contestant.name}${seed === 0 ? '' : `-seed${seed}`}`;
    const existing = await runs.get(name).catch((error: unknown) => {
      if (HyenaError.from(error).code === 'not-found') return null;
      throw error;
    });
    if (existing === null) return runs.create(this.configuration(recipe, contestant, data, options), name, lab);
    if (existing.lab?.recipe === recipe.name) return existing;
    throw new HyenaError(
      'already-exists',
      msg`Run '${name}' exists, and does not belong to the recipe ${recipe.name}.`,
      {
        kept: 'The existing run is unchanged.',
        hint: 'Remove it, or choose another seed.',
      },
    );
  }

  /** Searches a learning rate for a configuration, with a model that is thrown away. @throws HyenaError `usage` */
  findRate(
    configuration: RunConfiguration,
    { low, high, steps }: { low: number; high: number; steps: number } = rateRange,
  ): JobTask<'find-rate'> {
    if (low >= high) throw new HyenaError('usage', msg`The first learning rate must be below the last one.`);
    const { library, startJob } = this.#parts;
    return startTask(startJob, { kind: 'find-rate', library, configuration, low, high, steps });
  }

  /** What came of the runs of a recipe so far, in the order of its contestants. */
  async results(recipe: Recipe): Promise<LabResult[]> {
    const { runs } = await this.#parts.runs.list();
    const results: LabResult[] = [];
    for (const contestant of recipe.contestants) {
      const own = runs.filter(({ lab }) => lab?.recipe === recipe.name && lab.contestant === contestant.name);
      own.sort((a, b) => (a.lab?.seed ?? 0) - (b.lab?.seed ?? 0));
      for (const run of own) results.push(resultOf(recipe, contestant, run, await this.#parts.runs.events(run.name)));
    }
    return results;
  }
}

/** The CPU of this machine, as a person knows it. */
export const processor = (): string => (cpus()[0]?.model ?? 'unknown').trim().replaceAll(/\s+/g, ' ');

async function readRecipe(file: string): Promise<Recipe> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new HyenaError('not-found', msg`Cannot read the recipe ${file}: ${messageOf(error)}`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new HyenaError('bad-input', msg`${file} is not JSON: ${messageOf(error)}`, { cause: error });
  }
  const parsed = recipeSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new HyenaError(
    'bad-input',
    msg`${path.basename(file)} is not a recipe: ${issue.path.join('.')}: ${issue.message}`,
    {
      hint: 'Compare it with a recipe that comes with the program.',
    },
  );
}

function checkData({ name, data }: Recipe, { task }: DatasetRecord): void {
  const wanted = 'task' in data ? data : null;
  const isSame =
    wanted === null
      ? task === null
      : task?.name === wanted.task &&
        Object.entries(wanted.settings).every(([key, value]) => task.settings[key] === value);
  if (isSame) return;
  throw new HyenaError('configuration', msg`Data set '${name}' exists, and is not the one of the recipe ${name}.`, {
    kept: 'The existing data set is unchanged.',
    hint: 'Remove the data set first.',
    command: `hyena data remove ${name}`,
  });
}

type EvaluationEvent = Extract<RunEvent, { type: 'evaluation' }>;

/** The measured value of an evaluation: of the whole validation split where it was scored. */
function measured({ loss, full, answers }: EvaluationEvent, measure: Measure): number | null {
  if (measure === 'loss') return full?.loss ?? loss;
  return answers?.[measure === 'accuracy' ? 'accuracy' : 'rows'] ?? null;
}

function resultOf(recipe: Recipe, contestant: Contestant, run: RunSummary, events: readonly RunEvent[]): LabResult {
  const { measure, tolerance } = recipe;
  const curve = events.flatMap((event): [number, number][] => {
    if (event.type !== 'evaluation') return [];
    const value = measured(event, measure);
    return value === null ? [] : [[event.step, value]];
  });
  const { published } = contestant;
  const value = curve.at(-1)?.[1] ?? null;
  return {
    recipe: recipe.name,
    contestant: contestant.name,
    title: contestant.title,
    seed: run.lab?.seed ?? 0,
    run: run.name,
    status: run.status,
    value,
    curve,
    published,
    verdict:
      value === null || published === null || run.status !== 'done'
        ? null
        : verdictOf(value, published.value, tolerance, measure),
    steps: curve.at(-1)?.[0] ?? 0,
    seconds: run.seconds,
    parameters: run.parameters,
    device: run.device,
    processor: run.lab?.processor ?? null,
  };
}
