import { parseNumber } from '../../../contract/typed-number.ts';
import { writeFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { HyenaError } from '../../../contract/errors.ts';
import { experimentCsv } from '../../../contract/lab/experiment-export.ts';
import type { Experiment } from '../../../contract/lab/experiments.ts';
import { labCsv } from '../../../contract/lab/export.ts';
import { textIn, type Contestant, type LabResult, type Measure, type Recipe } from '../../../contract/lab/recipes.ts';
import { isTaskName, taskNames, tasks, type TaskName } from '../../../contract/lab/tasks.ts';
import { msg } from '../../../contract/message.ts';
import type { DatasetRecord } from '../../../contract/datasets.ts';
import { experimentView } from '../../../host/experiment-view.ts';
import type { Lab } from '../../../host/lab.ts';
import type { Context } from '../context.ts';
import { commandAction } from '../context.ts';
import { formatCount, formatDuration, formatLarge, formatNumber, wrap } from '../format.ts';
import type { Output } from '../output.ts';
import { exitCodes } from '../exit-codes.ts';
import { printPairs, printTable, type TableColumn } from '../table.ts';
import { followDataset } from './data.ts';
import { addFindRate } from './find-rate.ts';
import { printStandings } from './race.ts';
import { taskSettingsHelp } from './task-help.ts';
import { showTraining } from './train.ts';

/** A value in the unit of its measure. */
const formatValue = (value: number | null, measure: Measure): string =>
  value === null ? '' : measure === 'loss' ? formatNumber(value, 3) : `${formatNumber(100 * value, 1)}%`;

const dataOf = ({ data }: Recipe): string =>
  'task' in data ? `task ${data.task}` : 'book' in data ? `book ${data.book}` : 'your file';

function printList(output: Output, recipes: readonly Recipe[]): void {
  output.line(output.bold('Recipes'));
  printTable(
    output,
    [
      { title: 'name', value: ({ name }: Recipe) => name },
      { title: 'data', value: dataOf },
      { title: 'title', value: ({ title }) => textIn(title) },
    ],
    recipes,
  );
  output.line();
  output.line(output.bold('Tasks'));
  printTable(
    output,
    [
      { title: 'name', value: (name: (typeof taskNames)[number]) => name },
      { title: 'title', value: (name) => tasks[name].title },
    ],
    taskNames,
  );
}

function printExperiments(output: Output, experiments: readonly Experiment[]): void {
  if (experiments.length === 0) return;
  output.line();
  output.line(output.bold('Sweeps and races'));
  printTable(
    output,
    [
      { title: 'name', value: ({ name }: Experiment) => name },
      { title: 'kind', value: ({ kind }) => kind },
      { title: 'data', value: ({ base }) => base.dataset },
      { title: 'contestants', value: ({ contestants }) => formatCount(contestants.length), align: 'right' },
    ],
    experiments,
  );
}

const resultColumns = (measure: Measure): TableColumn<LabResult>[] => [
  { title: 'contestant', value: ({ contestant, seed }) => (seed === 0 ? contestant : `${contestant}, seed ${seed}`) },
  { title: 'ours', value: ({ value }) => formatValue(value, measure), align: 'right' },
  {
    title: 'published',
    value: ({ published }) => formatValue(published?.value ?? null, measure),
    align: 'right',
  },
  { title: 'verdict', value: ({ verdict, status }) => verdict ?? (status === 'done' ? '' : status) },
  { title: 'steps', value: ({ steps }) => formatCount(steps), align: 'right' },
  { title: 'time', value: ({ seconds }) => formatDuration(seconds), align: 'right' },
  {
    title: 'parameters',
    value: ({ parameters }) => (parameters === null ? '' : formatLarge(parameters)),
    align: 'right',
  },
  { title: 'run', value: ({ run }) => run },
];

function printTask(output: Output, name: TaskName): void {
  const { title, description, source } = tasks[name];
  output.line(output.bold(`Task ${name}: ${title}`));
  output.line(wrap(`${description} Source: ${source}.`, output.width));
  output.line(taskSettingsHelp(name, output.width));
  output.line();
}

/** Published and own values at the published steps. */
function printCurves(output: Output, results: readonly LabResult[], measure: Measure): void {
  for (const { run, published, curve } of results) {
    if (published?.curve === undefined || curve.length === 0) continue;
    output.line();
    output.line(output.bold(run));
    const own = new Map(curve);
    printTable(
      output,
      [
        { title: 'step', value: ([step]: [number, number]) => formatCount(step), align: 'right' },
        { title: 'ours', value: ([step]) => formatValue(own.get(step) ?? null, measure), align: 'right' },
        { title: 'published', value: ([, value]) => formatValue(value, measure), align: 'right' },
      ],
      published.curve,
    );
  }
}

function printRecipe(output: Output, recipe: Recipe): void {
  const { name, title, description, source, measure, tolerance, contestants } = recipe;
  output.line(output.bold(`${name}: ${textIn(title)}`));
  output.line(wrap(textIn(description), output.width));
  printPairs(output, [
    ['source', `${source.title}, ${source.url}`],
    ['data', dataOf(recipe)],
    [
      'measure',
      measure === 'loss' ? 'validation loss, nats per token' : `right ${measure === 'rows' ? 'rows' : 'answers'}`,
    ],
    ['within', measure === 'loss' ? formatNumber(tolerance, 3) : `${formatNumber(100 * tolerance, 1)} points`],
  ]);
  output.line();
  printTable(
    output,
    [
      { title: 'contestant', value: (one: Contestant) => one.name },
      { title: 'title', value: (one) => textIn(one.title) },
      { title: 'published', value: (one) => formatValue(one.published?.value ?? null, measure), align: 'right' },
    ],
    contestants,
  );
  for (const one of contestants)
    for (const difference of one.differences)
      output.line(wrap(`${one.name}: ${textIn(difference)}`, output.width, '  '));
}

function printResults(output: Output, recipe: Recipe, results: readonly LabResult[]): void {
  for (const result of results) output.record(result);
  if (results.length === 0) return output.line(`No results yet. Run it: hyena lab run ${recipe.name}`);
  printTable(output, resultColumns(recipe.measure), results);
  printCurves(output, results, recipe.measure);
}

/** The contestants of these names; all without names. @throws HyenaError `usage` */
function chosen({ name, contestants }: Recipe, only: readonly string[] | undefined): Contestant[] {
  if (only === undefined) return [...contestants];
  return only.map((one) => {
    const found = contestants.find((contestant) => contestant.name === one);
    if (found) return found;
    throw new HyenaError('usage', msg`The recipe ${name} has no contestant ${one}.`, {
      hint: msg`Its contestants are ${contestants.map((contestant) => contestant.name).join(', ')}.`,
    });
  });
}

/** The data set of a recipe; made where it is missing. */
async function openData(lab: Lab, recipe: Recipe, file: string | undefined, output: Output): Promise<DatasetRecord> {
  const data = await lab.data(recipe, file);
  return 'events' in data ? followDataset(data, output) : data;
}

interface RunOptions {
  only?: string[];
  file?: string;
  seed?: number;
  device?: string;
  json?: boolean;
}

const readSeed = (text: string): number => {
  const seed = parseNumber(text, true);
  if (seed === null || seed < 0) throw new InvalidArgumentError('Expected a whole number from 0.');
  return seed;
};

function addRun(lab: Command, context: Context): void {
  lab
    .command('run')
    .description(
      'Train the contestants of a recipe one after another and compare them with what was published; resumes.',
    )
    .argument('<recipe>', 'name of a recipe, or the path of its file')
    .option('--only <names...>', 'only these contestants')
    .option('--file <path>', 'the text or folder that the recipe asks for')
    .option('--seed <number>', 'seed of the runs', readSeed)
    .option('--device <name>', 'auto, or a device from `hyena devices`')
    .option('--json', 'print every event and result as JSON lines')
    .action(
      commandAction(async (name: string, { only, file, seed, device, ...options }: RunOptions) => {
        const output = context.output(options);
        const host = await context.host();
        const recipe = await host.lab.recipe(name);
        const contestants = chosen(recipe, only);
        const data = await openData(host.lab, recipe, file, output);
        for (const contestant of contestants) {
          const { run, task } = await host.lab.start(recipe, contestant, data, { seed, device });
          if (task === null) output.note(`${run} has been trained already.`);
          else if ((await showTraining(task, output)) === exitCodes.interrupted) {
            output.note(`Continue: hyena lab run ${name}`);
            return exitCodes.interrupted;
          }
        }
        const names = new Set(contestants.map((contestant) => contestant.name));
        const results = await host.lab.results(recipe);
        printResults(
          output,
          recipe,
          results.filter((result) => names.has(result.contestant)),
        );
        return exitCodes.done;
      }),
    );
}

export function addLab(lab: Command, context: Context): void {
  lab
    .command('list')
    .description('List the recipes, the tasks, the sweeps and the races.')
    .option('--json', 'print one JSON object per recipe, sweep and race')
    .action(
      commandAction(async (options: { json?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const { recipes, damaged } = await host.lab.recipes();
        for (const recipe of recipes) output.record(recipe);
        printList(output, recipes);
        for (const { file, message } of damaged) output.note(`${file}: ${message}`);
        const { experiments, damaged: unreadable } = await host.experiments.list();
        for (const experiment of experiments) output.record(experiment);
        printExperiments(output, experiments);
        for (const { message } of unreadable) output.note(message);
        return damaged.length + unreadable.length > 0 ? exitCodes.failed : exitCodes.done;
      }),
    );
  lab
    .command('show')
    .description('Show a recipe, a sweep or a race with its results so far, or a task with its keys.')
    .argument('<name>', 'a recipe, a task, a sweep or a race')
    .option('--csv <file>', 'write the results and curves as CSV')
    .option('--json', 'print the results as JSON objects, one per line')
    .action(
      commandAction(async (name: string, options: { csv?: string; json?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const { recipes } = await host.lab.recipes();
        const isRecipe = recipes.some((recipe) => recipe.name === name);
        if (isTaskName(name)) printTask(output, name);
        if (isTaskName(name) && !isRecipe) return exitCodes.done;
        const experiment = isRecipe
          ? undefined
          : (await host.experiments.list()).experiments.find((one) => one.name === name);
        if (experiment !== undefined) {
          const view = experimentView(host.experiments, await host.experiments.state(experiment));
          printStandings(output, view);
          if (options.csv !== undefined) await writeFile(options.csv, experimentCsv(view));
          return exitCodes.done;
        }
        const recipe = await host.lab.recipe(name);
        const results = await host.lab.results(recipe);
        printRecipe(output, recipe);
        output.line();
        printResults(output, recipe, results);
        if (options.csv !== undefined) await writeFile(options.csv, labCsv(recipe, results));
        return exitCodes.done;
      }),
    );
  lab
    .command('remove')
    .description('Remove a sweep or a race from the list. Its runs are kept.')
    .argument('<name>')
    .action(
      commandAction(async (name: string) => {
        await (await context.host()).experiments.remove(name);
        context.output({}).note(`Removed ${name}. Its runs are kept.`);
      }),
    );
  addRun(lab, context);
  addFindRate(lab, context);
}
