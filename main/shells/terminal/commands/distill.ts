import type { Command } from 'commander';
import type { DistillationResult } from '../../../contract/distillation.ts';
import { toEnglish } from '../../../contract/message.ts';
import { ProgressBar } from '../bar.ts';
import { follow, commandAction, type Context } from '../context.ts';
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
export function addDistill(command: Command, context: Context): void {
  command
    .argument('<run>')
    .option('--state <n>', 'state size per channel in real numbers, 4 to 64', readCount(4, 64), 16)
    .option('--device <name>', 'auto, or a device from `hyena devices`', 'auto')
    .option('--json', 'print one JSON object, including the error of each filter')
    .action(
      commandAction(async (run: string, options: DistillOptions) => {
        const output = context.output(options);
        const host = await context.host();
        await host.runs.get(run);
        const bar = new ProgressBar(output);
        try {
          const result = await follow(host.models.distill(run, options.state, options.device), output, (event) => {
            if (event.type === 'notice') return bar.note(toEnglish(event.message));
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
  `about ${stateOf(likely, known)} for an error of ${percent(error)} for half of the filters; below ` +
  `${stateOf(least, known)} no fit reaches that for half of them`;

function print(output: Output, result: DistillationResult): void {
  output.record(result);
  const { scores } = result;
  printPairs(output, [
    ['run', `${result.run}, step ${formatCount(result.step)}, on ${result.device}`],
    ['filters', `${formatCount(result.filters.length)}, ${result.state} real numbers of state each`],
    ['exact', `the first ${result.exactTaps} taps of each`],
    [
      'error',
      `${percent(result.relative.median)} of a filter's norm (median), ${percent(result.relative.largest)} at most`,
    ],
    [
      'largest tap error',
      `${percent(result.largest.median)} of the largest tap (median), ${percent(result.largest.largest)} at most`,
    ],
    [
      'lower bound',
      `${percent(result.bound.median)} (median) for any fit with this state size; the difference is due to the fit`,
    ],
    ['state needed', stateNeeded(result.needed)],
    ['time', formatSeconds(result.seconds)],
  ]);
  output.line(`\n${output.bold('Worst filters')}`);
  const worst = [...result.filters].sort((a, b) => b.relative - a.relative).slice(0, 5);
  printTable(
    output,
    [
      { title: 'layer', value: (row: DistillationResult['filters'][number]) => String(row.layer), align: 'right' },
      { title: 'channel', value: (row) => String(row.channel), align: 'right' },
      { title: 'error', value: (row) => percent(row.relative), align: 'right' },
      { title: 'lower bound', value: (row) => percent(row.bound), align: 'right' },
      { title: 'largest', value: (row) => percent(row.largest), align: 'right' },
      { title: 'state needed', value: (row) => stateOf(row.likely, result.needed.known), align: 'right' },
    ],
    worst,
  );
  if (!scores) return;
  output.line(`\n${output.bold(`${formatCount(scores.tokens)} tokens after ${formatCount(scores.context)}`)}`);
  printPairs(output, [
    ['loss', `${formatNumber(scores.distilledLoss)} nats per token (${formatNumber(scores.loss)} with exact filters)`],
    ['divergence', `${formatNumber(scores.divergence)} nats`],
    ['logits', `off by at most ${percent(scores.largestDifference)} of the largest`],
    ['same top token', percent(scores.sameToken)],
    [
      'time per token',
      `${formatNumber(scores.distilledMilliseconds, 2)} ms (${formatNumber(scores.milliseconds, 2)} ms with exact filters)`,
    ],
  ]);
}
