import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { promisify } from 'node:util';
import { z } from 'zod';
import { processEnvironment } from '../environment.ts';

/**
 * Who a process is, beyond its number: numbers are given again, and clocks may be wrong. Free of tfjs.
 */
export const processIdentitySchema = z.strictObject({
  pid: z.int().min(1),
  host: z.string().describe('Host name.'),
  time: z.iso.datetime().describe('Time of writing.'),
  processStart: z.string().nullable().describe("The system's own mark of when the process started, where it has one."),
  boot: z.string().nullable().default(null).describe("The system's own mark of its start, where it has one."),
});
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

const run = promisify(execFile);
const output = (file: string, ...parameters: string[]): Promise<string | null> =>
  run(file, parameters, { timeout: 5000, env: { ...processEnvironment, LC_ALL: 'C' } }).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  );

/** When a process started, as its system tells it; null where it does not. */
async function processStart(pid: number): Promise<string | null> {
  if (process.platform === 'win32') return null;
  if (process.platform !== 'linux') return output('ps', '-o', 'lstart=', '-p', String(pid));
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field, the program's name, may hold blanks and brackets; the start time is the 22nd.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

async function readBoot(): Promise<string | null> {
  if (process.platform === 'linux')
    return readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
      (text) => text.trim() || null,
      () => null,
    );
  return process.platform === 'darwin' ? output('sysctl', '-n', 'kern.bootsessionuuid') : null;
}

let boot: Promise<string | null> | undefined;
const bootOfMachine = (): Promise<string | null> => (boot ??= readBoot());

const starts = new Map<number, Promise<string | null>>();
/** Of processes that do not end before this one. */
function rememberedStart(pid: number): Promise<string | null> {
  const known = starts.get(pid) ?? processStart(pid);
  starts.set(pid, known);
  return known;
}

/** @param pid of this process, or of the one that started it */
export async function identityOf(pid: number): Promise<ProcessIdentity> {
  const [start, machine] = await Promise.all([rememberedStart(pid), bootOfMachine()]);
  return { pid, host: hostname(), time: new Date().toISOString(), processStart: start, boot: machine };
}

/** Whether a process that was written down still runs. Times are looked at only if nothing else is known. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  if (identity.host !== hostname()) return true; // Another machine on a shared drive: nobody here can tell.
  const machine = await bootOfMachine();
  const sameBoot = identity.boot !== null && machine !== null ? identity.boot === machine : null;
  if (sameBoot === false) return false;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const start = await processStart(identity.pid);
  if (start !== null && identity.processStart !== null) return start === identity.processStart;
  if (sameBoot === true) return true;
  const machineStarted = Date.now() - uptime() * 1000;
  return Date.parse(identity.time) >= machineStarted - 60_000;
}
