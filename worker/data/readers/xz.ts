import xz from 'xz-decompress';

// A CommonJS module whose exports Node.js cannot name.
const { XzReadableStream } = xz;

// The library lets one stream be open at a time: an archive within an archive would wait for ever.
Object.assign(XzReadableStream, {
  _contextMutex: { acquire: () => Promise.resolve(), release: () => undefined },
});

/** xz; streams that were joined follow one another. */
export async function* unpackXz(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const streams = new XzStreams(source);
  try {
    do {
      const reader = new XzReadableStream(readableOf(streams.next())).getReader();
      try {
        for (let read = await reader.read(); !read.done; read = await reader.read())
          if (read.value.length > 0) yield read.value;
      } catch (error) {
        throw new Error(`xz: ${reasonOf(error)}`, { cause: error });
      } finally {
        await reader.cancel().catch(() => undefined);
      }
    } while (await streams.hasMore());
  } finally {
    await streams.close();
  }
}

function readableOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

/** What the codes of the library mean (XZ Embedded's `enum xz_ret`). */
const reasons: Readonly<Record<string, string>> = {
  '4': 'it needs more memory to unpack than is allowed',
  '5': 'this is not the start of a stream',
  // Filters of programs, SHA-256.
  '6': 'this filter or checksum is not supported',
  '7': 'checksum mismatch',
  '8': 'the data end early',
};

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, code = ''] = /error code (\d+)$/.exec(message) ?? [];
  return reasons[code] ?? message;
}

const XZ_START = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]);
const XZ_END = Buffer.from('YZ');
const PADDING = Buffer.alloc(4);

/** The streams of an xz file, which the library reads one at a time. */
class XzStreams {
  readonly #source: AsyncIterator<Uint8Array>;
  /** Begins where a stream does, until its first piece is taken. */
  #held: Buffer = Buffer.alloc(0);
  #atStart = true;
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** One stream in pieces. */
  async *next(): AsyncGenerator<Uint8Array> {
    this.#atStart = true;
    for (let piece = await this.#take(); piece; piece = await this.#take()) yield piece;
  }

  /** Whether another stream follows, once this one is unpacked. */
  async hasMore(): Promise<boolean> {
    while (await this.#take());
    return this.#held.length > 0;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  /** The next piece of this stream; null at its end. */
  async #take(): Promise<Uint8Array | null> {
    for (;;) {
      const next = this.#nextStart();
      if (next === 0) return null;
      // What may be the beginning of a mark is kept.
      const end = next ?? (this.#ended ? this.#held.length : this.#held.length - 12);
      if (end > 0) {
        const piece = this.#held.subarray(0, end);
        this.#held = this.#held.subarray(end);
        this.#atStart = false;
        return piece;
      }
      if (this.#ended) return null;
      const read = await this.#source.next();
      if (read.done) this.#ended = true;
      else this.#held = Buffer.concat([this.#held, read.value]);
    }
  }

  /** Where the next stream begins in what is held. */
  #nextStart(): number | null {
    if (!this.#atStart && this.#held.subarray(0, 6).equals(XZ_START)) return 0;
    for (let at = this.#held.indexOf(XZ_START, 1); at > 0; at = this.#held.indexOf(XZ_START, at + 1)) {
      const before = this.#held.subarray(0, at);
      if (before.subarray(-2).equals(XZ_END) || before.subarray(-4).equals(PADDING)) return at;
    }
    return null;
  }
}
