import type { DatasetProblem } from '../../../main/contract/datasets.ts';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import { truncateName, datasetNames, nameKey, nameProblem } from '../../../main/contract/names.ts';
import { toEnglish, withValues, type Message } from '../../../main/contract/message.ts';

/** A name for a data set from that of a file: without its ending, of letters that every system takes, not taken yet. */
export function suggestName(file: string, taken: ReadonlySet<string>): string {
  const stem = file.replace(
    /(\.(txt|md|html?|jsonl?|csv|tsv|parquet|pdf|epub|docx|zip|tar|tgz|tbz2?|txz|tzst|gz|bz2|xz|zst))+$/i,
    '',
  );
  const plain = stem
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}._\u200c\u200d-]+/gu, '-')
    .replaceAll(/^[^\p{L}\p{N}]+/gu, '');
  const short = truncateName(plain, 120).replaceAll(/[-._\u200c\u200d]+$/gu, '');
  const name = nameProblem(short, datasetNames) === null ? short : `text${short === '' ? '' : `-${short}`}`;
  if (!taken.has(nameKey(name))) return name;
  for (let number = 2; ; number++) if (!taken.has(nameKey(`${name}-${number}`))) return `${name}-${number}`;
}

/** Those problems that an error does not tell itself. */
export const notIn = (problems: readonly DatasetProblem[], error: ErrorReport): DatasetProblem[] =>
  problems.filter(({ message }) => !toEnglish(error.message).includes(toEnglish(message)));

/** Whether a browser has sent a file; it is kept until the program starts again. */
export const isUpload = (path: string): boolean => /[\\/]\.uploads[\\/]/.test(path);

/** A path without the folder that a person knows: where files lie that a browser has sent, or what was chosen lay. */
export function unchangedName(source: string, paths: readonly string[] = []): string {
  const own = source.replaceAll(/(?:[A-Za-z]:)?[\\/][^\n'"]*?[\\/]\.uploads[\\/][^\\/]+[\\/]/g, '');
  return paths.reduce((text, path) => {
    const folder = path.replace(/[^\\/]+[\\/]?$/, '');
    return folder.length > 1 ? text.replaceAll(folder, '') : text;
  }, own);
}

/** As {@link unchangedName}, of a sentence. */
export const unchangedSentence = (problem: DatasetProblem, paths: readonly string[] = []): Message => {
  const text = withValues(problem.message, (value) => unchangedName(value, paths));
  return text.values.length > 0 ? text : { ...text, template: unchangedName(text.template, paths) };
};
