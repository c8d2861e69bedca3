import { changeKinds, type Change } from '../../contract/changes.ts';
import { VersionSignal } from './version-signal.ts';

/** Which lists of the library have changed, for windows to read them again. */
export class ChangeFeed {
  readonly #versions = new Map<Change, number>(changeKinds.map((change) => [change, 0]));
  readonly #signal = new VersionSignal();

  touch(change: Change): void {
    this.#versions.set(change, (this.#versions.get(change) ?? 0) + 1);
    this.#signal.raise();
  }

  /** All kinds at once, then those that changed since. */
  async *follow(signal: AbortSignal): AsyncGenerator<Change[], void, undefined> {
    let sent = new Map<Change, number>();
    while (!signal.aborted) {
      const seen = this.#signal.version;
      const now = new Map(this.#versions);
      const changed = [...now].filter(([change, version]) => sent.get(change) !== version).map(([change]) => change);
      sent = now;
      if (changed.length > 0) yield changed;
      await this.#signal.changed(seen, signal);
    }
  }
}
