import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { HyenaError } from '../../../../../main/contract/errors.ts';
import { moveToSystemTrash } from '../../../../../main/host/system-trash.ts';
import { Trash } from '../../../../../main/host/window/trash.ts';
import { temporaryFolder } from '../../../temporary.ts';

/** A library with one run, and a system's trash that is a folder. */
async function makeLibrary() {
  const library = await temporaryFolder();
  const system = path.join(library, 'system-trash');
  await mkdir(system);
  await mkdir(path.join(library, 'runs', 'whale'), { recursive: true });
  await writeFile(path.join(library, 'runs', 'whale', 'run.json'), 'the run');
  const reports: HyenaError[] = [];
  const dispose = (file: string) => rename(file, path.join(system, path.basename(file)));
  const open = (way: (file: string) => Promise<void> = dispose) =>
    new Trash(library, way, (error) => void reports.push(error));
  const runs = () => readdir(path.join(library, 'runs'));
  return { library, system, reports, open, runs, inTrash: () => readdir(system) };
}
const later = () => Date.now() + 11 * 60_000;

describe('what is deleted in a window', () => {
  it('can be brought back at once, under another name where its own is taken', async () => {
    const { library, open, runs, inTrash } = await makeLibrary();
    const trash = open();
    const { token } = await trash.put('run', 'whale');
    expect(await runs()).toEqual([]);
    await mkdir(path.join(library, 'runs', 'Whale'));
    expect(await trash.restore(token)).toMatchObject({ kind: 'run', name: 'whale-2' });
    expect(await readFile(path.join(library, 'runs', 'whale-2', 'run.json'), 'utf8')).toBe('the run');
    await expect(trash.restore(token)).rejects.toMatchObject({ code: 'not-found' });
    await trash.close();
    expect(await inTrash()).toEqual([]);
  });

  it("goes to the system's trash under its name at the end of the program", async () => {
    const { open, inTrash } = await makeLibrary();
    const trash = open();
    const { token } = await trash.put('run', 'whale');
    await trash.close();
    expect(await inTrash()).toEqual(['whale']);
    await expect(trash.restore(token)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining("system's trash") as string,
    });
  });

  it('deletions of a window whose program died go to the trash later, but not those that another has just made', async () => {
    const { open, inTrash } = await makeLibrary();
    await open().put('run', 'whale');
    await open().open();
    expect(await inTrash()).toEqual([]);
    await open().open(later());
    expect(await inTrash()).toEqual(['whale']);
  });

  it("comes back into the library when a person has restored it from the system's trash", async () => {
    const { library, system, open, runs } = await makeLibrary();
    const trash = open();
    const { token } = await trash.put('run', 'whale');
    await trash.close();
    // The system puts it where it was taken from.
    await rename(path.join(system, 'whale'), path.join(library, '.trash', token, 'whale'));
    expect(await open().open()).toEqual([{ kind: 'run', name: 'whale' }]);
    expect(await runs()).toEqual(['whale']);
    expect(await readdir(path.join(library, '.trash'))).toEqual([]);
  });

  it('is kept where the system has no trash, for thirty days', async () => {
    const { library, open, reports } = await makeLibrary();
    const broken = () => Promise.reject(new Error('no trash'));
    const trash = open(broken);
    await trash.put('run', 'whale');
    await trash.close();
    expect(reports.map(({ message }) => message)).toEqual(['no trash']);
    await open(broken).open(later());
    expect(await readdir(path.join(library, '.trash'))).toHaveLength(1);
    await open(broken).open(Date.now() + 31 * 86_400_000);
    expect(await readdir(path.join(library, '.trash'))).toEqual([]);
  });

  it('is never looked for under a name that leads elsewhere', async () => {
    const { library, open } = await makeLibrary();
    await expect(open().restore('../runs')).rejects.toMatchObject({ code: 'usage' });
    const place = path.join(library, '.trash', '00000000-0000-0000-0000-000000000000');
    await mkdir(place, { recursive: true });
    const entry = { kind: 'run', name: '../../runs/whale', time: new Date(0).toISOString() };
    await writeFile(path.join(place, 'entry.json'), JSON.stringify(entry));
    await open().open();
    expect(await readdir(path.join(library, 'runs'))).toEqual(['whale']);
  });
});

describe("the system's trash", () => {
  it.runIf(process.platform === 'linux')('takes a folder and knows where it was', async () => {
    const { library } = await makeLibrary();
    // Not that of the person who runs the tests; read when the package is loaded.
    vi.stubEnv('XDG_DATA_HOME', path.join(library, 'data'));
    const folder = path.join(library, 'runs', 'whale');
    const { default: trash } = await import('trash');
    const taken = (await trash(folder, { glob: false })) as unknown as { path: string; info: string }[];
    expect(await readFile(path.join(taken[0].path, 'run.json'), 'utf8')).toBe('the run');
    expect(await readFile(taken[0].info, 'utf8')).toContain(`Path=${encodeURI(folder)}`);
    await moveToSystemTrash(taken[0].path);
  });
});
