import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HyenaError } from '../../../main/contract/errors.ts';
import type { PackedType } from '../../../main/contract/logic/weight-format.ts';

/** The text of a shader, of one file or of several that are one after another. */
export interface Shader {
  /** Of its last file, for people. */
  readonly name: string;
  readonly files: readonly string[];
  readonly code: string;
  /** The same for adapters that have subgroups. */
  readonly withSubgroups?: Shader;
}

/** A shader must say which extensions it needs before all else; each of its files says it at its own beginning. */
function withEnablesFirst(code: string): string {
  const enables = new Set(code.match(/^enable .*;$/gm));
  return [...enables, code.replaceAll(/^enable .*;$/gm, '')].join('\n');
}

/**
 * Reads a shader. Its variants are made by `override` constants when a pipeline is made, so that what lies in a file
 * is what the compiler sees.
 *
 * @param folder of the module that uses it
 * @param files paths from there; the declarations of earlier ones are visible in later ones
 */
export function loadShader(folder: string, ...files: string[]): Shader {
  const paths = files.map((file) => resolve(folder, file));
  return {
    name: paths
      .at(-1)!
      .replace(/^.*[\\/]/, '')
      .replace('.wgsl', ''),
    files: paths,
    code: withEnablesFirst(paths.map((path) => readFileSync(path, 'utf8')).join('\n')),
  };
}

const kernels = join(import.meta.dirname, 'kernels');
const head = (file: string) => readFileSync(join(kernels, file), 'utf8');
/** Numbers in f16; `emulated`, for tests: rounded as f16 is and stored in 32 bits, for adapters that have none. */
const halfHeads = { f16: head('half.wgsl'), emulated: head('half-emulated.wgsl') };
export type HalfStorage = keyof typeof halfHeads;

/** Weights by words of a row. */
const wordHeads = {
  fp32: head('words-fp32.wgsl'),
  bf16: head('words-bf16.wgsl'),
  int8: head('words-int8.wgsl'),
  int4: head('words-int4.wgsl'),
};

/** How a tensor is stored that is not in fp32. */
export type StoredType = 'f16' | PackedType;

/** A binding that may be in f16 is declared so; the same name is that of the variable. */
const storageBinding = /@binding\((\d+)\) var<storage, \w+> (\w+): array<Storage_\2>/g;
const keptBindings = new Map<Shader, ReadonlyMap<number, string>>();

/** What of a shader may lie in f16: variables by the numbers of their bindings. */
export function bindingsInHalf(shader: Shader): ReadonlyMap<number, string> {
  let found = keptBindings.get(shader);
  if (!found) {
    found = new Map([...shader.code.matchAll(storageBinding)].map(([, number, name]) => [Number(number), name]));
    keptBindings.set(shader, found);
  }
  return found;
}

/** A weight that a shader reads by words; it has one such binding. */
const wordBinding = /@binding\((\d+)\) var<storage, read> \w+: array<Word>/;

/** What of a shader may be a packed matrix: numbers of bindings. In one call, one of them at most. */
export function packableBindings(shader: Shader): ReadonlySet<number> {
  const read = [...bindingsInHalf(shader)].filter(([, name]) => shader.code.includes(`read_${name}(`));
  const byWords = wordBinding.exec(shader.code);
  return new Set([...read.map(([number]) => number), ...(byWords ? [Number(byWords[1])] : [])]);
}

/** The element of a matrix that begins at `start`; of a packed one, in words. */
const reader = (name: string, packed: boolean) =>
  `fn read_${name}(start: u32, row: u32, column: u32, width: u32) -> f32 {
${
  packed
    ? `  let first = start + row * row_words(width);
  let word = word_of(column);
  return number_in(${name}[first + word], slot_of(column)) * scale_in(${name}[first + scale_word(word, width)], word);`
    : `  return f32(${name}[start + row * width + column]);`
}
}`;

function declarationsOf(name: string, stored: StoredType | undefined, isRead: boolean): string {
  const packed = stored !== undefined && stored !== 'f16';
  const lines = [`alias Storage_${name} = ${packed ? 'Word' : stored === 'f16' ? 'Half' : 'f32'};`];
  if (stored === 'f16') lines.push(`fn store_${name}(value: f32) -> Half { return half_of(value, 1.0); }`);
  if (stored === undefined) lines.push(`fn store_${name}(value: f32) -> f32 { return value; }`);
  if (isRead) lines.push(reader(name, packed));
  return lines.join('\n');
}

/**
 * The text of a shader where some tensors are not in fp32. A shader that lets `x` lie in f16 declares it as
 * `array<Storage_x>`, reads `f32(x[i])` and writes `x[i] = store_x(value)`. A matrix that may be packed besides is read as
 * `read_x(start, row, column, width)`. A weight that is read by words is declared as `array<Word>` (words-fp32.wgsl). What
 * these names are is declared here.
 *
 * @param stored types by the numbers of the bindings
 * @throws HyenaError `internal` where two of them are packed
 */
export function shaderText(shader: Shader, stored: ReadonlyMap<number, StoredType>, storage: HalfStorage): string {
  const packed = [...stored.values()].filter((type) => type !== 'f16');
  if (packed.length > 1) throw new HyenaError('internal', `${shader.name} cannot read two packed matrices.`);
  const packable = packableBindings(shader);
  const declarations = [...bindingsInHalf(shader)].map(([number, name]) =>
    declarationsOf(name, stored.get(number), packable.has(number)),
  );
  const rounds = stored.size > packed.length || /\bHalf\b/.test(shader.code);
  const words = packed.length > 0 || wordBinding.test(shader.code) ? wordHeads[packed.at(0) ?? 'fp32'] : '';
  return withEnablesFirst([rounds ? halfHeads[storage] : '', words, ...declarations, shader.code].join('\n'));
}
