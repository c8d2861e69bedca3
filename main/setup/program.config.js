// How Rolldown makes build/ from main/ and worker/: each program is one entry, and what several of them share lies in
// chunks. A process that starts opens some ten files in place of hundreds.
import { createRequire } from 'node:module';
import path from 'node:path';
import { defineConfig } from 'rolldown';
import { projectFolder } from './dependencies.js';

/** Started by their path. */
const programs = [
  'main/shells/desktop/launch',
  'main/shells/desktop/main',
  'main/shells/start-window',
  'main/shells/terminal/demo',
  'main/shells/terminal/main',
  'worker/index',
  'worker/process/watchdog-thread',
];

/** What tests and benchmarks, which are plain JavaScript, import of the program. */
const imported = [
  'main/contract/configuration',
  'main/contract/jobs',
  'main/contract/logic/cost',
  'main/contract/logic/reading/answer-spans',
  'main/contract/logic/reading/answering',
  'main/contract/logic/reading/lexical',
  'main/contract/logic/reading/segments',
  'main/contract/mixers/settings',
  'main/contract/presets',
  'main/contract/settings',
  'main/host/chats/chat-store',
  'main/host/estimate-run',
  'main/host/host',
  'main/workers/start-job',
  'worker/benchmarks/bench-job',
  'worker/data/datasets/job',
  'worker/devices/index',
  'worker/devices/torch/python',
  'worker/devices/webgpu',
  'worker/documents/likelihood',
  'worker/documents/sentences',
  'worker/documents/summarise',
  'worker/models/open-model',
  'worker/process/cancellation',
  'worker/process/long-step',
  'worker/process/watchdog',
];

/** A CommonJS file of a megabyte, in which Node.js would look for names longer than running it takes. */
const tfjs = '@tensorflow/tfjs-core';

/**
 * Zod is taken in: it comes as a hundred files, most of them sentences in other languages. All else stays in
 * node_modules, where devices that are set up later find the same copy of tfjs.
 * @param {string} name
 */
const staysOutside = (name) => !/^(\.|\/|[A-Za-z]:|zod$|zod\/|\0)/.test(name) && name !== tfjs;

/** Stands for the folder of a source until it is known which chunk the source is in. @param {string} folder */
const standIn = (folder) => `__FOLDER_OF_SOURCE__("${folder}")`;
const standIns = /__FOLDER_OF_SOURCE__\("([^"]*)"\)/g;

/**
 * Keeps `import.meta.dirname` the place of the source below build/, beside which its shaders lie. Lines stay where they
 * are, so that the maps to the sources still hold.
 */
const sourceFolders = {
  name: 'source-folders',
  /** @param {string} code @param {string} id */
  transform(code, id) {
    if (!code.includes('import.meta.dirname')) return null;
    const folder = path.relative(projectFolder, path.dirname(id)).replaceAll('\\', '/');
    return { code: code.replaceAll('import.meta.dirname', standIn(folder)), map: null };
  },
  /** @param {string} code @param {{ fileName: string }} chunk */
  renderChunk(code, { fileName }) {
    const up = path.posix.relative(path.posix.dirname(fileName), '.') || '.';
    return { code: code.replaceAll(standIns, (_, folder) => `(import.meta.dirname + "/${up}/${folder}")`), map: null };
  },
};

/** Requires tfjs in place of importing it, and gives its names: 0.12 s of CPU less for each compute process. */
const requiredTfjs = {
  name: 'required-tfjs',
  /** @param {string} source */
  resolveId: (source) => (source === tfjs ? { id: `\0${tfjs}`, moduleSideEffects: false } : null),
  /** @param {string} id */
  load(id) {
    if (id !== `\0${tfjs}`) return null;
    const names = Object.keys(createRequire(import.meta.url)(tfjs)).filter((name) => name !== 'default');
    return `import { createRequire } from 'node:module';
      const required = createRequire(import.meta.url)('${tfjs}');
      ${names.map((name) => `export const ${name} = required.${name};`).join('\n')}`;
  },
};

export default defineConfig({
  cwd: projectFolder,
  input: Object.fromEntries([...programs, ...imported].map((name) => [name, `${name}.ts`])),
  platform: 'node',
  external: staysOutside,
  plugins: [requiredTfjs, sourceFolders],
  output: {
    dir: 'build',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    sourcemap: true,
  },
});
