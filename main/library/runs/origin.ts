import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { modelOriginSchema, type ModelOrigin } from '../../contract/models.ts';
import { writeJson } from '../files/atomic.ts';

/** Where a model comes from. `import.json` is the plan by which a published one was imported. */
const originFile = 'origin.json';
const importFile = 'import.json';

const importSchema = z.object({
  source: z.string(),
  title: z.string(),
  licence: z.object({ name: z.string(), address: z.string().nullable() }).nullable(),
});

export interface Provenance {
  readonly origin: ModelOrigin;
  /** What a published model was licensed under; null: not known, or trained here. */
  readonly licence: { name: string; address: string | null } | null;
}

/** Notes where the model of a run comes from. @param folder of the run */
export const writeOrigin = async (folder: string, origin: ModelOrigin): Promise<void> =>
  void (await writeJson(path.join(folder, originFile), origin));

/** Where the model of a run comes from. What is missing or damaged says nothing. @param folder of the run */
export async function readProvenance(folder: string): Promise<Provenance> {
  const [own, imported] = await Promise.all([
    readOr(path.join(folder, originFile), modelOriginSchema),
    readOr(path.join(folder, importFile), importSchema),
  ]);
  const licence = imported?.licence ? { name: imported.licence.name, address: imported.licence.address } : null;
  if (own) return { origin: own, licence };
  if (!imported) return { origin: { from: 'trained' }, licence };
  const { source, title } = imported;
  return { origin: { from: 'published', source: shortSource(source), title }, licence };
}

/** A model of the hub by its name there, anything else by that of its file or folder. */
const shortSource = (source: string): string => (source.startsWith('hf:') ? source.slice(3) : path.basename(source));

const readOr = <Schema extends z.ZodType>(file: string, schema: Schema): Promise<z.output<Schema> | null> =>
  readFile(file, 'utf8')
    .then(
      (text) => schema.parse(JSON.parse(text)),
      () => null,
    )
    .catch(() => null);
