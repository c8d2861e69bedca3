import { HyenaError } from '../../contract/errors.ts';
import { samplingSchema } from '../../contract/sampling.ts';
import { defaultPreset, presets } from '../../contract/presets.ts';
import { composeConfiguration } from '../../host/configurations.ts';
import { libraryJobs } from '../../host/compute.ts';
import { Host } from '../../host/host.ts';
import { bundledBook } from '../../host/installation.ts';
import { libraryFolder } from '../../host/library-place.ts';
import { follow } from './context.ts';
import { wrap } from './format.ts';
import { endQuietlyOnClosedPipe, exitCodes } from './exit-codes.ts';
import { exitCodeOf, Output } from './output.ts';
import { printable } from './printable.ts';
import { DatasetView } from './commands/data.ts';
import { showTraining } from './commands/train.ts';

/** What `npm start` runs: a small model learns a book while you watch, then writes. */
const dataset = 'moby-dick';
const prompt = 'The whale ';

async function addBook(host: Host, output: Output): Promise<void> {
  const { datasets } = await host.datasets.list();
  if (datasets.some(({ name }) => name === dataset)) return;
  output.note(`Adding the bundled book, Moby-Dick, as data set ${dataset} ...`);
  const task = host.datasets.add({
    name: dataset,
    paths: [bundledBook],
    tokenizer: presets[defaultPreset].tokenizer,
    validation: 0.05,
    field: null,
  });
  const view = new DatasetView(output);
  try {
    await follow(task, output, (event) => view.show(event));
  } finally {
    view.stop();
  }
}

async function write(host: Host, run: string, output: Output): Promise<void> {
  output.line();
  output.line(output.bold(`Output after "${prompt}":`));
  const sampling = samplingSchema.parse({ max_tokens: 200, temperature: 0.7 });
  const { text } = await follow(host.models.generate(run, prompt, sampling), output);
  output.line(wrap(printable(prompt + text), output.width));
}

async function demo(output: Output): Promise<number> {
  const library = libraryFolder();
  const host = await Host.open(library, libraryJobs(library));
  output.note('Hyena Studio: training a small language model on Moby-Dick on this computer.');
  output.note('This takes about two minutes. Press Ctrl-C to stop with a checkpoint.');
  output.note(`Library: ${host.library}\n`);
  await addBook(host, output);
  const configuration = composeConfiguration(defaultPreset, [{ dataset }]);
  const run = await host.runs.create(configuration, { numbered: 'demo' });
  const code = await showTraining(host.runs.start(run.name), output, { command: 'npx hyena' });
  if (code !== exitCodes.done) return code;
  await write(host, run.name, output);
  output.line();
  output.line('Train on your own text:');
  output.line('  npx hyena data add FILE... --name mine');
  output.line(`  npx hyena train --data mine --preset ${defaultPreset}`);
  output.line(`  npx hyena generate ${run.name} --prompt "Call me "`);
  return code;
}

endQuietlyOnClosedPipe();
const output = new Output();
try {
  process.exitCode = await demo(output);
} catch (thrown) {
  output.error(HyenaError.from(thrown));
  process.exitCode = exitCodeOf(thrown);
}
