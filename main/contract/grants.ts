import { z } from 'zod';

/** A file that a person chose; its path stays with the host. */
export const grantSchema = z.strictObject({
  grant: z.string(),
  name: z.string(),
  bytes: z.int().min(0),
  files: z.int().min(0).describe('1, or the number of files in a folder.'),
  model: z.boolean().optional().describe('Whether it looks like a model rather than text.'),
});
export type Grant = z.infer<typeof grantSchema>;
