import { z } from 'zod';

/** The languages that the window speaks. */
export const languageSchema = z.enum(['en', 'de', 'es', 'it', 'ja']);
export type Language = z.infer<typeof languageSchema>;

/** What a person set for the whole library, kept in `<library>/preferences.json`. */
export const preferencesSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark', 'contrast']).default('system'),
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
