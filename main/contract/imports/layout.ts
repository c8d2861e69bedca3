import type { PublishedConfig, PublishedTensor } from './published.ts';

/** Tensors of a file as a configuration promises them, for what is told before any file is there. */
export class Layout {
  readonly tensors: PublishedTensor[] = [];
  readonly #prefix: string;

  /** @param prefix of all names */
  constructor(prefix = '') {
    this.#prefix = prefix;
  }

  /** @param storage the name of the tensor whose numbers it shares */
  add(name: string, shape: readonly number[], dtype = 'F32', storage = name): void {
    this.tensors.push({ name: this.#prefix + name, dtype, shape, storage });
  }
}

/** A number that a layout cannot do without. @throws Error that names the key */
export function needed(config: PublishedConfig, ...keys: readonly string[]): number {
  const value = keys.map((key) => config.number(key)).find((one) => one !== null);
  if (value === undefined || value === null) throw new Error(`${keys[0]} is missing`);
  return value;
}

/** Layers that a key of the configuration lists. */
export const listed = (config: PublishedConfig, key: string): ReadonlySet<unknown> => {
  const value = config.values[key];
  return new Set(Array.isArray(value) ? (value as unknown[]) : []);
};

/** Rows of a vocabulary that is padded. */
export const paddedTo = (multiple: number, count: number): number => multiple * Math.ceil(count / multiple);
