import { runColumns, type SortKey } from './run-table.ts';

const key = 'hyena-studio.hidden-columns';

/** Columns of the table of runs that a person has put away; remembered on this computer. */
export class HiddenColumns {
  #hidden = $state.raw<ReadonlySet<SortKey>>(new Set());

  constructor() {
    const kept = (localStorage.getItem(key) ?? '').split(',');
    this.#hidden = new Set(runColumns.map((column) => column.key).filter((one) => kept.includes(one)));
  }

  get hidden(): ReadonlySet<SortKey> {
    return this.#hidden;
  }

  toggle(column: SortKey): void {
    const hidden = new Set(this.#hidden);
    if (!hidden.delete(column)) hidden.add(column);
    this.#hidden = hidden;
    localStorage.setItem(key, [...hidden].join(','));
  }
}
