import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';

/** libtensorflow with its headers, ready to be built against. */
export interface TensorFlowLibrary {
  /** The shared libraries, in the order of linking. */
  readonly libraries: readonly string[];
  readonly include: string;
}

const extension = process.platform === 'darwin' ? 'dylib' : 'so';
const numbered = (name: string) =>
  extension === 'so' ? [`${name}.so.2`, `${name}.so`] : [`${name}.2.dylib`, `${name}.dylib`];

function firstOf(folder: string, names: readonly string[]): string | undefined {
  return names.map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

/** Which files of a wheel are needed: two libraries and the headers of the C interface. */
export const neededOfWheel = (name: string): boolean =>
  /^tensorflow\/libtensorflow_(cc|framework)\.(so\.2|2\.dylib)$/.test(name) ||
  /^tensorflow\/include\/(tensorflow\/c\/|tensorflow\/core\/platform\/ctstring|(xla\/)?tsl\/platform\/ctstring|(xla\/)?tsl\/c\/).*\.h$/.test(
    name,
  ) ||
  // Of wheels for ARM.
  /^tensorflow\.libs\/[^/]+\.so[\d.]*$/.test(name) ||
  /\.dist-info\/(METADATA|LICENSE|licenses\/LICENSE)$/.test(name);

/**
 * Finds libtensorflow in a folder: an unpacked archive (lib/, include/), a wheel's tensorflow/, or a folder that holds
 * either.
 *
 * @throws HyenaError `not-found` that says what was looked for
 */
export function findLibrary(folder: string): TensorFlowLibrary {
  for (const root of [folder, path.join(folder, 'tensorflow')])
    for (const libraries of [root, path.join(root, 'lib')]) {
      const core = firstOf(libraries, [...numbered('libtensorflow_cc'), ...numbered('libtensorflow')]);
      const framework = firstOf(libraries, numbered('libtensorflow_framework'));
      const include = path.join(root, 'include');
      if (core && framework && existsSync(path.join(include, 'tensorflow', 'c', 'c_api.h')))
        return { libraries: [core, framework], include };
    }
  throw new HyenaError('not-found', msg`libtensorflow not found in ${folder}.`, {
    kept: 'Nothing was set up.',
    hint: msg`The folder must contain ${numbered('libtensorflow_cc')[0]} or ${numbered('libtensorflow')[0]}, ${numbered('libtensorflow_framework')[0]} and include/tensorflow/c/c_api.h.`,
  });
}

/** NVIDIA's packages that a wheel asks for with its extra `and-cuda`, with the bounds of their versions. */
export function cudaRequirements(metadata: string): { project: string; bounds: string }[] {
  return [...metadata.matchAll(/^Requires-Dist: (nvidia-[\w-]+)\s*\(?([^;)]*)\)?;.*extra == ['"]and-cuda['"]/gm)].map(
    ([, project, bounds]) => ({ project, bounds: bounds.trim() }),
  );
}

/** The metadata of an unpacked wheel. */
export function metadataIn(folder: string, version: string): string {
  for (const name of ['tensorflow', 'tensorflow_cpu']) {
    const file = path.join(folder, `${name}-${version}.dist-info`, 'METADATA');
    if (existsSync(file)) return readFileSync(file, 'utf8');
  }
  return '';
}
