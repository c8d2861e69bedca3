import { z } from 'zod';
import { errorCodes, type ErrorReport } from './errors.ts';
import { messageSchema } from './message-schema.ts';

export const errorCodeSchema = z.enum(errorCodes);

/** An error as it travels and is stored. */
export const errorReportSchema = z.strictObject({
  code: errorCodeSchema,
  message: messageSchema.describe('What happened.'),
  kept: messageSchema.optional().describe('Which data are safe.'),
  hint: messageSchema.optional().describe('What to do.'),
  command: z.string().optional().describe('A command that does it, shown in terminals only.'),
}) satisfies z.ZodType<ErrorReport>;
