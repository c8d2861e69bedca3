import type { Command } from 'commander';
import type { Comparison, LossInterval } from '../../../contract/logic/comparison.ts';
import { formatValue } from '../../../contract/fields.ts';
import type { RunSummary } from '../../../contract/runs.ts';
import { joinMessages, toEnglish } from '../../../contract/message.ts';
import type { Context } from '../context.ts';
import { commandAction } from '../context.ts';
import { formatCount, formatDuration, formatLarge, formatNumber, formatTime } from '../format.ts';
import type { Output } from '../output.ts';
import { exitCodes } from '../exit-codes.ts';
import { printPairs, printTable, type TableColumn } from '../table.ts';
import { addRemove } from './remove.ts';

const optional = (value: number | null, format: (value: number) => string): string =>
  value === null ? '-' : format(value);

const steps = ({ step, totalSteps }: RunSummary): string =>
  `${formatCount(step)}${totalSteps === null ? '' : `/${formatCount(totalSteps)}`}`;

function addList(runs: Command, context: Context): void {
  runs
    .command('list')
    .description('List the runs in the library, newest first.')
    .option('--json', 'print one JSON object per run, one per line')
    .action(
      commandAction(async (options: { json?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const { runs: all, damaged } = await host.runs.list();
        for (const run of all) output.record(run);
        if (all.length === 0) output.line('No runs. Train one: hyena train --data NAME --preset tiny');
        else {
          printTable(
            output,
            [
              { title: 'run', value: ({ name }) => name },
              { title: 'state', value: ({ status }) => status },
              { title: 'data', value: ({ configuration }) => configuration.dataset },
              { title: 'steps', value: steps, align: 'right' },
              {
                title: 'validation',
                value: ({ validationLoss }) => optional(validationLoss, formatNumber),
                align: 'right',
              },
              { title: 'created', value: ({ created }) => formatTime(created) },
            ],
            all,
          );
        }
        for (const { message } of damaged) output.note(message);
        return damaged.length > 0 ? exitCodes.failed : exitCodes.done;
      }),
    );
}

/** All about one run. */
function showRun(output: Output, run: RunSummary): void {
  const { configuration, loss, validationLoss, fullValidationLoss, best, error } = run;
  printPairs(output, [
    ['run', run.name],
    ['state', run.status],
    ['data', configuration.dataset],
    ['device', run.device ?? configuration.device],
    ['parameters', run.parameters === null ? '' : formatCount(run.parameters)],
    ['steps', steps(run)],
    ['tokens', formatCount(run.tokens)],
    ['time', formatDuration(run.seconds)],
    ['training loss', optional(loss, formatNumber)],
    ['validation loss', optional(validationLoss, formatNumber)],
    ['full validation loss', optional(fullValidationLoss, formatNumber)],
    ['best', best === null ? '-' : `${formatNumber(best.loss)} at step ${formatCount(best.step)}`],
    [
      'checkpoints',
      run.checkpoints.map((step) => `${formatCount(step)}${step === best?.step ? ' (best)' : ''}`).join(', ') || 'none',
    ],
    ['folder', run.path],
    [
      'error',
      error === null
        ? ''
        : toEnglish(
            joinMessages([error.message, error.kept, error.hint, error.command].filter((one) => one !== undefined)),
          ),
    ],
  ]);
  for (const section of ['model', 'training'] as const) {
    output.line();
    output.line(output.bold(section === 'model' ? 'Model' : 'Training'));
    printPairs(
      output,
      Object.entries(configuration[section]).map(([key, value]) => [key, formatValue(value)] as const),
    );
  }
}

function addShow(runs: Command, context: Context): void {
  runs
    .command('show')
    .description('Show one run: state, losses, configuration.')
    .argument('<run>')
    .option('--json', 'print the record as one JSON object')
    .action(
      commandAction(async (name: string, options: { json?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const record = await host.runs.get(name);
        // A run that was broken off has steps behind what its record says.
        const reached = record.status === 'done' ? null : await host.runs.reached(name);
        const run = reached && reached.step > record.step ? { ...record, ...reached } : record;
        output.record(run);
        if (!output.json) showRun(output, run);
      }),
    );
}

const stretchColumns = (runs: Comparison['runs'], unit: string): TableColumn<LossInterval>[] => [
  { title: unit, value: ({ to }) => formatCount(to), align: 'right' },
  ...runs.map(({ name }, index) => ({
    title: name,
    value: ({ losses, validationLosses }: LossInterval): string => {
      const validation = validationLosses[index];
      return `${optional(losses[index], formatNumber)}${validation === null ? '' : ` (${formatNumber(validation)})`}`;
    },
    align: 'right' as const,
  })),
];

function showComparison(output: Output, { runs, differences, bySteps, byTokens }: Comparison): void {
  printTable(
    output,
    [
      { title: 'run', value: ({ name }) => name },
      { title: 'state', value: ({ status }) => status },
      { title: 'steps', value: ({ step }) => formatCount(step), align: 'right' },
      { title: 'tokens', value: ({ tokens }) => formatLarge(tokens), align: 'right' },
      { title: 'time', value: ({ seconds }) => formatDuration(seconds), align: 'right' },
      { title: 'tok/s', value: ({ tokensPerSecond }) => optional(tokensPerSecond, formatLarge), align: 'right' },
      { title: 'best', value: ({ best }) => (best === null ? '-' : formatNumber(best.loss)), align: 'right' },
      {
        title: 'full',
        value: ({ fullValidationLoss }) => optional(fullValidationLoss, formatNumber),
        align: 'right',
      },
    ],
    runs,
  );
  output.line();
  output.line(output.bold('Configuration differences'));
  if (differences.length === 0) output.line('none');
  else {
    printTable(
      output,
      [
        { title: 'key', value: ({ key }) => key },
        ...runs.map(({ name }, index) => ({
          title: name,
          value: ({ values }: Comparison['differences'][number]) => formatValue(values[index]),
        })),
      ],
      differences,
    );
  }
  for (const [title, unit, stretches] of [
    ['Loss at equal steps', 'up to step', bySteps],
    ['Loss at equal tokens', 'up to token', byTokens],
  ] as const) {
    output.line();
    output.line(output.bold(`${title}: mean training loss per interval (validation loss)`));
    printTable(output, stretchColumns(runs, unit), stretches);
  }
}

export function addRuns(runs: Command, context: Context): void {
  addList(runs, context);
  addShow(runs, context);
  addRemove(runs, context, {
    description: "Move runs and their checkpoints to the system's trash.",
    what: 'the run',
    remove: (host, name, options) => host.runs.remove(name, options),
  });
  runs
    .command('compare')
    .description('Compare runs: losses at equal steps and equal tokens, and configuration differences.')
    .argument('<run>', 'the first run')
    .argument('<others...>', 'one or more others')
    .option('--json', 'print one JSON object')
    .action(
      commandAction(async (first: string, others: string[], options: { json?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const comparison = await host.runs.compare([first, ...others]);
        output.record(comparison);
        if (!output.json) showComparison(output, comparison);
      }),
    );
}
