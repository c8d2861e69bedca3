import type { DatasetProblem } from '../../../main/contract/datasets.ts';
import { toMessage, type MessageLike } from '../../../main/contract/message.ts';
import type { RowMapping } from '../../../main/contract/columns.ts';
import type { Input } from './input.ts';
import type { FoundColumn } from './mapped-rows.ts';

/** Where in a document something is; `offset` counts UTF-16 units of its text, as JavaScript's strings do. */
export interface Place {
  kind: 'page' | 'chapter' | 'heading';
  label: string;
  /** 1 for the outermost. */
  level: number;
  offset: number;
}

/**
 * What a reader yields, in order: `document`, any number of `text`, `place` and `turn-end`, then `end`. What is not
 * ended (the next document begins, the file breaks) does not count as read.
 */
export type ReaderEvent =
  /** `summary`: of this text a summary is learned. */
  | { type: 'document'; source: string; title?: string; summary?: boolean }
  /**
   * The next piece of the text: a string, or bytes of UTF-8 that end at a character and may hold invalid sequences of
   * the source. `learned` false: read, but no part of the loss (questions in a chat).
   */
  | { type: 'text'; content: string | Uint8Array; learned?: boolean }
  /** An answer in a chat ends here: the model is to say end of text. */
  | { type: 'turn-end' }
  | { type: 'place'; kind: Place['kind']; label: string; level: number }
  | { type: 'end' }
  /** Of a table: which columns it has, before anything is read of it. */
  | { type: 'columns'; columns: FoundColumn[] }
  /** Of a table: what the text is taken from, before the first document; at its end with all rows counted. */
  | { type: 'rows'; rows: number | null; columns: string[] }
  | ({ type: 'problem' } & DatasetProblem);

export interface ReaderOptions {
  /** Column or key that holds the text, or columns that are put together; null: found by itself. */
  field: RowMapping | null;
}

export interface ReadContext {
  readonly options: ReaderOptions;
  readonly signal: AbortSignal;
  /** Opens what lies within an archive by the reader for it. */
  readNested(input: Input): AsyncIterable<ReaderEvent>;
  /** Whether the beginning that was to be looked at has been read: a reader ends there, with what there is to say of it. */
  readonly enough?: () => boolean;
}

/** Reads one format. Throws `bad-input` where the file is not what it claims to be; small damage is a `problem`. */
export type Reader = (input: Input, context: ReadContext) => AsyncIterable<ReaderEvent>;

export function problem(severity: DatasetProblem['severity'], source: string, message: MessageLike): ReaderEvent {
  return { type: 'problem', severity, source, message: toMessage(message) };
}

/** Events, up to the one after which the beginning has been read. */
export function* untilEnough(
  events: Iterable<ReaderEvent>,
  enough: ReadContext['enough'],
): Generator<ReaderEvent, void, undefined> {
  for (const event of events) {
    yield event;
    if (enough?.()) return;
  }
}

/** The text of a piece; invalid sequences become U+FFFD. */
export function decodeText(content: string | Uint8Array): string {
  return typeof content === 'string'
    ? content
    : Buffer.from(content.buffer, content.byteOffset, content.length).toString('utf8');
}

/** The bytes of a piece. */
export function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
}

/** A problem without what else an event has. */
export const problemOf = ({ source, message, severity }: DatasetProblem): DatasetProblem => ({
  source,
  message,
  severity,
});
