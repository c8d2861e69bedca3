import { TextFlow } from './text-flow.ts';

type FlowEvents = ReturnType<TextFlow['end']>;

interface Row {
  /** By column; missing: empty. */
  cells: Map<number, FlowEvents>;
  next: number;
}

/** Tables of more than this are put out in parts. */
const MOST_HELD_CHARACTERS = 1 << 18;
const MOST_HELD_ROWS = 2000;
const WIDEST_SPAN = 100;
/** A cell of several paragraphs and so much text is not an entry of a table. */
const LONGEST_ENTRY = 2000;

/**
 * A table's text: a line per row, tabs between its cells, whatever stands in them. A table that only arranges a page
 * (cells with headings, tables, code, or long text) gives its cells one after another.
 */
export class Table {
  readonly #parent: TextFlow;
  #rows: Row[] = [];
  #row: Row | null = null;
  #cell: { column: number; flow: TextFlow } | null = null;
  #characters = 0;
  #arranges = false;
  #isBegun = false;
  /** Rows that a cell from above still reaches into, by column. */
  #reaching = new Map<number, number>();
  #blocked = new Set<number>();

  constructor(parent: TextFlow) {
    this.#parent = parent;
  }

  /** Where text goes: into the open cell, or before the table. */
  get flow(): TextFlow {
    return this.#cell?.flow ?? this.#parent;
  }

  openRow(): void {
    this.closeRow();
    this.#row = { cells: new Map(), next: 0 };
    this.#blocked = new Set(this.#reaching.keys());
    for (const [column, rows] of this.#reaching)
      if (rows > 1) this.#reaching.set(column, rows - 1);
      else this.#reaching.delete(column);
  }

  closeRow(): void {
    this.closeCell();
    if (!this.#row) return;
    if (this.#row.cells.size > 0) this.#rows.push(this.#row);
    this.#row = null;
    if (this.#characters > MOST_HELD_CHARACTERS || this.#rows.length > MOST_HELD_ROWS) this.#put();
  }

  openCell(attributes: Readonly<Record<string, string>>): void {
    this.closeCell();
    if (!this.#row) this.openRow();
    const row = this.#row!;
    while (this.#blocked.has(row.next)) row.next++;
    const [wide, high] = [span(attributes.colspan), span(attributes.rowspan)];
    if (high > 1) for (let column = 0; column < wide; column++) this.#reaching.set(row.next + column, high - 1);
    this.#cell = { column: row.next, flow: new TextFlow() };
    row.next += wide;
  }

  /** The open cell, or the one before, lies over this many columns. */
  widen(columns: number): void {
    if (this.#row) this.#row.next += span(String(columns)) - 1;
  }

  closeCell(): void {
    if (!this.#cell || !this.#row) return;
    const events = this.#cell.flow.end();
    if (events.length > 0) this.#row.cells.set(this.#cell.column, events);
    for (const event of events) if (event.type === 'text') this.#characters += event.content.length;
    this.#cell = null;
  }

  /** Something stands in it that no entry of a table has. */
  arrange(): void {
    this.#arranges = true;
  }

  close(): void {
    this.closeRow();
    this.#put();
  }

  #put(): void {
    const rows = this.#rows;
    this.#rows = [];
    this.#characters = 0;
    if (!this.#isBegun) this.#arranges ||= arranges(rows);
    for (const { cells, next } of rows) {
      if (this.#arranges) {
        for (const events of cells.values()) {
          this.#parent.break(2);
          this.#parent.append(events);
        }
        continue;
      }
      this.#parent.break(this.#isBegun ? 1 : 2);
      this.#isBegun = true;
      const line = Array.from({ length: next }, (_, column) => entryOf(cells.get(column) ?? [])).join('\t');
      this.#parent.raw(line.replace(/[\t ]+$/, ''));
    }
    this.#isBegun ||= rows.length > 0;
  }
}

const span = (value: string | undefined): number =>
  Math.min(WIDEST_SPAN, Math.max(1, Math.floor(Number(value ?? 1)) || 1));

const textIn = (events: FlowEvents): string =>
  events.map((event) => (event.type === 'text' ? (event.content as string) : '')).join('');

const entryOf = (events: FlowEvents): string => textIn(events).replace(/\s+/g, ' ').trim();

function arranges(rows: readonly Row[]): boolean {
  const isOneColumn = rows.every(({ cells, next }) => next < 2 || cells.size < 2);
  return rows.some(({ cells }) =>
    [...cells.values()].some((events) => {
      if (events.some(({ type }) => type === 'place')) return true;
      const text = textIn(events);
      return text.includes('\n\n') && (isOneColumn || text.length > LONGEST_ENTRY);
    }),
  );
}
