/**
 * A pushdown automaton over bytes. Rules are put together from nodes; a state is the set of all ways in which the bytes
 * so far can be read. States are kept: a byte that was taken once from a state costs a table look-up afterwards.
 */
export interface GrammarNode {
  readonly id: number;
  readonly what:
    | { readonly kind: 'byte'; readonly allowed: readonly (readonly [from: number, to: number])[] }
    | { readonly kind: 'sequence'; readonly items: readonly GrammarNode[] }
    | { readonly kind: 'choice'; readonly options: readonly GrammarNode[] }
    | { readonly kind: 'repeat'; readonly item: GrammarNode; readonly least: number; readonly most: number }
    | { readonly kind: 'rule'; target: GrammarNode | null };
  /** Bytes that it takes at the least. */
  shortest: number;
  /** Of a repetition: what is left of it after one time more. */
  rest?: GrammarNode;
}

/** What has to come, the next first; null: nothing. */
interface Pending {
  readonly id: number;
  readonly node: GrammarNode;
  readonly next: Pending | null;
  /** Bytes that it takes at the least, with all that comes after it. */
  readonly shortest: number;
}

export interface GrammarState {
  /** Its own name. */
  readonly key: string;
  /** Whether what was read is whole. */
  readonly accepts: boolean;
  /** Whether anything can follow. */
  readonly goesOn: boolean;
  /** Bytes that are missing at the least. */
  readonly shortest: number;
  /** @internal */
  readonly pending: readonly Pending[];
  /** @internal */
  readonly after: (GrammarState | null | undefined)[];
}

/** Makes the nodes of one grammar. */
export class GrammarBuilder {
  readonly #nodes: GrammarNode[] = [];

  /** How many nodes there are so far. */
  get size(): number {
    return this.#nodes.length;
  }

  #add(what: GrammarNode['what']): GrammarNode {
    const node: GrammarNode = { id: this.#nodes.length, what, shortest: Infinity };
    this.#nodes.push(node);
    return node;
  }

  byte(...allowed: (readonly [from: number, to: number])[]): GrammarNode {
    return this.#add({ kind: 'byte', allowed });
  }

  text(text: string): GrammarNode {
    const bytes = Array.from(Buffer.from(text, 'utf8'));
    return this.sequence(...bytes.map((byte) => this.byte([byte, byte])));
  }

  sequence(...items: GrammarNode[]): GrammarNode {
    return items.length === 1 ? items[0] : this.#add({ kind: 'sequence', items });
  }

  choice(...options: GrammarNode[]): GrammarNode {
    return options.length === 1 ? options[0] : this.#add({ kind: 'choice', options });
  }

  optional(item: GrammarNode): GrammarNode {
    return this.choice(item, this.sequence());
  }

  /** @param item takes a byte at least */
  repeat(item: GrammarNode, least = 0, most = Infinity): GrammarNode {
    return this.#add({ kind: 'repeat', item, least, most });
  }

  /** A name for what is made later, so that it can contain itself. */
  rule(): GrammarNode & { what: { kind: 'rule'; target: GrammarNode | null } } {
    return this.#add({ kind: 'rule', target: null }) as ReturnType<GrammarBuilder['rule']>;
  }

  /** @returns null where the root can never be finished */
  build(root: GrammarNode): Grammar | null {
    // Rules may contain each other: the lengths are settled by going round until none changes.
    for (let changed = true; changed;) {
      changed = false;
      for (const node of this.#nodes) {
        const shortest = shortestOf(node);
        if (shortest >= node.shortest) continue;
        node.shortest = shortest;
        changed = true;
      }
    }
    return root.shortest === Infinity ? null : new Grammar(root, this.#nodes.length);
  }
}

function shortestOf({ what }: GrammarNode): number {
  switch (what.kind) {
    case 'byte':
      return 1;
    case 'sequence':
      return what.items.reduce((sum, { shortest }) => sum + shortest, 0);
    case 'choice':
      return Math.min(...what.options.map(({ shortest }) => shortest));
    case 'repeat':
      return what.least === 0 ? 0 : what.least * what.item.shortest;
    case 'rule':
      return what.target?.shortest ?? Infinity;
  }
}

export class Grammar {
  readonly start: GrammarState;
  readonly #pending = new Map<string, Pending>();
  readonly #states = new Map<string, GrammarState>();
  #nodes: number;

  constructor(root: GrammarNode, nodes: number) {
    this.#nodes = nodes;
    this.start = this.#stateOf([this.#push(root, null)]);
  }

  /** @returns null where the byte cannot come here */
  next(state: GrammarState, byte: number): GrammarState | null {
    return (state.after[byte] ??= this.#take(state, byte)) ?? null;
  }

  #take({ pending }: GrammarState, byte: number): GrammarState | null {
    const after = pending.flatMap(({ node, next }): (Pending | null)[] =>
      node.what.kind === 'byte' && node.what.allowed.some(([from, to]) => byte >= from && byte <= to) ? [next] : [],
    );
    return after.length === 0 ? null : this.#stateOf(after);
  }

  #push(node: GrammarNode, next: Pending | null): Pending {
    const key = `${node.id} ${next?.id ?? -1}`;
    let pending = this.#pending.get(key);
    if (!pending) {
      pending = { id: this.#pending.size, node, next, shortest: node.shortest + (next?.shortest ?? 0) };
      this.#pending.set(key, pending);
    }
    return pending;
  }

  /** The state in which any of these has to come. */
  #stateOf(all: readonly (Pending | null)[]): GrammarState {
    const reached = new Set<Pending>();
    const bytes = new Set<Pending>();
    let accepts = false;
    const reach = (pending: Pending | null): void => {
      if (pending === null) {
        accepts = true;
        return;
      }
      if (reached.has(pending) || pending.shortest === Infinity) return;
      reached.add(pending);
      const { node, next } = pending;
      const { what } = node;
      switch (what.kind) {
        case 'byte':
          bytes.add(pending);
          return;
        case 'sequence':
          return reach(what.items.reduceRight<Pending | null>((rest, item) => this.#push(item, rest), next));
        case 'choice':
          for (const option of what.options) reach(this.#push(option, next));
          return;
        case 'repeat':
          if (what.least === 0) reach(next);
          if (what.most > 0) reach(this.#push(what.item, this.#push(this.#restOf(node, what), next)));
          return;
        case 'rule':
          return reach(this.#push(what.target!, next));
      }
    };
    for (const pending of all) reach(pending);
    const pending = [...bytes].sort((a, b) => a.id - b.id);
    const key = `${accepts ? '+' : '-'}${pending.map(({ id }) => id).join(' ')}`;
    let state = this.#states.get(key);
    if (!state) {
      const shortest = accepts ? 0 : Math.min(...pending.map((one) => one.shortest));
      state = { key, accepts, goesOn: pending.length > 0, shortest, pending, after: [] };
      this.#states.set(key, state);
    }
    return state;
  }

  #restOf(node: GrammarNode, what: Extract<GrammarNode['what'], { kind: 'repeat' }>): GrammarNode {
    if (what.least === 0 && what.most === Infinity) return node;
    const rest = { kind: 'repeat', item: what.item, least: Math.max(0, what.least - 1), most: what.most - 1 } as const;
    return (node.rest ??= {
      id: this.#nodes++,
      what: rest,
      shortest: rest.least === 0 ? 0 : rest.least * what.item.shortest,
    });
  }
}
