import { createInterface } from 'node:readline/promises';
import { Option, type Command } from 'commander';
import { familyNames } from '../../../contract/imports/blueprint.ts';
import type { ImportPlan } from '../../../contract/imports/plan.ts';
import { weightTypes } from '../../../contract/logic/weight-format.ts';
import { msg, toEnglish } from '../../../contract/message.ts';
import { parseSettings } from '../../../contract/settings.ts';
import { HyenaError } from '../../../contract/errors.ts';
import type { Host } from '../../../host/host.ts';
import type { OwnModel } from '../../../host/import-model.ts';
import type { ImportRequest } from '../../../host/imports.ts';
import { ProgressBar } from '../bar.ts';
import { commandAction, follow, type Context } from '../context.ts';
import { formatBytes, formatCount, formatLarge, formatNumber } from '../format.ts';
import { collect } from '../options.ts';
import type { Output } from '../output.ts';
import { exitCodes } from '../exit-codes.ts';
import { printPairs } from '../table.ts';

interface ImportOptions extends Pick<ImportRequest, 'as' | 'dtype' | 'filters'> {
  name?: string;
  set?: string[];
  plan?: boolean;
  yes?: boolean;
  json?: boolean;
}

const stages = { download: 'downloading', check: 'checking', write: 'writing' } as const;

/** `import`: a published model, or one that was saved elsewhere. */
export function addImport(command: Command, context: Context): void {
  command
    .argument('<source>')
    .option('--name <name>', 'name in the library (default: that of the source)')
    .addOption(new Option('--as <family>', 'family (default: recognised by the tensors)').choices(familyNames))
    .addOption(new Option('--dtype <type>', 'type of the weights (default: as the file has them)').choices(weightTypes))
    .addOption(
      new Option('--filters <layout>', 'layout of the filters of Hyena of order 3 and more').choices([
        'channel-major',
        'order-major',
      ]),
    )
    .option('--set <key=value>', 'set one key of the model that differs from the published one (repeatable)', collect)
    .option('--plan', 'only show what would be imported')
    .option('--yes', 'do not ask: import, and accept the licence that is shown')
    .option('--json', 'print the plan and the progress as JSON lines')
    .action(
      commandAction(async (source: string, options: ImportOptions) => {
        const output = context.output(options);
        const host = await context.host();
        const kind = await host.imports.kindOf(source);
        if (kind === 'returning') return bringRunBack(output, host, source, options);
        if (kind === 'own')
          return options.plan
            ? printOwn(output, await host.imports.describeOwn(source))
            : done(output, await follow(host.imports.copyOwn(source, options.name), output));
        const { as, dtype, filters, name } = options;
        const set = parseSettings(options.set ?? []).model ?? {};
        const request: ImportRequest = { as, dtype, filters, name, set };
        const { plan } = await follow(host.imports.plan(source, request), output);
        output.record({ type: 'plan', plan });
        printPlan(output, plan);
        if (options.plan) return;
        if (!(await agreed(output, plan, options.yes ?? false))) return exitCodes.interrupted;
        const bar = new ProgressBar(output);
        try {
          const { run } = await follow(host.imports.start(source, { ...request, accepted: true }), output, (event) => {
            if (event.type !== 'progress') return;
            output.record(event);
            const { stage, done: bytes, total } = event;
            bar.update({
              share: total === 0 ? null : bytes / total,
              secondsLeft: null,
              parts: [stages[stage], `${formatBytes(bytes)} of ${formatBytes(total)}`],
            });
          });
          bar.stop();
          return done(output, run ?? plan.name);
        } finally {
          bar.stop();
        }
      }),
    );
}

/** A run that left with `hyena export --to torchrun`, with all that it has reached since. */
async function bringRunBack(
  output: Output,
  host: Host,
  folder: string,
  { name, plan = false }: ImportOptions,
): Promise<void> {
  if (plan) return output.line('The folder of a run that trains elsewhere. Importing it continues the run that left.');
  const task = host.imports.takeBack(folder, name);
  const { run, step } = await follow(task, output, (notice) => output.note(toEnglish(notice)));
  output.record({ type: 'imported', run, step });
  output.line(`${run} is back at step ${formatCount(step)}.`);
  output.note(`  hyena resume ${run}`);
}

/** What this program saved, before it is copied. */
function printOwn(output: Output, own: OwnModel): void {
  output.record({ type: 'own', ...own });
  printPairs(output, [
    ['saved by', `Hyena Studio, a ${own.what}`],
    ['name', own.name],
    ['layers', own.layers],
    ['context', formatCount(own.context)],
    ['parameters', own.parameters === null ? '' : formatCount(own.parameters)],
    ['size', formatBytes(own.bytes)],
  ]);
}

function done(output: Output, run: string): void {
  output.record({ type: 'imported', run });
  output.line(`Imported as ${run}.`);
  output.note(`  hyena generate ${run} --prompt "..."`);
}

/** Asks where a person is there; terms must be accepted in any case. */
async function agreed(output: Output, { licence }: ImportPlan, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (process.stdin.isTTY && output.interactive) {
    const lines = createInterface({ input: process.stdin, output: output.progressStream });
    const question = licence?.terms ? `Accept the licence ${licence.name} and import? [y/N] ` : 'Import? [y/N] ';
    const answer = await lines.question(question).finally(() => lines.close());
    return /^y(?:es)?$/i.test(answer.trim());
  }
  if (licence?.terms)
    throw new HyenaError(
      'usage',
      msg`The model has the licence ${licence.name}, whose terms must be accepted first. ${licence.terms}`,
      {
        kept: 'Nothing was imported.',
        hint: 'Read the licence and accept it.',
        command: 'hyena import SOURCE --yes',
      },
    );
  return true;
}

const byType = (bytes: ImportPlan['sizes']): string =>
  weightTypes.map((type) => `${formatBytes(bytes[type])} as ${type}`).join(', ');

/** What a person wants to know before a model is imported. */
function printPlan(output: Output, plan: ImportPlan): void {
  const { model, stored, sizes, memory, disk, licence, tokenizer } = plan;
  const value = (key: string): string => String(model[key] ?? '');
  const types = stored.types.map(({ type, elements }) => `${formatLarge(elements)} ${type}`).join(', ');
  printPairs(output, [
    ['family', plan.title],
    ['name', plan.name],
    ['files', `${plan.files.map(({ name }) => name).join(', ')} (${plan.format})`],
    ['configuration', plan.config ?? 'none'],
    ['layers', `${value('n_layer')}: ${value('layers')}`],
    [
      'shape',
      `width ${value('d_model')}, MLP ${value('d_inner')}, vocabulary ${value('vocab_size')}, context ${value('l_max')}`,
    ],
    ['parameters', `${formatCount(plan.parameters)}`],
    [
      'stored',
      `${formatCount(stored.tensors)} tensors, ${formatCount(stored.elements)} values, ${formatCount(stored.bytes)} bytes (${types})`,
    ],
    ['ignored', plan.ignored === 0 ? '' : `${formatCount(plan.ignored)} other tensors`],
    ['type', plan.dtype],
    ['size', byType(sizes)],
    [
      'disk',
      `${formatBytes(disk.needed)} needed${disk.available === null ? '' : `, ${formatBytes(disk.available)} available`}`,
    ],
    [
      'memory',
      `${formatBytes(memory.needed)} to generate, ${formatBytes(memory.available)} in this computer${plan.fits ? '' : ': too little'}`,
    ],
    ['memory by type', byType(memory.byType)],
    ['speed', `about ${formatNumber(plan.tokensPerSecond, 2)} tokens/s at most, by the bandwidth of the memory`],
    ['tokenizer', `${tokenizer.name}, ${formatCount(tokenizer.vocabulary)} tokens`],
    ['licence', licence === null ? 'not stated' : [licence.name, licence.address].filter(Boolean).join(', ')],
  ]);
  if (licence?.terms) output.line(`\n${toEnglish(licence.terms)}`);
  for (const note of plan.notes) output.line(`\nNote: ${toEnglish(note)}`);
}
