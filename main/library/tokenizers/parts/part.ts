import { HyenaError } from '../../../contract/errors.ts';
import { msg, type Message } from '../../../contract/message.ts';

/** What a part of a tokenizer.json is, for a person. */
export type PartKind = 'normalizer' | 'pre-tokenizer' | 'model' | 'decoder';

/**
 * One part of a tokenizer.json (a normalizer, a pre-tokenizer, …) with checked access to its settings. Every error names
 * the part and the setting.
 */
export class ConfigPart {
  readonly kind: PartKind;
  readonly type: string;
  readonly #json: Readonly<Record<string, unknown>>;

  constructor(kind: PartKind, json: unknown, type?: string) {
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      throw new HyenaError('bad-input', msg`the ${kind} is not an object`);
    this.kind = kind;
    this.#json = json as Record<string, unknown>;
    this.type = type ?? this.text('type');
  }

  /** The part under a key, null if there is none. */
  static under(json: Readonly<Record<string, unknown>>, key: string, kind: PartKind): ConfigPart | null {
    return json[key] === undefined || json[key] === null ? null : new ConfigPart(kind, json[key]);
  }

  get(key: string): unknown {
    return this.#json[key];
  }

  has(key: string): boolean {
    return this.#json[key] !== undefined && this.#json[key] !== null;
  }

  text(key: string, fallback?: string): string {
    return this.#read(key, fallback, (value) => typeof value === 'string');
  }

  flag(key: string, fallback?: boolean): boolean {
    return this.#read(key, fallback, (value) => typeof value === 'boolean');
  }

  /** A whole number of at least 0. */
  count(key: string, fallback?: number): number {
    return this.#read(key, fallback, (value) => Number.isSafeInteger(value) && (value as number) >= 0);
  }

  oneOf<T extends string>(key: string, values: readonly T[], fallback?: T): T {
    return this.#read(key, fallback, (value) => values.includes(value as T));
  }

  /** The parts of a sequence. */
  parts(key: string): ConfigPart[] {
    const list = this.get(key);
    if (!Array.isArray(list)) throw this.refuse(key);
    return list.map((json) => new ConfigPart(this.kind, json));
  }

  /** An error for a setting that is missing or has another type than it may. */
  refuse(key: string): HyenaError {
    const value = JSON.stringify(this.get(key)) ?? 'missing';
    const shown = value.length > 80 ? `${value.slice(0, 80)}…` : value;
    return new HyenaError('bad-input', msg`the ${this.kind} '${this.type}' has the setting ${key}: ${shown}`);
  }

  /** An error for a type that this program does not have. */
  unknown(): HyenaError {
    return new HyenaError('bad-input', msg`the ${this.kind} '${this.type}' is not supported`);
  }

  /** An error in the words of a part. */
  wrong(what: Message): HyenaError {
    return new HyenaError('bad-input', msg`the ${this.kind} '${this.type}': ${what}`);
  }

  #read<T>(key: string, fallback: T | undefined, fits: (value: unknown) => boolean): T {
    const value = this.get(key);
    if ((value === undefined || value === null) && fallback !== undefined) return fallback;
    if (!fits(value)) throw this.refuse(key);
    return value as T;
  }
}
