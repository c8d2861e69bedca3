import type { Grant } from '../../main/contract/views.ts';
import type { ToHost } from '../../main/contract/wire.ts';
import type { OpenTransport } from './transport.ts';

/** What the preload of the desktop's window gives the page, and nothing else. */
export interface Bridge {
  send(message: ToHost): void;
  /** Called for every message of the host; returns how to stop. */
  listen(received: (message: unknown) => void): () => void;
  /** Grants files that were dropped on the page. */
  grantDropped(files: File[]): Promise<Grant[]>;
  /** Asks the page to do what a menu entry says. */
  onCommand(run: (command: string) => void): () => void;
}

declare global {
  interface Window {
    readonly hyena?: Bridge;
  }
}

/** The host behind the desktop's window. */
export const openBridge =
  (bridge: Bridge): OpenTransport =>
  (events) => {
    const stop = bridge.listen((message) => events.received(message));
    queueMicrotask(() => events.opened());
    return { send: (message) => bridge.send(message), close: stop };
  };
