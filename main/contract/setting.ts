import { z } from 'zod';

/** What the shells read of a key of the configuration besides its bounds. */
interface SettingMeta {
  title: string;
  description: string;
  unit?: string;
  /** Hidden behind 'more' in a form. */
  advanced?: boolean;
}

/** A key of the configuration: a schema with its title, unit and place in a form. */
export const field = <T extends z.ZodType>(schema: T, meta: SettingMeta): T => schema.meta({ ...meta });
export const count = (minimum: number, maximum: number) => z.int().min(minimum).max(maximum);
export const fraction = () => z.number().min(0).max(1);
