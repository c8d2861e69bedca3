import { HyenaError, type ErrorReport } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import { tokenHeader } from './token.ts';
import type { Grant } from '../../main/contract/grants.ts';

/** A file of a drop, with its place within what was dropped. */
export interface DroppedFile {
  path: string;
  file: File;
}

async function readDirectory(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    // A reader gives at most a hundred entries at once.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return entries;
    entries.push(...some);
  }
}

async function filesBelow(entry: FileSystemEntry, prefix: string): Promise<DroppedFile[]> {
  const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path, file }];
  }
  const found: DroppedFile[] = [];
  for (const child of await readDirectory(entry as FileSystemDirectoryEntry))
    found.push(...(await filesBelow(child, path)));
  return found;
}

/** All files of a drop, those of dropped folders included. Must be called before the drop's event has passed. */
export async function droppedFiles(data: DataTransfer): Promise<DroppedFile[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return [...data.files].map((file) => ({ path: file.name, file }));
  const found: DroppedFile[] = [];
  for (const entry of entries) found.push(...(await filesBelow(entry, '')));
  return found;
}

/** The files of an input; those of a chosen folder with their place in it. */
export const pickedFiles = (files: FileList): DroppedFile[] =>
  [...files].map((file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file }));

const address = (drop: string, path: string): string =>
  `/uploads/${drop}/${path.split('/').map(encodeURIComponent).join('/')}`;

async function checked(response: Response): Promise<Response> {
  if (response.ok) return response;
  // What stands between the window and its server may answer in its place, with a page of its own.
  const report = (await response.json().catch(() => null)) as ErrorReport | null;
  throw report?.message
    ? HyenaError.fromReport(report)
    : new HyenaError('bad-input', msg`The upload was refused (${response.status}).`);
}

/**
 * Hands files to the host through the server that this page came from.
 *
 * @param progress told how many bytes have arrived
 */
export async function uploadFiles(
  files: readonly DroppedFile[],
  signal: AbortSignal,
  progress: (bytes: number) => void,
): Promise<Grant[]> {
  const drop = crypto.randomUUID();
  let sent = 0;
  for (const { path, file } of files) {
    await checked(await fetch(address(drop, path), { method: 'PUT', body: file, signal, headers: tokenHeader() }));
    sent += file.size;
    progress(sent);
  }
  const roots = [...new Set(files.map(({ path }) => path.split('/')[0]))];
  const grants: Grant[] = [];
  for (const root of roots) {
    const response = await checked(
      await fetch(address(drop, root), { method: 'POST', signal, headers: tokenHeader() }),
    );
    grants.push((await response.json()) as Grant);
  }
  return grants;
}
