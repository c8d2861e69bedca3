import { describe, expect, it } from 'vitest';
import type { ReaderEvent } from '../../../../../worker/data/readers/reader.ts';
import { rowsToDocuments } from '../../../../../worker/data/readers/rows.ts';
import { useFiles } from './samples.ts';

const { read, readOne } = useFiles();
async function* only(row: object) {
  yield await Promise.resolve({ row, characters: 1 });
}

describe('texts with their summaries', () => {
  it.each([
    ['document', 'summary'],
    ['article', 'highlights'],
    ['article', 'abstract'],
    ['text', 'summary'],
  ])('reads a %s with its %s: the summary is what is learned', async (document, summary) => {
    const { text, learned, turnEnds } = await readOne(
      'rows.jsonl',
      JSON.stringify({ id: 1, [document]: 'A long tale.', [summary]: ' Short. ' }),
    );
    expect(text).toBe('### Instruction:\nSummarise this text.\n\nA long tale.\n\n### Response:\nShort.');
    expect(learned.map(({ start, end }) => text.slice(start, end))).toEqual(['Short.']);
    expect(turnEnds).toEqual([text.length]);
  });

  it('knows which rows teach a summary, in chats too', async () => {
    const marks = async (row: object) => {
      const events: ReaderEvent[] = [];
      for await (const event of rowsToDocuments(only(row), 'rows', null)) events.push(event);
      return events.flatMap((event) => (event.type === 'document' ? [event.summary] : []));
    };
    const chat = (content: string) => ({
      messages: [
        { role: 'user', content },
        { role: 'assistant', content: 'Short.' },
      ],
    });
    expect(await marks({ document: 'A long tale.', summary: 'Short.' })).toEqual([true]);
    expect(await marks({ instruction: 'Summarize this text.', input: 'A tale.', output: 'Short.' })).toEqual([true]);
    expect(await marks(chat('Summarise this text.\n\nA tale.'))).toEqual([true]);
    expect(await marks(chat('What is this text?'))).toEqual([false]);
    expect(await marks({ text: 'A tale.', summary: '' })).toEqual([undefined]);
    const both = { document: 'A long tale.', summary: 'Short.' };
    const whole = await read('rows.jsonl', JSON.stringify(both), 'document');
    expect(whole.documents.map(({ text }) => text)).toEqual(['A long tale.']);
  });
});
