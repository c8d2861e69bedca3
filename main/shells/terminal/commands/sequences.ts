import path from 'node:path';
import { Option, type Command } from 'commander';
import { toEnglish, type Message } from '../../../contract/message.ts';
import type { ScoredRecord, Strands, Variant } from '../../../contract/sequences.ts';
import { commandAction, follow, type Context } from '../context.ts';
import { formatCount, formatNumber, formatSeconds } from '../format.ts';
import { collect, schemaOption } from '../options.ts';
import type { Output } from '../output.ts';
import { jobs } from '../../../contract/jobs.ts';

interface CommonOptions {
  run: string;
  device: string;
  bothStrands?: boolean;
  json?: boolean;
}

const strandsOf = ({ bothStrands }: CommonOptions): Strands => (bothStrands ? 'both' : 'forward');

const figure = (value: number | null): string => (value === null ? 'NA' : value.toPrecision(7));

/** What a run of either command reports besides its results. */
function noteProblem(
  output: Output,
  event: { type: string; message?: Message; source?: string; severity?: string },
): void {
  if (event.message) output.note(`${event.source === undefined ? '' : `${event.source}: `}${toEnglish(event.message)}`);
}

const withCommon = (command: Command): Command =>
  command
    .requiredOption('--run <name>', 'run whose best model scores')
    .addOption(new Option('--both-strands', 'mean of the sequence and its reverse complement (A, C, G, T alike)'))
    .option('--device <name>', 'auto, or a device from `hyena devices`', 'auto')
    .option('--json', 'print JSON lines');

const recordColumns = ['record', 'tokens', 'log_likelihood', 'mean', 'perplexity'];
const recordRow = ({ record, tokens, logLikelihood, mean, perplexity }: ScoredRecord): string =>
  [record, String(tokens), figure(logLikelihood), figure(mean), figure(perplexity)].join('\t');

/** `score`: the likelihood of sequences and texts, in all and by position. */
export function addScore(command: Command, context: Context): void {
  withCommon(command.argument('<file...>', 'FASTA, compressed or not, or any text; a record or document each'))
    .option('--positions <file>', 'write the log-probability of each position: .tsv, or JSON lines as .jsonl')
    .action(
      commandAction(async (files: string[], options: CommonOptions & { positions?: string }) => {
        const output = context.output(options);
        const host = await context.host();
        await host.runs.get(options.run);
        const format = /\.(jsonl|ndjson|json)$/i.test(options.positions ?? '') ? 'json' : 'tsv';
        const task = host.models.score(options.run, {
          paths: files,
          device: options.device,
          strands: strandsOf(options),
          ...(options.positions !== undefined && { output: { path: path.resolve(options.positions), format } }),
        });
        let printed = false;
        const result = await follow(task, output, (event) => {
          if (event.type !== 'progress') output.record(event);
          if (event.type === 'record') {
            if (!printed) output.line(recordColumns.join('\t'));
            printed = true;
            output.line(recordRow(event));
          } else if (event.type !== 'progress') noteProblem(output, event);
        });
        output.record(result);
        const { records, scored, mean, seconds } = result;
        output.note(
          `${formatCount(records)} records, ${formatCount(scored)} tokens scored, ` +
            `${formatNumber(mean ?? NaN)} nats per token, ${formatSeconds(seconds)}`,
        );
        if (options.positions !== undefined) output.note(`Positions were written to ${options.positions}.`);
      }),
    );
}

const variantColumns = ['record', 'position', 'ref', 'alt', 'start', 'end', 'log_likelihood_ref', 'log_likelihood_alt'];
const variantCells = ({ record, position, ref, alt }: Variant): string[] => [
  record,
  String(position),
  ref || '-',
  alt || '-',
];

/** `variants`: both alleles of variants by the model. */
export function addVariants(command: Command, context: Context): void {
  withCommon(command.argument('<fasta...>', 'reference sequences, compressed or not'))
    .option(
      '--variant <variant>',
      "as 'record:position REF>ALT', positions from 1, - for no bases; may be repeated",
      collect,
      [] as string[],
    )
    .option('--vcf <file>', 'variants of a VCF file; may be repeated', collect, [] as string[])
    .addOption(schemaOption(jobs['score-variants'].params, 'window', '--window <bases>'))
    .action(
      commandAction(
        async (files: string[], options: CommonOptions & { variant: string[]; vcf: string[]; window?: number }) => {
          const output = context.output(options);
          const host = await context.host();
          await host.runs.get(options.run);
          const task = host.models.variants(options.run, {
            paths: files,
            device: options.device,
            strands: strandsOf(options),
            variants: options.variant,
            vcf: options.vcf,
            ...(options.window !== undefined && { window: options.window }),
          });
          let printed = false;
          const result = await follow(task, output, (event) => {
            if (event.type !== 'progress') output.record(event);
            if (event.type === 'variant') {
              if (!printed) output.line([...variantColumns, 'delta', 'id'].join('\t'));
              printed = true;
              const { start, end, refLogLikelihood, altLogLikelihood, delta, id = '.' } = event;
              const figures = [refLogLikelihood, altLogLikelihood, delta].map(figure);
              output.line([...variantCells(event), String(start), String(end), ...figures, id].join('\t'));
            } else if (event.type === 'skipped') output.note(`skipped ${event.variant}: ${toEnglish(event.message)}`);
            else if (event.type !== 'progress') noteProblem(output, event);
          });
          output.record(result);
          output.note(
            `${formatCount(result.scored)} variants scored, ${formatCount(result.skipped)} skipped, windows of at most ` +
              `${formatCount(result.window)} bases, ${formatSeconds(result.seconds)}`,
          );
        },
      ),
    );
}
