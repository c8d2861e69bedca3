import type { Command } from 'commander';
import type { BackupProgress, ShelfCounts } from '../../../contract/backups.ts';
import { renewableKinds, type StorageKind } from '../../../contract/storage.ts';
import type { Task } from '../../../host/job-task.ts';
import { ProgressBar } from '../bar.ts';
import { commandAction, follow, type Context } from '../context.ts';
import { formatBytes, formatCount, formatTime } from '../format.ts';
import type { Output } from '../output.ts';
import { printPairs, printTable } from '../table.ts';

const kinds: Record<StorageKind, string> = {
  runs: 'runs: records, metrics, samples',
  checkpoints: 'checkpoints of runs',
  imported: 'imported models',
  datasets: 'data sets',
  documents: 'documents',
  chats: 'chats',
  exports: 'exports',
  backups: 'backups',
  devices: 'software of devices',
  downloads: 'downloads',
  caches: 'saved prefix caches',
  trash: 'deleted, not yet in the trash of the system',
  other: 'other',
};

/** `3 runs, 1 data set`; `nothing` */
function describeItems({ runs, datasets, documents, chats }: ShelfCounts): string {
  const named = [
    [runs, 'run'],
    [datasets, 'data set'],
    [documents, 'document'],
    [chats, 'chat'],
  ] as const;
  const parts = named
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}${count === 1 ? '' : 's'}`);
  return parts.join(', ') || 'nothing';
}

/** Follows a backup or its restoring with a bar. */
async function watch<Result>(task: Task<BackupProgress, Result>, output: Output): Promise<Result> {
  const bar = new ProgressBar(output);
  try {
    return await follow(task, output, ({ phase, done, total }) => {
      output.record({ type: 'progress', phase, done, total });
      bar.update({
        share: total === 0 ? null : done / total,
        secondsLeft: null,
        parts: [phase === 'backup' ? 'writing' : 'restoring', `${formatBytes(done)} of ${formatBytes(total)}`],
      });
    });
  } finally {
    bar.stop();
  }
}

function addSize(library: Command, context: Context): void {
  library
    .command('size')
    .description('Show how much room each kind of thing takes.')
    .option('--json', 'print one JSON object')
    .action(
      commandAction(async (options: { json?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const storage = await host.storage.measure();
        output.record({ library: host.library, ...storage });
        printTable(
          output,
          [
            { title: 'kind', value: ({ kind }) => kinds[kind] },
            { title: 'size', value: ({ bytes }) => formatBytes(bytes), align: 'right' },
            { title: 'files', value: ({ files }) => formatCount(files), align: 'right' },
          ],
          storage.parts.filter(({ bytes }) => bytes > 0),
        );
        const free = storage.disk === null ? '' : `, ${formatBytes(storage.disk.available)} free on this disk`;
        output.line(`${formatBytes(storage.bytes)} in all${free}.`);
        if (storage.parts.some(({ kind, bytes }) => renewableKinds.includes(kind) && bytes > 0))
          output.note('Downloads and saved prefix caches can be deleted: hyena library clean');
      }),
    );
}

function addClean(library: Command, context: Context): void {
  library
    .command('clean')
    .description(
      'Delete what is downloaded or computed again when it is needed: downloads of models and saved prefix caches of ' +
        'documents. Downloads in progress are kept.',
    )
    .option('--json', 'print one JSON object')
    .action(
      commandAction(async (options: { json?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const { bytes } = await host.storage.clean();
        output.record({ freed: bytes });
        output.line(bytes === 0 ? 'There was nothing to delete.' : `${formatBytes(bytes)} freed.`);
      }),
    );
}

function addBackup(library: Command, context: Context): void {
  library
    .command('backup')
    .description(
      'Write all runs, data sets, documents, chats and preferences into one new zip file with a checksum of every file. ' +
        'Runs may train meanwhile. Left out: exports, software of devices, downloads, caches, and the token of the hub.',
    )
    .argument('<file>', 'a new file')
    .option('--json', 'print the progress and the result as JSON lines')
    .action(
      commandAction(async (file: string, options: { json?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const result = await watch(host.storage.backup(file), output);
        output.record({ type: 'done', ...result });
        output.line(`${describeItems(result.items)} in ${result.file} (${formatBytes(result.bytes)}).`);
      }),
    );
}

function addRestore(library: Command, context: Context): void {
  library
    .command('restore')
    .description(
      'Add what is in a backup to the library. Runs, data sets, documents and chats that the library has already are not ' +
        'changed. Every checksum is verified first: a damaged backup changes nothing.',
    )
    .argument('<file>', 'a file that was written by hyena library backup')
    .option('--to <folder>', 'make a new library in this new or empty folder instead')
    .option('--plan', 'only show what is in the backup')
    .option('--json', 'print the progress and the result as JSON lines')
    .action(
      commandAction(async (file: string, options: { to?: string; plan?: boolean; json?: boolean }) => {
        const output = context.output(options);
        const host = await context.host();
        const { to, plan = false } = options;
        if (plan) {
          const contents = await host.storage.describe(file, to === undefined);
          output.record(contents);
          return printPairs(output, [
            ['written', formatTime(contents.created)],
            ['contents', describeItems(contents.items)],
            ['size', formatBytes(contents.bytes)],
            ['already here', describeItems(contents.present)],
          ]);
        }
        const result = await watch(host.storage.restore(file, to ?? null), output);
        output.record({ type: 'done', ...result });
        output.line(`Restored to ${result.folder}: ${describeItems(result.restored)}.`);
        const present = describeItems(result.present);
        if (present !== 'nothing') output.line(`Already there and unchanged: ${present}.`);
        for (const name of result.names.runs) output.note(`  run ${name}`);
        for (const name of result.names.datasets) output.note(`  data set ${name}`);
        if (to !== undefined) output.note(`Use it with: HYENA_HOME=${result.folder}`);
      }),
    );
}

/** `library`: the library as a whole. */
export function addLibrary(library: Command, context: Context): void {
  addSize(library, context);
  addClean(library, context);
  addBackup(library, context);
  addRestore(library, context);
}
