import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

export interface StaticFile {
  path: string;
  type: string;
  bytes: number;
  /** Named by its content, so it never changes. */
  immutable: boolean;
}

/**
 * The file of a folder that an address names, or null: no path leads out of the folder, whether by dots, by an
 * absolute path or by a link, and only files of known kinds are served.
 *
 * @param address the path of the URL, still encoded
 */
export async function findStaticFile(folder: string, address: string): Promise<StaticFile | null> {
  let name: string;
  try {
    name = decodeURIComponent(address);
  } catch {
    return null;
  }
  if (name.includes('\0') || name.includes('\\')) return null;
  const requested = path.join(folder, name.endsWith('/') ? `${name}index.html` : name);
  const type = types[path.extname(requested).toLowerCase()];
  if (type === undefined) return null;
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(requested)]);
    if (!file.startsWith(root + path.sep)) return null;
    const about = await stat(file);
    if (!about.isFile()) return null;
    return { path: file, type, bytes: about.size, immutable: path.dirname(file).startsWith(path.join(root, 'assets')) };
  } catch {
    return null;
  }
}

export const readStaticFile = (file: StaticFile) => createReadStream(file.path);
