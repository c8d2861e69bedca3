import { z } from 'zod';
import { HyenaError } from '../errors.ts';
import { suggest } from '../similar-names.ts';
import { joinMessages, msg, toMessage } from '../message.ts';
import { count, field } from '../setting.ts';

/**
 * Tasks: rows of tokens whose answers are known, as published, made from a seed or read from files that the user brings.
 * A task becomes a data set of rows (datasets.ts, `task`), so a run on it is a run like any other. Each has its settings
 * here, and its generator or reader in worker/lab/tasks.
 */

/** Keys that every generated task has. */
const rows = (train: number, test: number) => ({
  ...rowCounts(train, test),
  task_seed: field(count(0, 0xffffffff).default(0), {
    title: 'Task seed',
    description: 'Seed of the rows: the same seed gives the same rows.',
  }),
});

const rowCounts = (train: number, test: number) => ({
  train_rows: field(count(1, 10_000_000).default(train), {
    title: 'Training rows',
    description: 'Rows to train on.',
    unit: 'rows',
  }),
  test_rows: field(count(1, 1_000_000).default(test), {
    title: 'Test rows',
    description: 'Rows that measure the accuracy; none of them is trained on deliberately.',
    unit: 'rows',
  }),
});

const vocabulary = (size: number) =>
  field(count(4, 65_536).default(size), {
    title: 'Vocabulary',
    description: 'Tokens of the task, its special ones included.',
    unit: 'tokens',
  });

const length = (tokens: number, description: string) =>
  field(count(4, 1 << 20).default(tokens), { title: 'Length', description, unit: 'tokens' });

interface TaskDeclaration {
  readonly title: string;
  readonly description: string;
  /** Who published it, and where. */
  readonly source: string;
  readonly settings: z.ZodObject;
  /** Of a task that is read from files: the folder that it is given. */
  readonly files?: string;
}

export const tasks = {
  recall: {
    title: 'Associative recall',
    description: 'Pairs of keys and values, then a key: the value that followed it. The loss counts every token.',
    source: 'Hyena, arXiv 2302.10866, section 4.1; HazyResearch/safari, src/dataloaders/synthetics.py',
    settings: z.strictObject({
      vocabulary: vocabulary(20),
      length: length(40, 'Tokens of the pairs.'),
      ...rows(5000, 500),
    }),
  },
  induction: {
    title: 'Induction heads',
    description: 'A special token somewhere in random tokens, and again at the end: the token that followed it.',
    source: 'H3, arXiv 2212.14052, section 3; HazyResearch/safari, src/dataloaders/synthetics.py',
    settings: z.strictObject({
      vocabulary: vocabulary(20),
      length: length(30, 'Random tokens before the last special one.'),
      ...rows(5000, 500),
    }),
  },
  mqar: {
    title: 'Multi-query associative recall',
    description: 'Pairs of distinct keys and values, then each key once more somewhere later: its value.',
    source: 'Zoology, arXiv 2312.04927, figure 2; HazyResearch/zoology, zoology/data/multiquery_ar.py',
    settings: z.strictObject({
      vocabulary: vocabulary(8192),
      length: length(64, 'Tokens of a row.'),
      pairs: field(count(1, 16_384).default(4), { title: 'Pairs', description: 'Keys with a value.', unit: 'pairs' }),
      power: field(z.number().gt(0).max(10).default(0.01), {
        title: 'Power',
        description: 'Exponent a of the places where keys are asked: p(n) is proportional to n^(a - 1).',
      }),
      ...rows(100_000, 3000),
    }),
  },
  'selective-copy': {
    title: 'Selective copying',
    description: 'Some tokens scattered among blanks, then markers: the tokens in their order.',
    source: 'Mamba, arXiv 2312.00752, section 4.1.1; state-spaces/s4, src/dataloaders/datasets/copying',
    settings: z.strictObject({
      vocabulary: vocabulary(16),
      length: length(256, 'Blanks; the published length is 4,096.'),
      copied: field(count(1, 4096).default(16), { title: 'Copied', description: 'Tokens to copy.', unit: 'tokens' }),
      ...rows(50_000, 1000),
    }),
  },
  majority: {
    title: 'Majority',
    description: 'Random tokens, then a marker: the token that occurs most often.',
    source: 'Hyena, arXiv 2302.10866, section 4.1 and appendix A.1',
    settings: z.strictObject({
      vocabulary: vocabulary(10),
      length: length(32, 'Random tokens; rows with a tie are drawn again.'),
      ...rows(10_000, 500),
    }),
  },
  counting: {
    title: 'Counting',
    description: 'Random tokens, then a marker and one of them: how often it occurs.',
    source: 'Hyena, arXiv 2302.10866, section 4.1 and appendix A.1',
    settings: z.strictObject({
      vocabulary: vocabulary(10),
      length: length(32, 'Random tokens.'),
      ...rows(10_000, 500),
    }),
  },
  arithmetic: {
    title: 'Arithmetic',
    description: 'The digits of two numbers, one after the other: the digits of their sum, from the highest.',
    source: 'Hyena, arXiv 2302.10866, section 4.1 and appendix A.1',
    settings: z.strictObject({
      digits: field(count(1, 64).default(3), {
        title: 'Digits',
        description: 'Digits of each number.',
        unit: 'digits',
      }),
      ...rows(20_000, 1000),
    }),
  },
  listops: {
    title: 'ListOps',
    description: 'Nested lists with minimum, maximum, median and sum modulo 10, then a marker: the value, a digit.',
    source: 'Nangia and Bowman, arXiv 1804.06028; Long Range Arena, arXiv 2011.04006, lra_benchmarks/data/listops.py',
    settings: z.strictObject({
      length: length(512, 'Longest row; the published one is 2,000, from 500 on.'),
      shortest: field(count(0, 1 << 20).default(16), {
        title: 'Shortest',
        description: 'Expressions are longer than this; the published bound is 500.',
        unit: 'tokens',
      }),
      depth: field(count(2, 20).default(6), {
        title: 'Depth',
        description: 'Deepest nesting; the published one is 10.',
      }),
      operands: field(count(2, 20).default(5), {
        title: 'Operands',
        description: 'Most operands of a list; the published number is 10.',
      }),
      ...rows(20_000, 2000),
    }),
  },
  needle: {
    title: 'Needle in a haystack',
    description: 'One key with its value at some depth of random tokens, and the key again at the end: its value.',
    source: 'Kamradt, gkamradt/LLMTest_NeedleInAHaystack, as tokens; Arora et al., arXiv 2312.04927, for its form',
    settings: z.strictObject({
      vocabulary: vocabulary(64),
      length: length(256, 'Longest haystack; the others are a half, a quarter and an eighth as long.'),
      depths: field(count(1, 20).default(5), {
        title: 'Depths',
        description: 'Places of the needle, evenly from the beginning to the end.',
      }),
      ...rows(20_000, 2000),
    }),
  },
  cifar10: {
    title: 'Sequential CIFAR-10',
    description: 'The 1,024 pixels of an image as grey values, row by row; after the last one: its class.',
    source:
      'Krizhevsky, Learning multiple layers of features from tiny images, 2009; Long Range Arena, arXiv 2011.04006',
    settings: z.strictObject(rowCounts(50_000, 10_000)),
    files: 'the folder of the binary version, with data_batch_1.bin to data_batch_5.bin and test_batch.bin',
  },
} as const satisfies Record<string, TaskDeclaration>;

export type TaskName = keyof typeof tasks;
/** Tasks whose rows are read from files. */
export type FileTaskName = {
  [Name in TaskName]: (typeof tasks)[Name] extends { files: string } ? Name : never;
}[TaskName];
export type GeneratedTaskName = Exclude<TaskName, FileTaskName>;
export const taskNames = Object.keys(tasks) as [TaskName, ...TaskName[]];
export type TaskSettings<Name extends TaskName> = z.output<(typeof tasks)[Name]['settings']>;

/** A task with its settings, as a data set of it keeps them. */
export const taskSchema = z.strictObject({
  name: z.enum(taskNames),
  version: z.int().describe('Version of the generator: another one may make other rows from the same settings.'),
  settings: z.record(z.string(), z.number()),
  length: z.int().min(1).describe('Tokens of a row.'),
  slices: z.array(z.string()).describe('Kinds of rows whose accuracy is measured apart; each row names its own.'),
});
export type TaskRecord = z.infer<typeof taskSchema>;

/** Whether a text is the name of a task. */
export const isTaskName = (name: string): name is TaskName => Object.hasOwn(tasks, name);

/** Whether the rows of a task are read from files. */
export const isFileTask = (name: TaskName): name is FileTaskName => 'files' in tasks[name];

/**
 * The settings of a task, complete.
 *
 * @throws HyenaError `configuration` for a key or a value that it does not have
 */
export function taskSettings<Name extends TaskName>(
  name: Name,
  given: Readonly<Record<string, unknown>>,
): TaskSettings<Name> {
  const { settings } = tasks[name];
  const parsed = settings.safeParse(given);
  if (parsed.success) return parsed.data as TaskSettings<Name>;
  const problems = parsed.error.issues.map((issue) => {
    if (issue.code !== 'unrecognized_keys') return msg`${issue.path.join('.')}: ${toMessage(issue.message)}.`;
    const [key] = issue.keys;
    const near = suggest(key, Object.keys(settings.shape));
    const unknown = msg`The task ${name} has no setting ${key}.`;
    return near === undefined ? unknown : joinMessages([unknown, near]);
  });
  throw new HyenaError('configuration', joinMessages(problems, '\n'), {
    hint: msg`Its settings are ${Object.keys(settings.shape).join(', ')}.`,
  });
}

/** `key=value` texts as the settings of a task. @throws HyenaError `usage` */
export function parseTaskSettings(texts: readonly string[]): Record<string, number | string> {
  const settings: Record<string, number | string> = {};
  for (const text of texts) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (key === undefined || value === undefined)
      throw new HyenaError('usage', msg`'${text}' does not have the form key=value.`, { hint: 'Example: length=128.' });
    const number = Number(value.replaceAll('_', ''));
    settings[key.trim()] = value.trim() === '' || Number.isNaN(number) ? value : number;
  }
  return settings;
}
