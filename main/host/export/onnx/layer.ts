import type { ResolvedModelConfiguration } from '../../../contract/configuration.ts';
import type { Graph, Value } from './graph.ts';
import type { States } from './operations.ts';

/** What a mixer is built from. */
export interface Layer<Config = ResolvedModelConfiguration> {
  readonly g: Graph;
  readonly config: Config;
  /** What its weights' names begin with. */
  readonly prefix: string;
  /** In a graph for one token what is known of those before; null: the text is there from its start. */
  readonly states: States | null;
}

/** A mixer's part of a graph: x `[B,L,D]`, normalised, to `[B,L,D]`. */
export type MixerGraph = (x: Value, layer: Layer<never>) => Promise<Value> | Value;

export const channelsFirst = (g: Graph, x: Value): Value => g.transpose(x, [0, 2, 1]);

/** A layer's state by its name, where there are any. */
export const stateOf = (states: States | null, name: string): { states: States; name: string } | null =>
  states ? { states, name } : null;
