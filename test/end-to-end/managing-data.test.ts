import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonLines, TestLibrary } from './command.ts';

/** The verbs of `hyena data` on data sets that are there, and columns that are put together. */
let place: TestLibrary;
const file = (name: string) => path.join(place.folder, name);
beforeAll(async () => void (place = await TestLibrary.make()));
afterAll(() => place.remove());

describe('hyena data', () => {
  it('puts columns together, and says which there are if one is not', async () => {
    await writeFile(file('rows.tsv'), 'ask\tsay\tn\nWho is it?\tMaren.\t1\nWhere is it?\tHere.\t2\n');
    const add = (...more: string[]) => place.hyena('data', 'add', 'rows.tsv', '--name', 'rows', ...more);
    const wrong = await add('--columns', 'prompt=ask,reply=answer');
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('Available fields: ask, say, n.')]);
    for (const bad of [
      ['--columns', 'prompt=ask'],
      ['--columns', 'text=ask'],
      ['--template', 'no column'],
    ])
      expect((await add(...bad)).code).toBe(2);
    expect((await add('--field', 'ask', '--template', '{ask}')).code).toBe(2);
    const made = await add('--columns', 'prompt=ask', '--columns', 'reply=say', '--validation', '0');
    expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/columns +prompt=ask, reply=say/)]);
    await place.json(
      'data',
      'add',
      'rows.tsv',
      '--name',
      'notes',
      '--template',
      '{n}. {ask}\\n{{{say}}}',
      '--validation',
      '0',
    );
    await place.hyena('data', 'export', 'notes', 'notes.txt');
    expect(await readFile(file('notes.txt'), 'utf8')).toBe('1. Who is it?\n{Maren.}\n\n2. Where is it?\n{Here.}\n\n');
  });

  it('renames, tags, lists files, reads again and exports', async () => {
    await place.json('data', 'rename', 'rows', 'Questions');
    await place.json('data', 'tag', 'Questions', 'small', 'chats');
    expect((await place.json('data', 'list', '--tag', 'small')).map(({ name }) => name)).toEqual(['Questions']);
    await writeFile(file('rows.tsv'), 'ask\tsay\tn\nWho was it?\tThe mate.\t1\n');
    const [{ changed, files }] = await place.json('data', 'files', 'Questions');
    expect([changed, files]).toEqual([1, [{ name: 'rows.tsv', bytes: 51, documents: 2, state: 'changed' }]]);
    const again = await place.hyena('data', 'reread', 'Questions');
    expect(again.stderr).toContain('changed: rows.tsv');
    expect(again.stdout).toContain('Questions, 1 documents');
    await place.json('data', 'export', 'Questions', 'out.jsonl', '--to', 'jsonl');
    expect(jsonLines(await readFile(file('out.jsonl'), 'utf8'))).toMatchObject([
      {
        messages: [
          { role: 'user', content: 'Who was it?' },
          { role: 'assistant', content: 'The mate.' },
        ],
      },
    ]);
    expect((await place.hyena('data', 'export', 'Questions', 'out.jsonl')).stderr).toContain('already exists');
    const shown = await place.hyena('data', 'show', 'Questions');
    expect(shown.stdout).toMatch(/tags +small, chats/);
  });
});
