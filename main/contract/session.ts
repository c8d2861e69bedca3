/** WebSocket subprotocols: the one that the server speaks, and the one by which a page shows its token. */
export const protocolName = 'hyena-studio';
export const tokenProtocol = (token: string): string =>
  // In hexadecimal: names of protocols may not have all the characters that a token may.
  `token.${Array.from(new TextEncoder().encode(token), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
/** A GET with the token as bearer: 204, or 401 for a token of another start. */
export const sessionAddress = '/session';
