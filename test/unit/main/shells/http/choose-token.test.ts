import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseToken } from '../../../../../main/shells/http/choose-token.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hyena-token-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the token of a server', () => {
  it('comes from the command line, else from a file, else from the environment', async () => {
    const file = path.join(folder, 'token');
    await writeFile(file, 'of-the-file\r\nand more\n');
    const environment = { HYENA_TOKEN: 'of-the-environment' };
    expect(await chooseToken({ token: 'k', file, environment })).toBe('k');
    expect(await chooseToken({ file, environment })).toBe('of-the-file');
    expect(await chooseToken({ environment })).toBe('of-the-environment');
    expect(await chooseToken({ environment: {} })).toBeUndefined();
  });

  it('is refused if a header cannot carry it, or its file cannot be read', async () => {
    for (const token of ['two words', 'täglich', 'x'.repeat(513), 'line\nbreak'])
      await expect(chooseToken({ token, environment: {} })).rejects.toMatchObject({ code: 'usage' });
    await expect(chooseToken({ file: path.join(folder, 'none'), environment: {} })).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
