import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findTemplates, sourceFiles } from '../../../../../main/setup/messages/sentences.ts';
import { codeInManuals, commandLine, prose } from '../../../../words/prose.ts';

const program = await commandLine();
const find = (command: Command, name: string | undefined): Command | undefined =>
  command.commands.find((one) => name !== undefined && (one.name() === name || one.aliases().includes(name)));

/** Whether words after `hyena` begin a command that exists, down to its last verb. */
function isCommand(words: readonly string[]): boolean {
  const verb = find(program, words[0]);
  return verb !== undefined && (verb.commands.length === 0 || find(verb, words[1]) !== undefined);
}

const project = path.resolve(import.meta.dirname, '..', '..', '..', '..', '..');

describe('commands that errors name', () => {
  it('are not in sentences that the window shows, and no files of this project either', () => {
    const shown = findTemplates().templates.filter(({ file }) => !file.startsWith('main/shells/'));
    expect(shown.length).toBeGreaterThan(500);
    expect(
      shown.filter(({ template }) =>
        /\bhyena [a-z]|\bdocs\/|\bnpm (?:run|install)|\s--(?!install\b|force-ocr\b)[a-z]/.test(template),
      ),
    ).toEqual([]);
  });

  it('exist', () => {
    const commands = sourceFiles().flatMap((file) =>
      [...readFileSync(path.join(project, file), 'utf8').matchAll(/['"`]hyena ((?:[a-z]+ ?)+)/g)].map(([, words]) => ({
        file,
        words: words.trim(),
      })),
    );
    expect(commands.length).toBeGreaterThan(20);
    expect(commands.filter(({ words }) => !isCommand(words.split(' ')))).toEqual([]);
  });

  it('exist, in messages, help, README and docs', async () => {
    // In code a command is written as it is typed; in a sentence it stands before other words.
    const inCode = codeInManuals().flatMap(({ file, line, text }) =>
      [...text.matchAll(/(?:^|\bnpx |\$ )hyena ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/g)].map(([, verb, next]) => ({
        place: `${file}:${line}`,
        words: [verb, next ?? ''],
      })),
    );
    const inProse = (await prose()).flatMap(({ file, line, text }) =>
      [...text.matchAll(/(?<!the )\bhyena ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/g)].map(([, verb, next]) => ({
        place: `${file}:${line}`,
        words: [verb, next ?? ''],
      })),
    );
    expect(inCode.length).toBeGreaterThan(30);
    expect(inProse.length).toBeGreaterThan(5);
    // `hyena data ...` names a verb with all that it has.
    const exists = ([verb, next]: string[]) => isCommand([verb, next]) || (next === '' && find(program, verb));
    expect([...inCode, ...inProse].filter(({ words }) => !exists(words))).toEqual([]);
  });

  it('are told apart from others', () => {
    expect([['train'], ['runs', 'list'], ['data', 'add']].map(isCommand)).toEqual([true, true, true]);
    expect([['demo'], ['runs'], ['data', 'of']].map(isCommand)).toEqual([false, false, false]);
  });
});
