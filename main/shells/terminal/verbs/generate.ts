import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { HyenaError, said } from '../../../contract/errors.ts';
import { told } from '../../../contract/told.ts';
import type { TemplateName } from '../../../contract/conversation.ts';
import { samplingSchema } from '../../../contract/jobs.ts';
import type { Host } from '../../../host/host.ts';
import type { Context } from '../context.ts';
import { follow, verb } from '../context.ts';
import { formatCount, formatLarge } from '../format.ts';
import { collect, readCount, schemaOption, templateOption } from '../options.ts';
import { exitCodes } from '../output.ts';
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
  if (id === undefined) throw new InvalidArgumentError('It takes the id of a token and a number: 42=-5.');
  return { ...before, [id]: Number(value) };
}

/** The document to go on with, if one is named. */
async function documentOf(host: Host, { document, at }: GenerateOptions) {
  if (document === undefined) return undefined;
  const record = await host.documents.find(document);
  if (record === null)
    throw new HyenaError('usage', told`${document} is a file that is not in the library yet.`, {
      hint: told`Import it first: hyena read ${document}`,
    });
  return { id: record.id, at: at ?? '100%' };
}

async function promptOf({ prompt, promptFile, document }: GenerateOptions): Promise<string> {
  if (prompt !== undefined) return prompt;
  if (promptFile === undefined && document !== undefined) return '';
  if (promptFile === undefined) {
    throw new HyenaError('usage', 'There is no prompt.', {
      hint: 'Give --prompt TEXT, --prompt-file FILE or --document DOC.',
    });
  }
  try {
    return await readFile(promptFile, 'utf8');
  } catch (error) {
    throw new HyenaError('not-found', told`The prompt cannot be read: ${said(error)}`, { cause: error });
  }
}

export function addGenerate(program: Command, context: Context): void {
  program
    .command('generate')
    .description('Go on with a text. The text comes out as it is written; what went before is not repeated.')
    .argument('<run>')
    .option('--prompt <text>', 'what to go on with')
    .addOption(new Option('--prompt-file <file>', 'a file of UTF-8 text to go on with').conflicts('prompt'))
    .option('--document <doc>', 'go on with a document of the library, by its title or id; a prompt comes after it')
    .option('--at <place>', "where in the document to go on: a share ('40%') or the label of a place", '100%')
    .addOption(
      templateOption(
        "how the prompt becomes a text; auto: by the model's own template, else as a question (instruction) for a model " +
          'of chats and as it is (plain) for one of raw text',
      ),
    )
    .addOption(schemaOption(samplingSchema, 'max_tokens', '--max-tokens <n>', 'tokens to write'))
    .addOption(schemaOption(samplingSchema, 'temperature', '--temperature <t>'))
    .addOption(schemaOption(samplingSchema, 'top_k', '--top-k <k>', 'choose among the k likeliest tokens; 0: all'))
    .addOption(schemaOption(samplingSchema, 'top_p', '--top-p <p>', 'choose among the likeliest that make up p'))
    .addOption(
      schemaOption(samplingSchema, 'min_p', '--min-p <p>', 'leave out what is less likely than p times the likeliest'),
    )
    .addOption(
      schemaOption(samplingSchema, 'repetition_penalty', '--repetition-penalty <r>', 'above 1: say less again; 1: off'),
    )
    .addOption(schemaOption(samplingSchema, 'typical_p', '--typical-p <p>', 'choose among what surprises as expected'))
    .addOption(
      schemaOption(
        samplingSchema,
        'frequency_penalty',
        '--frequency-penalty <f>',
        'less of what was written, by how often',
      ),
    )
    .addOption(
      schemaOption(samplingSchema, 'presence_penalty', '--presence-penalty <f>', 'less of what was written at all'),
    )
    .option('--logit-bias <token=value>', 'add to the score of a token, by its id; several times', collectBias)
    .addOption(schemaOption(samplingSchema, 'n', '--answers <n>', 'several answers to the same prompt'))
    .addOption(schemaOption(samplingSchema, 'seed', '--seed <number>', 'the same seed writes the same text'))
    .option('--stop <text>', 'end before this text; may be given several times', collect)
    .option(
      '--distilled <n>',
      'write with filters distilled to n numbers of state a channel, 4 to 64: not exact, constant memory',
      readCount(4, 64),
    )
    .option('--device <name>', 'auto, or one that `hyena devices` lists', 'auto')
    .option('--json', 'print the events and the result as JSON lines')
    .action(
      verb(async (run: string, options: GenerateOptions) => {
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
          if (event.type === 'notice') output.note(event.message);
          if (event.type === 'reading' && event.done < 1) output.note(`reading: ${Math.round(event.done * 100)}%`);
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
