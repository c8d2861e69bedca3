import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HyenaError } from '../../../../../main/contract/errors.ts';
import { msg } from '../../../../../main/contract/message.ts';
import { stripControls, Output } from '../../../../../main/shells/terminal/output.ts';

const collect = (options: { json?: boolean; isTTY?: boolean }) => {
  const results = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: options.isTTY ?? false });
  const progress = new PassThrough({ encoding: 'utf8' });
  const output = new Output({
    json: options.json ?? false,
    results: results as unknown as NodeJS.WriteStream,
    progress: progress as unknown as NodeJS.WriteStream,
  });
  return { output, results: () => String(results.read() ?? ''), progress: () => String(progress.read() ?? '') };
};
const hostile = 'a\u001b]0;title\u0007\u009b31mred\rb\u007f\u0000 é 鯨 👋\tc\n';

describe('what the terminal shows', () => {
  it('has no control character that the terminal would obey, whatever a name or an error says', () => {
    const { output, results, progress } = collect({});
    output.line(hostile);
    output.note(hostile);
    output.error(new Error(hostile));
    for (const text of [results(), progress()]) {
      expect(text).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
      expect(text).toContain('é 鯨 👋\tc\n');
    }
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => !/[\0-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]/.test(stripControls(text)),
      ),
    );
  });

  it('keeps its own styles', () => {
    expect(stripControls('\u001b[1mbold\u001b[22m \u001b[31mred')).toBe('\u001b[1mbold\u001b[22m \u241b[31mred');
  });

  it('is generated text as it is for a file, and without control characters for a person', () => {
    const piped = collect({});
    piped.output.text(hostile);
    expect(piped.results()).toBe(hostile);
    const shown = collect({ isTTY: true });
    shown.output.text(hostile);
    expect(shown.results()).toBe('a\u241b]0;title\u2407\ufffd31mred\u240db\u2421\u2400 é 鯨 👋\tc\n');
  });

  it('is JSON with the same values, in characters that do nothing', () => {
    const { output, results } = collect({ json: true });
    output.record({ message: hostile });
    const line = results();
    expect(line).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f]/);
    expect(JSON.parse(line)).toEqual({ message: hostile });
  });

  it('is JSON with English in place of messages, of an error too', () => {
    const { output, results } = collect({ json: true });
    output.record({
      type: 'notice',
      message: msg`${2} {0|one: line|other: lines} of ${msg`a ${'b'}`}`,
      all: [msg`One.`],
    });
    expect(JSON.parse(results())).toEqual({ type: 'notice', message: '2 lines of a b', all: ['One.'] });
    output.error(new HyenaError('not-found', msg`There is no ${'x'}.`, { hint: 'Look {0}.' }));
    const error = { type: 'error', code: 'not-found', message: 'There is no x.', hint: 'Look {0}.' };
    expect(JSON.parse(results())).toEqual(error);
  });
});
