import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A name for the folder of a run that is written before it appears under its own, beside the other runs. What writers
 * whose process died have left there is removed.
 *
 * @param runs the folder of all runs, made where it is missing
 * @returns the path, at which nothing is yet
 */
export async function stageRun(runs: string): Promise<string> {
  await mkdir(runs, { recursive: true });
  for (const name of await readdir(runs)) {
    const [, pid] = /^\.importing-(\d+)-[0-9a-f-]+$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(runs, name), { recursive: true, force: true });
  }
  return join(runs, `.importing-${process.pid}-${randomUUID()}`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
