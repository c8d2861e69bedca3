// Loaded before the compute process: a disk that is full once so many bytes were written by it. Needs no rights.
import { promises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

let left = Number(process.env.HYENA_TEST_DISK_BYTES);
const { open } = promises;
promises.open = async (...parameters) => {
  const handle = await open(...parameters);
  const write = handle.write.bind(handle);
  handle.write = async (bytes, offset, length, ...rest) => {
    if (length > left) {
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    }
    left -= length;
    return write(bytes, offset, length, ...rest);
  };
  return handle;
};
syncBuiltinESMExports();
