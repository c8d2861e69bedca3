// What a compiled addon says of itself: the system it is for, what it offers and what it needs. `node
// worker/native/inspect.mjs [FILE...]` shows and checks files, those of `build.mjs addon --for` without a name.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { crossPlatforms, oldestGlibc, oldestMacos } from './toolchain.mjs';

/**
 * @typedef {object} Inspected
 * @property {'ELF' | 'Mach-O' | 'PE'} format
 * @property {string} system as `process.platform` and `process.arch` name it: linux-x64
 * @property {number} bytes
 * @property {string[]} libraries that are loaded with it
 * @property {string[]} exports Names of what it offers.
 * @property {string[]} imports Names of what it takes from Node.js and from its libraries.
 * @property {string | null} needs the oldest glibc or macOS that it runs on; null if it names none
 */

/** The name of the function by which Node.js finds an addon. */
const entry = 'napi_register_module_v1';

/** The version of the Node-API that it is compiled for. */
const nodeApi = 8;

/** @param {Buffer} file @param {number} at */
function textAt(file, at) {
  return file.toString('latin1', at, file.indexOf(0, at));
}

/** Of versions such as 2.28 the later. @param {string | null} a @param {string} b */
function later(a, b) {
  if (a === null) return b;
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let i = 0; i < Math.max(left.length, right.length); i++)
    if ((left[i] ?? 0) !== (right[i] ?? 0)) return (left[i] ?? 0) > (right[i] ?? 0) ? a : b;
  return a;
}

/** @param {Buffer} file @returns {Inspected} */
function inspectElf(file) {
  const arch = { 62: 'x64', 183: 'arm64' }[file.readUInt16LE(18)] ?? 'unknown';
  const start = Number(file.readBigUInt64LE(40)),
    size = file.readUInt16LE(58),
    count = file.readUInt16LE(60);
  const sections = Array.from({ length: count }, (_, index) => {
    const at = start + index * size;
    const long = (/** @type {number} */ offset) => Number(file.readBigUInt64LE(at + offset));
    return { type: file.readUInt32LE(at + 4), offset: long(24), size: long(32), link: file.readUInt32LE(at + 40) };
  });
  const of = (/** @type {number} */ type) => sections.find((section) => section.type === type);
  const name = (/** @type {{ link: number }} */ section, /** @type {number} */ at) =>
    textAt(file, sections[section.link].offset + at);
  const [exports, imports, libraries] = /** @type {string[][]} */ ([[], [], []]);
  const symbols = of(11);
  for (let at = symbols?.offset ?? 0; symbols && at < symbols.offset + symbols.size; at += 24) {
    const symbol = name(symbols, file.readUInt32LE(at));
    if (symbol !== '') (file.readUInt16LE(at + 6) === 0 ? imports : exports).push(symbol);
  }
  const dynamic = of(6);
  for (let at = dynamic?.offset ?? 0; dynamic && at < dynamic.offset + dynamic.size; at += 16)
    if (file.readBigUInt64LE(at) === 1n) libraries.push(name(dynamic, Number(file.readBigUInt64LE(at + 8))));
  /** @type {string | null} */
  let needs = null;
  const versions = of(0x6ffffffe);
  for (let at = versions?.offset ?? 0, more = versions !== undefined; more && versions;) {
    const [many, first, next] = [file.readUInt16LE(at + 2), file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)];
    for (let index = 0, entryAt = at + first; index < many; index++, entryAt += file.readUInt32LE(entryAt + 12)) {
      const [, glibc] = /^GLIBC_(\d[\d.]*)$/.exec(name(versions, file.readUInt32LE(entryAt + 8))) ?? [];
      if (glibc !== undefined) needs = later(needs, glibc);
    }
    at += next;
    more = next !== 0;
  }
  return { format: 'ELF', system: `linux-${arch}`, bytes: file.length, libraries, exports, imports, needs };
}

/** @param {Buffer} file @returns {Inspected} */
function inspectMacho(file) {
  const arch = { 0x01000007: 'x64', 0x0100000c: 'arm64' }[file.readUInt32LE(4)] ?? 'unknown';
  const [exports, imports, libraries] = /** @type {string[][]} */ ([[], [], []]);
  /** @type {string | null} */
  let needs = null;
  for (let index = 0, at = 32; index < file.readUInt32LE(16); index++, at += file.readUInt32LE(at + 4)) {
    const command = file.readUInt32LE(at);
    if (command === 0xc) libraries.push(textAt(file, at + file.readUInt32LE(at + 8)));
    if (command === 0x32 || command === 0x24) {
      const version = file.readUInt32LE(at + (command === 0x32 ? 12 : 8));
      needs = `${version >> 16}.${(version >> 8) & 255}`;
    }
    if (command !== 2) continue;
    const [symbols, count, names] = [8, 12, 16].map((offset) => file.readUInt32LE(at + offset));
    for (let symbol = symbols; symbol < symbols + count * 16; symbol += 16) {
      const type = file[symbol + 4];
      // Of the external ones, those that are defined in a section, and those that are defined elsewhere.
      if ((type & 0xe0) !== 0 || (type & 1) === 0) continue;
      const name = textAt(file, names + file.readUInt32LE(symbol)).replace(/^_/, '');
      ((type & 0x0e) === 0 ? imports : exports).push(name);
    }
  }
  return { format: 'Mach-O', system: `darwin-${arch}`, bytes: file.length, libraries, exports, imports, needs };
}

/** @param {Buffer} file @returns {Inspected} */
function inspectPe(file) {
  const header = file.readUInt32LE(0x3c);
  const arch = { 0x8664: 'x64', 0xaa64: 'arm64' }[file.readUInt16LE(header + 4)] ?? 'unknown';
  const optional = header + 24,
    sectionsAt = optional + file.readUInt16LE(header + 20);
  const sections = Array.from({ length: file.readUInt16LE(header + 6) }, (_, index) => {
    const at = sectionsAt + index * 40;
    return { size: file.readUInt32LE(at + 8), address: file.readUInt32LE(at + 12), offset: file.readUInt32LE(at + 20) };
  });
  const place = (/** @type {number} */ address) => {
    const section = sections.find((one) => address >= one.address && address < one.address + one.size);
    if (!section) throw new Error('an address lies in no section');
    return address - section.address + section.offset;
  };
  const [exports, imports, libraries] = /** @type {string[][]} */ ([[], [], []]);
  const [exported, , imported] = [112, 116, 120].map((offset) => file.readUInt32LE(optional + offset));
  if (exported !== 0) {
    const table = place(exported),
      names = place(file.readUInt32LE(table + 32));
    for (let index = 0; index < file.readUInt32LE(table + 24); index++)
      exports.push(textAt(file, place(file.readUInt32LE(names + 4 * index))));
  }
  for (let at = place(imported); file.readUInt32LE(at + 12) !== 0; at += 20) {
    libraries.push(textAt(file, place(file.readUInt32LE(at + 12))));
    for (let name = place(file.readUInt32LE(at)); file.readBigUInt64LE(name) !== 0n; name += 8)
      if (file.readBigUInt64LE(name) >> 63n === 0n) imports.push(textAt(file, place(file.readUInt32LE(name)) + 2));
  }
  return { format: 'PE', system: `win32-${arch}`, bytes: file.length, libraries, exports, imports, needs: null };
}

/**
 * Reads the headers of an addon; nothing of it is run.
 *
 * @param {Buffer} file
 * @returns {Inspected}
 * @throws Error for another kind of file
 */
export function inspect(file) {
  if (file.length >= 64 && file.readUInt32BE(0) === 0x7f454c46 && file[4] === 2) return inspectElf(file);
  if (file.length >= 64 && file.readUInt32LE(0) === 0xfeedfacf) return inspectMacho(file);
  if (file.length >= 64 && file.toString('latin1', 0, 2) === 'MZ') return inspectPe(file);
  throw new Error('it is not a program library of Linux, macOS or Windows for 64 bits');
}

/** Libraries that every system of its kind has; others would have to be installed. @type {Record<string, RegExp>} */
const systemLibraries = {
  ELF: /^(lib(c|m|dl|pthread|rt)\.so\.\d|ld-linux-.*\.so\.\d)$/,
  'Mach-O': /^\/usr\/lib\/lib(System|c\+\+|c\+\+abi)\./,
  PE: /^(node\.exe|kernel32\.dll|ntdll\.dll|api-ms-win-.*\.dll|ucrtbase\.dll|msvcrt\.dll|advapi32\.dll)$/i,
};

/** What keeps an addon from running on a system; empty if nothing does. @param {Inspected} addon @param {string} system */
export function problemsOf(addon, system) {
  const { symbols } = createRequire(import.meta.url)('node-api-headers');
  const offered = symbols[`v${nodeApi}`];
  const known = new Set([...offered.js_native_api_symbols, ...offered.node_api_symbols]);
  const foreign = addon.libraries.filter((library) => !systemLibraries[addon.format].test(library));
  const unknown = addon.imports.filter((name) => /^(napi|node_api)_/.test(name) && !known.has(name));
  const oldest = addon.format === 'ELF' ? oldestGlibc : oldestMacos;
  return [
    ...(addon.system === system ? [] : [`it is for ${addon.system}`]),
    ...(addon.exports.includes(entry) ? [] : [`it does not export ${entry}`]),
    ...(addon.imports.some((name) => known.has(name)) ? [] : ['it takes nothing from Node.js']),
    ...foreign.map((library) => `it needs the library ${library}`),
    ...unknown.map((name) => `${name} is not in version ${nodeApi} of the Node-API`),
    ...(addon.needs === null || later(addon.needs, oldest) === oldest ? [] : [`it needs ${needsOf(addon)}`]),
  ];
}

const needsOf = (/** @type {Inspected} */ { format, needs }) =>
  needs === null ? '' : `${format === 'ELF' ? 'glibc' : 'macOS'} ${needs}`;

/** One line about a file, and whether nothing is wrong with it. @param {string} file @param {string} [system] */
export function report(file, system) {
  /** @type {Inspected} */
  let addon;
  try {
    addon = inspect(readFileSync(file));
  } catch (error) {
    console.log(`native: ${file}: ${error instanceof Error ? error.message : error}`);
    return false;
  }
  const problems = problemsOf(addon, system ?? addon.system);
  const facts = [addon.format, `${(addon.bytes / 1e6).toFixed(2)} MB`, needsOf(addon), addon.libraries.join(' ')];
  console.log(`native: ${addon.system}: ${[...facts.filter(Boolean), problems.join('; ') || 'right'].join(', ')}`);
  return problems.length === 0;
}

if (process.argv[1] === import.meta.filename) {
  const folder = path.join(import.meta.dirname, 'build', 'prebuilt');
  const named = process.argv.slice(2).map((file) => ({ file, system: undefined }));
  const prebuilt = crossPlatforms.map((system) => ({ file: path.join(folder, system, 'hyena.node'), system }));
  const files = named.length > 0 ? named : prebuilt.filter(({ file }) => existsSync(file));
  if (files.length === 0) console.log('native: nothing has been compiled in advance');
  const right = files.map(({ file, system }) => report(file, system));
  if (right.includes(false)) process.exitCode = 1;
}
