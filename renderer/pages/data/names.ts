import type { DatasetProblem } from '../../../main/contract/datasets.ts';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import { withValues, textOf, type Told } from '../../../main/contract/told.ts';

/** A name for a data set from that of a file: without its ending, of letters that every system takes, not taken yet. */
export function suggestName(file: string, taken: ReadonlySet<string>): string {
  const stem = file.replace(/(\.(txt|md|html?|jsonl?|csv|tsv|parquet|pdf|epub|docx|zip|gz))+$/i, '');
  const plain = stem
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[^\p{L}\p{N}]+|[-._]+$/gu, '')
    .slice(0, 60);
  const name = plain === '' ? 'text' : plain;
  if (!taken.has(name.toLowerCase())) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name}-${number}`.toLowerCase())) return `${name}-${number}`;
}

/** Those problems that an error does not tell itself. */
export const notIn = (problems: readonly DatasetProblem[], error: ErrorReport): DatasetProblem[] =>
  problems.filter(({ message }) => !error.message.includes(message));

/** A path without the folder that a person knows: where files lie that a browser has sent, or what was chosen lay. */
export function asGiven(source: string, paths: readonly string[] = []): string {
  const own = source.replaceAll(/(?:[A-Za-z]:)?[\\/][^\n'"]*?[\\/]\.uploads[\\/][^\\/]+[\\/]/g, '');
  return paths.reduce((text, path) => {
    const folder = path.replace(/[^\\/]+[\\/]?$/, '');
    return folder.length > 1 ? text.replaceAll(folder, '') : text;
  }, own);
}

/** As {@link asGiven}, of a sentence. */
export const sentenceAsGiven = (problem: DatasetProblem, paths: readonly string[] = []): Told => {
  const text = withValues(textOf(problem), (value) => asGiven(value, paths));
  return text.values.length > 0 ? text : { ...text, template: asGiven(text.template, paths) };
};
