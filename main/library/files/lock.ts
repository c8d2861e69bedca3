import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { HyenaError } from '../../contract/errors.ts';
import type { Owner } from '../../contract/runs.ts';
import { msg, type Message } from '../../contract/message.ts';
import { temporaryName } from './atomic.ts';
import { identityOf, isRunning, processIdentitySchema } from './process-identity.ts';

/**
 * One process at a time: it holds a file, which is made exclusively and names the process. The lock of a process that
 * has died is recovered; that of a living one never is, whatever the clocks say.
 */
const lockSchema = z.strictObject({
  ...processIdentitySchema.shape,
  id: z.string().optional().describe('Id of this lock: a process may take the same lock again.'),
  parent: processIdentitySchema.optional().describe('Parent process.'),
});
type Lock = z.infer<typeof lockSchema>;

const lockPath = (folder: string): string => join(folder, 'lock');
/** So long the exchange of a stale lock is tried for. */
const takeoverMilliseconds = 10_000;
/** So long a process is waited for whose host has died: it is about to keep what it has and to end. */
const orphanMilliseconds = 20_000;

async function readLock(path: string): Promise<Lock | 'none' | 'unreadable'> {
  try {
    const parsed = lockSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'unreadable';
  }
}

async function livingHolder(path: string): Promise<Lock | null> {
  let lock = await readLock(path);
  // One that was read while it was being written has no content yet.
  for (let look = 0; look < 10 && lock === 'unreadable'; look++) {
    await sleep(20);
    lock = await readLock(path);
  }
  return lock === 'none' || lock === 'unreadable' || !(await isRunning(lock)) ? null : lock;
}

/** Whether the process that a lock's holder works for has died. */
const isOrphan = async ({ parent }: Lock): Promise<boolean> => parent !== undefined && !(await isRunning(parent));

const ownerOf = ({ pid, host, time }: Lock): Owner => ({ pid, host, time });

/** The living process that holds a folder, or null. */
export async function readOwner(folder: string): Promise<Owner | null> {
  const lock = await readLock(lockPath(folder));
  if (lock === 'none' || lock === 'unreadable' || !(await isRunning(lock))) return null;
  return ownerOf(lock);
}

/** Whether the process that holds a folder is about to end, because the one that it works for has died. */
export async function isBeingReleased(folder: string): Promise<boolean> {
  const lock = await readLock(lockPath(folder));
  return lock !== 'none' && lock !== 'unreadable' && (await isOrphan(lock));
}

/** Makes a file with its content at once, so that nobody reads half of it. @returns false if there is one */
async function createExclusively(path: string, content: string): Promise<boolean> {
  const draft = temporaryName(path);
  await writeFile(draft, content, { flag: 'wx' });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  // A file system without links: who reads it in this moment finds it empty, and looks again.
  try {
    await writeFile(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

export interface HeldLock {
  readonly owner: Owner;
  release(): Promise<void>;
}
export type FolderLock = HeldLock;

export interface LockOptions {
  /** The error where a living process holds the lock for longer than it is waited for. */
  readonly refusal: (owner: Owner) => HyenaError;
  /** How long a living process is waited for. */
  readonly patienceMilliseconds?: number;
  /** How often is looked. */
  readonly pollMilliseconds?: number;
}

/**
 * Takes a lock for this process. A process whose host has died is waited for, for it is about to end.
 *
 * @param path of the file of the lock
 * @throws HyenaError the refusal
 */
export async function takeLock(path: string, options: LockOptions): Promise<HeldLock> {
  const { refusal, patienceMilliseconds = 0, pollMilliseconds = 20 } = options;
  const [self, parent] = await Promise.all([identityOf(process.pid), identityOf(Math.max(1, process.ppid))]);
  const mine: Lock = { ...self, id: randomUUID(), parent };
  const content = `${JSON.stringify(mine)}\n`;
  const held: HeldLock = {
    owner: ownerOf(mine),
    async release() {
      const now = await readLock(path);
      if (now !== 'none' && now !== 'unreadable' && now.id === mine.id) await rm(path, { force: true });
    },
  };
  const began = performance.now();
  let staleSince: number | null = null;
  for (;;) {
    if (await createExclusively(path, content)) return held;
    const holder = await livingHolder(path);
    const waited = performance.now() - began;
    if (holder !== null) {
      staleSince = null;
      const patience = (await isOrphan(holder)) ? orphanMilliseconds : 0;
      if (waited > Math.max(patience, patienceMilliseconds)) throw refusal(ownerOf(holder));
    } else {
      staleSince ??= waited;
      if (waited - staleSince > takeoverMilliseconds)
        throw new HyenaError('locked', 'Cannot take over the lock.', { hint: msg`Delete ${path}.` });
      if (await takeOver(path, content)) return held;
    }
    await sleep(pollMilliseconds);
  }
}

/** Exchanges a stale lock. Whoever makes the takeover file does; the others look again. */
async function takeOver(path: string, content: string): Promise<boolean> {
  const takeover = `${path}.takeover`;
  if (await createExclusively(takeover, content)) {
    try {
      if ((await livingHolder(path)) !== null) return false;
      await rm(path, { force: true });
      return await createExclusively(path, content);
    } finally {
      await rm(takeover, { force: true });
    }
  }
  if ((await livingHolder(takeover)) === null) {
    // Renamed first: of two who find it stale one takes it away.
    const doomed = temporaryName(takeover);
    await rename(takeover, doomed).catch(() => undefined);
    await rm(doomed, { force: true });
  }
  return false;
}

/**
 * Takes a folder for this process.
 *
 * @param busy what to tell of the process that has it, in a sentence
 * @throws HyenaError `locked` where a living process has it
 */
export const lockFolder = (folder: string, busy: (owner: Owner) => Message): Promise<FolderLock> =>
  takeLock(lockPath(folder), {
    refusal: (owner) =>
      new HyenaError('locked', busy(owner), {
        hint: msg`Stop that process first. If it no longer exists, delete ${lockPath(folder)}.`,
      }),
  });
