#!/usr/bin/env node
/**
 * Compiles the native device: `node worker/native/build.mjs [addon|sanitized-addon|tests|benchmarks] [--strict]
 * [--postinstall] [--sets=avx2] [--for=linux-arm64,win32-x64|all [--place=FOLDER]]`.
 * Plain calls of the system's compiler (CXX asks for another), in parallel, only for what changed. HYENA_SANITIZE=
 * address,undefined or thread builds tests and sanitized-addon with sanitizers; --strict makes warnings errors; with
 * --postinstall an addon that was compiled in advance does where there is no compiler, and none at all is reported, not
 * an error; --sets leaves out other instruction sets; --for compiles the addon for other systems, by Zig, and checks it;
 * --place puts that of a system into a folder, for packages. docs/native.md says how the sources are laid out.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { report } from './inspect.mjs';
import { addonFile, currentAddon, digest, markCurrent, ownSystem, placeAddon, prebuiltFolder } from './prebuilt.mjs';
import { crossPlatforms, crossToolchain, extensions, findToolchain, flagsOf, instructionSets } from './toolchain.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
/** As the compiler, which runs there, is given a file: the same in every checkout, so that its objects serve another. */
const relative = (file) => path.relative(root, file);
const sourcesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.cc'))
        .sort()
        .map((name) => relative(path.join(folder, name)))
    : [];

const addon = {
  file: addonFile,
  isAddon: true,
  sources: () => [...sourcesIn(here), ...sourcesIn(path.join(here, 'binding'))],
};

/** Sources of each target besides the kernels. */
const targets = {
  addon,
  // In its own folder: the addon that the program loads stays as it is.
  'sanitized-addon': addon,
  tests: { file: 'tests', sources: () => [...sourcesIn(here), ...sourcesIn(path.join(root, 'test/native'))] },
  benchmarks: {
    file: 'benchmarks',
    sources: () => [...sourcesIn(here), ...sourcesIn(path.join(root, 'test/benchmarks/native'))],
  },
};

/** Name, source and flags of every object, in the order of linking. */
function plan(toolchain, target) {
  const kernels = sourcesIn(path.join(here, 'kernels'));
  const extensionOf = (source) => Object.keys(extensions).find((name) => source.endsWith(`.${name}.cc`));
  const objects = targets[target].sources().map((source) => ({ source, set: null, flags: [] }));
  // Least set first: of an inline function compiled for several sets the linker keeps the first, which then runs on
  // every processor.
  for (const [set, { macro }] of Object.entries(instructionSets)) {
    if (!toolchain.sets.has(set)) continue;
    const flags = [...flagsOf(set, toolchain.gcc), `-DHYENA_ISA=${set}`, `-DHYENA_ISA_${macro}`];
    for (const source of kernels) if (!extensionOf(source)) objects.push({ source, set, flags });
  }
  for (const set of Object.keys(extensions)) {
    if (!toolchain.sets.has(set)) continue;
    const flags = [...flagsOf(set, toolchain.gcc), `-DHYENA_ISA=${set}`, '-DHYENA_ISA_AVX512'];
    for (const source of kernels) if (extensionOf(source) === set) objects.push({ source, set, flags });
  }
  return objects;
}

function compileFlags(toolchain, { sanitize, strict }) {
  const sets = [...toolchain.sets].map((set) => `-DHYENA_WITH_${(instructionSets[set] ?? extensions[set]).macro}`);
  // Only the binding includes them: all else is compiled before there are any packages, too.
  const headers = path.join('node_modules', 'node-api-headers', 'include');
  const defines = [...sets, '-DNAPI_VERSION=8', '-DNODE_API_NO_EXTERNAL_BUFFERS_ALLOWED'];
  const includes = [`-I${relative(here)}`, `-I${headers}`];
  const numerics = ['-fno-math-errno', '-fno-trapping-math', '-ffp-contract=fast'];
  if (toolchain.style === 'msvc')
    return ['/nologo', '/std:c++20', '/O2', '/EHsc', '/MT', '/W3', ...defines, ...includes].concat(
      numerics.map((flag) => `/clang:${flag}`),
    );
  const checks = sanitize
    ? ['-O1', '-g', '-fno-omit-frame-pointer', `-fsanitize=${sanitize}`, '-fno-sanitize-recover=all']
    : ['-O3'];
  return [
    ...['-std=c++20', '-fPIC', '-fvisibility=hidden', '-pthread', '-Wall', '-Wextra', ...(strict ? ['-Werror'] : [])],
    // Zig checks for undefined behaviour by default, and takes this machine's processor for granted.
    ...(toolchain.zig ? ['-fno-sanitize=undefined', '-g0'] : []),
    ...[...checks, ...numerics, ...defines, ...includes],
  ];
}

function linkCommand(toolchain, target, output, objects, { sanitize }) {
  const addon = targets[target].isAddon;
  if (toolchain.style === 'msvc') {
    const library = path.join(path.dirname(output), 'node_api.lib');
    return [...objects, addon ? '/LD' : '', `/Fe${output}`, ...(addon ? ['/link', library] : [])].filter(Boolean);
  }
  // Zig's linker (0.17.1) crashes on a bundle; Node.js loads a dynamic library as well.
  const bundle = [toolchain.zig ? '-dynamiclib' : '-bundle', '-undefined', 'dynamic_lookup'];
  const shared = toolchain.platform === 'darwin' ? bundle : ['-shared'];
  const windows = toolchain.platform === 'win32' && addon ? [path.join(path.dirname(output), 'node_api.lib')] : [];
  return [
    ...[...toolchain.before, ...(addon ? shared : [])],
    ...['-pthread', ...(sanitize ? [`-fsanitize=${sanitize}`] : []), ...(toolchain.zig ? ['-s'] : [])],
    ...['-o', output, ...objects, ...windows],
  ];
}

/** Leaves only the named instruction sets, what extends them, and `plain`, which every build has. */
function restrict(toolchain, names) {
  for (const set of toolchain.sets)
    if (set !== 'plain' && !names.includes(extensions[set]?.base ?? set)) toolchain.sets.delete(set);
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} failed (${code}): ${args.filter((a) => a.endsWith('.cc')).join(' ')}`));
    });
  });
}

function contentOf(file) {
  const place = path.resolve(root, file);
  return existsSync(place) ? readFileSync(place) : '';
}

/** The files that a make-style dependency file names, relative to the project. */
function dependencies(file) {
  const text = readFileSync(file, 'utf8').replaceAll('\\\n', ' ');
  const names = text.slice(text.indexOf(': ') + 1).match(/(?:\\ |\S)+/g) ?? [];
  return names.map((name) => relative(path.resolve(root, name.replaceAll('\\ ', ' '))));
}

/** Compiles one source unless its command and all it includes are as they were; returns whether it did. */
async function compile(toolchain, flags, object) {
  const command = [...toolchain.before, ...flags, ...object.flags, object.source];
  const lasting = command.filter((flag) => flag !== '-Werror');
  const key = (files) => digest(toolchain.version, ...lasting, ...files.flatMap((file) => [file, contentOf(file)]));
  const record = `${object.file}.json`;
  if (existsSync(object.file) && existsSync(record)) {
    const before = JSON.parse(readFileSync(record, 'utf8'));
    if (before.key === key(before.files)) return false;
  }
  const listing = `${object.file}.d`;
  const msvc = toolchain.style === 'msvc';
  const output = msvc ? ['/c', `/Fo${relative(object.file)}`] : ['-c', '-o', relative(object.file)];
  const listed = ['-MMD', '-MF', relative(listing)].map((flag) => (msvc ? `/clang:${flag}` : flag));
  await run(toolchain.command, [...command, ...output, ...listed]);
  const files = dependencies(listing).filter((file) => !file.startsWith('..') && !path.isAbsolute(file));
  writeFileSync(record, JSON.stringify({ key: key(files), files }));
  return true;
}

async function build(toolchain, target, options) {
  const started = performance.now();
  const variant = options.sanitize ? `${target}-${options.sanitize.replaceAll(',', '-')}` : target;
  const folderOfOutput = path.join(here, 'build', variant === 'addon' ? '' : variant);
  const ending = toolchain.platform === 'win32' && !targets[target].isAddon ? '.exe' : '';
  const folderOfTarget = options.for ? prebuiltFolder(options.for) : folderOfOutput;
  const output = path.join(folderOfTarget, `${targets[target].file}${ending}`);
  // Objects are shared by all targets that compile alike.
  const kind = options.sanitize?.replaceAll(',', '-') ?? 'release';
  const folder = path.join(here, 'build', 'objects', options.for ?? `${path.basename(toolchain.command)}-${kind}`);
  mkdirSync(folder, { recursive: true });
  mkdirSync(path.dirname(output), { recursive: true });
  const flags = compileFlags(toolchain, options);
  const objects = plan(toolchain, target).map((object) => {
    const name = path.relative(root, object.source).replaceAll(/[\\/]/g, '-');
    return { ...object, file: path.join(folder, `${object.set ?? 'any'}-${name}.o`) };
  });
  let compiled = 0;
  // The largest first: a core that has none left waits for the others.
  const sizeOf = ({ source }) => statSync(path.resolve(root, source)).size;
  const queue = objects.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let object = queue.shift(); object; object = queue.shift())
        if (await compile(toolchain, flags, object)) compiled++;
    }),
  );
  const command = linkCommand(
    toolchain,
    target,
    relative(output),
    objects.map((object) => relative(object.file)),
    options,
  );
  // Another target may have compiled what they share.
  const linkKey = digest(toolchain.version, ...command, ...objects.map(({ file }) => contentOf(`${file}.json`)));
  const record = `${output}.json`;
  if (!existsSync(output) || String(contentOf(record)) !== linkKey) {
    if (toolchain.platform === 'win32' && targets[target].isAddon) await importLibrary(toolchain, path.dirname(output));
    // A running process may have the old file mapped: replace it, never write into it.
    rmSync(output, { force: true });
    await run(toolchain.command, command);
    writeFileSync(record, linkKey);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    compiled > 0
      ? `native: compiled ${compiled} of ${objects.length} objects in ${seconds} s`
      : 'native: nothing to compile',
  );
  console.log(`native: ${path.relative(root, output)} (${[...toolchain.sets].join(', ')}; ${toolchain.version})`);
}

/** Compiles for another system; an addon that was compiled from these sources does where there is no Zig. */
async function buildFor(system, target, strict) {
  const toolchain = crossToolchain(system);
  if (!toolchain) {
    if (targets[target].isAddon && currentAddon(system)) return console.log(`native: ${system}: compiled in advance`);
    throw new Error('no Zig found: install the package ziglang with pip, or name one by HYENA_ZIG');
  }
  await build(toolchain, target, { strict, for: system });
  if (!targets[target].isAddon) return;
  markCurrent(prebuiltFolder(system));
  if (!report(path.join(prebuiltFolder(system), addonFile), system))
    throw new Error(`the addon for ${system} is not right`);
}

/** The addon for a package of the app: of this system the one of the build where none was compiled in advance. */
async function placeForPackage(system, folder) {
  const own = path.join(here, 'build', addonFile);
  const isOwn = system === ownSystem;
  if (!isOwn) await buildFor(system, 'addon', false);
  const chosen = currentAddon(system) ?? (isOwn && existsSync(own) ? own : undefined);
  if (chosen === undefined) return console.error(`native: the package for ${system} is without the native device`);
  placeAddon(chosen, folder);
  console.log(`native: ${path.relative(root, chosen)} for the package of ${system}`);
}

/** What Windows needs to link against the Node-API of the running process. */
async function importLibrary({ zig }, folder) {
  const definition = createRequire(import.meta.url)('node-api-headers').def_paths.node_api_def;
  const library = path.join(folder, 'node_api.lib');
  if (!zig) return await run('llvm-lib', [`/def:${definition}`, `/out:${library}`, '/machine:x64']);
  const [command, ...before] = zig;
  await run(command, [...before, 'dlltool', '-m', 'i386:x86-64', '-d', definition, '-l', library]);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    strict: { type: 'boolean', default: false },
    postinstall: { type: 'boolean', default: false },
    sets: { type: 'string' },
    for: { type: 'string' },
    place: { type: 'string' },
  },
});
const target = positionals[0] ?? 'addon';
const advice =
  'For several times faster training, install a C++20 compiler (Debian/Ubuntu: apt install g++; macOS: xcode-select ' +
  '--install; Windows: LLVM with clang-cl), then: npm rebuild --foreground-scripts, or node worker/native/build.mjs';
try {
  if (!(target in targets)) throw new Error(`unknown target '${target}': one of ${Object.keys(targets).join(', ')}`);
  if (values.for) {
    const systems = values.for === 'all' ? crossPlatforms : values.for.split(',');
    const unknown = systems.find(
      (system) => !crossPlatforms.includes(system) && !(values.place && system === ownSystem),
    );
    if (unknown) throw new Error(`unknown system '${unknown}': one of ${crossPlatforms.join(', ')}, or all`);
    for (const system of systems) {
      if (values.place) await placeForPackage(system, values.place);
      else await buildFor(system, target, values.strict);
    }
  } else {
    const toolchain = findToolchain();
    if (toolchain) {
      if (values.sets) restrict(toolchain, values.sets.split(','));
      await build(toolchain, target, {
        sanitize: (['tests', 'sanitized-addon'].includes(target) && process.env.HYENA_SANITIZE) || undefined,
        strict: values.strict,
      });
    } else {
      const prebuilt = target === 'addon' && currentAddon(ownSystem);
      if (!prebuilt) throw new Error('no C++20 compiler found');
      placeAddon(prebuilt, path.join(here, 'build'));
      console.log(`native: ${path.relative(root, prebuilt)} (compiled in advance)`);
    }
  }
} catch (error) {
  console.error(`native: ${error.message}`);
  if (values.postinstall) console.error(`native: CPU, compatible (WebAssembly) will be used. ${advice}`);
  else process.exitCode = 1;
}
