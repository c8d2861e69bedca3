import { protocolName, sessionAddress, tokenProtocol } from '../../main/contract/session.ts';
import type { FromHost } from '../../main/contract/wire.ts';
import { currentToken, tokenHeader } from './token.ts';
import type { OpenTransport } from './transport.ts';

/** Whether the server that answers now does not know the token of this page: it was started again. */
async function isRefused(): Promise<boolean> {
  try {
    return (await fetch(sessionAddress, { headers: tokenHeader(), cache: 'no-store' })).status === 401;
  } catch {
    return false;
  }
}

/** The host behind the server that this page came from. */
export const openWebSocket: OpenTransport = (events) => {
  // A page without a token shows an empty one, which the server refuses.
  const protocols = [protocolName, tokenProtocol(currentToken())];
  const socket = new WebSocket(new URL('/socket', location.href.replace(/^http/, 'ws')), protocols);
  let wasOpen = false;
  socket.addEventListener('open', () => {
    wasOpen = true;
    events.opened();
  });
  socket.addEventListener('close', () => {
    // Browsers do not say why a connection could not be opened.
    if (wasOpen) events.closed();
    else void isRefused().then((refused) => (refused ? events.refused() : events.closed()));
  });
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    events.received(JSON.parse(data) as FromHost);
  });
  return { send: (message) => socket.send(JSON.stringify(message)), close: () => socket.close() };
};
