import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { ApiError } from './errors.ts';

/** Bytes of a body, compressed or not. */
const largestBody = 64 * 1024 * 1024;

type Inflate = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const inflated: Inflate = promisify(inflate);
const inflatedRaw: Inflate = promisify(inflateRaw);
const decoders = new Map<string, Inflate>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['br', promisify(brotliDecompress)],
  // RFC 9110 means zlib's form; some clients send the bare one. The first byte of zlib's says its method, 8.
  ['deflate', (body, options) => ((body[0] & 15) === 8 ? inflated : inflatedRaw)(body, options)],
]);

const tooLarge = (limit: number) =>
  new ApiError(413, `Requests are limited to ${limit / (1024 * 1024)} MiB, also when they are compressed.`, {
    code: 'request_too_large',
  });

/**
 * The JSON value of a request's body.
 *
 * @throws ApiError 400 for what is not JSON, 413 where it is too large, 415 for another content type or encoding
 */
export async function readBody(request: IncomingMessage, limit = largestBody): Promise<unknown> {
  checkType(request.headers['content-type']);
  const decode = decoderFor(request.headers['content-encoding']);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const pieces: Buffer[] = [];
  let length = 0;
  // Where it is refused, what follows of it is dropped: a connection that is cut would lose the answer.
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > limit) throw tooLarge(limit);
    pieces.push(piece);
  }
  return parse(await decode(Buffer.concat(pieces), limit));
}

function checkType(header: string | undefined): void {
  if (header === undefined) return;
  const [type, ...parameters] = header.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((one) => one.startsWith('charset='))?.slice('charset='.length) ?? 'utf-8';
  if (!/^application\/(?:[\w.+-]+\+)?json$/.test(type))
    throw new ApiError(415, `The content type must be application/json, not ${type || 'empty'}.`, {
      code: 'unsupported_content_type',
    });
  if (!['utf-8', 'utf8', 'us-ascii'].includes(charset.replaceAll(/["']/g, '')))
    throw new ApiError(415, `JSON must be encoded as UTF-8, not ${charset}.`, { code: 'unsupported_content_type' });
}

function decoderFor(header: string | undefined): (body: Buffer, limit: number) => Promise<Buffer> {
  const encodings = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'identity');
  if (encodings.length === 0) return (body) => Promise.resolve(body);
  const inflateBody = encodings.length === 1 ? decoders.get(encodings[0]) : undefined;
  if (!inflateBody)
    throw new ApiError(415, `Supported content encodings are gzip, deflate and br, not ${encodings.join(', ')}.`, {
      code: 'unsupported_content_encoding',
      headers: { 'Accept-Encoding': 'gzip, deflate, br' },
    });
  return async (body, limit) => {
    try {
      return await inflateBody(body, { maxOutputLength: limit });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
      throw new ApiError(400, `The body does not match its Content-Encoding: ${encodings[0]}.`, {
        code: 'invalid_body',
      });
    }
  };
}

function parse(body: Buffer): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new ApiError(400, 'The body is not valid UTF-8.', { code: 'invalid_body' });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof SyntaxError ? `: ${error.message}` : '';
    throw new ApiError(400, `The body is not valid JSON${why}.`, { code: 'invalid_json' });
  }
}
