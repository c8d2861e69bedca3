import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { totalmem } from 'node:os';
import path from 'node:path';
import { errorCodeSchema } from '../../../main/contract/error-schema.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { toMessage, msg, type Message } from '../../../main/contract/message.ts';
import { variable } from '../../../main/library/environment.ts';
import type { Addon } from './calls/index.ts';

/** Path of the compiled addon: HYENA_ADDON, else below the project's folder, both from the sources and from `build/`. */
export function findAddon(): string | undefined {
  const chosen = variable('HYENA_ADDON');
  if (chosen) return chosen;
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'worker', 'native', 'build', 'hyena.node');
    if (existsSync(file)) return file;
    if (folder === path.dirname(folder)) return undefined;
  }
}

const hints: Partial<Record<string, Message>> = {
  'out-of-memory': msg`Use a smaller batch, sequence length or model, or enable gradient checkpointing. The environment variable HYENA_MEMORY_LIMIT_MIB sets the limit.`,
};

/** What the kernels say, of which a person meets that there is no memory (worker/native/binding/module.cc). */
function messageFrom(message: string): Message {
  const [, kernel, requested, inUse, , allowed] =
    /^(.*): cannot allocate (.*) more; (.*) in use(, limit (.*))?$/.exec(message) ?? [];
  if (kernel === undefined) return toMessage(message);
  return allowed === undefined
    ? msg`${kernel}: cannot allocate ${requested} more; ${inUse} in use`
    : msg`${kernel}: cannot allocate ${requested} more; ${inUse} in use, limit ${allowed}`;
}

function makeError(code: string, message: string): HyenaError {
  const known = errorCodeSchema.safeParse(code);
  return new HyenaError(known.success ? known.data : 'internal', messageFrom(message), { hint: hints[code] });
}

/** Bytes that tensors may take: HYENA_MEMORY_LIMIT_MIB, else nine tenths of what this process may have. */
export function memoryLimit(): number {
  const requested = variable('HYENA_MEMORY_LIMIT_MIB');
  if (requested !== undefined && requested !== '') {
    const mebibytes = Number(requested);
    if (!Number.isFinite(mebibytes) || mebibytes <= 0)
      throw new HyenaError('usage', msg`HYENA_MEMORY_LIMIT_MIB must be a positive number; got '${requested}'.`);
    return Math.floor(mebibytes * 2 ** 20);
  }
  const constrained = process.constrainedMemory?.() ?? 0;
  return Math.floor(0.9 * (constrained > 0 ? Math.min(constrained, totalmem()) : totalmem()));
}

let opened: Addon | undefined;

/**
 * Loads the addon and opens its device, once for each process.
 *
 * @throws HyenaError `device` where it was not built or cannot be loaded
 */
export function openAddon(): Addon {
  if (opened) return opened;
  const file = findAddon();
  if (!file)
    throw new HyenaError('device', 'The C++ kernels of the CPU (native) device are not built.', {
      hint: 'Build the program again.',
      command: 'npm run build',
    });
  let addon: Addon;
  try {
    addon = createRequire(import.meta.url)(file) as Addon;
  } catch (cause) {
    throw new HyenaError(
      'device',
      msg`Cannot load the C++ kernels of the CPU (native) device: ${toMessage(String(cause))}`,
      {
        hint: 'Build the kernels again for this system.',
        command: 'node worker/native/build.mjs',
        cause,
      },
    );
  }
  addon.open({ threads: 0, limit: memoryLimit(), makeError });
  opened = addon;
  return addon;
}
