import { Option, type Command } from 'commander';
import { datasetExports, type DatasetExport } from '../../../contract/datasets.ts';
import { toEnglish } from '../../../contract/message.ts';
import { commandAction, follow, type Context } from '../context.ts';
import { formatBytes, formatCount } from '../format.ts';
import { printTable } from '../table.ts';
import { followDataset } from './data.ts';

/** What can be done with a data set that is there: rename, tag, files, reread, export. */
export function addDataSetVerbs(data: Command, context: Context): void {
  data
    .command('rename')
    .description('Rename a data set. Its runs use it under the new name.')
    .argument('<name>')
    .argument('<new-name>')
    .option('--json', 'print the record as one JSON object')
    .action(
      commandAction(async (name: string, to: string, options: { json?: boolean }) => {
        const output = context.output(options);
        const record = await (await context.host()).datasets.rename(name, to);
        output.record(record);
        output.line(`Renamed: the data set ${name} is now ${record.name}.`);
      }),
    );
  data
    .command('tag')
    .description('Set the tags of a data set; without any, remove them all.')
    .argument('<name>')
    .argument('[tag...]')
    .option('--json', 'print the record as one JSON object')
    .action(
      commandAction(async (name: string, tags: string[], options: { json?: boolean }) => {
        const output = context.output(options);
        const record = await (await context.host()).datasets.tag(name, tags);
        output.record(record);
        output.line(record.tags.length > 0 ? `Tags of ${record.name}: ${record.tags.join(', ')}` : 'No tags.');
      }),
    );
  data
    .command('files')
    .description('List the files that a data set was read from, and whether they have changed since.')
    .argument('<name>')
    .option('--json', 'print one JSON object')
    .action(
      commandAction(async (name: string, options: { json?: boolean }) => {
        const output = context.output(options);
        const found = await (await context.host()).datasets.files(name);
        output.record(found);
        printTable(
          output,
          [
            { title: 'file', value: (file) => file.name },
            { title: 'size', value: ({ bytes }) => (bytes === null ? '' : formatBytes(bytes)), align: 'right' },
            {
              title: 'documents',
              value: ({ documents }) => (documents === null ? '' : formatCount(documents)),
              align: 'right',
            },
            { title: 'now', value: ({ state }) => state },
          ],
          found.files,
        );
        if (found.count > found.files.length) output.note(`and ${formatCount(found.count - found.files.length)} more`);
      }),
    );
  data
    .command('reread')
    .description(
      'Read the files of a data set again, with the same settings. The data set is replaced when the new one is whole; ' +
        'if runs were trained on the earlier text, it is kept under another name for them.',
    )
    .argument('<name>')
    .option('--json', 'print the events and the record as JSON lines')
    .action(
      commandAction(async (name: string, options: { json?: boolean }) => {
        const output = context.output(options);
        const { datasets } = await context.host();
        const { files } = await datasets.files(name);
        for (const state of ['changed', 'gone'] as const)
          for (const file of files.filter((one) => one.state === state)) output.note(`${state}: ${file.name}`);
        const { name: stored, statistics } = await followDataset(await datasets.reread(name), output);
        output.line(`Re-read: ${stored}, ${formatCount(statistics.documents)} documents.`);
      }),
    );
  data
    .command('export')
    .description('Write the text of a data set into a new file.')
    .argument('<name>')
    .argument('<file>')
    .addOption(
      new Option('--to <format>', 'text: documents with empty lines between; jsonl: one JSON object per document')
        .choices(datasetExports)
        .default('text'),
    )
    .option('--json', 'print one JSON object')
    .action(
      commandAction(async (name: string, file: string, options: { to: DatasetExport; json?: boolean }) => {
        const output = context.output(options);
        const task = (await context.host()).datasets.export(name, { to: options.to, file });
        const written = await follow(task, output, (notice) => output.note(toEnglish(notice)));
        output.record(written);
        output.line(`Exported ${formatBytes(written.bytes)} to ${written.file}.`);
      }),
    );
}
