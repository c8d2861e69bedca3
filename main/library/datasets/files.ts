import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { DatasetFiles, DatasetRecord } from '../../contract/datasets.ts';
import { datasetFolder, FILES_FILE, SOURCES_FILE } from './layout.ts';

/** A file that a data set was read from, as it was then: a line of files.jsonl. */
const sourceFileSchema = z.object({
  path: z.string(),
  name: z.string(),
  bytes: z.number(),
  modified: z.number().describe('Milliseconds since 1970.'),
});
export type SourceFile = z.infer<typeof sourceFileSchema>;

const sourceSchema = z.object({ source: z.string(), documents: z.number() });
const mostListed = 1000;
const checkedAtOnce = 32;

/** The files of a data set with their sizes, and how they are now; of earlier data sets only what was chosen is known. */
export async function datasetFiles(library: string, record: DatasetRecord): Promise<DatasetFiles> {
  const folder = datasetFolder(library, record.name);
  const stored = await linesIn(join(folder, FILES_FILE), sourceFileSchema);
  const known =
    stored ??
    record.request.paths.map((path, index) => ({
      ...{ path, name: record.request.names?.[index] ?? basename(path), bytes: null, modified: null },
    }));
  const states: DatasetFiles['files'][number]['state'][] = [];
  for (let start = 0; start < known.length; start += checkedAtOnce)
    states.push(...(await Promise.all(known.slice(start, start + checkedAtOnce).map(stateOf))));
  const documents = new Map<string, number>();
  for (const { source, documents: n } of (await linesIn(join(folder, SOURCES_FILE), sourceSchema)) ?? [])
    documents.set(source, (documents.get(source) ?? 0) + n);
  const countOf = (name: string): number => {
    const own = documents.get(name);
    if (own !== undefined || documents.size > 10_000) return own ?? 0;
    // What lies within an archive is called by a path below it.
    return [...documents].reduce((sum, [source, n]) => sum + (source.startsWith(`${name}/`) ? n : 0), 0);
  };
  return {
    count: known.length,
    changed: states.filter((state) => state === 'changed').length,
    gone: states.filter((state) => state === 'gone').length,
    files: known.slice(0, mostListed).map(({ name, bytes }, index) => ({
      ...{ name, bytes, documents: stored ? countOf(name) : null, state: states[index] },
    })),
  };
}

async function stateOf({ path, bytes, modified }: { path: string; bytes: number | null; modified: number | null }) {
  const now = await stat(path).catch(() => null);
  if (now === null) return 'gone';
  if (bytes === null || modified === null) return 'unknown';
  return now.size === bytes && Math.abs(now.mtimeMs - modified) < 2 ? 'unchanged' : 'changed';
}

/** The lines of a file as objects; null if there is no such file. */
async function linesIn<Line>(path: string, schema: z.ZodType<Line>): Promise<Line[] | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => schema.parse(JSON.parse(line)));
}
