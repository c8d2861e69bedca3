import type { z } from 'zod';
import { HyenaError } from '../../contract/errors.ts';
import { toMessage, msg } from '../../contract/message.ts';
import { isRequestName, requests, type RequestHandlers } from '../../contract/requests.ts';
import { isStreamName, streams, type StreamHandlers } from '../../contract/streams.ts';
import { toHostSchema, type FromHost } from '../../contract/wire.ts';

/** What the host does for windows: one function a request, one a stream. */
export interface WindowHost {
  readonly requests: RequestHandlers;
  readonly streams: StreamHandlers;
}

/** Sends a message to one window; resolves when it may have the next. */
export type Send = (message: FromHost) => Promise<void> | void;

/** A window's side of the talk: what it sends arrives here. */
export interface Channel {
  /** Takes one message, of whatever shape; never throws. */
  receive(message: unknown): void;
  /** The window has gone: every stream it joined ends. */
  close(): void;
}

const streamLimit = 64;
/** Requests of one window that are not answered yet; a page of this program has a handful. */
const requestLimit = 1000;

const explain = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');

/**
 * Answers the messages of one window. Each is checked against the contract on arrival; what does not fit is answered
 * with a typed error and told to `report`, and nothing is done.
 */
export function openChannel(host: WindowHost, send: Send, report: (error: HyenaError) => void): Channel {
  const joined = new Map<number, AbortController>();
  let closed = false;
  let unanswered = 0;

  const post = async (message: FromHost): Promise<void> => {
    if (!closed) await send(message);
  };
  const fail = async (id: number, thrown: unknown): Promise<void> => {
    const error = HyenaError.from(thrown);
    if (error.code === 'internal' || error.code === 'usage') report(error);
    await post({ type: 'failure', id, error: error.toReport() });
  };
  const checked = <Schema extends z.ZodType>(schema: Schema, name: string, params: unknown): z.output<Schema> => {
    const parsed = schema.safeParse(params);
    if (parsed.success) return parsed.data;
    throw new HyenaError('usage', msg`Malformed request ${name}: ${toMessage(explain(parsed.error))}.`, {
      kept: 'Nothing was changed.',
    });
  };

  const answer = async (id: number, name: string, params: unknown): Promise<void> => {
    if (!isRequestName(name))
      throw new HyenaError('usage', msg`Unknown request: '${name.slice(0, 100)}'.`, {
        kept: 'Nothing was changed.',
      });
    if (unanswered >= requestLimit)
      throw new HyenaError(
        'usage',
        msg`${unanswered} {0|one: request of this window is|other: requests of this window are} still pending.`,
        {
          kept: 'Nothing was changed.',
          hint: 'Reload the page.',
        },
      );
    const handler = host.requests[name] as (params: unknown) => Promise<unknown>;
    unanswered++;
    try {
      const result = await handler(checked(requests[name].params, name, params));
      await post({ type: 'reply', id, result });
    } finally {
      unanswered--;
    }
  };

  const follow = async (id: number, name: string, params: unknown): Promise<void> => {
    if (!isStreamName(name)) throw new HyenaError('usage', msg`Unknown stream: '${name.slice(0, 100)}'.`);
    if (joined.has(id)) throw new HyenaError('usage', msg`Stream ${id} is already subscribed.`);
    if (joined.size >= streamLimit)
      throw new HyenaError('usage', msg`Too many streams: at most ${streamLimit} can be subscribed.`);
    const valid: unknown = checked(streams[name].params, name, params);
    const leaving = new AbortController();
    joined.set(id, leaving);
    const handler = host.streams[name] as (params: unknown, signal: AbortSignal) => AsyncIterable<unknown>;
    try {
      for await (const event of handler(valid, leaving.signal)) {
        if (leaving.signal.aborted) return;
        await post({ type: 'event', id, event });
      }
      if (!leaving.signal.aborted) await post({ type: 'end', id });
    } finally {
      leaving.abort();
      if (joined.get(id) === leaving) joined.delete(id);
    }
  };

  const start = (id: number, work: Promise<void>): void => {
    work.catch((error: unknown) => fail(id, error)).catch((error: unknown) => report(HyenaError.from(error)));
  };

  return {
    receive(raw) {
      if (closed) return;
      const parsed = toHostSchema.safeParse(raw);
      if (!parsed.success) {
        const error = new HyenaError('usage', msg`Malformed message: ${toMessage(explain(parsed.error))}.`);
        report(error);
        Promise.resolve(post({ type: 'rejected', error: error.toReport() })).catch((thrown: unknown) =>
          report(HyenaError.from(thrown)),
        );
        return;
      }
      const message = parsed.data;
      if (message.type === 'request') start(message.id, answer(message.id, message.name, message.params));
      else if (message.type === 'join') start(message.id, follow(message.id, message.stream, message.params));
      else {
        joined.get(message.id)?.abort();
        joined.delete(message.id);
      }
    },
    close() {
      closed = true;
      for (const leaving of joined.values()) leaving.abort();
      joined.clear();
    },
  };
}
