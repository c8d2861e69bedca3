import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg, toMessage } from '../../main/contract/message.ts';
import type { TensorFlowLibrary } from './library.ts';
import type { SpawnProgram } from './run-program.ts';
import { npmPackage } from '../devices/tensorflow/releases.ts';
import { unpackTar } from './unpack.ts';

export const BINDING_FILE = 'tfjs_binding.node';

interface Toolchain {
  readonly command: string;
  readonly style: 'gnu' | 'msvc';
}

/** The compiler that the native device is built with; null if there is none. */
export async function findCompiler(): Promise<Toolchain | null> {
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const script = path.join(folder, 'worker', 'native', 'toolchain.mjs');
    if (!existsSync(script)) continue;
    const { findToolchain } = (await import(pathToFileURL(script).href)) as { findToolchain: () => Toolchain | null };
    return findToolchain();
  }
  return null;
}

export const noCompiler = (): HyenaError =>
  new HyenaError('device', 'No C++ compiler found; the binding is built from source.', {
    kept: 'Downloaded files were kept.',
    hint: 'Install one (Debian or Ubuntu: apt install g++; macOS: xcode-select --install), then run the setup again.',
  });

/** Fetches the npm package by npm, which knows the registry that is set here; its scripts are never run. */
export async function fetchPackage(
  file: string,
  run: SpawnProgram,
  signal: AbortSignal,
  integrity: string = npmPackage.integrity,
): Promise<void> {
  if (existsSync(file) && (await integrityOf(file)) === integrity) return;
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  const wanted = `${npmPackage.name}@${npmPackage.version}`;
  const parameters = ['pack', wanted, '--ignore-scripts', '--json', '--pack-destination', folder];
  const ran = await run('npm', parameters, { signal, folder });
  if (!ran || ran.code !== 0)
    throw new HyenaError(
      'unreachable',
      msg`Cannot download ${wanted}: ${toMessage(ran ? lastLine(ran.errors) : 'npm not found')}.`,
      {
        kept: 'Earlier downloads were kept.',
        hint: 'Check that npm can reach its registry, or use a local .tgz of the package.',
        command: 'hyena setup DEVICE --binding FILE',
      },
    );
  const packed = (await readdir(folder)).find((name) => /tfjs-node-gpu-.*\.tgz$/.test(name));
  if (packed !== undefined && path.join(folder, packed) !== file) await cp(path.join(folder, packed), file);
  await requireIntegrity(file, integrity);
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';

async function integrityOf(file: string): Promise<string> {
  const sum = createHash('sha512')
    .update(await readFile(file))
    .digest('base64');
  return `sha512-${sum}`;
}

/** @throws HyenaError `damaged` if it is not the package as it was published */
export async function requireIntegrity(file: string, integrity: string = npmPackage.integrity): Promise<void> {
  if (existsSync(file) && (await integrityOf(file)) === integrity) return;
  await rm(file, { force: true });
  throw new HyenaError(
    'damaged',
    msg`Package ${npmPackage.name} is damaged: its checksum does not match the published one.`,
    {
      kept: 'The damaged file was deleted; other downloads were kept.',
      hint: 'Run the setup again.',
    },
  );
}

/** The package takes tfjs from this program, and has a module of protocol buffers that nothing here needs. */
const standIns: Readonly<Record<string, string>> = {
  'node_modules/@tensorflow/tfjs/index.js': "module.exports = globalThis[Symbol.for('hyena-studio.tfjs-core')];\n",
  'node_modules/@tensorflow/tfjs-core/index.js': "module.exports = globalThis[Symbol.for('hyena-studio.tfjs-core')];\n",
  'dist/proto/api_pb.js': 'module.exports = {};\n',
};

/** Unpacks the package into `folder/package`, with stand-ins for what it would load besides. */
export async function unpackPackage(
  file: string,
  folder: string,
  run: SpawnProgram,
  signal: AbortSignal,
): Promise<void> {
  const to = path.join(folder, 'package');
  const fresh = path.join(folder, 'package.new');
  await unpackTar(file, fresh, run, signal);
  await rm(to, { recursive: true, force: true });
  await cp(path.join(fresh, 'package'), to, { recursive: true });
  await rm(fresh, { recursive: true, force: true });
  for (const [name, content] of Object.entries(standIns)) {
    await mkdir(path.dirname(path.join(to, name)), { recursive: true });
    await writeFile(path.join(to, name), content);
  }
}

/** Where the headers of Node-API are: among the packages, or beside a packaged app. */
function nodeHeaders(): string {
  try {
    const { include_dir: folder } = createRequire(import.meta.url)('node-api-headers') as { include_dir: string };
    if (existsSync(path.join(folder, 'node_api.h'))) return folder;
  } catch {
    // A packaged app has them elsewhere.
  }
  for (let folder = import.meta.dirname; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const headers = path.join(folder, 'node-api-headers', 'include');
    if (existsSync(path.join(headers, 'node_api.h'))) return headers;
  }
  throw new HyenaError('device', 'The Node-API headers were not found.', { hint: 'Reinstall Hyena Studio.' });
}

/**
 * Compiles the binding of the unpacked package against libtensorflow.
 *
 * @throws HyenaError `device` if there is no compiler, or it fails
 */
export async function buildBinding(
  folder: string,
  { libraries, include }: TensorFlowLibrary,
  run: SpawnProgram,
  signal: AbortSignal,
  compiler: () => Promise<Toolchain | null> = findCompiler,
): Promise<void> {
  const toolchain = await compiler();
  if (!toolchain || toolchain.style !== 'gnu') throw noCompiler();
  const sources = path.join(folder, 'package', 'binding');
  const draft = path.join(folder, `${BINDING_FILE}.new`);
  const places = [...new Set(libraries.map((file) => path.dirname(file)))];
  // Beside the binding they are found by where it lies, so that the folder can be moved; elsewhere by their own place.
  const origin = process.platform === 'darwin' ? '@loader_path' : '$ORIGIN';
  const paths = places.map((place) => {
    const relative = path.relative(folder, place);
    return `-Wl,-rpath,${relative.startsWith('..') || path.isAbsolute(relative) ? place : path.join(origin, relative)}`;
  });
  const undefinedSymbols = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : [];
  const ran = await run(
    toolchain.command,
    [
      ...['-shared', '-fPIC', '-O2', '-std=c++17', '-w', '-DNAPI_VERSION=8', '-DNODE_API_NO_EXTERNAL_BUFFERS_ALLOWED'],
      ...[`-I${nodeHeaders()}`, `-I${include}`, ...undefinedSymbols],
      ...[path.join(sources, 'tfjs_backend.cc'), path.join(sources, 'tfjs_binding.cc')],
      ...['-o', draft, ...libraries, ...paths],
    ],
    { signal },
  );
  if (!ran) throw noCompiler();
  if (ran.code !== 0)
    throw new HyenaError('device', msg`Compiling the binding failed: ${firstError(ran.errors)}`, {
      kept: 'Downloaded files were kept.',
      hint: 'Another compiler (CXX=clang++) or another libtensorflow may work.',
      command: 'hyena setup DEVICE --library PATH',
    });
  await cp(draft, path.join(folder, BINDING_FILE), { force: true });
  await rm(draft, { force: true });
}

const firstError = (errors: string): string =>
  errors.split('\n').find((line) => /error|undefined reference/.test(line)) ?? lastLine(errors);
