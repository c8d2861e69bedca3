// The tests of test/numerics that run the kernels of the native device, as programs for any Node.js: `emulated.js` runs them
// where those of another system are to be tested, for which this system's packages (Vitest with its compilers) are of no use.
import path from 'node:path';
import { rolldown } from 'rolldown';

const project = path.resolve(import.meta.dirname, '..', '..', '..');
const tests = path.join(project, 'test', 'numerics');
const runner = path.join(import.meta.dirname, 'run-tests.mjs');

/** Every call of the device, its operations against direct sums, its plain operations against tfjs, mixers and decoding. */
const files = [
  ...['native-calls', 'native-kernels', 'operations', 'mixers', 'attention', 'optimizer', 'packed-weights'],
  ...['hyena-li', 'hyena-prefill', 'cached-prefill', 'exact-decoding', 'adapters', 'language-model'],
];

/** A module that runs the tests of a file and prints what came of them. @param {string} name */
const programOf = (name) => `
import ${JSON.stringify(path.join(tests, `${name}.test.ts`))};
import { run } from ${JSON.stringify(runner)};
const result = await run();
console.log(JSON.stringify(result));
process.exit(result.failed.length > 0 ? 1 : 0);`;

const prefix = '\0tests:';
const plugin = {
  name: 'tests-without-vitest',
  /** @param {string} id */
  resolveId: (id) => (id === 'vitest' ? runner : id.startsWith(prefix) ? id : null),
  /** @param {string} id */
  load: (id) => (id.startsWith(prefix) ? programOf(id.slice(prefix.length)) : null),
  /** Their vectors lie beside them. @param {string} code @param {string} id */
  transform: (code, id) =>
    code.includes('import.meta.dirname')
      ? { code: code.replaceAll('import.meta.dirname', JSON.stringify(path.dirname(id))), map: null }
      : null,
};

/** Packages stay outside, but for files that Node.js cannot import since they name others without their ending. @param {string} id */
const staysOutside = (id) => !/^(\.|\/|\0|[A-Za-z]:|vitest$|@tensorflow\/tfjs-core\/dist\/register)/.test(id);

/**
 * Writes them to a folder within the project, where they find its packages.
 *
 * @param {string} folder
 * @returns {Promise<{ name: string, program: string }[]>} each prints the result of `run` as JSON, and fails where a test does
 */
export async function bundleTests(folder) {
  const input = Object.fromEntries(files.map((name) => [name, `${prefix}${name}`]));
  const bundle = await rolldown({ input, cwd: project, platform: 'node', external: staysOutside, plugins: [plugin] });
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' });
  await bundle.close();
  return files.map((name) => ({ name, program: path.join(folder, `${name}.mjs`) }));
}
