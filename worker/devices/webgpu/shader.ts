import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The text of a shader, of one file or of several that are one after another. */
export interface Shader {
  /** Of its last file, for people. */
  readonly name: string;
  readonly files: readonly string[];
  readonly code: string;
  /** The same for adapters that have subgroups. */
  readonly withSubgroups?: Shader;
}

const loaded: Shader[] = [];

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
  const shader: Shader = {
    name: paths
      .at(-1)!
      .replace(/^.*[\\/]/, '')
      .replace('.wgsl', ''),
    files: paths,
    code: withEnablesFirst(paths.map((path) => readFileSync(path, 'utf8')).join('\n')),
  };
  loaded.push(shader);
  return shader;
}

/** Every shader that has been read, for the test that compiles all of them. */
export const loadedShaders = (): readonly Shader[] => loaded;
