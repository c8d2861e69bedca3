import type { Bridge } from '../../main/contract/bridge.ts';
import type { OpenTransport } from './transport.ts';

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
