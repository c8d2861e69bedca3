import { Option, type Command } from 'commander';
import type { DocumentEvent, DocumentRecord } from '../../../contract/documents.ts';
import { longestSummary, type WrittenSummary } from '../../../contract/written-summary.ts';
import { toEnglish } from '../../../contract/message.ts';
import type { Host } from '../../../host/host.ts';
import type { Task } from '../../../host/job-task.ts';
import { ProgressBar } from '../bar.ts';
import { follow, commandAction, type Context } from '../context.ts';
import { readCount } from '../options.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { cited, documentOf, modelOptions, watch, type WorkOptions } from './document-work.ts';

interface SummariseOptions extends WorkOptions {
  sentences?: number;
  bySection?: boolean;
  generate?: boolean;
  maxTokens?: number;
}

/** `summarise`: sentences of the document, or with `--generate` what a model that was trained to writes. */
export function addSummarise(command: Command, context: Context): void {
  modelOptions(
    command
      .argument('<doc>', 'a file, or the title or id of a document in the library')
      .addOption(
        new Option('--sentences <n>', 'number of results (default 5)')
          .argParser(readCount(1, 500))
          .conflicts('generate'),
      )
      .option('--by-section', 'apply to every chapter or section; with --generate, one summary per section')
      .option('--generate', 'generate a summary with a model trained to summarise')
      .option(
        '--max-tokens <n>',
        'with --generate: maximum tokens per summary (default: a quarter of the context, at most 256)',
        readCount(1, longestSummary),
      ),
  ).action(
    commandAction(async (name: string, options: SummariseOptions) => {
      const output = context.output(options);
      const host = await context.host();
      const record = await documentOf(host, name, output);
      const run = options.run ?? (await host.documents.defaultRun({ writing: options.generate }));
      return await (options.generate ? write : choose)(host, record, run, options, output);
    }),
  );
}

type Summarise = (
  host: Host,
  record: DocumentRecord,
  run: string,
  options: SummariseOptions,
  output: Output,
) => Promise<number>;

const choose: Summarise = async (host, record, run, { device, sentences, bySection }, output) => {
  const by = bySection ? 'section' : 'whole';
  const result = await watch(host.documents.summarise(record.id, { run, device, sentences, by }), output);
  output.record(result);
  let section: string | null = null;
  for (const sentence of result.sentences) {
    if (sentence.section !== null && sentence.section !== section)
      output.line(output.bold(printable(sentence.section)));
    section = sentence.section;
    output.line(`${cited(sentence)}\n`);
  }
  return exitCodes.done;
};

const write: Summarise = async (host, record, run, { device, maxTokens, bySection }, output) => {
  const by = bySection ? 'section' : 'whole';
  const result = await watchWriting(host.documents.write(record.id, { run, device, by, maxTokens }), output);
  output.record(result);
  if (result.ability === 'asked')
    output.note(
      `${result.run} was trained on chats, but not known to be trained on summaries; check the result carefully.`,
    );
  return result.complete ? exitCodes.done : exitCodes.interrupted;
};

/** Shows each part's text as it is written, and a bar while the model reads. */
async function watchWriting(task: Task<DocumentEvent, WrittenSummary>, output: Output): Promise<WrittenSummary> {
  let bar: ProgressBar | null = new ProgressBar(output);
  let parts = 0;
  try {
    const result = await follow(task, output, (event) => {
      if (event.type === 'notice') output.note(toEnglish(event.message));
      else if (event.type === 'progress') bar?.update({ share: event.done, secondsLeft: null, parts: ['prefill'] });
      else if (event.type === 'text') {
        bar?.stop();
        bar = null;
        output.text(printable(event.text));
      } else {
        bar ??= new ProgressBar(output);
        output.line(`${parts++ > 0 ? '\n\n' : ''}${output.bold(printable(event.section ?? event.place.label))}`);
      }
    });
    output.line();
    return result;
  } finally {
    bar?.stop();
  }
}
