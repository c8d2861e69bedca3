import type { OpenTransport } from './transport.ts';

/** The host behind the server that this page came from. */
export const openWebSocket: OpenTransport = (events) => {
  const socket = new WebSocket(new URL('/socket', location.href.replace(/^http/, 'ws')));
  socket.addEventListener('open', () => events.opened());
  socket.addEventListener('close', () => events.closed());
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    let message: unknown;
    try {
      message = JSON.parse(data);
    } catch {
      message = undefined;
    }
    events.received(message);
  });
  return { send: (message) => socket.send(JSON.stringify(message)), close: () => socket.close() };
};
