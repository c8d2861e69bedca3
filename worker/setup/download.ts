import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import { request } from './network.ts';

export interface Download {
  readonly url: string;
  readonly file: string;
  /** Null where nobody has published it: then only that it came whole is known. */
  readonly sha256: string | null;
  readonly bytes: number | null;
}

export interface DownloadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number | null) => void;
  /** How often a line that breaks is taken up again without having brought anything. Default: 4. */
  readonly tries?: number;
  readonly pauseMilliseconds?: number;
  /** Sent with the request, to that server alone. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What a refusal means, where it is not what setups get; null: try again. */
  readonly refused?: (status: number) => HyenaError | null;
}

/** The SHA-256 of a file, in hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/** Refuses where a folder's disk has less room than is needed. @throws HyenaError `disk-full` */
export async function requireSpace(folder: string, bytes: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= bytes) return;
  const gigabytes = (count: number) => `${(count / 1e9).toFixed(1)} GB`;
  throw new HyenaError(
    'disk-full',
    msg`The setup needs ${gigabytes(bytes)} of disk space, but ${folder} has ${gigabytes(free)} free.`,
    {
      kept: 'Nothing was downloaded.',
      hint: 'Free some disk space, or set the environment variable HYENA_DEVICES to a folder on another disk.',
    },
  );
}

/**
 * Fetches a file. What was fetched before, by an earlier call too, is not fetched again: the part is kept beside the
 * file as `.part`, with the mark by which the server knows the version that it is of.
 *
 * @throws HyenaError `damaged` where its sum is another, `unreachable` if it cannot be had, `interrupted`
 */
export async function download(wanted: Download, options: DownloadOptions): Promise<void> {
  const { file, sha256, url } = wanted;
  const { signal, tries = 4, pauseMilliseconds = 1000 } = options;
  if (existsSync(file) && (sha256 === null || (await sha256Of(file)) === sha256)) return;
  await mkdir(path.dirname(file), { recursive: true });
  const part = `${file}.part`;
  for (let failures = 0; ;) {
    const before = sizeOf(part);
    try {
      await fetchRest(wanted, part, options);
      break;
    } catch (thrown) {
      if (signal.aborted) throw cancelled(part);
      if (thrown instanceof HyenaError) throw thrown;
      failures = sizeOf(part) > before ? 1 : failures + 1;
      if (failures >= tries) throw unreachable(url, part, thrown as Error);
      await delay(pauseMilliseconds * failures);
    }
  }
  await requireSum(wanted, part);
  await rename(part, file);
  await rm(`${part}.mark`, { force: true });
}

async function requireSum({ sha256, bytes, file }: Download, part: string): Promise<void> {
  if (sha256 === null && (bytes === null || sizeOf(part) === bytes)) return;
  const found = await sha256Of(part);
  if (found === sha256) return;
  await rm(part, { force: true });
  await rm(`${part}.mark`, { force: true });
  throw new HyenaError(
    'damaged',
    msg`${path.basename(file)} is damaged: its checksum does not match the published one.`,
    {
      kept: 'The damaged download was deleted; nothing else was changed.',
      hint: 'Try again. If this happens again, something on the network is modifying downloads.',
    },
  );
}

const cancelled = (part: string) =>
  new HyenaError('interrupted', 'The download was cancelled.', {
    kept: msg`${(sizeOf(part) / 1e6).toFixed(0)} MB were kept; the next download will resume from there.`,
  });

const unreachable = (url: string, part: string, cause: Error) =>
  new HyenaError('unreachable', msg`Cannot download ${path.basename(new URL(url).pathname)}: ${reasonOf(cause)}`, {
    kept: msg`${(sizeOf(part) / 1e6).toFixed(0)} MB were kept; the next attempt will resume from there.`,
    hint: 'Check the connection and run the setup again, or download the file by other means and use the local copy.',
    cause,
  });

const reasonOf = (error: Error): string =>
  error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;

/** Fetches what is missing at the end of a part. */
async function fetchRest({ url, bytes }: Download, part: string, options: DownloadOptions): Promise<void> {
  const mark = await readFile(`${part}.mark`, 'utf8').catch(() => '');
  // Without a mark nobody knows which version the part is of.
  const have = mark === '' ? 0 : sizeOf(part);
  if (bytes !== null && have === bytes) return;
  const headers = { ...options.headers, ...(have > 0 && { range: `bytes=${have}-`, 'if-range': mark }) };
  const response = await request(url, { headers, signal: options.signal });
  if (response.status === 416) {
    await rm(part, { force: true });
    throw new Error('the file on the server has changed');
  }
  if (!response.ok && options.refused)
    throw options.refused(response.status) ?? new Error(`the server answered ${response.status}`);
  if (!response.ok || response.body === null)
    throw new HyenaError(
      'unreachable',
      msg`The server refused ${path.basename(new URL(url).pathname)}: ${response.status}.`,
      {
        kept: 'Nothing was changed.',
        hint: 'Use a local folder, wheel or archive with libtensorflow.',
        command: 'hyena setup DEVICE --library PATH',
      },
    );
  const continued = response.status === 206;
  const start = continued ? have : 0;
  await writeFile(`${part}.mark`, response.headers.get('etag') ?? response.headers.get('last-modified') ?? '');
  const length = Number(response.headers.get('content-length') ?? NaN);
  const total = bytes ?? (Number.isFinite(length) ? start + length : null);
  let done = start;
  const handle = await open(part, continued ? 'a' : 'w');
  try {
    // What has come is written at once: where the connection breaks nothing of it is lost.
    for await (const chunk of response.body) {
      await handle.write(chunk as Uint8Array);
      done += (chunk as Uint8Array).length;
      options.onProgress(done, total);
    }
  } finally {
    await handle.close();
  }
  if (total !== null && done < total) throw new Error('the connection closed early');
}
