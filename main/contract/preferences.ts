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
  welcomed: z.boolean().default(false).describe('Whether the first steps were completed or dismissed.'),
});
export type Preferences = z.infer<typeof preferencesSchema>;
