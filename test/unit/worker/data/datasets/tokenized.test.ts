import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TrainingBatches } from '../../../../../worker/data/batches.ts';
import { previewDataset } from '../../../../../main/library/datasets/preview.ts';
import { loadTokenizer } from '../../../../../main/library/tokenizers/load.ts';
import { idsOf, useLibrary } from '../library.ts';

const { state, file, add, withDataset } = useLibrary();
const root = join(import.meta.dirname, '../../../../..');
const book = readFileSync(join(root, 'resources/books/moby-dick.txt'));

describe('a data set by another tokenizer', () => {
  it('a data set by the tokenizer of GPT-2 holds the ids of the text, cut at a character', async () => {
    const text = `${'é日本語😀 '.repeat(999)}end`;
    const gpt2 = await loadTokenizer({ kind: 'gpt2' });
    for (const validation of [0.1, 0.1003, 0.1007, 0.1011])
      await withDataset(
        { name: `v${validation * 1e4}`, paths: [file('a.txt', text)], tokenizer: 'gpt2', validation },
        (reader) => {
          const [train, rest] = [idsOf(reader, 'train'), idsOf(reader, 'validation')];
          expect(gpt2.decode(train) + gpt2.decode(rest)).toBe(text);
          expect([...gpt2.encode(gpt2.decode(train))]).toEqual(train);
          expect(reader.record).toMatchObject({
            dtype: 'uint16',
            tokenizer: { vocabularySize: 50257, endOfText: 50256 },
          });
        },
      );
  });

  it('a data set by characters holds each as one id, in the order of their code points', async () => {
    const text = `b a\n${'日é😀ab\r\n'.repeat(50)}`;
    await withDataset({ paths: [file('a.txt', text)], tokenizer: 'characters', validation: 0.1 }, (reader) => {
      const ids = [...idsOf(reader, 'train'), ...idsOf(reader, 'validation')];
      const characters = [...text];
      const vocabulary = [...new Set(characters)].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
      expect(ids).toEqual(characters.map((character) => vocabulary.indexOf(character)));
      expect(reader.tokenizer.decode(ids)).toBe(text);
      expect(reader.record.tokenizer).toMatchObject({ name: 'characters', vocabularySize: vocabulary.length });
      expect(reader.tokenizer.byteLengthOf(ids)).toBe(Buffer.byteLength(text));
    });
  });

  it('learned from it holds the same text, and is stored with it', async () => {
    await withDataset({ paths: [file('book.txt', book)], tokenizer: 'bpe:700' }, (reader) => {
      const { tokenizer, record } = reader;
      expect([tokenizer.name, tokenizer.vocabularySize]).toEqual(['bpe:700', 700]);
      const text = Buffer.concat([
        tokenizer.decodeBytes(idsOf(reader, 'train')),
        tokenizer.decodeBytes(idsOf(reader, 'validation')),
      ]);
      expect(text.equals(book)).toBe(true);
      expect(record.statistics.bytesPerToken).toBeGreaterThan(1.8);
      expect(record.statistics.bytesPerToken).toBeCloseTo(book.length / record.statistics.tokens, 10);
      const { count, text: first } = record.statistics.frequentTokens[0];
      expect(
        idsOf(reader, 'train')
          .concat(idsOf(reader, 'validation'))
          .filter((id) => tokenizer.decode([id]) === first).length,
      ).toBe(count);
    });
    const phases = state.events.filter((event) => event.type === 'progress').map(({ phase }) => phase);
    expect([...new Set(phases)]).toEqual(['reading', 'learning-tokenizer', 'tokenizing', 'finishing']);
  });

  it('a data set by a tokenizer file of Hugging Face is encoded by it', async () => {
    const path = join(root, 'test/vectors/tokenizers/llama3.json');
    await withDataset({ paths: [file('book.txt', book.subarray(0, 50_000))], tokenizer: path }, (reader) => {
      expect(reader.tokenizer).toMatchObject({ name: 'llama3', vocabularySize: 700, endOfText: 1 });
      const [train, rest] = [idsOf(reader, 'train'), idsOf(reader, 'validation')];
      expect(reader.tokenizer.decode(train) + reader.tokenizer.decode(rest)).toBe(book.subarray(0, 50_000).toString());
    });
  });

  it('a data set by a tokenizer with a vocabulary above 65,536 uses wider ids', async () => {
    const json = JSON.parse(readFileSync(join(root, 'resources/tokenizers/gpt2/tokenizer.json'), 'utf8')) as {
      added_tokens: { id: number }[];
      model: { vocab: Record<string, number> };
    };
    json.added_tokens[0].id = 70_000;
    delete json.model.vocab['<|endoftext|>'];
    for (let id = 50_256; id < 70_000; id++) json.model.vocab[`\u0100\u0100\u0100${String(id)}`] = id;
    const path = file('wide.json', JSON.stringify(json));
    const folder = file('a.jsonl', '{"text":"one"}\n{"text":"two"}\n');
    await withDataset({ paths: [folder], tokenizer: path, validation: 0 }, (reader) => {
      expect(reader.record.dtype).toBe('uint32');
      expect(idsOf(reader, 'train')).toEqual([505, 70_000, 11545]);
    });
  });

  it('is refused before anything is read where the tokenizer cannot be', async () => {
    await expect(add({ paths: ['/nowhere'], tokenizer: 'bpe:12' })).rejects.toMatchObject({ code: 'usage' });
    await expect(add({ paths: [file('a.txt', 'x')], tokenizer: 'nothing.json' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(state.events).toEqual([]);
  });
});

describe('a data set of chats', () => {
  const rows = [
    {
      messages: [
        { role: 'user', content: 'Two?' },
        { role: 'assistant', content: '2.' },
      ],
    },
    {
      messages: [
        { role: 'user', content: 'More?' },
        { role: 'assistant', content: 'Yes.' },
        { role: 'user', content: 'Ok' },
      ],
    },
    {
      messages: [
        { role: 'user', content: 'Two?' },
        { role: 'assistant', content: '2.' },
      ],
    },
  ];

  it.each(['bytes', 'gpt2'])('learns the answers and their ends only, by %s', async (tokenizer) => {
    const paths = [file('chat.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))];
    await withDataset({ paths, validation: 0, tokenizer, tokensPerShard: 10 }, (reader) => {
      const ids = idsOf(reader, 'train');
      const mask = [...reader.readMask('train', 0, ids.length)];
      const { endOfText, decode } = { ...reader.tokenizer, decode: (id: number) => reader.tokenizer.decode([id]) };
      const shown = ids.map((id, index) => (mask[index] === 1 ? (id === endOfText ? '|' : decode(id)) : '')).join('');
      expect(shown).toBe('2.|Yes.|');
      const all = ids.map((id) => (id === endOfText ? '|' : decode(id))).join('');
      expect(all).toBe(
        '### Instruction:\nTwo?\n\n### Response:\n2.|### Instruction:\nMore?\n\n### Response:\nYes.|\n\n### Instruction:\nOk',
      );
      expect(reader.record.statistics.duplicates).toBe(1);
      expect(reader.record.splits.train.learnedTokens).toBe(mask.filter((weight) => weight === 1).length);
      expect(reader.record.splits.train.masks.length).toBe(reader.record.splits.train.shards.length);
    });
  });

  it('gives batches whose mask belongs to the targets', async () => {
    const paths = [file('chat.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))];
    await withDataset({ paths, validation: 0 }, (reader) => {
      const batches = new TrainingBatches(reader, 3);
      for (let example = 0; example < 20; example++) {
        const { targets, mask, learnedTokens } = batches.batch(example, 1, 60);
        const start = batches.startOf(example, 60);
        expect([...mask]).toEqual([...reader.readMask('train', start + 1, 60)]);
        expect([...targets]).toEqual([...reader.read('train', start + 1, 60)]);
        expect(learnedTokens).toBe(mask.filter((weight) => weight === 1).length);
      }
    });
  });

  it('a data set of chats without answers is learned as a whole', async () => {
    await withDataset({ paths: [file('a.txt', 'plain')], validation: 0 }, (reader) => {
      expect(reader.hasMask('train')).toBe(false);
      expect([...reader.readMask('train', 1, 3)]).toEqual([1, 1, 1]);
    });
  });
});

describe('a preview', () => {
  it('shows documents as text and as tokens', async () => {
    writeFileSync(join(state.folder, 'rows.jsonl'), '{"text":"one two"}\n{"text":"three"}\n{"text":"four"}');
    await add({ paths: [join(state.folder, 'rows.jsonl')], tokenizer: 'gpt2', validation: 0.3 });
    const { documents } = await previewDataset(state.folder, 'test', { documents: 5, characters: 5, tokens: 5 });
    expect(documents.map(({ split, text, truncated }) => `${split} ${text} ${String(truncated)}`).sort()).toEqual(
      ['train one t true', 'train three false', 'validation four false'].sort(),
    );
    expect(documents[0]).toMatchObject({ source: join(state.folder, 'rows.jsonl'), tokenCount: 2, text: 'one t' });
    expect(documents[0].tokens).toEqual([
      { id: 505, text: 'one', learned: true },
      { id: 734, text: ' two', learned: true },
    ]);
    const fewer = await previewDataset(state.folder, 'test', { documents: 5, characters: 5, tokens: 1 });
    expect(fewer.documents.map(({ text }) => text)).toEqual(documents.map(({ text }) => text));
    expect(fewer.documents[0].tokens).toEqual([{ id: 505, text: 'one', learned: true }]);
  });
});
