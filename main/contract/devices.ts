import { z } from 'zod';
import { toldSchema } from './told.ts';

/** What looking for a device found: what was looked for, what is there, what to do where it is missing. */
export const deviceReportSchema = z.strictObject({
  name: z.string(),
  testing: z.boolean().describe('For tests alone: never chosen by itself.'),
  available: z.boolean(),
  description: z.string(),
  hint: z.string().optional(),
  told: z.strictObject({ description: toldSchema, hint: toldSchema }).partial().optional(),
});
export type DeviceReport = z.infer<typeof deviceReportSchema>;

/** What a `devices` job answers with. */
export const devicesResultSchema = z.strictObject({
  devices: z.array(deviceReportSchema).describe('The fastest first.'),
  chosen: z.string().nullable().describe('What `auto` takes.'),
  reason: z.string(),
  told: toldSchema.optional().describe('The reason, as it is translated.'),
});
export type DevicesResult = z.infer<typeof devicesResultSchema>;

/** How far a `report-devices` job is. */
export const deviceProgressSchema = z.strictObject({
  device: z.string().describe('The one that is tested now.'),
  done: z.int().describe('Devices that have been.'),
  total: z.int(),
});
export type DeviceProgress = z.infer<typeof deviceProgressSchema>;

/** What a `report-devices` job answers with. */
export const deviceTextSchema = z.strictObject({ text: z.string().describe('Markdown, without anything personal.') });
export type DeviceText = z.infer<typeof deviceTextSchema>;
