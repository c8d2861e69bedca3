/**
 * Every environment variable that this program reads, declared once: the table in docs/cli.md is checked against it, and
 * so is every place that reads one. `for`: `use`, a person who uses the program; `system`, set by the system or by other
 * programs and heeded here; `work`, who builds, tests or packages it; `internal`, set by one process for another.
 */
interface EnvironmentVariable {
  readonly for: 'use' | 'system' | 'work' | 'internal';
  readonly meaning: string;
  /** Folders of the sources that read it: `main/host`. */
  readonly readBy: readonly string[];
  /** What holds if it is not set. */
  readonly otherwise: string;
}

export const environmentVariables = {
  HYENA_HOME: {
    for: 'use',
    readBy: ['main/host', 'main/shells'],
    meaning: 'folder of the library',
    otherwise: "the folder chosen in the window's settings, or the system's folder for application data",
  },
  HYENA_THREADS: {
    for: 'use',
    readBy: ['worker/devices', 'worker/native', 'worker/training'],
    meaning: 'number of CPU threads',
    otherwise: 'all cores',
  },
  HYENA_MEMORY_LIMIT_MIB: {
    for: 'use',
    readBy: ['main/shells', 'worker/devices'],
    meaning: 'memory limit for tensors on the CPU, in MiB',
    otherwise: "the window's setting, or 90% of the installed memory",
  },
  HYENA_TOKEN: { for: 'use', readBy: ['main/shells'], meaning: 'token of `hyena serve`', otherwise: 'random' },
  HYENA_DEVICES: {
    for: 'use',
    readBy: ['worker/devices'],
    meaning: 'folder where `hyena setup` installs devices',
    otherwise: '`devices/` in the library',
  },
  HYENA_PYTHON: {
    for: 'use',
    readBy: ['main/host', 'worker/devices'],
    meaning: 'Python whose PyTorch the `torch` device uses',
    otherwise: "the window's setting, that of the active virtual environment, or the first on `PATH` that has PyTorch",
  },
  VIRTUAL_ENV: {
    for: 'system',
    readBy: ['worker/devices'],
    meaning: 'active virtual environment of Python',
    otherwise: 'none',
  },
  CONDA_PREFIX: {
    for: 'system',
    readBy: ['worker/devices'],
    meaning: 'active environment of conda',
    otherwise: 'none',
  },
  HYENA_ISA: {
    for: 'use',
    readBy: ['worker/native'],
    meaning: 'instruction set of the `native` device, such as `avx2`',
    otherwise: 'the best the CPU supports',
  },
  HYENA_BF16: {
    for: 'use',
    readBy: ['worker/native'],
    meaning: 'bf16 instructions of the `native` device: `tiles`, `dot-products` or `none`',
    otherwise: 'the fastest the CPU supports',
  },
  HYENA_MATRIX_UNITS: {
    for: 'use',
    readBy: ['worker/devices'],
    meaning: '`0`: the `webgpu` device does not use matrix units',
    otherwise: 'used if the adapter supports them',
  },
  HYENA_HUB: {
    for: 'use',
    readBy: ['main/host', 'worker/imports'],
    meaning: 'address of the hub that models are downloaded from, or of a mirror',
    otherwise: "the window's setting, or huggingface.co",
  },
  HF_TOKEN: {
    for: 'system',
    readBy: ['main/host', 'worker/imports'],
    meaning: 'token for models on the hub that ask for one',
    otherwise: "the one kept in the window's settings",
  },
  HF_HUB_CACHE: {
    for: 'system',
    readBy: ['worker/imports'],
    meaning: "folder in which other programs have kept the hub's models, which are used from there",
    otherwise: '`HF_HOME/hub`, or `~/.cache/huggingface/hub`',
  },
  HF_HOME: {
    for: 'system',
    readBy: ['worker/imports'],
    meaning: "folder of other programs' files of the hub",
    otherwise: '`~/.cache/huggingface`',
  },
  HYENA_DEBUG: {
    for: 'use',
    readBy: ['main/shells'],
    meaning: 'prints the stack trace of internal errors',
    otherwise: 'not printed',
  },
  NO_COLOR: {
    for: 'use',
    readBy: ['Node.js'],
    meaning: 'no colours',
    otherwise: 'colours if the terminal supports them',
  },

  COLUMNS: {
    for: 'system',
    readBy: ['main/shells'],
    meaning: 'width of the terminal',
    otherwise: 'detected',
  },
  TERM: {
    for: 'system',
    readBy: ['main/shells'],
    meaning: '`dumb`: no progress bar',
    otherwise: 'progress bar on a terminal',
  },
  DISPLAY: {
    for: 'system',
    readBy: ['main/shells'],
    meaning: 'X11 display for the window',
    otherwise: '`WAYLAND_DISPLAY`',
  },
  WAYLAND_DISPLAY: {
    for: 'system',
    readBy: ['main/shells'],
    meaning: 'Wayland display for the window',
    otherwise: 'no window',
  },
  LD_LIBRARY_PATH: {
    for: 'system',
    readBy: ['worker/setup'],
    meaning: 'where to search for the CUDA libraries',
    otherwise: "the system's search path",
  },
  CUDA_VISIBLE_DEVICES: {
    for: 'system',
    readBy: ['worker/devices'],
    meaning: 'GPUs that the `cuda` device may use',
    otherwise: 'all',
  },
  NVIDIA_TF32_OVERRIDE: {
    for: 'system',
    readBy: ['worker/devices'],
    meaning: '`0`: the `cuda` device does not use TF32',
    otherwise: '`0`',
  },
  TF_NUM_INTRAOP_THREADS: {
    for: 'system',
    readBy: ['worker/devices'],
    meaning: 'TensorFlow threads',
    otherwise: '`HYENA_THREADS`',
  },
  PIP_INDEX_URL: {
    for: 'system',
    readBy: ['worker/setup'],
    meaning: 'package index of `hyena setup`',
    otherwise: "pip's configuration",
  },
  UV_DEFAULT_INDEX: {
    for: 'system',
    readBy: ['worker/setup'],
    meaning: 'the same, under the name that uv uses',
    otherwise: "pip's configuration",
  },
  ELECTRON_OVERRIDE_DIST_PATH: {
    for: 'system',
    readBy: ['main/shells'],
    meaning: 'folder of Electron',
    otherwise: 'the installed package',
  },

  CXX: {
    for: 'work',
    readBy: ['worker/native'],
    meaning: 'C++ compiler for the `native` device',
    otherwise: 'the first one found',
  },
  HYENA_PACKAGE_NODE: {
    for: 'work',
    readBy: ['main/setup'],
    meaning: 'Node.js binary to bundle into packages',
    otherwise: 'downloaded',
  },
  HYENA_ZIG: {
    for: 'work',
    readBy: ['worker/native'],
    meaning: 'Zig that compiles the `native` device for other systems',
    otherwise: '`zig` on `PATH`, or the package ziglang of Python',
  },
  HYENA_ADDON: {
    for: 'work',
    readBy: ['worker/devices'],
    meaning: 'addon of the `native` device to load instead',
    otherwise: 'the one of the build',
  },
  HYENA_SANITIZE: {
    for: 'work',
    readBy: ['test/run.js', 'worker/native'],
    meaning: 'sanitizers for the C++ tests',
    otherwise: 'none',
  },
  HYENA_EXPECTED_DEVICES: {
    for: 'work',
    readBy: ['test/numerics', 'test/run.js'],
    meaning: 'devices whose absence fails the tests',
    otherwise: 'native',
  },
  HYENA_ONLY_DEVICES: {
    for: 'work',
    readBy: ['test/numerics'],
    meaning: 'devices that the numerical tests run on',
    otherwise: 'all',
  },
  HYENA_VECTORS: {
    for: 'work',
    readBy: ['test/numerics'],
    meaning: 'folder of frozen vectors',
    otherwise: '`test/vectors`',
  },
  HYENA_LINEAGE: {
    for: 'work',
    readBy: ['test/numerics', 'test/unit'],
    meaning: 'folder of frozen vectors of published mixers',
    otherwise: '`test/vectors/lineage`',
  },
  HYENA_FUZZ: {
    for: 'work',
    readBy: ['test/fuzz'],
    meaning: 'multiplies the iterations of `npm test -- fuzz`',
    otherwise: '1',
  },
  FUZZ_ROUNDS: {
    for: 'work',
    readBy: ['test/unit'],
    meaning: 'damaged files per format in the reader tests',
    otherwise: '25',
  },
  HYENA_IMPORT_GIB: {
    for: 'work',
    readBy: ['test/unit'],
    meaning: 'size of the file in the test of streamed imports, GiB',
    otherwise: '0.25',
  },
  HYENA_THOROUGH: {
    for: 'work',
    readBy: ['test/end-to-end', 'test/unit'],
    meaning: '`1`: more stops and kills in the training tests',
    otherwise: 'a few',
  },
  HYENA_STREAM_SECONDS: {
    for: 'work',
    readBy: ['test/window'],
    meaning: 'duration of the streaming test',
    otherwise: 'a few seconds',
  },
  HYENA_PICTURES: {
    for: 'work',
    readBy: ['test/window'],
    meaning: '`1`: pictures of the window in `test-results/pages/`',
    otherwise: 'none',
  },
  HYENA_CONFORMANCE_TESTER: {
    for: 'work',
    readBy: ['test/conformance'],
    meaning: 'program that tests API conformance',
    otherwise: 'searched on `PATH`',
  },
  HYENA_OPENBLAS: {
    for: 'work',
    readBy: ['test/benchmarks'],
    meaning: 'OpenBLAS library for the native benchmark',
    otherwise: 'common library names',
  },
  CHROMIUM: {
    for: 'work',
    readBy: ['test/benchmarks', 'test/desktop', 'test/window'],
    meaning: 'browser for the tests',
    otherwise: 'common install locations',
  },

  HYENA_STUDIO_NODE: {
    for: 'internal',
    readBy: ['main/shells'],
    meaning: 'Node.js for compute processes',
    otherwise: "the package's",
  },
  HYENA_LIFELINE: {
    for: 'internal',
    readBy: ['worker/devices', 'worker/process'],
    meaning: "descriptor of a compute process's watchdog",
    otherwise: 'no watchdog',
  },
  ELECTRON_RUN_AS_NODE: {
    for: 'internal',
    readBy: ['main/shells'],
    meaning: 'removed before Electron starts',
    otherwise: 'nothing',
  },
} as const satisfies Record<string, EnvironmentVariable>;

export type VariableName = keyof typeof environmentVariables;

/** The environment of this process: the one place that takes it from Node.js. */
export const processEnvironment: NodeJS.ProcessEnv = process.env;

/** The value of a variable, or undefined if it is not set. */
export const variable = (
  name: VariableName,
  environment: Readonly<Record<string, string | undefined>> = processEnvironment,
): string | undefined => environment[name];
