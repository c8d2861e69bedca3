import { msg, type Message } from './message.ts';

/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, replaced);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2][j - 2] + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}

/** Up to three of `names` that look like what was written, the nearest first. */
export function similarNames(written: string, names: Iterable<string>): string[] {
  const word = written.toLowerCase();
  const allowed = Math.max(1, Math.floor(word.length / 3));
  return [...names]
    .map((name) => ({ name, distance: editDistance(word, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= allowed || (word.length > 3 && name.toLowerCase().includes(word)))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

const anyOf = (names: readonly string[]): Message =>
  names.slice(1).reduce((before, name) => msg`${before} or ${name}`, msg`${names[0]}`);

/** `Did you mean d_model?`, or nothing if no name is near. */
export function suggest(written: string, names: Iterable<string>): Message | undefined {
  const near = similarNames(written, names);
  return near.length > 0 ? msg`Did you mean ${anyOf(near)}?` : undefined;
}
