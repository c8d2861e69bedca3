import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HyenaError, said } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import { checkDepth, ExpansionGuard } from './archive.ts';
import type { Input } from './input.ts';
import type { ReadContext, ReaderEvent } from './reader.ts';

/** A file packed by gzip, read by the reader of what is in it. */
export async function* readGzip(input: Input, context: ReadContext): AsyncGenerator<ReaderEvent> {
  checkDepth(input);
  const name = input.name.replace(/\.gz$/i, '');
  if (/\.(tar|tgz)$/i.test(name))
    throw new HyenaError('bad-input', 'Tar archives are not read.', { hint: 'Unpack it and add the folder.' });
  yield* context.readNested({
    name: name === input.name ? `${name}/content` : name,
    size: null,
    depth: input.depth + 1,
    async *stream() {
      let packed = 0;
      const guard = new ExpansionGuard(() => packed);
      const source = Readable.from(counted(input.stream(), (bytes) => (packed += bytes)));
      const gunzip = createGunzip();
      source.on('error', (error) => gunzip.destroy(error));
      source.pipe(gunzip);
      try {
        for await (const piece of gunzip as AsyncIterable<Buffer>) {
          guard.add(piece.length);
          yield piece;
        }
      } catch (error) {
        if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
        throw new HyenaError('bad-input', told`The packed data is damaged (${said(error)}).`, {
          cause: error,
        });
      } finally {
        source.destroy();
        gunzip.destroy();
      }
    },
  });
}

async function* counted(stream: AsyncIterable<Uint8Array>, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) {
    count(piece.length);
    yield piece;
  }
}
