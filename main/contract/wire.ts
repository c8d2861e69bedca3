import { z } from 'zod';
import { errorReportSchema } from './errors.ts';

/** The messages between a window and the host, the same over IPC and WebSocket. `id` is the window's own count. */
const id = z.int().min(0);

export const toHostSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('request'), id, name: z.string().max(100), params: z.unknown() }),
  z.strictObject({ type: z.literal('join'), id, stream: z.string().max(100), params: z.unknown() }),
  z.strictObject({ type: z.literal('leave'), id }),
]);
export type ToHost = z.infer<typeof toHostSchema>;

export const fromHostSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reply'), id, result: z.unknown() }),
  z.strictObject({ type: z.literal('failure'), id, error: errorReportSchema }),
  z.strictObject({ type: z.literal('event'), id, event: z.unknown() }),
  z.strictObject({ type: z.literal('end'), id }),
  /** A message that could not even be told apart: it has no id to answer to. */
  z.strictObject({ type: z.literal('rejected'), error: errorReportSchema }),
]);
export type FromHost = z.infer<typeof fromHostSchema>;

/** WebSocket subprotocols: the one that the server speaks, and the one by which a page shows its token. */
export const protocolName = 'hyena-studio';
export const tokenProtocol = (token: string): string =>
  // In hexadecimal: names of protocols may not have all the characters that a token may.
  `token.${Array.from(new TextEncoder().encode(token), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
/** A GET with the token as bearer: 204, or 401 for a token of another start. */
export const sessionAddress = '/session';
