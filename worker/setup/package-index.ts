import { z } from 'zod';
import { HyenaError, messageOf } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import { request } from './network.ts';
import type { SpawnProgram } from './run-program.ts';
import { processEnvironment, variable } from '../../main/library/environment.ts';

/** A file of a project in a Python package index. */
export interface IndexedFile {
  readonly file: string;
  readonly url: string;
  readonly sha256: string | null;
  readonly bytes: number | null;
}

const projectSchema = z.object({
  files: z.array(
    z.object({
      filename: z.string(),
      url: z.string(),
      size: z.number().nullish(),
      hashes: z.object({ sha256: z.string().optional() }),
      yanked: z.union([z.boolean(), z.string()]).optional(),
    }),
  ),
});

const pythons = ['python3', 'python'];
/** pip's own word for where it looks when nobody has set anything. */
const usualIndex = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)';

/**
 * The address of the Python package index that pip is set to use here.
 *
 * @throws HyenaError `unreachable` where neither pip nor a setting says one
 */
export async function findIndex(
  run: SpawnProgram,
  environment: NodeJS.ProcessEnv = processEnvironment,
): Promise<string> {
  const requested = variable('PIP_INDEX_URL', environment) ?? variable('UV_DEFAULT_INDEX', environment);
  if (requested !== undefined && requested !== '') return requested;
  for (const python of pythons) {
    for (const parameters of [
      ['-m', 'pip', 'config', 'get', 'global.index-url'],
      ['-c', usualIndex],
    ]) {
      const ran = await run(python, parameters);
      const address = ran?.code === 0 ? ran.output.trim() : '';
      if (/^https?:\/\//.test(address)) return address;
    }
  }
  throw new HyenaError('unreachable', 'No Python package index configured: pip is not installed.', {
    kept: 'Nothing was downloaded.',
    hint: 'Install pip (Debian or Ubuntu: apt install python3-pip), set PIP_INDEX_URL, or use a local copy of libtensorflow.',
    command: 'hyena setup DEVICE --library PATH',
  });
}

/** All files of a project. @throws HyenaError `unreachable` where the index does not answer */
export async function filesOf(index: string, project: string, signal: AbortSignal): Promise<IndexedFile[]> {
  const address = `${index.replace(/\/+$/, '')}/${project}/`;
  const accept = 'application/vnd.pypi.simple.v1+json, text/html;q=0.1';
  let response: Awaited<ReturnType<typeof request>>;
  try {
    response = await request(address, { headers: { accept }, signal });
  } catch (cause) {
    throw new HyenaError('unreachable', msg`The Python package index did not respond: ${messageOf(cause)}`, {
      kept: 'Nothing was downloaded.',
      hint: 'Check the connection, or use a local folder, wheel or archive with libtensorflow.',
      command: 'hyena setup DEVICE --library PATH',
      cause,
    });
  }
  if (!response.ok)
    throw new HyenaError('unreachable', msg`'${project}' not found in the Python package index (${response.status}).`, {
      kept: 'Nothing was downloaded.',
      hint: 'Set PIP_INDEX_URL to an index that has it, or use a local wheel.',
      command: 'hyena setup DEVICE --library PATH',
    });
  const text = await response.text();
  return (response.headers.get('content-type') ?? '').includes('json')
    ? fromJson(text, response.url || address)
    : fromPage(text, response.url || address);
}

function fromJson(text: string, base: string): IndexedFile[] {
  return projectSchema
    .parse(JSON.parse(text))
    .files.filter(({ yanked }) => yanked === undefined || yanked === false)
    .map(({ filename, url, size, hashes }) => ({
      file: filename,
      url: new URL(url, base).href,
      sha256: hashes.sha256 ?? null,
      bytes: size ?? null,
    }));
}

/** Indexes that do not speak JSON answer with a page of links. */
function fromPage(text: string, base: string): IndexedFile[] {
  return [...text.matchAll(/<a\s[^>]*href="([^"]+)"[^>]*>/gi)].map(([, link]) => {
    const url = new URL(link.replaceAll('&amp;', '&'), base);
    const sha256 = /sha256=([0-9a-f]{64})/.exec(url.hash)?.[1] ?? null;
    url.hash = '';
    return { file: decodeURIComponent(url.pathname.split('/').at(-1) ?? ''), url: url.href, sha256, bytes: null };
  });
}

const numbersOf = (version: string): number[] => version.split('.').map((part) => Number.parseInt(part, 10) || 0);

/** Orders versions of numbers and points. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const versionOf = (file: string): string => file.split('-')[1] ?? '';

/** Whether a version is within bounds such as `<13.0,>=12.5.3.2`. */
export function isWithin(version: string, bounds: string): boolean {
  return bounds.split(',').every((bound) => {
    const [, comparison, limit] = /^\s*(<=|>=|==|<|>|!=)\s*([\d.]+)/.exec(bound) ?? [];
    if (comparison === undefined) return true;
    const order = compareVersions(version, limit);
    return (
      ((comparison === '<' || comparison === '<=') && order < 0) ||
      ((comparison === '>' || comparison === '>=') && order > 0) ||
      (['<=', '>=', '=='].includes(comparison) && order === 0) ||
      (comparison === '!=' && order !== 0)
    );
  });
}

/** The file of the highest version within bounds whose name ends as asked; none of them may be a pre-release. */
export function newestFile(files: readonly IndexedFile[], bounds: string, ending: RegExp): IndexedFile | undefined {
  return files
    .filter(({ file }) => ending.test(file) && /^[\d.]+$/.test(versionOf(file)) && isWithin(versionOf(file), bounds))
    .sort((a, b) => compareVersions(versionOf(a.file), versionOf(b.file)))
    .at(-1);
}
