import { describe, expect, it } from 'vitest';
import { EventStream } from '../../../../../main/host/event-stream.ts';
import { VersionSignal } from '../../../../../main/host/window/version-signal.ts';
import { Tasks } from '../../../../../main/host/window/tasks.ts';

describe('the events of a task', () => {
  it('reach who asks before it begins, from the first to the last', async () => {
    const tasks = new Tasks(new VersionSignal());
    const seen: unknown[] = [];
    const following = (async () => {
      for await (const event of tasks.events('later', new AbortController().signal)) seen.push(event);
    })();
    const events = new EventStream<number>();
    events.push(1);
    const task = { events, result: Promise.resolve('done'), stop: () => undefined, end: () => undefined };
    tasks.follow('write-summary', 'A book', task, (view) => view, 'later');
    events.push(2);
    events.end();
    await following;
    expect(seen).toEqual([1, 2]);
  });

  it('end for who no longer waits for one that never begins', async () => {
    const leaving = new AbortController();
    const events = tasks(leaving.signal).next();
    leaving.abort();
    expect(await events).toEqual({ done: true, value: undefined });
  });
});

const tasks = (signal: AbortSignal) => new Tasks(new VersionSignal()).events('never', signal);
