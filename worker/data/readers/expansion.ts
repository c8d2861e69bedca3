import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import type { Input } from './input.ts';

/** Archives within archives are opened to this depth. */
const DEEPEST = 3;
export const MOST_ENTRIES = 200_000;
/** What unpacks to more than so many times its size, and to more than so much, is meant to do harm. */
const LARGEST_RATIO = 300;
const HARMLESS_BYTES = 1 << 26;

/** Counts what is unpacked and throws `bad-input` where it grows out of proportion. */
export class ExpansionGuard {
  private unpacked = 0;
  private readonly packed: () => number;

  constructor(packed: () => number) {
    this.packed = packed;
  }

  add(bytes: number): void {
    this.unpacked += bytes;
    this.check(this.unpacked);
  }

  /** Throws `bad-input` where so much would be out of proportion. */
  check(unpacked: number): void {
    if (unpacked > HARMLESS_BYTES && unpacked > LARGEST_RATIO * this.packed())
      throw new HyenaError(
        'bad-input',
        msg`The archive unpacks to more than ${LARGEST_RATIO} times its size (possible zip bomb).`,
        { hint: 'If you trust the archive, unpack it and add the folder.' },
      );
  }
}

/** Refuses archives that lie too deep within others. */
export function checkDepth(input: Input): void {
  if (input.depth >= DEEPEST)
    throw new HyenaError('bad-input', msg`Nested ${input.depth} archives deep; the limit is ${DEEPEST}.`);
}
