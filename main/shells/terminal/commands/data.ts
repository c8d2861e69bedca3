import { Argument, Option, type Command } from 'commander';
import type { DatasetEvent } from '../../../contract/dataset-events.ts';
import type { DatasetRecord } from '../../../contract/datasets.ts';
import { addDatasetJobSchema } from '../../../contract/jobs.ts';
import { parseTaskSettings, taskNames, type TaskName } from '../../../contract/lab/tasks.ts';
import { toEnglish } from '../../../contract/message.ts';
import type { Task } from '../../../host/job-task.ts';
import { ProgressBar } from '../bar.ts';
import type { Context } from '../context.ts';
import { follow, commandAction } from '../context.ts';
import { formatBytes, formatCount, formatLarge, formatTime } from '../format.ts';
import { collect, schemaOption } from '../options.ts';
import type { Output } from '../output.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../printable.ts';
import { printPairs, printTable } from '../table.ts';
import { tasksHelp } from './task-help.ts';
import { chosenColumns, describeColumns } from '../columns.ts';
import { addDataSetVerbs } from './data-set.ts';
import { addRemove } from './remove.ts';

const phases: Record<Extract<DatasetEvent, { type: 'progress' }>['phase'], string> = {
  reading: 'reading',
  'learning-tokenizer': 'training the tokenizer',
  tokenizing: 'tokenizing',
  finishing: 'finishing',
};

/** Shows how reading and tokenizing go. */
export class DatasetView {
  readonly #bar: ProgressBar;

  constructor(output: Output) {
    this.#bar = new ProgressBar(output);
  }

  show(event: DatasetEvent): void {
    switch (event.type) {
      case 'progress': {
        const { phase, done, total, unit, documents, tokens, secondsLeft } = event;
        const amount = unit === 'bytes' ? formatBytes(done) : `${formatCount(done)} ${unit}`;
        this.#bar.update({
          share: total === null || total === 0 ? null : Math.min(1, done / total),
          secondsLeft,
          parts: [phases[phase], amount, `${formatCount(documents)} documents`, `${formatLarge(tokens)} tokens`],
        });
        return;
      }
      case 'problem':
        return this.#bar.note(`${event.source}: ${toEnglish(event.message)}`);
      case 'done':
      case 'error':
        return this.stop();
    }
  }

  stop(): void {
    this.#bar.stop();
  }
}

/** What a person wants to know of a data set. */
function describeDataset({
  name,
  tags,
  task,
  created,
  tokenizer,
  splits,
  statistics,
  problemCount,
  request,
}: DatasetRecord): [string, string][] {
  const { documents, duplicates, tokens, bytes, bytesPerToken, longestDocument, distinctTokens, files } = statistics;
  const split = ({ documents: count, tokens: total, learnedTokens }: DatasetRecord['splits']['train']): string =>
    `${formatCount(total)} tokens of ${formatCount(count)} documents` +
    (learnedTokens < total ? `, ${formatCount(learnedTokens)} of them in the loss` : '');
  return [
    ['name', name],
    ['tags', tags.join(', ')],
    ['added', formatTime(created)],
    ['task', task === null ? '' : `${task.name}, rows of ${formatCount(task.length)} tokens`],
    ['files', task === null ? formatCount(files) : ''],
    [
      task === null ? 'documents' : 'rows',
      `${formatCount(documents)}${duplicates > 0 ? `, ${formatCount(duplicates)} duplicates removed` : ''}`,
    ],
    ['columns', describeColumns(request)],
    ['text', formatBytes(bytes)],
    ['tokenizer', `${tokenizer.name}, ${formatCount(tokenizer.vocabularySize)} tokens`],
    [
      'tokens',
      `${formatCount(tokens)}, ${bytesPerToken.toFixed(2)} bytes each, ${formatCount(distinctTokens)} distinct`,
    ],
    ['training', split(splits.train)],
    ['validation', split(splits.validation)],
    [
      'longest document',
      longestDocument === null ? '' : `${formatCount(longestDocument.tokens)} tokens: ${longestDocument.source}`,
    ],
    ['problems', problemCount > 0 ? formatCount(problemCount) : ''],
  ];
}

interface AddOptions {
  name: string;
  tokenizer: string;
  validation?: number;
  field?: string;
  columns?: string[];
  template?: string;
  json?: boolean;
}

function addAdd(data: Command, context: Context): void {
  data
    .command('add')
    .description(
      'Create a data set from files and folders: text, Markdown, HTML, JSON, JSON Lines, CSV, Parquet, FASTA, PDF, EPUB, ' +
        'Word, source code, and archives of these.',
    )
    .argument('<path...>', 'files and folders')
    .requiredOption('--name <name>', 'name of the data set')
    .option(
      '--tokenizer <kind>',
      'bytes | characters | gpt2 | bpe:SIZE | run:NAME (that of a run) | path to a tokenizer.json',
      'bytes',
    )
    .addOption(schemaOption(addDatasetJobSchema, 'validation', '--validation <share>'))
    .addOption(new Option('--field <name>', 'column, key or path (a.b) of the text (default: detected automatically)'))
    .addOption(
      new Option(
        '--columns <role=name,...>',
        'columns of chats: prompt and reply, and system if there is one; only replies are learned (repeatable)',
      )
        .argParser(collect)
        .conflicts(['field', 'template']),
    )
    .addOption(
      new Option(
        '--template <text>',
        'text of each row, with {name} for the value of a column; \\n starts a line, {{ is a brace',
      ).conflicts('field'),
    )
    .option('--json', 'print the events and the record as JSON lines')
    .action(
      commandAction(async (paths: string[], options: AddOptions) => {
        const output = context.output(options);
        const host = await context.host();
        const { name, validation = 0.05, field = null } = options;
        const columns = chosenColumns(options);
        const tokenizer = await host.models.tokenizerChoice(options.tokenizer);
        const task = host.datasets.add({ name, paths, tokenizer, validation, field, columns });
        printPairs(output, describeDataset(await followDataset(task, output)));
      }),
    );
}

function addShow(data: Command, context: Context): void {
  data
    .command('show')
    .description('Show one data set.')
    .argument('<name>')
    .option('--json', 'print the record as one JSON object')
    .action(
      commandAction(async (name: string, options: { json?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const record = await host.datasets.get(name);
        output.record(record);
        printPairs(output, describeDataset(record));
        const { frequentTokens } = record.statistics;
        if (frequentTokens.length > 0) {
          output.line();
          output.line(output.bold('Most frequent tokens'));
          const shown = frequentTokens.slice(0, 20);
          printTable(
            output,
            [
              { title: 'token', value: ({ text }) => printable(JSON.stringify(text)) },
              { title: 'count', value: ({ count }) => formatCount(count), align: 'right' },
              { title: 'share', value: ({ share }) => `${(100 * share).toFixed(2)}%`, align: 'right' },
            ],
            shown,
          );
        }
        if (record.problems.length > 0) {
          output.line();
          output.line(output.bold('Problems'));
          for (const { source, message } of record.problems) output.line(`${source}: ${toEnglish(message)}`);
        }
      }),
    );
}

function addGenerate(data: Command, context: Context): void {
  data
    .command('generate')
    .description('Create a data set of the rows of a task; train on it as on any other.')
    .addArgument(new Argument('<task>').choices(taskNames))
    .requiredOption('--name <name>', 'name of the data set')
    .option('--set <key=value>', 'set one key of the task (repeatable)', collect)
    .option('--file <path>', 'folder of a task that is read from files')
    .option('--json', 'print the events and the record as JSON lines')
    .addHelpText('after', () => tasksHelp())
    .action(
      commandAction(
        async (task: TaskName, options: { name: string; set?: string[]; file?: string; json?: boolean }) => {
          const output = context.output(options);
          const host = await context.host();
          const { name, file } = options;
          const building = host.datasets.addTask(name, task, parseTaskSettings(options.set ?? []), file);
          const record = await followDataset(building, output);
          printPairs(output, describeDataset(record));
          output.note(`Train on it: hyena train --data ${name} --set l_max=${record.task?.length ?? ''}`);
        },
      ),
    );
}

/** Shows a data set being made, to its end. */
export async function followDataset(task: Task<DatasetEvent, DatasetRecord>, output: Output): Promise<DatasetRecord> {
  const view = new DatasetView(output);
  try {
    return await follow(task, output, (event) => {
      // The error is reported by whoever catches it.
      if (event.type !== 'error') output.record(event);
      view.show(event);
    });
  } finally {
    view.stop();
  }
}

export function addData(data: Command, context: Context): void {
  addAdd(data, context);
  addGenerate(data, context);
  data
    .command('list')
    .description('List the data sets in the library.')
    .option('--tag <tag>', 'only those with this tag')
    .option('--json', 'print one JSON object per data set, one per line')
    .action(
      commandAction(async (options: { tag?: string; json?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const { datasets: all, damaged } = await host.datasets.list();
        const { tag } = options;
        const datasets = all.filter(({ tags }) => tag === undefined || tags.includes(tag));
        for (const dataset of datasets) output.record(dataset);
        if (all.length > 0 && datasets.length === 0) output.line(`No data sets with the tag ${tag ?? ''}.`);
        else if (datasets.length === 0) output.line('No data sets. Add one: hyena data add PATH --name NAME');
        else {
          printTable(
            output,
            [
              { title: 'name', value: ({ name }) => name },
              { title: 'documents', value: ({ statistics }) => formatCount(statistics.documents), align: 'right' },
              { title: 'tokens', value: ({ statistics }) => formatCount(statistics.tokens), align: 'right' },
              { title: 'tokenizer', value: ({ tokenizer }) => tokenizer.name },
              { title: 'vocabulary', value: ({ tokenizer }) => formatCount(tokenizer.vocabularySize), align: 'right' },
              { title: 'tags', value: ({ tags }) => tags.join(', ') },
              { title: 'added', value: ({ created }) => formatTime(created) },
            ],
            datasets,
          );
        }
        for (const { message } of damaged) output.note(message);
        return damaged.length > 0 ? exitCodes.failed : exitCodes.done;
      }),
    );
  addShow(data, context);
  addDataSetVerbs(data, context);
  addRemove(data, context, {
    description: "Move data sets to the system's trash; the source files are kept.",
    what: 'the data set',
    remove: (host, name, options) => host.datasets.remove(name, options),
  });
}
