import type { Command } from 'commander';
import type { TemplateName } from '../../../contract/conversation.ts';
import type { DocumentRecord, ReadResult, SurpriseMap } from '../../../contract/documents.ts';
import { toEnglish } from '../../../contract/message.ts';
import { commandAction, type Context } from '../context.ts';
import { formatBytes, formatCount, formatNumber, formatPerplexity, formatSeconds } from '../format.ts';
import { readCount, templateOption } from '../options.ts';
import type { Output } from '../output.ts';
import { printable } from '../printable.ts';
import { printPairs, printTable } from '../table.ts';
import { cited, documentOf, modelOptions, watch, type WorkOptions } from './document-work.ts';
import { addRemove } from './remove.ts';

const describe = (record: DocumentRecord): [string, string][] => [
  ['title', printable(record.title)],
  ['id', record.id],
  ['file', `${printable(record.source)}, ${formatBytes(record.bytes)}`],
  ['text', `${formatCount(record.words)} words, ${formatCount(record.characters)} characters`],
  [
    'places',
    (['pages', 'chapters', 'headings'] as const)
      .filter((kind) => record.places[kind] > 0)
      .map((kind) => `${formatCount(record.places[kind])} ${kind}`)
      .join(', '),
  ],
  ...record.problems.map((problem): [string, string] => ['issue', printable(toEnglish(problem))]),
];

export function addRead(command: Command, context: Context): void {
  modelOptions(
    command
      .argument('<doc>', 'a file, or the title or id of a document in the library')
      .option(
        '--from <place>',
        "where to start if the document exceeds the context: a percentage ('40%') or the label of a chapter or page",
      )
      .option('--whole', 'score every token of the whole document, in windows if it exceeds the context')
      .option('--import-only', 'only import the document'),
  ).action(
    commandAction(
      async (name: string, options: WorkOptions & { from?: string; whole?: boolean; importOnly?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const record = await documentOf(host, name, output);
        if (options.importOnly) {
          output.record(record);
          return printPairs(output, describe(record));
        }
        const run = options.run ?? (await host.documents.defaultRun());
        const work = { run, device: options.device, from: options.from };
        if (options.whole) return printMap(output, await watch(host.documents.map(record.id, work), output));
        printRead(output, await watch(host.documents.read(record.id, work), output));
      },
    ),
  );
}

function printRead(output: Output, result: ReadResult): void {
  output.record(result);
  const { context, loss, perplexity } = result;
  printPairs(output, [
    ...describe(result.document),
    ['model', `${result.run}, step ${formatCount(result.step)}, on ${result.device}`],
    [
      'read',
      `${formatCount(context.used)} of ${formatCount(context.tokens)} tokens` +
        (context.from > 0 ? `, from token ${formatCount(context.from)}` : '') +
        (context.trained === null
          ? `; the context holds ${formatCount(context.limit)}`
          : `; the model reads any length, trained on ${formatCount(context.trained)}`),
    ],
    ['cached', result.reused > 0 ? `${formatCount(result.reused)} tokens from the cached prefix` : ''],
    ['loss', loss === null ? '' : `${formatNumber(loss)} nats per token, perplexity ${formatPerplexity(perplexity)}`],
    ['time', formatSeconds(result.seconds)],
  ]);
  printPositions(output, result.byPosition);
  printSurprises(output, result.surprises);
}

function printMap(output: Output, map: SurpriseMap): void {
  output.record(map);
  const { length, known, seams } = map.window;
  printPairs(output, [
    ['model', `${map.run}, step ${formatCount(map.step)}, on ${map.device}`],
    ['read', `${formatCount(map.tokens)} tokens, ${formatCount(map.words)} words`],
    [
      'windows',
      seams.length === 0
        ? ''
        : `${formatCount(seams.length + 1)} of ${formatCount(length)} tokens; after the first window, every token has at least ` +
          `${formatCount(known)} tokens of context`,
    ],
    ['loss', `${formatNumber(map.loss)} nats per token, perplexity ${formatPerplexity(map.perplexity)}`],
    ['time', formatSeconds(map.seconds)],
  ]);
  printPositions(output, map.byPosition);
  printSurprises(output, map.peaks);
}

function printPositions(
  output: Output,
  rows: readonly { from: number; to: number; loss: number; perplexity: number | null }[],
) {
  output.line();
  printTable(
    output,
    [
      { title: 'tokens', value: (row) => `${row.from} to ${row.to - 1}` },
      { title: 'loss', value: (row) => formatNumber(row.loss), align: 'right' },
      { title: 'perplexity', value: (row) => formatPerplexity(row.perplexity), align: 'right' },
    ],
    rows,
  );
}

function printSurprises(output: Output, surprises: ReadResult['surprises']): void {
  if (surprises.length > 0) output.line(`\n${output.bold('Where the model was surprised')}`);
  for (const surprise of surprises) output.line(`${formatNumber(surprise.loss, 2)}  ${cited(surprise)}`);
}

export function addAsk(command: Command, context: Context): void {
  modelOptions(
    command
      .argument('<doc>', 'a file, or the title or id of a document in the library')
      .argument('<question>')
      .option('--passages <n>', 'number of results (default 5)', readCount(1, 50))
      .addOption(templateOption('template that combines a passage and the question for scoring')),
  ).action(
    commandAction(
      async (name: string, question: string, options: WorkOptions & { passages?: number; template: TemplateName }) => {
        const output = context.output(options);
        const host = await context.host();
        const record = await documentOf(host, name, output);
        const run = options.run ?? (await host.documents.defaultRun());
        const { device, passages, template } = options;
        const work = { run, device, passages, template };
        const result = await watch(host.documents.ask(record.id, question, work), output);
        output.record(result);
        output.note(result.note);
        for (const [index, passage] of result.passages.entries()) {
          const sentence = printable(passage.sentence.text);
          output.line(`${index + 1}. ${cited(passage).replace(sentence, () => output.bold(sentence))}\n`);
        }
      },
    ),
  );
}

export function addDocuments(documents: Command, context: Context): void {
  documents
    .command('list')
    .description('List the documents in the library.')
    .option('--json', 'print one JSON object per line')
    .action(
      commandAction(async (options: { json?: boolean }) => {
        const output = context.output(options);
        const found = await (await context.host()).documents.list();
        for (const record of found.documents) output.record(record);
        printTable(
          output,
          [
            { title: 'id', value: (row: DocumentRecord) => row.id },
            { title: 'title', value: (row) => printable(row.title) },
            { title: 'words', value: (row) => formatCount(row.words), align: 'right' },
          ],
          found.documents,
        );
        for (const error of found.damaged) output.note(error.message);
      }),
    );
  addRemove(documents, context, {
    description: "Move documents and their prefix caches to the system's trash.",
    what: 'the document',
    remove: async ({ documents: shelf }, name, options) => {
      const record = await shelf.find(name);
      await shelf.remove(record?.id ?? name, options);
    },
  });
}
