import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';

/** The part of the WebAssembly module that takes memory; its name there. */
interface Allocator {
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/**
 * Makes the wasm backend throw where its memory is full. By itself it takes the null address of a failed allocation for
 * memory and writes there, over what other tensors hold.
 */
export function guardAllocation(backend: BackendWasm): void {
  const module = backend.wasm as unknown as Allocator;
  // The module puts the real function in place of a stand-in at the first call, which would undo what is set here.
  module._free(module._malloc(8));
  const allocate = module._malloc.bind(module);
  module._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0)
      throw new HyenaError(
        'out-of-memory',
        msg`CPU, compatible (WebAssembly) cannot allocate ${Math.ceil(bytes / 2 ** 20)} MiB more.`,
        {
          hint: 'WebAssembly is limited to 4 GiB. Use a smaller batch, a shorter sequence, gradient checkpointing, or the CPU (native) device.',
        },
      );
    return address;
  };
}
