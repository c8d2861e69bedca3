import { describe, expect, it } from 'vitest';
import { fileInput } from '../../../../../worker/data/readers/input.ts';
import { readPdf } from '../../../../../worker/data/readers/pdf.ts';
import { pdf, placesOf, useFiles } from './samples.ts';

const { write, read, readOne } = useFiles();

describe('PDF', () => {
  it('gives paragraphs, pages and chapters', async () => {
    const file = pdf(
      [
        [
          '# The Title',
          '',
          'A first paragraph that goes',
          'over two lines.',
          '',
          'A second one that was hyphen-',
          'ated and goes',
          '',
          '1',
        ],
        ['on here, with (brackets).', '', 'End.', '', '2'],
      ],
      {
        title: 'My Paper',
        outline: [
          ['Beginning', 0],
          ['Ending', 1],
        ],
      },
    );
    const document = await readOne('a.pdf', file);
    expect(document.title).toBe('My Paper');
    expect(document.text).toBe(
      'The Title\n\nA first paragraph that goes over two lines.\n\nA second one that was hyphenated and goes on here, with (brackets).\n\nEnd.',
    );
    expect(placesOf(document)).toEqual([
      'chapter 1 Beginning: The Title\n\nA',
      'page 1 1: The Title\n\nA',
      'chapter 1 Ending: on here, wit',
      'page 1 2: on here, wit',
    ]);
  });

  it('has the headings of its type sizes for places where it has no outline', async () => {
    const lines = Array.from(
      { length: 6 },
      (_, line) => `This is line ${line} of the text, long enough to be one of many.`,
    );
    const file = pdf([
      ['# The Whole Title', '', ...lines, '', '# First Part', '', ...lines],
      [...lines, '', '# Second Part', '# in Two Lines', '', ...lines],
    ]);
    const document = await readOne('sizes.pdf', file);
    expect(placesOf(document)).toEqual([
      'page 1 1: The Whole Ti',
      'heading 1 The Whole Title: The Whole Ti',
      'heading 1 First Part: First Part\n\n',
      'page 1 2: This is line',
      'heading 1 Second Part in Two Lines: Second Part ',
    ]);
  });

  it('has no headings where little is known of its text, or where all of it is large', async () => {
    expect(placesOf(await readOne('few.pdf', pdf([['# A Title', '', 'One line.']])))).toEqual([
      'page 1 1: A Title\n\nOne',
    ]);
    const large = Array.from({ length: 30 }, (_, line) => `# Slide line ${line} that is set in large type`);
    expect(placesOf(await readOne('large.pdf', pdf([large, large]))).every((place) => place.startsWith('page'))).toBe(
      true,
    );
  });

  it('is left at once where the end is asked for, and the next one is read', async () => {
    const pages = Array.from({ length: 300 }, (_, page) => [`Page ${page} of many`, 'with two lines.']);
    const stop = new AbortController();
    const input = await fileInput(write('long.pdf', pdf(pages)));
    const reading = (async () => {
      for await (const event of readPdf(input, { signal: stop.signal })) if (event.type === 'document') stop.abort();
    })();
    await expect(reading).rejects.toThrow(/abort/);
    expect((await readOne('next.pdf', pdf([['Another one']]))).text).toBe('Another one');
  });

  it('leaves nothing behind that fails later where the contents lead to a page that is in no list', async () => {
    const whole = pdf([['First text'], ['Second text']], { outline: [['Lost', 0]] }).toString('latin1');
    // The first page is replaced by an object that is none.
    const damaged = whole.replace('/Kids [4 0 R 6 0 R]', '/Kids [5 0 R 6 0 R]');
    expect(damaged).not.toBe(whole);
    const stray: unknown[] = [];
    const listener = (reason: unknown) => stray.push(reason);
    process.on('unhandledRejection', listener);
    await read('damaged.pdf', Buffer.from(damaged, 'latin1'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off('unhandledRejection', listener);
    expect(stray).toEqual([]);
  });

  it('says so where pages are pictures, damaged, or none', async () => {
    expect((await read('scan.pdf', pdf([[], []]))).problems[0].message).toMatch(
      /All 2 pages are images, probably scans/,
    );
    expect((await read('broken.pdf', '%PDF-1.4\nrubbish')).problems[0].message).toMatch(/damaged/);
    expect((await read('half.pdf', pdf([['Some text']]).subarray(0, 300))).documents.length).toBeLessThan(2);
    expect((await read('note.pdf', pdf([['Some text'], []]))).problems).toEqual([
      expect.objectContaining({ severity: 'note', message: '1 of 2 pages contains no text.' }),
    ]);
  });

  it('is recognised whatever it is called', async () => {
    expect((await readOne('paper.txt', pdf([['Hello from a PDF']]))).text).toBe('Hello from a PDF');
  });
});

it('running headers and page numbers that are left out are counted', async () => {
  const page = (number: number) => [
    'The Long Report',
    '',
    '',
    `Words of page ${'abcde'[number]} stand here,`,
    'and they go on for a while,',
    'until the page ends.',
    '',
    '',
    `${number + 1}`,
  ];
  const { documents, problems } = await read('running.pdf', pdf([0, 1, 2, 3].map(page)));
  expect(documents[0].text).not.toContain('The Long Report');
  expect(problems.map(({ message }) => message)).toEqual(['8 running headers, footers and page numbers were removed.']);
});
