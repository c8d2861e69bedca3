import { z } from 'zod';
import type { ErrorReport } from './errors.ts';

/** The messages between a window and the host, the same over IPC and WebSocket. `id` is the window's own count. */
const id = z.int().min(0);

export const toHostSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('request'), id, name: z.string().max(100), params: z.unknown() }),
  z.strictObject({ type: z.literal('join'), id, stream: z.string().max(100), params: z.unknown() }),
  z.strictObject({ type: z.literal('leave'), id }),
]);
export type ToHost = z.infer<typeof toHostSchema>;

export type FromHost =
  | { readonly type: 'reply'; readonly id: number; readonly result: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly error: ErrorReport }
  | { readonly type: 'event'; readonly id: number; readonly event: unknown }
  | { readonly type: 'end'; readonly id: number }
  /** A message that could not even be told apart: it has no id to answer to. */
  | { readonly type: 'rejected'; readonly error: ErrorReport };
