import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../../main/shells/terminal/program.ts';
import { Output } from '../../../../main/shells/terminal/output.ts';
import { findTemplates } from '../../../told-templates.ts';

const program = createProgram({ host: () => Promise.reject(new Error()), output: () => new Output() }, '1');
const find = (command: Command, name: string | undefined): Command | undefined =>
  command.commands.find((one) => name !== undefined && (one.name() === name || one.aliases().includes(name)));

/** Whether words after `hyena` begin a command that exists, down to its last verb. */
function isCommand(words: readonly string[]): boolean {
  const verb = find(program, words[0]);
  return verb !== undefined && (verb.commands.length === 0 || find(verb, words[1]) !== undefined);
}

describe('commands that sentences name', () => {
  it('exist', () => {
    const named = findTemplates().templates.flatMap(({ template, file }) =>
      [...template.matchAll(/\bhyena ((?:[a-z]+ ?)+)/g)].map(([, words]) => ({ file, template, words: words.trim() })),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ words }) => !isCommand(words.split(' ')))).toEqual([]);
  });

  it('are told apart from others', () => {
    expect([['train'], ['runs', 'list'], ['data', 'add']].map(isCommand)).toEqual([true, true, true]);
    expect([['demo'], ['runs'], ['data', 'of']].map(isCommand)).toEqual([false, false, false]);
  });
});
