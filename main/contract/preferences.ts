import { z } from 'zod';
import { chatSamplingSchema } from './sampling.ts';
import { themes } from './themes.ts';

/** The languages that the window speaks. */
export const languageSchema = z.enum(['en', 'de', 'es', 'it', 'ja']);
export type Language = z.infer<typeof languageSchema>;

/** How documents are set. */
export const readingStyleSchema = z.strictObject({
  size: z.int().min(13).max(30).default(17).describe('Size of the text, pixels.'),
  measure: z.int().min(40).max(110).default(68).describe('Width of a line, characters.'),
  face: z.enum(['serif', 'sans']).default('serif'),
});
export type ReadingStyle = z.infer<typeof readingStyleSchema>;

const presetName = z.string().trim().min(1).max(80);

/** Texts that a person begins chats with again and again. */
const savedPromptSchema = z.strictObject({ name: presetName, text: z.string().min(1).max(100_000) });

/** Sampling settings under a name. */
const samplingPresetSchema = z.strictObject({ name: presetName, sampling: chatSamplingSchema });

/** What a person set for the whole library, kept in `<library>/preferences.json`. */
export const preferencesSchema = z.strictObject({
  theme: z.enum(themes).default('system'),
  language: z.union([z.literal('system'), languageSchema]).default('system'),
  threads: z
    .int()
    .min(1)
    .max(1024)
    .nullable()
    .default(null)
    .describe('CPU threads of a compute process. Empty: all cores.'),
  memory_limit_mib: z
    .int()
    .min(256)
    .nullable()
    .default(null)
    .describe("Memory limit of a run. Empty: the computer's memory."),
  hub: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .nullable()
    .default(null)
    .describe('Address of the hub that models are downloaded from, or of a mirror. Empty: huggingface.co.'),
  python: z
    .string()
    .trim()
    .min(1)
    .max(4096)
    .nullable()
    .default(null)
    .describe('Python with PyTorch. Empty: looked for.'),
  reading: readingStyleSchema.prefault({}).describe('How documents are set.'),
  prompts: z.array(savedPromptSchema).max(500).default([]).describe('Saved prompts.'),
  sampling_presets: z.array(samplingPresetSchema).max(100).default([]).describe('Saved sampling settings.'),
  welcomed: z.boolean().default(false).describe('Whether the first steps were completed or dismissed.'),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** A token of the hub: what may stand in a header. */
export const hubTokenSchema = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .regex(/^[\x21-\x7e]+$/);
