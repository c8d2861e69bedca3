import { Option, type Command } from 'commander';
import type { EvaluationSource } from '../../../host/models.ts';
import type { Context } from '../context.ts';
import { follow, verb } from '../context.ts';
import { formatCount, formatNumber, formatPerplexity, formatSeconds } from '../format.ts';
import { printPairs } from '../table.ts';

interface EvaluateOptions {
  data?: string;
  file?: string;
  device: string;
  json?: boolean;
}

export function addEvaluate(program: Command, context: Context): void {
  program
    .command('eval')
    .description("Loss, perplexity and bits per byte of a run's best model on its validation data, or on other text.")
    .argument('<run>')
    .option('--data <name>', 'the validation part of this data set')
    .addOption(new Option('--file <path>', 'the whole text of this file').conflicts('data'))
    .option('--device <name>', 'auto, or one that `hyena devices` lists', 'auto')
    .option('--json', 'print one JSON object')
    .action(
      verb(async (run: string, options: EvaluateOptions) => {
        const output = context.output(options);
        const host = await context.host();
        await host.runs.get(run);
        const { data, file, device } = options;
        if (data !== undefined) await host.datasets.get(data);
        const source: EvaluationSource =
          data !== undefined
            ? { from: 'dataset', name: data }
            : file !== undefined
              ? { from: 'file', path: file }
              : { from: 'run' };
        const result = await follow(host.models.evaluate(run, source, device), output, (event) =>
          output.note(event.message),
        );
        output.record(result);
        printPairs(output, [
          ['run', `${result.run}, step ${formatCount(result.step)}`],
          ['text', result.source],
          ['tokens', `${formatCount(result.tokens)} (${formatCount(result.bytes)} bytes)`],
          ['loss', `${formatNumber(result.loss)} nats a token`],
          ['perplexity', formatPerplexity(result.perplexity, 3)],
          ['bits per byte', formatNumber(result.bitsPerByte)],
          ['time', formatSeconds(result.seconds)],
        ]);
      }),
    );
}
