import { readdirSync } from 'node:fs';
import path from 'node:path';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { wholeDriver } from './nvidia.ts';
import { cudaLibraries, driverLibrary } from './releases.ts';

/** Whether the system's loader finds a library: it is loaded, and then refused, since it is not an addon. */
function loaderFinds(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library);
    return true;
  } catch (thrown) {
    return !/cannot open shared object|image not found|no such file/i.test((thrown as Error).message);
  }
}

/** Libraries among NVIDIA's packages beside TensorFlow, where it looks first. */
function besideTensorFlow(folder: string): string[] {
  try {
    return readdirSync(path.join(folder, 'nvidia'), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.basename(file),
    );
  } catch {
    return [];
  }
}

/**
 * Why TensorFlow sees no GPU though nvidia-smi does, and what to do.
 *
 * @param folder of the installation
 */
export function blindness(folder: string, gpu: string, finds = loaderFinds): HyenaError {
  if (!finds(driverLibrary))
    return new HyenaError(
      'device',
      msg`TensorFlow cannot use ${gpu}: the driver library ${driverLibrary} was not found.`,
      { hint: wholeDriver },
    );
  const there = besideTensorFlow(folder);
  const missing = cudaLibraries.map(({ file }) => file).filter((file) => !there.includes(file) && !finds(file));
  if (missing.length > 0)
    return new HyenaError('device', msg`TensorFlow cannot use ${gpu}: ${missing.join(', ')} failed to load.`, {
      hint: 'Remove the CUDA setup and set it up again with downloaded libraries.',
      command: 'hyena setup cuda --remove && hyena setup cuda --cuda-libraries download',
    });
  return new HyenaError('device', msg`TensorFlow cannot use ${gpu}: its driver failed to initialise CUDA.`, {
    hint: 'If the driver was updated, restart the computer. Another program may have exclusive use of the GPU (nvidia-smi shows its compute mode).',
  });
}
