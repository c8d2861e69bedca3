import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { HyenaError, messageOf } from '../../../contract/errors.ts';
import { toEnglish, msg } from '../../../contract/message.ts';
import type { TemplateName } from '../../../contract/conversation.ts';
import { samplingSchema } from '../../../contract/sampling.ts';
import type { Host } from '../../../host/host.ts';
import type { Context } from '../context.ts';
import { follow, commandAction } from '../context.ts';
import { formatCount, formatLarge } from '../format.ts';
import { collect, readCount, schemaOption, templateOption } from '../options.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../printable.ts';

interface GenerateOptions {
  prompt?: string;
  promptFile?: string;
  document?: string;
  at?: string;
  maxTokens?: number;
  temperature?: number;
  topK?: number;
  topP?: number;
  minP?: number;
  typicalP?: number;
  repetitionPenalty?: number;
  frequencyPenalty?: number;
  presencePenalty?: number;
  logitBias?: Record<string, number>;
  answers?: number;
  seed?: number;
  stop?: string[];
  distilled?: number;
  template: TemplateName;
  device: string;
  json?: boolean;
}

/** Gathers `id=value`. */
function collectBias(text: string, before: Record<string, number> = {}): Record<string, number> {
  const [, id, value] = /^(\d+)=(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (id === undefined) throw new InvalidArgumentError('Expected a token id and a number, for example 42=-5.');
  return { ...before, [id]: Number(value) };
}

/** The document to continue with, if one is named. */
async function documentOf(host: Host, { document, at }: GenerateOptions) {
  if (document === undefined) return undefined;
  const record = await host.documents.find(document);
  if (record === null)
    throw new HyenaError('usage', msg`${document} has not been imported into the library.`, {
      hint: 'Import it first.',
      command: `hyena read ${document}`,
    });
  return { id: record.id, at: at ?? '100%' };
}

async function promptOf({ prompt, promptFile, document }: GenerateOptions): Promise<string> {
  if (prompt !== undefined) return prompt;
  if (promptFile === undefined && document !== undefined) return '';
  if (promptFile === undefined) {
    throw new HyenaError('usage', 'No prompt given.', {
      hint: 'Use --prompt TEXT, --prompt-file FILE or --document DOC.',
    });
  }
  try {
    return await readFile(promptFile, 'utf8');
  } catch (error) {
    throw new HyenaError('not-found', msg`Cannot read the prompt: ${messageOf(error)}`, { cause: error });
  }
}

export function addGenerate(command: Command, context: Context): void {
  command
    .argument('<run>')
    .option('--prompt <text>', 'text to continue')
    .addOption(new Option('--prompt-file <file>', 'UTF-8 file with the text to continue').conflicts('prompt'))
    .option('--document <doc>', 'continue a document of the library, by title or id; a prompt is appended to it')
    .option(
      '--at <place>',
      "position in the document: a percentage ('40%') or the label of a page, chapter or heading",
      '100%',
    )
    .addOption(
      templateOption(
        "prompt template; auto: the model's own template, else instruction for a chat model and plain for a raw-text " +
          'model',
      ),
    )
    .addOption(schemaOption(samplingSchema, 'max_tokens', '--max-tokens <n>', 'tokens to generate'))
    .addOption(schemaOption(samplingSchema, 'temperature', '--temperature <t>'))
    .addOption(schemaOption(samplingSchema, 'top_k', '--top-k <k>', 'sample from the k most likely tokens; 0: all'))
    .addOption(
      schemaOption(
        samplingSchema,
        'top_p',
        '--top-p <p>',
        'sample from the most likely tokens with total probability p',
      ),
    )
    .addOption(
      schemaOption(
        samplingSchema,
        'min_p',
        '--min-p <p>',
        'exclude tokens less likely than p times the most likely one',
      ),
    )
    .addOption(
      schemaOption(
        samplingSchema,
        'repetition_penalty',
        '--repetition-penalty <r>',
        'above 1: penalise repeated tokens; 1: off',
      ),
    )
    .addOption(
      schemaOption(samplingSchema, 'typical_p', '--typical-p <p>', 'locally typical sampling with probability mass p'),
    )
    .addOption(
      schemaOption(
        samplingSchema,
        'frequency_penalty',
        '--frequency-penalty <f>',
        'penalise tokens by how often they have appeared',
      ),
    )
    .addOption(
      schemaOption(samplingSchema, 'presence_penalty', '--presence-penalty <f>', 'penalise tokens that have appeared'),
    )
    .option('--logit-bias <token=value>', 'add a bias to the logit of a token id (repeatable)', collectBias)
    .addOption(schemaOption(samplingSchema, 'n', '--answers <n>', 'number of answers to the same prompt'))
    .addOption(schemaOption(samplingSchema, 'seed', '--seed <number>', 'the same seed produces the same text'))
    .option('--stop <text>', 'stop sequence (repeatable)', collect)
    .option(
      '--distilled <n>',
      'generate with distilled filters of state size n per channel, 4 to 64: approximate, constant memory',
      readCount(4, 64),
    )
    .option('--device <name>', 'auto, or a device from `hyena devices`', 'auto')
    .option('--json', 'print the events and the result as JSON lines')
    .action(
      commandAction(async (run: string, options: GenerateOptions) => {
        const output = context.output(options);
        const prompt = await promptOf(options);
        const sampling = samplingSchema.parse({
          max_tokens: options.maxTokens,
          temperature: options.temperature,
          top_k: options.topK,
          top_p: options.topP,
          min_p: options.minP,
          typical_p: options.typicalP,
          repetition_penalty: options.repetitionPenalty,
          frequency_penalty: options.frequencyPenalty,
          presence_penalty: options.presencePenalty,
          logit_bias: options.logitBias,
          n: options.answers,
          seed: options.seed,
          stop: options.stop,
        });
        const host = await context.host();
        await host.runs.get(run);
        // A file gets the text as it is; a terminal must not be steered by what a model writes.
        const shown = process.stdout.isTTY ? printable : (text: string): string => text;
        const document = await documentOf(host, options);
        const task = host.models.generate(run, prompt, sampling, options.device, {
          document,
          template: options.template,
          distilled: options.distilled,
        });
        const result = await follow(task, output, (event) => {
          output.record(event);
          // Several answers come side by side: each is shown when all are done.
          if (event.type === 'text' && sampling.n === 1) output.text(shown(event.text));
          if (event.type === 'notice') output.note(toEnglish(event.message));
          if (event.type === 'reading' && event.done < 1) output.note(`prefill: ${Math.round(event.done * 100)}%`);
        });
        output.line();
        if (sampling.n > 1)
          for (const [index, { text }] of result.answers.entries())
            output.line(`${output.bold(`Answer ${index + 1}`)}\n${shown(text)}\n`);
        output.record({ type: 'done', ...result });
        const tokens = result.answers.reduce((sum, answer) => sum + answer.tokens, 0);
        output.note(`${formatCount(tokens)} tokens, ${formatLarge(result.tokensPerSecond)} tokens/s`);
        return result.reason === 'stopped' ? exitCodes.interrupted : exitCodes.done;
      }),
    );
}
