import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * @typedef {object} Toolchain
 * @property {string} command Compiler driver.
 * @property {string[]} before Parameters before all flags.
 * @property {string} platform What it compiles for, as process.platform names it.
 * @property {string} arch The same, as process.arch names it.
 * @property {'gnu' | 'msvc'} style Which spelling of the flags it takes; clang-cl is 'msvc'.
 * @property {boolean} gcc Whether it is GCC itself.
 * @property {string} version First line of `--version`.
 * @property {Set<string>} sets Instruction sets whose flags it accepts.
 * @property {string[]} [zig] How Zig itself is called, where it is Zig's compiler.
 */

/**
 * @typedef {object} InstructionSet
 * @property {string[]} flags
 * @property {string} macro
 * @property {string[]} [wide] Flags for speed alone.
 * @property {string[]} [gcc] Flags for GCC alone.
 * @property {string} [arch] Processors that have it, as process.arch names them; all where it is left out.
 *
 * @typedef {{ base: string, flags: string[], macro: string }} Extension
 */

/** @type {Record<string, InstructionSet>} Flags of each instruction set; the order is that of linking, least first (see docs/native.md). */
export const instructionSets = {
  plain: { flags: [], macro: 'PLAIN' },
  neon: { flags: [], macro: 'NEON', arch: 'arm64' },
  avx2: { flags: ['-mavx2', '-mfma', '-mf16c'], macro: 'AVX2', arch: 'x64' },
  avx512: {
    flags: ['-mavx512f', '-mavx512bw', '-mavx512dq', '-mavx512vl', '-mavx2', '-mfma', '-mf16c'],
    wide: ['-mprefer-vector-width=512'],
    // GCC's own AVX-512 headers set these off (its bug 105593).
    gcc: ['-Wno-uninitialized', '-Wno-maybe-uninitialized'],
    macro: 'AVX512',
    arch: 'x64',
  },
};

/** @type {Record<string, Extension>} Extensions of avx512 for sources of their own, `*.avx512bf16.cc` and `*.amx.cc`. */
export const extensions = {
  avx512bf16: { base: 'avx512', flags: ['-mavx512bf16'], macro: 'AVX512BF16' },
  amx: { base: 'avx512', flags: ['-mavx512bf16', '-mamx-tile', '-mamx-bf16'], macro: 'AMX' },
};

/**
 * All flags of an instruction set or an extension.
 *
 * @param {string} name
 * @param {boolean} isGcc
 * @returns {string[]}
 */
export function flagsOf(name, isGcc) {
  const extension = extensions[name];
  if (extension) return [...flagsOf(extension.base, isGcc), ...extension.flags];
  const { flags, wide = [], gcc = [] } = instructionSets[name];
  return [...flags, ...wide, ...(isGcc ? gcc : [])];
}

/** The first compiler that works: CXX, then the usual names. Null if there is none. @returns {Toolchain | null} */
export function findToolchain() {
  const usual = process.platform === 'win32' ? ['clang-cl'] : ['c++', 'g++', 'clang++'];
  const candidates = process.env.CXX ? [process.env.CXX] : usual;
  for (const command of candidates) {
    const toolchain = probe(command);
    if (toolchain) return toolchain;
  }
  return null;
}

/** That of Debian 10, RHEL 8 and Ubuntu 18.10; what is linked against it runs on later ones too. */
export const oldestGlibc = '2.28';
export const oldestMacos = '11.0';

/** What Zig calls the systems that the addon is compiled for in advance. */
const zigTargets = {
  'linux-x64': `x86_64-linux-gnu.${oldestGlibc}`,
  'linux-arm64': `aarch64-linux-gnu.${oldestGlibc}`,
  'darwin-x64': `x86_64-macos.${oldestMacos}`,
  'darwin-arm64': `aarch64-macos.${oldestMacos}`,
  'win32-x64': 'x86_64-windows-gnu',
};

/** Systems that {@link crossToolchain} compiles for. */
export const crossPlatforms = Object.keys(zigTargets);

/**
 * Clang for another system, with its headers and libraries: Zig brings all of them in one archive.
 *
 * @param {keyof typeof zigTargets} name
 * @returns {Toolchain | null} null where there is no Zig: neither `zig` nor the package ziglang of a Python (HYENA_ZIG
 *   names a program to ask instead)
 */
export function crossToolchain(name) {
  const given = process.env.HYENA_ZIG;
  const candidates = given ? [[given]] : [['zig'], ['python3', '-m', 'ziglang'], ['python', '-m', 'ziglang']];
  for (const [command, ...before] of candidates) {
    const [platform, arch] = name.split('-');
    const toolchain = probe(command, [...before, 'c++', '-target', zigTargets[name]], platform, arch);
    if (toolchain) return { ...toolchain, zig: [command, ...before] };
  }
  return null;
}

/**
 * @param {string} command @param {string[]} [before] @param {string} [platform] @param {string} [arch]
 * @returns {Toolchain | null}
 */
function probe(command, before = [], platform = process.platform, arch = process.arch) {
  const answer = spawnSync(command, [...before, '--version'], { encoding: 'utf8' });
  if (answer.status !== 0) return null;
  const style = /clang-cl(\.exe)?$/.test(command) ? 'msvc' : 'gnu';
  /** @type {Toolchain} */
  const toolchain = {
    ...{ command, before, platform, arch, style },
    gcc: answer.stdout.includes('Free Software'),
    version: answer.stdout.split('\n')[0],
    sets: new Set(),
  };
  if (!compiles(toolchain, [])) return null;
  for (const [name, { arch: only }] of Object.entries(instructionSets)) {
    if (only && only !== arch) continue;
    if (compiles(toolchain, flagsOf(name, toolchain.gcc))) toolchain.sets.add(name);
  }
  for (const [name, { base }] of Object.entries(extensions)) {
    if (toolchain.sets.has(base) && compiles(toolchain, flagsOf(name, toolchain.gcc))) toolchain.sets.add(name);
  }
  return toolchain;
}

/** Whether the compiler takes C++20 and these flags. @param {Toolchain} toolchain @param {string[]} flags */
function compiles({ command, before, style }, flags) {
  const folder = mkdtempSync(path.join(tmpdir(), 'hyena-probe-'));
  try {
    const source = path.join(folder, 'probe.cc');
    writeFileSync(
      source,
      '#include <atomic>\n#include <span>\nint main() { std::atomic<int> a{0}; a.notify_all(); }\n',
    );
    // An object, since Zig fails where nothing is written.
    const output =
      style === 'msvc'
        ? ['/std:c++20', '/c', `/Fo${folder}/`]
        : ['-std=c++20', '-c', '-o', path.join(folder, 'probe.o')];
    return spawnSync(command, [...before, ...output, ...flags, source], { cwd: folder }).status === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
