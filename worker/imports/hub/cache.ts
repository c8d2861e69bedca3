import { readdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { variable } from '../../../main/library/environment.ts';

/** Where other programs keep what they had from the hub. */
function cacheFolder(): string {
  const home = variable('HF_HOME') ?? join(homedir(), '.cache', 'huggingface');
  return variable('HF_HUB_CACHE') ?? join(home, 'hub');
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * A folder in which another program (huggingface_hub) has kept a revision of a model.
 *
 * @param revision a branch, a tag or a commit
 * @returns null where there is none
 */
export async function cachedSnapshot(model: string, revision: string): Promise<string | null> {
  const folder = join(cacheFolder(), `models--${model.replaceAll('/', '--')}`);
  const commit = await readFile(join(folder, 'refs', ...revision.split('/')), 'utf8').then(
    (text) => text.trim(),
    () => revision,
  );
  if (!/^[\w.-]+$/.test(commit) || commit.startsWith('.')) return null;
  const snapshot = join(folder, 'snapshots', commit);
  if (!(await isFolder(snapshot))) return null;
  // What was begun and not finished has no weights.
  const names = await readdir(snapshot);
  return names.some((name) => /\.(?:safetensors|ckpt|pt|pth|bin)(?:\.part\d+)?$/i.test(name)) ? snapshot : null;
}
