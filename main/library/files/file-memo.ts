import { stat } from 'node:fs/promises';

/** What was read of files, kept until one of them is another: a list of hundreds is asked for whenever one of it changes. */
export class FileMemo<Value> {
  readonly #known = new Map<string, { readonly stamp: string; readonly value: Value }>();

  /**
   * What is known under a key, or what is read now.
   *
   * @param paths all that the value depends on; a folder changes when something is put into it or taken out
   * @param isLasting whether a value may be kept: not if it depends on more than its files
   */
  async get(
    key: string,
    paths: readonly string[],
    read: () => Promise<Value>,
    isLasting: (value: Value) => boolean = () => true,
  ): Promise<Value> {
    // Before it is read: what changes meanwhile is seen the next time.
    const stamp = (await Promise.all(paths.map(stampOf))).join();
    const known = this.#known.get(key);
    if (known?.stamp === stamp) return known.value;
    const value = await read();
    if (isLasting(value)) this.#known.set(key, { stamp, value });
    else this.#known.delete(key);
    return value;
  }

  /** Forgets all keys but these. */
  keep(keys: Iterable<string>): void {
    const kept = new Set(keys);
    for (const key of this.#known.keys()) if (!kept.has(key)) this.#known.delete(key);
  }
}

/** Files are replaced rather than written over, so that a new one is another even within one tick of the clock. */
const stampOf = (path: string): Promise<string> =>
  stat(path, { bigint: true }).then(
    ({ size, mtimeNs, ino }) => `${size} ${mtimeNs} ${ino}`,
    () => '',
  );
