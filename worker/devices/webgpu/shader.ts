import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

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
/** Numbers in f16; `imitated`, for tests: rounded as f16 is and stored in 32 bits, for adapters that have none. */
const halfHeads = {
  f16: readFileSync(join(kernels, 'half.wgsl'), 'utf8'),
  emulated: readFileSync(join(kernels, 'half-emulated.wgsl'), 'utf8'),
};
export type HalfStorage = keyof typeof halfHeads;

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

/**
 * The text of a shader where some tensors lie in f16. A shader that lets `x` do so declares it as `array<Storage_x>`, reads
 * `f32(x[i])` and writes `x[i] = store_x(value)`: both are declared here.
 *
 * @param halves numbers of the bindings that lie in f16
 */
export function shaderText(shader: Shader, halves: ReadonlySet<number>, storage: HalfStorage): string {
  const declarations = [...bindingsInHalf(shader)].map(([number, name]) =>
    halves.has(number)
      ? `alias Storage_${name} = Half;\nfn store_${name}(value: f32) -> Half { return half_of(value, 1.0); }`
      : `alias Storage_${name} = f32;\nfn store_${name}(value: f32) -> f32 { return value; }`,
  );
  const rounds = halves.size > 0 || /\bHalf\b/.test(shader.code);
  return withEnablesFirst([rounds ? halfHeads[storage] : '', ...declarations, shader.code].join('\n'));
}
