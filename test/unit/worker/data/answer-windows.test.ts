import { describe, expect, it } from 'vitest';
import { learnedSpans, windowsAround } from '../../../../worker/data/answer-windows.ts';
import { TrainingBatches } from '../../../../worker/data/batches.ts';
import { useLibrary } from './library.ts';

const chat = (question: string, answer: string): string =>
  JSON.stringify({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
  });
const words = (count: number, word: string) => Array.from({ length: count }, (_, index) => `${word}${index}`).join(' ');

describe('windows around answers', () => {
  const { file, withDataset } = useLibrary();
  const chats = (rows: string[]) => ({ paths: [file('chats.jsonl', rows.join('\n'))], validation: 0 });

  it('each hold something to learn, whatever the length of the questions', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => chat(words(20 + 9 * index, `q${index}x`), `no ${index}`));
    await withDataset(chats(rows), (reader) => {
      const spans = learnedSpans(reader, 'train');
      expect(spans.starts).toHaveLength(40);
      const around = new TrainingBatches(reader, 1, spans);
      const beside = new TrainingBatches(reader, 1);
      const empty = (batches: TrainingBatches) =>
        Array.from({ length: 120 }, (_, draw) => batches.batch(draw, 1, 128).learnedTokens).filter((one) => one === 0);
      expect(empty(beside).length).toBeGreaterThan(60);
      expect(empty(around)).toEqual([]);
    });
  });

  it('reach every learned token once an epoch, each answer whole, and differ between epochs and seeds', async () => {
    const rows = Array.from({ length: 60 }, (_, index) =>
      chat(words(1 + ((index * 7) % 60), 'w'), words(1 + (index % 5), `a${index}`)),
    );
    await withDataset(chats(rows), (reader) => {
      const spans = learnedSpans(reader, 'train');
      const batches = new TrainingBatches(reader, 5, spans);
      const length = 150;
      const windows = batches.examplesPerEpoch(length);
      const startsOf = (epoch: number, of = batches) =>
        Array.from({ length: windows }, (_, example) => of.startOf(epoch * windows + example, length));
      for (const epoch of [0, 1, 5]) {
        const starts = startsOf(epoch);
        for (const [index, start] of spans.starts.entries())
          expect(starts.some((from) => from < start && spans.ends[index] - 1 <= from + length)).toBe(true);
        for (const from of starts) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(from + length).toBeLessThan(reader.tokenCount('train'));
        }
      }
      expect(startsOf(0)).not.toEqual(startsOf(1));
      expect(startsOf(0)).toEqual(startsOf(0, new TrainingBatches(reader, 5, spans)));
      expect(startsOf(0)).not.toEqual(startsOf(0, new TrainingBatches(reader, 6, spans)));
    });
  });

  it('end with the answer where its question fills them, and cut an answer that is longer than they are', () => {
    // A question of 1,000 tokens and an answer of 10; a short question and an answer of 250.
    const { earliest, latest } = windowsAround({ starts: [1000, 1030], ends: [1010, 1280] }, 1400, 100);
    expect([earliest[0], latest[0]]).toEqual([909, 909]);
    const targets = new Set(latest.flatMap((from) => Array.from({ length: 100 }, (_, index) => from + 1 + index)));
    for (let token = 1030; token < 1280; token++) expect(targets.has(token)).toBe(true);
    expect(latest.at(-1)! + 100).toBe(1279);
    // The question of the long answer is seen.
    expect(latest[1]).toBe(1010);
  });

  it('is refused where nothing is learned', async () => {
    await withDataset(chats([chat(words(40, 'q'), 'y')]), (reader) => {
      const batches = new TrainingBatches(reader, 1, { starts: [], ends: [] });
      expect(() => batches.batch(0, 1, 64)).toThrow(/None of the \d+ training tokens .* contributes to the loss/);
    });
  });

  it('reads the learned stretches across shards', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => chat(`Question ${index}?`, words(3, `a${index}`)));
    await withDataset({ ...chats(rows), tokensPerShard: 10 }, (reader) => {
      const { starts, ends } = learnedSpans(reader, 'train');
      const mask = [...reader.readMask('train', 0, reader.tokenCount('train'))];
      const shown = mask.map((_, token) => (starts.some((start, i) => start <= token && token < ends[i]) ? 1 : 0));
      expect(shown).toEqual(mask);
    });
  });
});
