/** The columns of a table: their names, and what was done to names that were missing or doubled. */
export interface Heading {
  names: string[];
  /** Names that stand for several columns; the later ones were numbered. */
  doubled: string[];
}

const LONGEST_NAME = 60;
const knownNames =
  /^(text|content|body|title|label|id|index|idx|key|name|message|sentence|review|comment|summary|document|article|prompt|completion|question|answer|query|instruction|input|output|response|context|date|time|timestamp|created_at|author|user|username|category|class|score|rating|lang|language|url|source|type|role|description|target|chosen|rejected|email|word|phrase|quote|tweet|story|abstract|headline|unnamed: ?\d+)s?$/i;

type Kind = 'empty' | 'number' | 'date' | 'flag' | 'words';

/** What a cell holds, as far as it tells a heading from a value. */
function kindOf(cell: string): Kind {
  const text = cell.trim();
  if (text === '') return 'empty';
  if (/^[-+]?[\d.,\s\u00a0']*\d(?:[eE][-+]?\d+)?\s*[%€$£]?$/.test(text) || /^[-+]?(nan|inf(inity)?)$/i.test(text))
    return 'number';
  if (/^(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})([T ,].*)?$/.test(text) || /^\d{1,2}:\d{2}/.test(text)) return 'date';
  if (/^(true|false|yes|no|0|1)$/i.test(text)) return 'flag';
  return 'words';
}

const mean = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/**
 * What the first row has to say for being a heading, against it being a row: a column whose values are numbers or dates
 * under words, names that tables use, pandas' numbers of columns, questions over answers, names far shorter than what
 * stands below them.
 */
function speaksForHeading(first: readonly string[], others: readonly (readonly string[])[]): boolean {
  const cells = first.map((cell) => cell.trim());
  if (cells.every((cell) => cell === '')) return false;
  const below = (column: number) => others.map((record) => record[column] ?? '').filter((cell) => cell.trim() !== '');
  let evidence = 0;
  cells.forEach((cell, column) => {
    const values = below(column);
    if (values.length === 0 || cell === '') return;
    const kinds = values.map(kindOf);
    const share = (kind: Kind) => kinds.filter((one) => one === kind).length / kinds.length;
    const kind = kindOf(cell);
    const typed = (['number', 'date', 'flag'] as const).find((one) => share(one) >= 0.9);
    if (typed !== undefined && kind === 'words') evidence += 3;
    else if (typed !== undefined && kind === typed && !values.includes(cell)) evidence -= 3;
    else if (typed !== undefined && kind === typed) evidence -= 3;
    // A number over words: a year, a question's number.
    else if (kind === 'number' && share('words') >= 0.9 && values.length >= 2) evidence += 2;
    if (knownNames.test(cell)) evidence += 2;
    if (/\?$/.test(cell) && values.filter((value) => value.trim().endsWith('?')).length < 0.2 * values.length)
      evidence += 2;
    if (values.includes(cell)) evidence -= 1;
  });
  const isCounted = (from: number) => cells.slice(from).every((cell, index) => cell === String(index));
  // pandas numbers columns without names from 0, and leaves the name of its index empty.
  const isPandas =
    cells.length > 1 &&
    cells[0] === '' &&
    below(0).every((value, index) => Number(value) === index + Number(below(0)[0]));
  if (isPandas) evidence += 4;
  if (isCounted(cells[0] === '' ? 1 : 0) && others.length > 0 && !isCountedRow(others[0]))
    evidence += cells[0] === '' ? 4 : 3;
  if (evidence >= 2) return true;
  if (evidence < 0) return false;
  const couldBe = cells.every(
    (cell) => cell !== '' && cell.length <= LONGEST_NAME && kindOf(cell) === 'words' && !/[.!?]$/.test(cell),
  );
  return (
    couldBe && cells.some((cell, column) => mean(others.map((record) => record[column]?.length ?? 0)) > 2 * cell.length)
  );
}

const isCountedRow = (cells: readonly string[]): boolean => cells.every((cell, index) => cell.trim() === String(index));

/** The columns' names, if the first record holds names rather than values. */
export function detectHeading(records: readonly (readonly string[])[]): Heading | null {
  if (records.length === 0) return null;
  const [first, ...others] = records;
  const cells = first.map((cell) => cell.trim());
  const isHeading =
    others.length > 0
      ? speaksForHeading(first, others)
      : cells.length > 1 &&
        cells.every(
          (cell) => cell !== '' && cell.length <= LONGEST_NAME && kindOf(cell) === 'words' && !/[.!?]$/.test(cell),
        );
  return isHeading ? uniqueNames(cells) : null;
}

/** A name for each column: numbers for empty ones, the later of doubled ones with a number behind. */
function uniqueNames(cells: readonly string[]): Heading {
  const taken = new Set(cells);
  const seen = new Set<string>();
  const doubled = new Set<string>();
  const names = cells.map((cell, column) => {
    const number = String(column + 1);
    const plain = cell !== '' ? cell : taken.has(number) ? `column_${number}` : number;
    if (!seen.has(plain)) {
      seen.add(plain);
      return plain;
    }
    doubled.add(plain);
    let times = 2;
    while (taken.has(`${plain}_${times}`) || seen.has(`${plain}_${times}`)) times++;
    seen.add(`${plain}_${times}`);
    return `${plain}_${times}`;
  });
  return { names, doubled: [...doubled] };
}
