import type { SetUpDevice } from '../../../main/contract/device-setup.ts';

/** The npm package whose binding is built: the same sources serve the CPU and a GPU. */
export const npmPackage = {
  name: '@tensorflow/tfjs-node-gpu',
  version: '4.22.0',
  integrity: 'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
  bytes: 223_379,
} as const;

/** The wheel that brings libtensorflow and its headers. Its Python is not needed: any Python's wheel would do. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  /** Its name, sum and size count more than what an index says. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly unpackedBytes: number;
}

const version = '2.20.0';

type PinnedWheel = Omit<Wheel, 'version'>;

/** By device, platform and architecture. Those for ARM compute on the CPU alone, whatever GPU there is. */
const wheels: Partial<Record<string, PinnedWheel>> = {
  'tensorflow linux x64': {
    project: 'tensorflow-cpu',
    file: `tensorflow_cpu-${version}-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`,
    sha256: 'c7a9224185818094ed95c4e114d3efe77241db35fbf0b75251fb2bf6222dd6a7',
    bytes: 258_989_246,
    unpackedBytes: 0.8e9,
  },
  'tensorflow linux arm64': {
    project: 'tensorflow',
    file: `tensorflow-${version}-cp312-cp312-manylinux_2_17_aarch64.manylinux2014_aarch64.whl`,
    sha256: '2bfbfb3dd0e22bffc45fe1e922390d27753e99261fab8a882e802cf98a0e078f',
    bytes: 259_533_109,
    unpackedBytes: 0.8e9,
  },
  'tensorflow darwin arm64': {
    project: 'tensorflow',
    file: `tensorflow-${version}-cp312-cp312-macosx_12_0_arm64.whl`,
    sha256: '52b122f0232fd7ab10f28d537ce08470d0b6dcac7fff9685432daac7f8a06c8f',
    bytes: 200_540_302,
    unpackedBytes: 0.8e9,
  },
  'cuda linux x64': {
    project: 'tensorflow',
    file: `tensorflow-${version}-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`,
    sha256: '25265b0bc527e0d54b1e9cc60c44a24f44a809fe27666b905f0466471f9c52ec',
    bytes: 620_682_547,
    unpackedBytes: 1.9e9,
  },
};

/** The wheel for a device on a system; null if there is none with libtensorflow in it. */
export function wheelFor(device: SetUpDevice, platform: string, architecture: string): Wheel | null {
  const wheel = wheels[`${device} ${platform} ${architecture}`];
  return wheel ? { ...wheel, version } : null;
}

/** The newest official archive with libtensorflow alone. */
export function archiveFor(device: SetUpDevice, platform: string, architecture: string): string | null {
  if (platform !== 'linux' || architecture !== 'x64') return null;
  const kind = device === 'cuda' ? 'gpu' : 'cpu';
  return `https://storage.googleapis.com/tensorflow/versions/2.18.0/libtensorflow-${kind}-linux-x86_64.tar.gz`;
}

/** CUDA's libraries as this libtensorflow opens them, and what brings each. */
export const cudaLibraries: readonly { readonly file: string; readonly what: string }[] = [
  { file: 'libcudart.so.12', what: 'CUDA 12 runtime' },
  { file: 'libcublas.so.12', what: 'cuBLAS 12' },
  { file: 'libcublasLt.so.12', what: 'cuBLAS 12' },
  { file: 'libcufft.so.11', what: 'cuFFT 11' },
  { file: 'libcusolver.so.11', what: 'cuSOLVER 11' },
  { file: 'libcusparse.so.12', what: 'cuSPARSE 12' },
  { file: 'libcudnn.so.9', what: 'cuDNN 9' },
];

/** The library of the NVIDIA driver itself. */
export const driverLibrary = 'libcuda.so.1';

/** The oldest driver of CUDA 12. */
export const oldestDriver = 525;

/** What NVIDIA's packages take, about: downloaded and unpacked. */
export const cudaPackageBytes = { download: 2.8e9, unpacked: 4.5e9 } as const;

/** Compute capabilities that TensorFlow's wheel has kernels for; newer cards compile those of the last one for themselves. */
export const kernelCapabilities = { oldest: [6, 0], newest: [9, 0] } as const;
