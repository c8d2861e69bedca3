import { Option, type Command } from 'commander';
import type { EvaluationSource } from '../../../host/models.ts';
import type { Context } from '../context.ts';
import { follow, commandAction } from '../context.ts';
import { formatCount, formatNumber, formatPerplexity, formatSeconds } from '../format.ts';
import { printPairs } from '../table.ts';
import { toEnglish } from '../../../contract/message.ts';

interface EvaluateOptions {
  data?: string;
  file?: string;
  device: string;
  json?: boolean;
}

export function addEvaluate(command: Command, context: Context): void {
  command
    .argument('<run>')
    .option('--data <name>', 'score the validation split of this data set')
    .addOption(new Option('--file <path>', 'score the whole text of this file').conflicts('data'))
    .option('--device <name>', 'auto, or a device from `hyena devices`', 'auto')
    .option('--json', 'print one JSON object')
    .action(
      commandAction(async (run: string, options: EvaluateOptions) => {
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
          ['time', formatSeconds(result.seconds)],
        ]);
      }),
    );
}
