import { SvelteMap } from 'svelte/reactivity';
import { assignColours } from '../../main/contract/logic/run-colours.ts';
import type { RunView } from '../../main/contract/views.ts';
import type { Client } from '../connection/client.ts';

/** The most runs of one request. */
const atOnce = 1000;

/** Which colour and dash the curves of a run have: the same for as long as it lives, kept with the run by the host. */
export class RunColours {
  readonly #client: Client;
  /** Given in this window since the list of runs was read. */
  readonly #assigned = new SvelteMap<string, number>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** The number of a run's style; null until it has one. */
  of({ name, annotations }: RunView): number | null {
    return annotations.colour ?? this.#assigned.get(name) ?? null;
  }

  /** Gives runs that are shown together a style each, where they have none. */
  async give(runs: readonly RunView[]): Promise<void> {
    if (runs.every((run) => this.of(run) !== null)) return;
    const names = runs.map(({ name }) => name).slice(0, atOnce);
    let colours: ReadonlyMap<string, number>;
    try {
      colours = new Map(Object.entries(await this.#client.request('runs.colours', { runs: names })));
    } catch {
      // A library that cannot be written to has colours all the same, for as long as the window is open.
      const known = runs.flatMap((run) => {
        const colour = this.of(run);
        return colour === null ? [] : [[run.name, colour] as const];
      });
      colours = assignColours(names, new Map(known));
    }
    for (const [name, colour] of colours) this.#assigned.set(name, colour);
  }

  /** A run has another name; its colour goes with it. */
  renamed(from: string, to: string): void {
    const colour = this.#assigned.get(from);
    if (colour !== undefined) this.#assigned.set(to, colour);
    this.#assigned.delete(from);
  }
}
