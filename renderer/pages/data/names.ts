import { atMost, datasetNames, nameKey, nameProblem } from '../../../main/contract/names.ts';

/** A name for a data set from that of a file: without its ending, of letters that every system takes, not taken yet. */
export function suggestName(file: string, taken: ReadonlySet<string>): string {
  const stem = file.replace(/(\.(txt|md|html?|jsonl?|csv|tsv|parquet|pdf|epub|docx|zip|gz))+$/i, '');
  const plain = stem
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}._\u200c\u200d-]+/gu, '-')
    .replaceAll(/^[^\p{L}\p{N}]+/gu, '');
  const short = atMost(plain, 120).replaceAll(/[-._\u200c\u200d]+$/gu, '');
  const name = nameProblem(short, datasetNames) === null ? short : `text${short === '' ? '' : `-${short}`}`;
  if (!taken.has(nameKey(name))) return name;
  for (let number = 2; ; number++) if (!taken.has(nameKey(`${name}-${number}`))) return `${name}-${number}`;
}
