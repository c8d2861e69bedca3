import type { Command } from 'commander';
import type { DistillationResult } from '../../../contract/distillation.ts';
import { ProgressBar } from '../bar.ts';
import { follow, verb, type Context } from '../context.ts';
import { formatCount, formatNumber, formatSeconds } from '../format.ts';
import { readCount } from '../options.ts';
import type { Output } from '../output.ts';
import { printPairs, printTable } from '../table.ts';

interface DistillOptions {
  state: number;
  device: string;
  json?: boolean;
}

/** `distill`: filters as small state spaces, and what that costs. */
export function addDistill(program: Command, context: Context): void {
  program
    .command('distill')
    .description(
      "Fit a model's long filters by small state spaces, so that writing takes constant memory: hyena generate " +
        '--distilled. Tells the error of the filters and of the scores; the model itself stays as it is.',
    )
    .argument('<run>')
    .option('--state <n>', 'real numbers of state a channel, 4 to 64', readCount(4, 64), 16)
    .option('--device <name>', 'auto, or one that `hyena devices` lists', 'auto')
    .option('--json', 'print one JSON object, with the errors of each filter')
    .action(
      verb(async (run: string, options: DistillOptions) => {
        const output = context.output(options);
        const host = await context.host();
        await host.runs.get(run);
        const bar = new ProgressBar(output);
        try {
          const result = await follow(host.models.distill(run, options.state, options.device), output, (event) => {
            if (event.type === 'notice') return bar.note(event.message);
            bar.update({ share: event.done, secondsLeft: null, parts: [event.phase] });
          });
          bar.stop();
          print(output, result);
        } finally {
          bar.stop();
        }
      }),
    );
}

const percent = (share: number): string => `${formatNumber(100 * share, 2)}%`;

const stateOf = (state: number, known: number): string => (state >= known ? `over ${known}` : formatCount(state));

/** What half of the filters would need for an error that hardly shows. */
const stateNeeded = ({ error, least, likely, known }: DistillationResult['needed']): string =>
  `about ${stateOf(likely, known)} for an error of ${percent(error)} in half of the filters; with less than ` +
  `${stateOf(least, known)} no fit brings half of them there`;

function print(output: Output, result: DistillationResult): void {
  output.record(result);
  const { scores } = result;
  printPairs(output, [
    ['run', `${result.run}, step ${formatCount(result.step)}, on ${result.device}`],
    ['filters', `${formatCount(result.filters.length)}, ${result.state} numbers of state each`],
    ['exact', `the first ${result.exactTaps} taps of each`],
    [
      'error',
      `${percent(result.relative.median)} of a filter's norm (median), ${percent(result.relative.largest)} at most`,
    ],
    [
      'largest tap off',
      `by ${percent(result.largest.median)} of the largest (median), ${percent(result.largest.largest)} at most`,
    ],
    [
      'at best',
      `${percent(result.bound.median)} (median) with this state, however the filters are fitted: what is between is the fit's`,
    ],
    ['state needed', stateNeeded(result.needed)],
    ['time', formatSeconds(result.seconds)],
  ]);
  output.line(`\n${output.bold('The worst filters')}`);
  const worst = [...result.filters].sort((a, b) => b.relative - a.relative).slice(0, 5);
  printTable(
    output,
    [
      { title: 'layer', value: (row: DistillationResult['filters'][number]) => String(row.layer), align: 'right' },
      { title: 'channel', value: (row) => String(row.channel), align: 'right' },
      { title: 'error', value: (row) => percent(row.relative), align: 'right' },
      { title: 'at best', value: (row) => percent(row.bound), align: 'right' },
      { title: 'largest', value: (row) => percent(row.largest), align: 'right' },
      { title: 'state needed', value: (row) => stateOf(row.likely, result.needed.known), align: 'right' },
    ],
    worst,
  );
  if (!scores) return;
  output.line(`\n${output.bold(`${formatCount(scores.tokens)} tokens after ${formatCount(scores.context)}`)}`);
  printPairs(output, [
    ['loss', `${formatNumber(scores.distilledLoss)} nats a token, ${formatNumber(scores.loss)} exactly`],
    ['divergence', `${formatNumber(scores.divergence)} nats`],
    ['scores', `off by ${percent(scores.largestDifference)} of the largest at most`],
    ['same token', percent(scores.sameToken)],
    [
      'a token',
      `${formatNumber(scores.distilledMilliseconds, 2)} ms, ${formatNumber(scores.milliseconds, 2)} ms exactly`,
    ],
  ]);
}
