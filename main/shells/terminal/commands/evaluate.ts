import { Option, type Command } from 'commander';
import { HyenaError } from '../../../contract/errors.ts';
import { jobs } from '../../../contract/jobs.ts';
import { evaluationNames, evaluations, type EvaluationName } from '../../../contract/lab/evaluations.ts';
import type { Host } from '../../../host/host.ts';
import type { EvaluationSource } from '../../../host/models.ts';
import type { Context } from '../context.ts';
import { follow, commandAction } from '../context.ts';
import { formatCount, formatNumber, formatPerplexity, formatSeconds, wrap } from '../format.ts';
import { ProgressBar } from '../bar.ts';
import { schemaOption } from '../options.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { printPairs } from '../table.ts';
import { evaluateQuestions, questionsHelp } from './evaluate-questions.ts';
import { describeAnswers } from '../training-view.ts';
import { msg, toEnglish } from '../../../contract/message.ts';

interface EvaluateOptions {
  data?: string;
  file?: string;
  task?: EvaluationName | 'questions';
  shots?: number;
  limit?: number;
  stride?: number;
  anchors?: boolean;
  device: string;
  json?: boolean;
}

/** The published evaluations, with the file that each reads. */
const evaluationsHelp = (): string => {
  const lines = Object.entries({ questions: questionsHelp, ...evaluations }).map(
    ([name, { title, file, measures }]) => {
      return `  ${name}\n${wrap(`${title}. File: ${file}. Measures: ${measures}.`, 80, '      ')}`;
    },
  );
  return ['', 'Evaluations for --task; nothing is downloaded:', ...lines].join('\n');
};

async function evaluateTask(
  host: Host,
  output: Output,
  run: string,
  task: EvaluationName,
  { file, device, shots, limit, stride }: EvaluateOptions,
): Promise<number> {
  if (file === undefined)
    throw new HyenaError('usage', msg`The evaluation ${task} needs a file: ${evaluations[task].file}.`, {
      command: `hyena eval ${run} --task ${task} --file PATH`,
    });
  const bar = new ProgressBar(output);
  try {
    const result = await follow(
      host.models.evaluateTask(run, { task, file, shots, limit, stride }, device),
      output,
      (event) => {
        if (event.type === 'notice') return bar.note(toEnglish(event.message));
        bar.update({ share: event.done / Math.max(1, event.total), secondsLeft: null, parts: [task] });
      },
    );
    bar.stop();
    output.record(result);
    printPairs(output, [
      ['run', `${result.run}, step ${formatCount(result.step)}`],
      ['evaluation', `${evaluations[task].title}${result.shots > 0 ? `, ${result.shots} shots` : ''}`],
      ['file', result.source],
      [task === 'wikitext' ? 'words' : 'items', formatCount(result.items)],
      ...result.metrics.map(({ name, value, unit }): [string, string] => [
        name,
        unit === 'share' ? `${formatNumber(100 * (value ?? 0), 2)}%` : formatPerplexity(value, unit === 'bits' ? 4 : 3),
      ]),
      ['shortened', result.shortened > 0 ? `${formatCount(result.shortened)} exceeded the context` : ''],
      ['time', formatSeconds(result.seconds)],
    ]);
    return exitCodes.done;
  } finally {
    bar.stop();
  }
}

export function addEvaluate(command: Command, context: Context): void {
  command
    .argument('[run]', 'the model; only --task questions is possible without one')
    .option('--data <name>', 'score the validation split of this data set')
    .addOption(new Option('--file <path>', 'score the whole text of this file').conflicts('data'))
    .addOption(
      new Option('--task <name>', 'a published evaluation of the file, listed below')
        .choices(['questions', ...evaluationNames])
        .conflicts('data'),
    )
    .addOption(schemaOption(jobs['evaluate-task'].params, 'shots', '--shots <k>', 'solved questions before each one'))
    .addOption(
      schemaOption(jobs['evaluate-task'].params, 'limit', '--limit <n>', 'only the first questions or passages'),
    )
    .addOption(
      schemaOption(
        jobs['evaluate-task'].params,
        'stride',
        '--stride <tokens>',
        'for wikitext: tokens scored per window',
      ),
    )
    .option('--anchors', 'also compress the text with gzip, brotli, zstd and xz, for comparison')
    .option('--device <name>', 'auto, or a device from `hyena devices`', 'auto')
    .option('--json', 'print one JSON object')
    .addHelpText('after', evaluationsHelp)
    .action(
      commandAction(async (run: string | undefined, options: EvaluateOptions) => {
        const output = context.output(options);
        const host = await context.host();
        const { data, file, device, task } = options;
        if (run !== undefined) await host.runs.get(run);
        if (task === 'questions') return await evaluateQuestions(host, output, run ?? null, options);
        if (run === undefined)
          throw new HyenaError('usage', 'Name the run to evaluate.', { command: 'hyena runs list' });
        if (task !== undefined) return evaluateTask(host, output, run, task, options);
        if (data !== undefined) await host.datasets.get(data);
        const source: EvaluationSource =
          data !== undefined
            ? { from: 'dataset', name: data }
            : file !== undefined
              ? { from: 'file', path: file }
              : { from: 'run' };
        const result = await follow(host.models.evaluate(run, source, device, options.anchors), output, (event) =>
          output.note(toEnglish(event.message)),
        );
        output.record(result);
        printPairs(output, [
          ['run', `${result.run}, step ${formatCount(result.step)}`],
          ['text', result.source],
          ['tokens', `${formatCount(result.tokens)} (${formatCount(result.bytes)} bytes)`],
          ['loss', `${formatNumber(result.loss)} nats per token`],
          ['perplexity', formatPerplexity(result.perplexity, 3)],
          ['bits per byte', formatNumber(result.bitsPerByte)],
          ...(result.anchors ?? []).map(({ name, bitsPerByte }) => [name, formatNumber(bitsPerByte)] as const),
          ['answers', result.answers === undefined ? '' : describeAnswers(result.answers)],
          ['time', formatSeconds(result.seconds)],
        ]);
        return exitCodes.done;
      }),
    );
}
