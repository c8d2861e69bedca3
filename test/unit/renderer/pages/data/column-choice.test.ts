import { describe, expect, it } from 'vitest';
import { availableColumns, ColumnChoice } from '../../../../../renderer/pages/data/column-choice.svelte.ts';

const columns = (...names: string[]) => names.map((name) => ({ name, example: `of ${name}` }));
const opened = () => {
  const changes: boolean[] = [];
  return { choice: new ColumnChoice((isWriting) => void changes.push(isWriting)), changes };
};

describe('the columns that are chosen', () => {
  it('begin with what the names suggest, and else with the first', () => {
    const { choice, changes } = opened();
    choice.choose('dialogue', columns('id', 'the_answer', 'user_question'));
    expect(choice.columns).toEqual({ prompt: 'user_question', reply: 'the_answer', system: null });
    expect(changes).toEqual([false]);
    const other = opened().choice;
    other.choose('dialogue', columns('a', 'b', 'c'));
    expect(other.columns).toEqual({ prompt: 'a', reply: 'b', system: null });
    other.choose('template', columns('a', 'b', 'c'));
    expect(other.columns).toEqual({ template: '{a}\n\n{b}' });
  });

  it('are complete with a prompt and a reply, or with a template that names a column', () => {
    const { choice, changes } = opened();
    expect([choice.complete, choice.columns]).toEqual([true, null]);
    choice.choose('dialogue', []);
    expect([choice.complete, choice.columns]).toEqual([false, null]);
    choice.set('prompt', 'a');
    choice.set('reply', 'b');
    choice.set('system', 'c');
    expect(choice.columns).toEqual({ prompt: 'a', reply: 'b', system: 'c' });
    choice.choose('template', []);
    choice.set('template', 'no column {}');
    expect(choice.complete).toBe(false);
    choice.set('template', '{a}');
    expect(choice.columns).toEqual({ template: '{a}' });
    // What is typed waits, what is chosen does not.
    expect(changes).toEqual([false, false, false, false, false, true, true]);
    choice.choose('text', []);
    expect([choice.complete, choice.columns]).toEqual([true, null]);
  });

  it('of several files are each there once, with the first example', () => {
    const file = {
      source: '',
      bytes: 0,
      documents: [],
      count: 0,
      complete: true,
      rows: null,
      columns: [],
      problems: 0,
    };
    expect(
      availableColumns([
        { ...file, available: [{ name: 'a', example: '' }, ...columns('b')] },
        { ...file },
        { ...file, available: columns('a', 'c') },
      ]).map(({ name, example }) => `${name}: ${example}`),
    ).toEqual(['a: of a', 'b: of b', 'c: of c']);
  });
});
