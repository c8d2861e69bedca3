import { HyenaError, messageOf } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { checkDepth, ExpansionGuard } from './expansion.ts';
import type { Input } from './input.ts';
import type { Reader } from './reader.ts';

/** Unpacks bytes as they come. Throws an error of its own for data that are damaged. */
export type Unpacker = (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** Extensions that say at once what is in them: `.tgz`. */
const shortNames = /^\.t/;

/** The reader of files that are packed as one, by the reader of what is in it. */
export function readPacked(extensions: readonly string[], unpack: Unpacker): Reader {
  return async function* (input, context) {
    checkDepth(input);
    const own = extensions.find((extension) => input.name.toLowerCase().endsWith(extension)) ?? '';
    const name = input.name.slice(0, input.name.length - own.length) + (shortNames.test(own) ? '.tar' : '');
    yield* context.readNested({
      name: name === input.name ? `${name}/content` : name,
      size: null,
      // A packed tar archive is one archive, not two.
      depth: input.depth + (name !== input.name && /\.tar$/i.test(name) ? 0 : 1),
      stream: () => unpacked(input, unpack),
    });
  };
}

async function* unpacked(input: Input, unpack: Unpacker): AsyncGenerator<Uint8Array> {
  let packed = 0;
  let failure: Error | null = null;
  const guard = new ExpansionGuard(() => packed);
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of input.stream()) {
        packed += piece.length;
        yield piece;
      }
    } catch (error) {
      failure = error as Error;
      throw error;
    }
  }
  const pieces = unpack(counted())[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await pieces.next().catch((error: unknown) => {
        throw (
          failure ??
          new HyenaError('bad-input', msg`The compressed data is damaged (${messageOf(error)}).`, { cause: error })
        );
      });
      if (next.done) return;
      guard.add(next.value.length);
      yield next.value;
    }
  } finally {
    await pieces.return?.();
  }
}
