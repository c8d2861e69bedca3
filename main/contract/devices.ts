import { z } from 'zod';
import { messageSchema } from './message-schema.ts';

/** What looking for a device found: what was looked for, what is there, what to do where it is missing. */
const deviceReportSchema = z.strictObject({
  name: z.string(),
  testing: z.boolean().describe('For tests only: never chosen automatically.'),
  available: z.boolean(),
  description: messageSchema.describe('Description as a phrase; the hint is a whole sentence.'),
  hint: messageSchema.optional(),
  command: z.string().optional().describe('A command that makes it available, shown in terminals only.'),
});
export type DeviceReport = z.infer<typeof deviceReportSchema>;

/** What a `devices` job answers with. */
export const devicesResultSchema = z.strictObject({
  devices: z.array(deviceReportSchema).describe('Devices, the fastest first.'),
  chosen: z.string().nullable().describe('Device that `auto` uses.'),
  reason: messageSchema,
});
export type DevicesResult = z.infer<typeof devicesResultSchema>;

/** How far a `report-devices` job is. */
export const deviceProgressSchema = z.strictObject({
  device: z.string().describe('Device being tested.'),
  done: z.int().describe('Number of devices already tested.'),
  total: z.int(),
});
export type DeviceProgress = z.infer<typeof deviceProgressSchema>;

/** What a `report-devices` job answers with. */
export const deviceTextSchema = z.strictObject({ text: z.string().describe('Markdown report without personal data.') });
export type DeviceText = z.infer<typeof deviceTextSchema>;
