import type { FromHost, ToHost } from '../../main/contract/wire.ts';

/** A way to the host: a WebSocket in a browser, the preload bridge in the desktop's window. */
export interface Transport {
  send(message: ToHost): void;
  close(): void;
}

export interface TransportEvents {
  opened(): void;
  received(message: FromHost): void;
  closed(): void;
  /** The host does not let this window in, and will not: it was started again since. */
  refused(): void;
}

export type OpenTransport = (events: TransportEvents) => Transport;
