import { readdirSync } from 'node:fs';
import path from 'node:path';
import { HyenaError } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { wholeDriver } from './nvidia.ts';
import { cudaLibraries, driverLibrary } from '../../setup/releases.ts';

/** Whether the system's loader finds a library: it is loaded, and then refused, since it is no addon. */
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
      told`TensorFlow does not see ${gpu}: the driver's library ${driverLibrary} is not found.`,
      { hint: wholeDriver },
    );
  const there = besideTensorFlow(folder);
  const missing = cudaLibraries.map(({ file }) => file).filter((file) => !there.includes(file) && !finds(file));
  if (missing.length > 0)
    return new HyenaError('device', told`TensorFlow does not see ${gpu}: ${missing.join(', ')} cannot be loaded.`, {
      hint: 'Let them be downloaded: hyena setup cuda --remove, then: hyena setup cuda --cuda-libraries download',
    });
  return new HyenaError('device', told`TensorFlow does not see ${gpu}: its driver does not start for computing.`, {
    hint: 'After an update of the driver, start the machine again. Another program may hold the GPU for itself (nvidia-smi shows its compute mode).',
  });
}
