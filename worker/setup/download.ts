import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HyenaError } from '../../main/contract/errors.ts';
import { told } from '../../main/contract/told.ts';
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
    told`This takes ${gigabytes(bytes)} of disk, and ${folder} has ${gigabytes(free)} free.`,
    {
      kept: 'Nothing was downloaded.',
      hint: 'Free some space, or set HYENA_DEVICES to a folder on another disk.',
    },
  );
}

/**
 * Fetches a file. What was fetched before, by an earlier call too, is not fetched again: the part is kept beside the
 * file as `.part`, with the mark by which the server knows the version that it is of.
 *
 * @throws HyenaError `damaged` where its sum is another, `unreachable` where it cannot be had, `interrupted`
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
  throw new HyenaError('damaged', told`${path.basename(file)} came damaged: its checksum is not the published one.`, {
    kept: 'What was fetched was deleted; nothing else was changed.',
    hint: 'Try again; where it happens again, something between here and the server changes files.',
  });
}

const cancelled = (part: string) =>
  new HyenaError('interrupted', 'The download was stopped.', {
    kept: told`${(sizeOf(part) / 1e6).toFixed(0)} MB of it, from where the next one goes on.`,
  });

const unreachable = (url: string, part: string, cause: Error) =>
  new HyenaError(
    'unreachable',
    told`${path.basename(new URL(url).pathname)} could not be fetched: ${reasonOf(cause)}`,
    {
      kept: told`${(sizeOf(part) / 1e6).toFixed(0)} MB of it, from where the next try goes on.`,
      hint: 'Check the connection and run the same command again, or fetch the file by other means and name it.',
      cause,
    },
  );

const reasonOf = (error: Error): string =>
  error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;

/** Fetches what is missing at the end of a part. */
async function fetchRest({ url, bytes }: Download, part: string, options: DownloadOptions): Promise<void> {
  const mark = await readFile(`${part}.mark`, 'utf8').catch(() => '');
  // Without a mark nobody knows which version the part is of.
  const have = mark === '' ? 0 : sizeOf(part);
  if (bytes !== null && have === bytes) return;
  const headers: Record<string, string> = have > 0 ? { range: `bytes=${have}-`, 'if-range': mark } : {};
  const response = await request(url, { headers, signal: options.signal });
  if (response.status === 416) {
    await rm(part, { force: true });
    throw new Error('the server has another file now');
  }
  if (!response.ok || response.body === null)
    throw new HyenaError(
      'unreachable',
      told`The server refused ${path.basename(new URL(url).pathname)}: ${response.status}.`,
      {
        kept: 'Nothing was changed.',
        hint: 'Name a folder, a wheel or an archive that you have: --library PATH',
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
  if (total !== null && done < total) throw new Error('the connection ended early');
}
