import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withBuildLock } from '../../../../main/setup/lock.js';
import { temporaryFolder } from '../../temporary.ts';

const project = path.resolve(import.meta.dirname, '..', '..', '..', '..');
const lock = pathToFileURL(path.join(project, 'main', 'setup', 'lock.js')).href;
const name = `test-${process.pid}`;
const folder = path.join(project, 'worker', 'native', 'build', `${name}.lock`);

/** A process that writes down when it begins and ends its work. */
async function work(record: string): Promise<void> {
  const program = `
    import { appendFileSync } from 'node:fs';
    import { withBuildLock } from ${JSON.stringify(lock)};
    withBuildLock(${JSON.stringify(name)}, () => {
      appendFileSync(${JSON.stringify(record)}, 'begin ');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      appendFileSync(${JSON.stringify(record)}, 'end ');
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(0);
}

describe('the lock of the builds', () => {
  it('lets one process build at a time', async () => {
    const record = path.join(await temporaryFolder(), 'record.txt');
    await Promise.all([work(record), work(record), work(record)]);
    expect(await readFile(record, 'utf8')).toBe('begin end '.repeat(3));
  });

  it('is taken over from a process that has died, and given back after a failure', async () => {
    await mkdir(folder, { recursive: true });
    // No process has this number.
    await writeFile(path.join(folder, 'pid'), '4194305');
    expect(() =>
      withBuildLock(name, () => {
        throw new Error('does not compile');
      }),
    ).toThrow('does not compile');
    expect(withBuildLock(name, () => 'built')).toBe('built');
    await rm(folder, { recursive: true, force: true });
  });
});
