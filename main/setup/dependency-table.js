// `npm run dependencies`: what the program needs to run, how much of the disk each package takes with those that it alone
// brings, and what for. docs/dependencies.md has the table.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from './dependencies.js';

/** What each package is for. @type {Record<string, string>} */
export const reasons = {
  '@huggingface/jinja': 'chat templates of published models, which are Jinja programs',
  '@tensorflow/tfjs-backend-cpu':
    "kernels in JavaScript of the device `reference`, and of what other devices' kernels lack",
  '@tensorflow/tfjs-backend-wasm': 'kernels of the device `portable`',
  '@tensorflow/tfjs-backend-webgpu': 'kernels of the device `webgpu`; optional',
  '@tensorflow/tfjs-core': 'tensors, gradients and the registry of kernels of all devices',
  chardet: 'guesses the encoding of texts that do not state it',
  commander: 'the command line',
  'dingbat-to-unicode': 'symbols of Word documents as characters',
  'env-paths': "each system's folder for application data",
  fzstd: 'reads Zstandard',
  htmlparser2: 'reads HTML, EPUB and the XML of Word documents',
  hyparquet: 'reads Parquet',
  'hyparquet-compressors': 'the compressions of Parquet',
  'iconv-lite': 'texts in encodings that Node.js does not decode',
  json5: 'JSON with comments and trailing commas',
  minisearch: 'search in documents and chats',
  'node-api-headers': 'headers with which `hyena setup` and the build compile addons',
  'oniguruma-to-es': 'regular expressions of published tokenizers in JavaScript',
  'pdfjs-dist': 'reads PDF',
  protobufjs: 'writes ONNX',
  systeminformation: 'temperature and power, load and memory of GPUs, traffic of disks, as the system reports them',
  trash: "moves what is removed to the system's trash",
  undici: 'downloads through proxies, resumed where they were cut',
  webgpu: 'Dawn, which gives Node.js the GPU, for all systems in one package; optional',
  ws: 'the connection of the window to `hyena serve`',
  'xxhash-wasm': 'the checksums of Zstandard',
  'xz-decompress': 'reads xz',
  yauzl: 'reads zip archives, EPUB, Word documents, checkpoints of PyTorch and backups',
  yazl: 'writes backups',
  zod: 'checks configurations, messages between processes, and files of the library',
};

/**
 * @typedef {{ version?: string, dev?: boolean, dependencies?: Record<string, string>,
 *   optionalDependencies?: Record<string, string> }} Locked
 * @typedef {{ name: string, version: string, bytes: number, brought: number, optional: boolean }} Row
 */

const readJson = (/** @type {string} */ file) => JSON.parse(readFileSync(path.join(projectFolder, file), 'utf8'));

/** Bytes of a package's own files. @param {string} folder @returns {number} */
function bytesOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) return sum + (entry.name === 'node_modules' ? 0 : bytesOf(place));
    return sum + (entry.isFile() ? statSync(place).size : 0);
  }, 0);
}

/** Where a package finds another one. @param {Record<string, Locked>} packages @param {string} from @param {string} name */
function locate(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (folder === '') return undefined;
  }
}

/** All that a package needs, itself included. @param {Record<string, Locked>} packages @param {readonly string[]} roots */
function reachable(packages, roots) {
  const found = new Set(roots);
  for (const folder of found) {
    const { dependencies = {}, optionalDependencies = {} } = packages[folder] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = locate(packages, folder, name);
      // Packages of other systems are not installed.
      if (place !== undefined && existsSync(path.join(projectFolder, place))) found.add(place);
    }
  }
  return found;
}

/** The direct dependencies, the largest first, and all packages together. @returns {{ rows: Row[], packages: number, bytes: number }} */
export function dependencyTable() {
  const { dependencies, optionalDependencies } = readJson('package.json');
  /** @type {Record<string, Locked>} */
  const packages = readJson('package-lock.json').packages;
  const direct = Object.keys({ ...dependencies, ...optionalDependencies });
  const folders = direct
    .map((name) => `node_modules/${name}`)
    .filter((one) => existsSync(path.join(projectFolder, one)));
  const sizes = new Map([...reachable(packages, folders)].map((one) => [one, bytesOf(path.join(projectFolder, one))]));
  const total = (/** @type {Iterable<string>} */ some) =>
    [...some].reduce((sum, one) => sum + (sizes.get(one) ?? 0), 0);
  const rows = folders.map((folder) => {
    const others = reachable(
      packages,
      folders.filter((one) => one !== folder),
    );
    const own = [...reachable(packages, [folder])].filter((one) => one === folder || !others.has(one));
    const name = folder.slice('node_modules/'.length);
    return {
      ...{ name, version: packages[folder].version ?? '', bytes: total(own), brought: own.length - 1 },
      optional: name in optionalDependencies,
    };
  });
  rows.sort((a, b) => b.bytes - a.bytes);
  return { rows, packages: sizes.size, bytes: total(sizes.keys()) };
}

const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1);

if (process.argv[1] === import.meta.filename) {
  const { rows, packages, bytes } = dependencyTable();
  console.log('| package | MB | brings | for |\n| --- | ---: | ---: | --- |');
  for (const { name, bytes: size, brought } of rows)
    console.log(`| \`${name}\` | ${megabytes(size)} | ${brought} | ${reasons[name] ?? '?'} |`);
  console.log(`\n${rows.length} direct, ${packages} packages in all, ${megabytes(bytes)} MB`);
}
