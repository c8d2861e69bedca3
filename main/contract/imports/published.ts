import { HyenaError } from '../errors.ts';
import { msg, type Message } from '../message.ts';

/** A tensor of a published file, none of whose values are known. */
export interface PublishedTensor {
  readonly name: string;
  /** As safetensors names it: F32, BF16. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** The same for tensors that are views of the same numbers. */
  readonly storage: string;
}

/** What is known of a model before its values are read. */
export interface PublishedModel {
  readonly tensors: readonly PublishedTensor[];
  readonly config: PublishedConfig;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The configuration beside a published file: keys are asked for with what they may hold. */
export class PublishedConfig {
  /** For messages; null where there is none. */
  readonly file: string | null;
  readonly #values: Record<string, unknown>;

  constructor(file: string | null, values: unknown) {
    this.file = file;
    this.#values = isRecord(values) ? values : {};
  }

  has(key: string): boolean {
    return this.#values[key] !== undefined && this.#values[key] !== null;
  }

  /** A part of it with keys of its own; an empty one where it is missing. */
  part(key: string): PublishedConfig {
    return new PublishedConfig(this.file, this.#values[key]);
  }

  /** Null where it is missing or no number. */
  number(key: string): number | null {
    const value = this.#values[key];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  }

  boolean(key: string): boolean | null {
    const value = this.#values[key];
    return typeof value === 'boolean' ? value : null;
  }

  text(key: string): string | null {
    const value = this.#values[key];
    return typeof value === 'string' ? value : null;
  }

  /** The values as they are. */
  get values(): Readonly<Record<string, unknown>> {
    return this.#values;
  }
}

/** What this program cannot compute of a published model. */
export const unsupported = (what: Message): HyenaError =>
  new HyenaError('bad-input', msg`This model cannot be imported: ${what}.`, { kept: 'Nothing was imported.' });

/** A switch with a value that nothing here computes. */
export const unsupportedSwitch = (key: string, value: unknown): HyenaError =>
  unsupported(msg`${key} is ${String(value)}, which is not supported`);

/** A tensor that the family has no place for. */
export const unknownTensor = (name: string, family: string): HyenaError =>
  unsupported(msg`it contains '${name}', which is unknown for ${family}`);

/** A tensor of a shape that does not fit the others. */
export const unfitShape = ({ name, shape }: PublishedTensor): HyenaError =>
  unsupported(msg`'${name}' has shape [${shape.join(', ')}], which does not fit`);

/** Something that neither tensors nor configuration say. */
export const unsaid = (key: string): HyenaError => unsupported(msg`the configuration does not state ${key}`);

/** The tensors of a model by the names of its family, in which prefixes and older spellings are resolved. */
export class NamedTensors {
  readonly #tensors = new Map<string, PublishedTensor>();

  /** @param nameOf the family's name of a tensor; null: it is not looked at */
  constructor(tensors: readonly PublishedTensor[], nameOf: (name: string) => string | null) {
    for (const tensor of tensors) {
      const name = nameOf(tensor.name);
      if (name === null) continue;
      const other = this.#tensors.get(name);
      if (other) throw unsupported(msg`'${other.name}' and '${tensor.name}' are two tensors for one place`);
      this.#tensors.set(name, tensor);
    }
  }

  get names(): string[] {
    return [...this.#tensors.keys()];
  }

  find(name: string): PublishedTensor | null {
    return this.#tensors.get(name) ?? null;
  }

  has(name: string): boolean {
    return this.#tensors.has(name);
  }

  /** @throws HyenaError `bad-input` where it is missing */
  get(name: string): PublishedTensor {
    const tensor = this.#tensors.get(name);
    if (!tensor)
      throw new HyenaError('bad-input', msg`The model is not complete: tensor '${name}' not found.`, {
        kept: 'Nothing was imported.',
        hint: 'All files of a model must be in one folder. Copy or download the missing ones.',
      });
    return tensor;
  }

  /** An extent of a tensor. @throws HyenaError `bad-input` where it is missing, or has other axes */
  extent(name: string, axis: number, axes: number): number {
    const tensor = this.get(name);
    if (tensor.shape.length !== axes) throw unfitShape(tensor);
    return tensor.shape[axis];
  }

  /** One more than the highest number of a layer. @param pattern its first group is the number */
  count(pattern: RegExp): number {
    let count = 0;
    for (const name of this.#tensors.keys()) count = Math.max(count, Number(pattern.exec(name)?.[1] ?? -1) + 1);
    return count;
  }
}
