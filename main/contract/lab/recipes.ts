import { z } from 'zod';
import { languageSchema } from '../preferences.ts';
import { taskNames } from './tasks.ts';

/**
 * A recipe: what to train on, what to train, what to measure, and what was published. A file of JSON; those that come with
 * the program are in resources/recipes, a person's own ones in the folder `recipes` of the library (docs/lab.md).
 */

/** A text of a recipe: English, or one for each language, of which English must be there. */
const textSchema = z
  .union([z.string().min(1), z.partialRecord(languageSchema, z.string().min(1))])
  .refine((text) => typeof text === 'string' || text.en !== undefined, 'needs an English text');
export type RecipeText = z.output<typeof textSchema>;

/** The text of a recipe in a language, else in English. */
export const textIn = (text: RecipeText, language: z.output<typeof languageSchema> = 'en'): string =>
  typeof text === 'string' ? text : (text[language] ?? text.en ?? '');

const dataSchema = z.union([
  z.strictObject({ task: z.enum(taskNames), settings: z.record(z.string(), z.number()).default({}) }),
  z.strictObject({
    file: z.strictObject({
      title: z.string().min(1).describe('What file the person is to give.'),
      url: z.url().optional().describe('Where it can be found; nothing is downloaded.'),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional()
        .describe('Checksum of the very file that was published with.'),
    }),
    tokenizer: z.string().default('characters'),
    validation: z.number().min(0).max(0.9).default(0.1),
  }),
  z.strictObject({
    book: z.literal('moby-dick').describe('The book that comes with the program.'),
    tokenizer: z.string().default('bytes'),
    validation: z.number().min(0).max(0.9).default(0.05),
  }),
]);

const partSchema = z.record(z.string(), z.unknown());

const publishedSchema = z.strictObject({
  value: z.number().describe('In the unit of `measure`.'),
  curve: z
    .array(z.tuple([z.number(), z.number()]))
    .optional()
    .describe('Pairs of a step and a value.'),
  note: z.string().optional().describe('Who reports it, unless the source of the recipe does.'),
});

const contestantSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]*$/)
    .describe('Part of the name of its runs.'),
  title: textSchema,
  model: partSchema.default({}),
  training: partSchema.default({}),
  published: publishedSchema.nullable().default(null),
  differences: z.array(textSchema).default([]).describe('How this differs from what was published.'),
});
export type Contestant = z.output<typeof contestantSchema>;

/** What is compared: the share of right answers, of rows that are right entirely, or the validation loss in nats. */
const measureSchema = z.enum(['accuracy', 'rows', 'loss']);
export type Measure = z.output<typeof measureSchema>;

export const recipeSchema = z.strictObject({
  format: z.literal(1),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{0,39}$/)
    .describe('Lower-case letters, digits, dots and hyphens; runs and data sets begin with it.'),
  title: textSchema,
  description: textSchema,
  source: z.strictObject({ title: z.string().min(1), url: z.url() }),
  data: dataSchema,
  base: z.strictObject({ model: partSchema.default({}), training: partSchema.default({}) }).prefault({}),
  measure: measureSchema,
  tolerance: z.number().min(0).describe('How far a value may be from the published one to be within it.'),
  contestants: z.array(contestantSchema).min(1).max(64),
});
export type Recipe = z.output<typeof recipeSchema>;

/** Where a run of a recipe belongs. */
export const labRunSchema = z.strictObject({
  recipe: z.string(),
  contestant: z.string(),
  seed: z.int(),
  processor: z.string().describe('CPU of the machine that the run was made on.'),
});
export type LabRun = z.output<typeof labRunSchema>;

/** How a value stands to the published one. */
export type Verdict = 'better' | 'within' | 'worse';

/** @param higher whether more is better */
export function verdictOf(value: number, published: number, tolerance: number, measure: Measure): Verdict {
  // What is printed with two or three digits must not fail by the last bit.
  if (Math.abs(value - published) <= tolerance + 1e-9) return 'within';
  return value > published === (measure !== 'loss') ? 'better' : 'worse';
}

/** What came of one contestant and seed. */
export const labResultSchema = z.strictObject({
  recipe: z.string(),
  contestant: z.string(),
  title: textSchema,
  seed: z.int(),
  run: z.string(),
  status: z.string(),
  /** In the unit of the recipe's measure; null before the first evaluation. */
  value: z.number().nullable(),
  curve: z.array(z.tuple([z.number(), z.number()])).describe('Pairs of a step and a value.'),
  published: publishedSchema.nullable(),
  verdict: z.enum(['better', 'within', 'worse']).nullable(),
  steps: z.int(),
  seconds: z.number(),
  parameters: z.int().nullable(),
  device: z.string().nullable(),
  processor: z.string().nullable(),
});
export type LabResult = z.output<typeof labResultSchema>;
