import type { ErrorReport } from '../../main/contract/errors.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { RequestInput, RequestName, RequestResult } from '../../main/contract/requests.ts';
import type { StreamEvent, StreamInput, StreamName } from '../../main/contract/streams.ts';
import type { FromHost, ToHost } from '../../main/contract/wire.ts';
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

/** Lists up to this length are drawn as a whole whenever they come. */
const shortList = 25;

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
 * themselves when the connection was lost. What the host sends is not checked here: it is of the same build as the window
 * (docs/decisions/0012-the-window-trusts-its-host.md).
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

  #receive(message: FromHost): void {
    switch (message.type) {
      case 'reply': {
        const pending = this.#pending.get(message.id);
        if (!pending) return;
        this.#pending.delete(message.id);
        const { result } = message;
        const isLong = Array.isArray(result) && result.length > shortList;
        pending.resolve(isLong ? this.#withKnownEntries(pending.name, result) : result);
        return;
      }
      case 'failure': {
        const error = HyenaError.fromReport(message.error);
        this.#pending.get(message.id)?.reject(error);
        this.#pending.delete(message.id);
        this.#joined.get(message.id)?.failed(error);
        return;
      }
      case 'event':
        this.#joined.get(message.id)?.event(message.event);
        return;
      case 'end':
        this.#joined.delete(message.id);
        return;
      case 'rejected':
        console.error(HyenaError.fromReport(message.error).message);
        return;
    }
  }

  /** A list with the objects of the entries that came before, which are then not drawn again. */
  #withKnownEntries(name: RequestName, entries: readonly unknown[]): readonly unknown[] {
    const known = this.#lists.get(name);
    const byText = new Map<string, unknown>();
    const list = entries.map((entry) => {
      const text = JSON.stringify(entry);
      const value = known?.get(text) ?? entry;
      byText.set(text, value);
      return value;
    });
    this.#lists.set(name, byText);
    return list;
  }
}

export const reportOf = (thrown: unknown): ErrorReport => HyenaError.from(thrown).toReport();
