import { z } from 'zod';
import type { ErrorReport } from '../../main/contract/errors.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { requests, type RequestInput, type RequestName, type RequestResult } from '../../main/contract/requests.ts';
import { streams, type StreamEvent, type StreamInput, type StreamName } from '../../main/contract/streams.ts';
import { fromHostSchema, type FromHost, type ToHost } from '../../main/contract/wire.ts';
import type { OpenTransport, Transport } from './transport.ts';

interface Pending {
  name: RequestName;
  resolve(result: unknown): void;
  reject(error: HyenaError): void;
}

interface Joined {
  stream: StreamName;
  /** Asked anew at every connection, so that a reader goes on where it stands. */
  params: () => unknown;
  event(event: unknown): void;
  failed(error: HyenaError): void;
}

/** Entries of a list that are checked in one task. */
const checkedAtOnce = 25;

const lost = () =>
  new HyenaError('interrupted', 'The connection to Hyena Studio was lost.', {
    kept: 'Runs continue; nothing is lost.',
    hint: 'The window reconnects automatically.',
  });

const restarted = () =>
  new HyenaError('interrupted', 'Hyena Studio was restarted, and this page is not connected to it.', {
    kept: 'The library and its runs are unaffected.',
    hint: 'Open the new address that was printed at startup.',
  });

/**
 * The window's end of the contract. Requests are answered or rejected exactly once; streams are joined again by
 * themselves when the connection was lost. Every message is checked on arrival.
 */
export class Client {
  readonly #open: OpenTransport;
  readonly #pending = new Map<number, Pending>();
  readonly #joined = new Map<number, Joined>();
  readonly #unsent: ToHost[] = [];
  /** The entries of the list that a request was answered with last, by their text. */
  readonly #lists = new Map<RequestName, ReadonlyMap<string, unknown>>();
  #transport: Transport | null = null;
  #connected = false;
  #closed = false;
  #next = 1;
  #retry = 0;
  /** Called with whether there is a connection. */
  onState: (connected: boolean) => void = () => undefined;
  /** Called once if the host will not let this window in again: the server was restarted, with another token. */
  onRefused: () => void = () => undefined;

  constructor(open: OpenTransport) {
    this.#open = open;
    this.#connect();
  }

  request<Name extends RequestName>(name: Name, params: RequestInput<Name>): Promise<RequestResult<Name>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { name, resolve: resolve, reject });
      this.#send({ type: 'request', id, name, params });
    });
  }

  /** Joins a stream until the returned function is called. */
  join<Name extends StreamName>(
    stream: Name,
    params: () => StreamInput<Name>,
    event: (event: StreamEvent<Name>) => void,
    failed: (error: HyenaError) => void = (error) => console.error(error.message),
  ): () => void {
    const id = this.#next++;
    this.#joined.set(id, { stream, params, event: event, failed });
    if (this.#connected) this.#transport?.send({ type: 'join', id, stream, params: params() });
    return () => {
      if (this.#joined.delete(id) && this.#connected) this.#transport?.send({ type: 'leave', id });
    };
  }

  close(): void {
    this.#closed = true;
    this.#transport?.close();
  }

  #send(message: ToHost): void {
    if (this.#connected) this.#transport?.send(message);
    else if (this.#closed) this.#lose(restarted);
    else this.#unsent.push(message);
  }

  #connect(): void {
    this.#transport = this.#open({
      opened: () => {
        this.#connected = true;
        this.#retry = 0;
        this.onState(true);
        for (const [id, { stream, params }] of this.#joined)
          this.#transport?.send({ type: 'join', id, stream, params: params() });
        for (const message of this.#unsent.splice(0)) this.#transport?.send(message);
      },
      received: (message) => this.#receive(message),
      closed: () => this.#lose(lost),
      refused: () => {
        this.#closed = true;
        this.#lose(restarted);
        this.onRefused();
      },
    });
  }

  #lose(reason: () => HyenaError): void {
    if (this.#connected) this.onState(false);
    this.#connected = false;
    this.#unsent.length = 0;
    for (const pending of this.#pending.values()) pending.reject(reason());
    this.#pending.clear();
    if (this.#closed) return;
    const wait = Math.min(5000, 250 * 2 ** this.#retry++);
    setTimeout(() => this.#connect(), wait);
  }

  #receive(raw: unknown): void {
    const parsed = fromHostSchema.safeParse(raw);
    if (!parsed.success) {
      console.error('A message of the host does not fit the contract.', parsed.error);
      return;
    }
    this.#settle(parsed.data);
  }

  #settle(message: FromHost): void {
    switch (message.type) {
      case 'reply': {
        const pending = this.#pending.get(message.id);
        if (!pending) return;
        this.#pending.delete(message.id);
        const schema: z.ZodType = requests[pending.name].result;
        if (schema instanceof z.ZodArray && Array.isArray(message.result) && message.result.length > checkedAtOnce) {
          const { element } = schema as z.ZodArray<z.ZodType>;
          const known = this.#lists.get(pending.name);
          checkInTurns(element, message.result, pending, known).then(
            (checked) => checked && this.#lists.set(pending.name, checked),
            (error: unknown) => pending.reject(HyenaError.from(error)),
          );
          return;
        }
        const result = schema.safeParse(message.result);
        if (result.success) pending.resolve(result.data);
        else pending.reject(misfit(pending.name, result.error.message));
        return;
      }
      case 'failure': {
        const error = HyenaError.fromReport(message.error);
        this.#pending.get(message.id)?.reject(error);
        this.#pending.delete(message.id);
        this.#joined.get(message.id)?.failed(error);
        return;
      }
      case 'event': {
        const joined = this.#joined.get(message.id);
        if (!joined) return;
        const event = streams[joined.stream].event.safeParse(message.event);
        if (event.success) joined.event(event.data);
        else joined.failed(misfit(joined.stream, event.error.message));
        return;
      }
      case 'end':
        this.#joined.delete(message.id);
        return;
      case 'rejected':
        console.error(message.error.message);
        return;
    }
  }
}

/**
 * Checks a long list some entries at a time, so that a click or a key between them need not wait for all. An entry that
 * came before is the same object again: it is neither checked nor drawn twice.
 *
 * @param known entries by their text
 * @returns the entries by their text; null if one does not fit
 */
async function checkInTurns(
  element: z.ZodType,
  entries: readonly unknown[],
  pending: Pending,
  known: ReadonlyMap<string, unknown> = new Map(),
): Promise<ReadonlyMap<string, unknown> | null> {
  const texts = new Map<string, unknown>();
  const checked: unknown[] = [];
  let inTurn = 0;
  for (const entry of entries) {
    const text = JSON.stringify(entry);
    let value = known.get(text);
    if (value === undefined) {
      if (++inTurn % checkedAtOnce === 0) await new Promise((resolve) => setTimeout(resolve));
      const result = element.safeParse(entry);
      if (!result.success) {
        pending.reject(misfit(pending.name, result.error.message));
        return null;
      }
      value = result.data;
    }
    texts.set(text, value);
    checked.push(value);
  }
  pending.resolve(checked);
  return texts;
}

function misfit(name: string, detail: string): HyenaError {
  return new HyenaError('internal', `The answer to ${name} does not fit the contract: ${detail}`);
}

export const reportOf = (thrown: unknown): ErrorReport => HyenaError.from(thrown).toReport();
