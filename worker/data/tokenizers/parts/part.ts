import { HyenaError } from '../../../../main/contract/errors.ts';
import { told, type Told } from '../../../../main/contract/told.ts';

/** What a part of a tokenizer.json is, for a person. */
export type PartKind = 'normalizer' | 'pre-tokenizer' | 'model' | 'decoder';

/**
 * One part of a tokenizer.json (a normalizer, a pre-tokenizer, …) with checked access to its settings. Every error names
 * the part and the setting.
 */
export class Part {
  readonly kind: PartKind;
  readonly type: string;
  readonly #json: Readonly<Record<string, unknown>>;

  constructor(kind: PartKind, json: unknown, type?: string) {
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      throw new HyenaError('bad-input', told`the ${kind} is not an object`);
    this.kind = kind;
    this.#json = json as Record<string, unknown>;
    this.type = type ?? this.text('type');
  }

  /** The part under a key, null if there is none. */
  static under(json: Readonly<Record<string, unknown>>, key: string, kind: PartKind): Part | null {
    return json[key] === undefined || json[key] === null ? null : new Part(kind, json[key]);
  }

  get(key: string): unknown {
    return this.#json[key];
  }

  has(key: string): boolean {
    return this.#json[key] !== undefined && this.#json[key] !== null;
  }

  text(key: string, usual?: string): string {
    return this.#read(key, usual, (value) => typeof value === 'string');
  }

  flag(key: string, usual?: boolean): boolean {
    return this.#read(key, usual, (value) => typeof value === 'boolean');
  }

  /** A whole number of at least 0. */
  count(key: string, usual?: number): number {
    return this.#read(key, usual, (value) => Number.isSafeInteger(value) && (value as number) >= 0);
  }

  oneOf<T extends string>(key: string, values: readonly T[], usual?: T): T {
    return this.#read(key, usual, (value) => values.includes(value as T));
  }

  /** The parts of a sequence. */
  parts(key: string): Part[] {
    const list = this.get(key);
    if (!Array.isArray(list)) throw this.refuse(key);
    return list.map((json) => new Part(this.kind, json));
  }

  /** An error for a setting that is missing or has another type than it may. */
  refuse(key: string): HyenaError {
    const value = JSON.stringify(this.get(key)) ?? 'missing';
    const shown = value.length > 80 ? `${value.slice(0, 80)}…` : value;
    return new HyenaError('bad-input', told`the ${this.kind} '${this.type}' has the setting ${key}: ${shown}`);
  }

  /** An error for a type that this program does not have. */
  unknown(): HyenaError {
    return new HyenaError('bad-input', told`the ${this.kind} '${this.type}' is not supported`);
  }

  /** An error in the words of a part. */
  wrong(what: Told): HyenaError {
    return new HyenaError('bad-input', told`the ${this.kind} '${this.type}': ${what}`);
  }

  #read<T>(key: string, usual: T | undefined, fits: (value: unknown) => boolean): T {
    const value = this.get(key);
    if ((value === undefined || value === null) && usual !== undefined) return usual;
    if (!fits(value)) throw this.refuse(key);
    return value as T;
  }
}
