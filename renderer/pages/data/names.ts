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
