import { Argument, Option, type Command } from 'commander';
import { deviceSetupSchema, setUpDevices, type SetupEvent, type SetupResult } from '../../../contract/device-setup.ts';
import { toEnglish } from '../../../contract/message.ts';
import { ProgressBar } from '../bar.ts';
import { follow, commandAction, type Context } from '../context.ts';
import { wrap } from '../format.ts';
import type { Output } from '../output.ts';

interface Options {
  json?: boolean;
  plan?: boolean;
  remove?: boolean;
  library?: string;
  binding?: string;
  cudaLibraries: string;
}

const megabytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

export function addSetup(command: Command, context: Context): void {
  command
    .addArgument(
      new Argument('<device>', 'cuda: NVIDIA GPUs. tensorflow: TensorFlow on the CPU.').choices(setUpDevices),
    )
    .option('--plan', 'only show what would be downloaded and what is missing')
    .option('--remove', 'delete the installed files')
    .option('--library <path>', "folder, wheel or .tar.gz with libtensorflow; 'archive': TensorFlow's official archive")
    .option('--binding <file>', 'the npm package @tensorflow/tfjs-node-gpu as a .tgz')
    .addOption(
      new Option('--cuda-libraries <which>', "use the system's CUDA libraries, or download them")
        .choices(deviceSetupSchema.shape.cudaLibraries.unwrap().options)
        .default('auto'),
    )
    .option('--json', 'print JSON lines')
    .action(
      commandAction(async (device: string, options: Options) => {
        const output = context.output(options);
        const host = await context.host();
        const { plan = false, remove = false, library = null, binding = null, cudaLibraries } = options;
        const setup = { device, library, binding, cudaLibraries };
        const run = async (action: string): Promise<SetupResult> => {
          const bar = new ProgressBar(output);
          const task = host.devices.setUp(deviceSetupSchema.parse({ ...setup, action }));
          try {
            return await follow(task, output, (event) => report(event, bar, output));
          } finally {
            bar.stop();
          }
        };
        if (!plan && !remove && !output.json)
          tellPlan(await run('plan'), output.note.bind(output), output.progressWidth);
        const result = await run(plan ? 'plan' : remove ? 'remove' : 'install');
        output.record({ type: 'result', ...result });
        if (result.action === 'plan') tellPlan(result, output.line.bind(output), output.width);
        else output.line(wrap(outcomeOf(result), output.width));
      }),
    );
}

function report(event: SetupEvent, bar: ProgressBar, output: Output): void {
  output.record(event);
  if (event.type === 'note') return;
  const { stage, what, done, total, unit } = event;
  const verbs = {
    look: 'looking at',
    download: 'downloading',
    unpack: 'unpacking',
    build: 'building',
    test: 'testing',
  };
  const amount = unit === 'bytes' && total !== null ? [`${megabytes(done)} of ${megabytes(total)}`] : [];
  bar.update({
    share: total === null || total === 0 ? null : done / total,
    parts: [`${verbs[stage]} ${toEnglish(what)}`, ...amount],
    secondsLeft: null,
  });
}

function tellPlan(plan: SetupResult, line: (text: string) => void, width: number): void {
  const list = (title: string, entries: readonly string[]) => {
    if (entries.length > 0) line(title);
    for (const entry of entries) line(wrap(entry, width, '  '));
  };
  list('Found:', plan.found.map(toEnglish));
  list('Missing:', plan.missing.map(toEnglish));
  list(
    'Will be downloaded:',
    plan.downloads.map(({ what, bytes }) => toEnglish(what) + (bytes === null ? '' : `, ${megabytes(bytes)}`)),
  );
  line(wrap(`Requires about ${megabytes(plan.diskBytes)} in ${plan.folder}.`, width));
}

function outcomeOf({ device, action, folder, unchanged, tensorflow, kernels }: SetupResult): string {
  if (action === 'remove')
    return unchanged ? `'${device}' was not set up: nothing to remove.` : `'${device}' was removed: ${folder}`;
  const what = `TensorFlow ${tensorflow}, ${kernels} kernels tested, in ${folder}`;
  return unchanged ? `'${device}' is already set up: ${what}` : `'${device}' is ready: ${what}`;
}
