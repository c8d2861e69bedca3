import { spawn } from 'node:child_process';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import type { Anchor } from '../../main/contract/lab/evaluations.ts';

type Compress = (bytes: Uint8Array, signal: AbortSignal) => Promise<number>;

const size = async (compressed: Promise<Buffer>): Promise<number> => (await compressed).length;

/** Size of what a program of the system makes of its input. Rejects where it is not there or fails. */
const bySystem =
  (program: string, parameters: readonly string[]): Compress =>
  (bytes, signal) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'ignore'], signal });
      let total = 0;
      child.stdout.on('data', (piece: Buffer) => (total += piece.length));
      child.on('error', reject);
      // A program that ends before it has read all is reported by its exit code.
      child.stdin.on('error', () => undefined);
      child.on('close', (code) => (code === 0 ? resolve(total) : reject(new Error(`${program}: ${String(code)}`))));
      child.stdin.end(bytes);
    });

const brotliWindow = zlib.constants.BROTLI_MAX_WINDOW_BITS;

/** Each at its highest usual level. zstd and xz are those of the system; node has no xz, and zstd only in later versions. */
const compressors: readonly { readonly name: string; readonly compress: Compress }[] = [
  { name: 'gzip -9', compress: (bytes) => size(promisify(zlib.gzip)(bytes, { level: 9 })) },
  {
    name: 'brotli -q 11',
    compress: (bytes) =>
      size(
        promisify(zlib.brotliCompress)(bytes, {
          params: {
            [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
            [zlib.constants.BROTLI_PARAM_LGWIN]: brotliWindow,
            [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          },
        }),
      ),
  },
  { name: 'zstd -19', compress: bySystem('zstd', ['-19', '-c', '-q']) },
  { name: 'xz -9e', compress: bySystem('xz', ['-9e', '-c', '-q']) },
];

/**
 * Bits per byte of a text with general compressors: fixed points beside those of a model. What the system does not have is
 * left out.
 *
 * @param signal ends it: the promise then rejects
 */
export async function compress(bytes: Uint8Array, signal: AbortSignal): Promise<Anchor[]> {
  const anchors: Anchor[] = [];
  if (bytes.length === 0) return anchors;
  for (const { name, compress: run } of compressors) {
    const compressed = await run(bytes, signal).catch(() => null);
    signal.throwIfAborted();
    if (compressed !== null) anchors.push({ name, bitsPerByte: (8 * compressed) / bytes.length });
  }
  return anchors;
}
