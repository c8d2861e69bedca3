import { describe, expect, it } from 'vitest';
import { EventStream } from '../../../../main/host/event-stream.ts';

const collect = async <T>(events: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const event of events) all.push(event);
  return all;
};

describe('event stream', () => {
  it('gives everyone every event once, whenever they join', async () => {
    const stream = new EventStream<number>();
    const early = collect(stream.join());
    stream.push(1);
    stream.push(2);
    const middle = collect(stream.join());
    await new Promise(setImmediate);
    stream.push(3);
    stream.end();
    const late = collect(stream.join());
    expect(await Promise.all([early, middle, late])).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });

  it('starts where it is asked to', async () => {
    const stream = new EventStream<number>();
    [1, 2, 3].forEach((event) => stream.push(event));
    const rest = collect(stream.join(2));
    stream.push(4);
    stream.end();
    expect(await rest).toEqual([3, 4]);
  });

  it('tells nothing after its end, and lets a reader leave', async () => {
    const stream = new EventStream<number>();
    stream.push(1);
    for await (const event of stream.join()) if (event === 1) break;
    stream.end();
    stream.push(2);
    expect(stream.history).toEqual([1]);
    expect(stream.ended).toBe(true);
  });
});
