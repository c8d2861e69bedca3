import { detectHeading } from './table-heading.ts';
import { recordsIn, type Dialect, type TableRecord } from './table-records.ts';

export interface TableLayout {
  dialect: Dialect;
  /** How many cells most rows have. */
  width: number;
  /** UTF-16 units at the start that are not rows: `sep=;`, comments. */
  skip: number;
  /** Lines of these that say something: comments, a title. */
  comments: number;
  /** Lines before the first row. */
  lines: number;
}

const SAMPLE_RECORDS = 50;
/** On equal terms the rarer mark is the delimiter: prose and numbers have commas too. */
const delimiters = ['\t', '|', ';', ','];

/** Marks that are delimiters only where all rows have the same number of them. */
const rareDelimiters = ['::', '^', '~', '¦', '§'];

/** The lines before the table: `sep=` names the delimiter, `#` begins comments. */
function preambleOf(sample: string): { skip: number; comments: number; lines: number; delimiter: string | null } {
  const named = /^"?sep=(.|\\t|tab)"?[,;\t]*\r?(?:\n|$)/i.exec(sample);
  let skip = named ? named[0].length : 0;
  let lines = named ? 1 : 0;
  let comments = 0;
  for (;;) {
    const line = /^#[^\r\n]*(\r\n|\n|\r)/.exec(sample.slice(skip, skip + 4096));
    if (!line) break;
    const next = sample.slice(skip + line[0].length).split(/\r?\n/, 2);
    // A heading may begin with the mark itself: `#,text`.
    const marks = delimiters.filter((mark) => line[0].includes(mark));
    const isHeading = marks.some((mark) => line[0].split(mark).length === (next[0] ?? '').split(mark).length);
    if (isHeading || (/^#[^#\s]/.test(line[0]) && !(next[0] ?? '').startsWith('#') && marks.length > 0)) break;
    skip += line[0].length;
    lines++;
    comments++;
  }
  const mark = named?.[1];
  return { skip, comments, lines, delimiter: mark === undefined ? null : /^(\\t|tab)$/i.test(mark) ? '\t' : mark };
}

/** How regular a sample is in a dialect: the share of rows of the commonest width, less what quotes spoil. */
function regularity(
  sample: string,
  dialect: Dialect,
  isCut: boolean,
): { score: number; width: number; records: TableRecord[] } {
  // Widths are found without quotes that run on; the second reading knows them.
  const widthOf = (records: readonly TableRecord[]): [number, number] => {
    const widths = new Map<number, number>();
    for (const { cells } of records) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    return [...widths].reduce((most, entry) => (entry[1] > most[1] ? entry : most), [0, 0]);
  };
  const [guess] = widthOf(recordsIn(sample, dialect, SAMPLE_RECORDS, isCut));
  const records = recordsIn(sample, dialect, SAMPLE_RECORDS, isCut, guess);
  const [width, count] = widthOf(records);
  const spoiled = records.filter(
    ({ cells, open }) => open === true || cells.some((cell) => /^"|\\"|\\$/.test(cell)),
  ).length;
  return { score: count / Math.max(1, records.length) - (0.1 * spoiled) / Math.max(1, records.length), width, records };
}

/** Lines before a heading, such as a title, that are looked through for it. */
const TITLE_LINES = 5;

/**
 * The dialect in which the most rows have the same number of cells, more than one; a single column otherwise. A title
 * above the heading of a table does not make it one column.
 */
export function detectLayout(sample: string, extension: string, isCut: boolean): TableLayout {
  const { delimiter, ...preamble } = preambleOf(sample);
  const found = dialectOf(sample.slice(preamble.skip), extension, isCut, delimiter);
  if (found.dialect.delimiter !== null) return { ...preamble, ...found };
  let { skip, lines } = preamble;
  for (let line = 0; line < TITLE_LINES; line++) {
    const end = /\r?\n/.exec(sample.slice(skip));
    if (!end) break;
    skip += end.index + end[0].length;
    lines++;
    const table = dialectOf(sample.slice(skip), extension, isCut, null);
    if (table.dialect.delimiter === null || table.score < 0.9) continue;
    const records = recordsIn(sample.slice(skip), table.dialect, SAMPLE_RECORDS, isCut, table.width);
    if (records.length < 3 || !detectHeading(records.map(({ cells }) => cells))) continue;
    return { ...table, skip, lines, comments: preamble.comments + line + 1 };
  }
  return { ...preamble, ...found };
}

function dialectOf(
  text: string,
  extension: string,
  isCut: boolean,
  named: string | null,
): { dialect: Dialect; width: number; score: number } {
  const firstLine = text.slice(0, Math.max(0, text.search(/[\r\n]|$/)));
  const escapes = /\\["\t|;,]/.test(text) ? [false, true] : [false];
  let best: { dialect: Dialect; width: number; score: number } | null = null;
  for (const delimiter of named === null ? delimiters : [named]) {
    if (named === null && !firstLine.includes(delimiter)) continue;
    for (const backslash of escapes) {
      const dialect = { delimiter, quote: true, backslash };
      const { score, width, records } = regularity(text, dialect, isCut);
      const isNarrow = width < 2 || records[0].cells.length < 2;
      if (isNarrow && named === null) continue;
      let preferred = delimiter === '\t' && /^\.(tsv|tab)$/i.test(extension) ? score + 0.2 : score;
      // A folder's name may end with a backslash: then rows are narrower than the first one, which is a heading.
      if (backslash && width !== records[0].cells.length) preferred -= 0.2;
      if (!best || preferred > best.score + 1e-9) best = { dialect, width, score: preferred };
    }
  }
  if (named !== null && (!best || best.width < 2)) {
    // The line names a delimiter that the rows do not have.
    const unnamed = dialectOf(text, extension, isCut, null);
    if (unnamed.width > 1 && unnamed.score >= 0.9) return unnamed;
  }
  if (best && (best.score >= 0.5 || named !== null)) return best;
  for (const delimiter of rareDelimiters.filter((mark) => firstLine.includes(mark))) {
    const dialect = { delimiter, quote: true, backslash: false };
    const { score, width, records } = regularity(text, dialect, isCut);
    if (score === 1 && width > 1 && records.length >= 3) return { dialect, width, score };
  }
  const columns = escapes.map((backslash) => ({ delimiter: null, quote: true, backslash }));
  const scores = columns.map((dialect) => regularity(text, dialect, isCut).score);
  const at = scores.length > 1 && scores[1] > scores[0] ? 1 : 0;
  return { dialect: columns[at], width: 1, score: scores[at] };
}
