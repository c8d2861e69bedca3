import { msg, type Message } from '../../../main/contract/message.ts';
import { joinList } from './field-path.ts';
import { problem, type ReaderEvent } from './reader.ts';

interface Entry {
  count: number;
  /** The row where it was met first. */
  first: number;
  names: Set<string>;
}

const sentences = {
  'no-text': ({ count, first }: Entry, rows: number): Message =>
    msg`${count} of ${rows} {1|one: row|other: rows} {0|one: contains|other: contain} no text and {0|one: was|other: were} skipped (first: row ${first}).`,
  'no-answer': ({ count, first }: Entry, rows: number): Message =>
    msg`${count} of ${rows} {1|one: row|other: rows} {0|one: contains|other: contain} chats without answers and {0|one: was|other: were} skipped (first: row ${first}).`,
  'empty-message': ({ count, first }: Entry): Message =>
    msg`${count} {0|one: message without text was|other: messages without text were} skipped (first: row ${first}).`,
  part: ({ count, first, names }: Entry): Message =>
    msg`${count} {0|one: message part is not text and was|other: message parts are not text and were} skipped: ${joinList(names)} (first: row ${first}).`,
  'message-key': ({ count, first, names }: Entry): Message =>
    msg`Messages contain unsupported fields, which were ignored: ${joinList(names)} (${count} {1|one: time|other: times}, first: row ${first}).`,
  'not-message': ({ count, first }: Entry): Message =>
    msg`${count} {0|one: entry among the messages is not a message and was|other: entries among the messages are not messages and were} skipped (first: row ${first}).`,
  'other-role': ({ count, first, names }: Entry): Message =>
    msg`${count} {0|one: message has a role|other: messages have roles} other than user or assistant: ${joinList(names)}. {0|one: It was kept under a heading with its name and does|other: They were kept under headings with their names and do} not count in the loss (first: row ${first}).`,
  'guessed-role': ({ count, names }: Entry): Message =>
    msg`Roles were guessed in ${count} {0|one: message|other: messages}: ${joinList(names)}.`,
  alternating: ({ count, first }: Entry): Message =>
    msg`${count} {0|one: chat has|other: chats have} no roles; turns were read as alternating questions and answers (first: row ${first}).`,
  people: ({ count, names }: Entry): Message =>
    msg`${count} {0|one: conversation has|other: conversations have} no assistant answers; each was read as one text with speaker names before the messages: ${joinList(names)}.`,
  'newest-first': ({ count, first }: Entry): Message =>
    msg`${count} {0|one: conversation is|other: conversations are} stored newest first; messages were reordered from oldest to newest (first: row ${first}).`,
  'other-answer': ({ count, first }: Entry): Message =>
    msg`${count} alternative {0|one: answer was|other: answers were} skipped; the first answer to each question was used (first: row ${first}).`,
  ranked: ({ count, first, names }: Entry): Message =>
    msg`${count} alternative {0|one: answer was|other: answers were} skipped; the one preferred by ${joinList(names)} was used (first: row ${first}).`,
  rejected: ({ count, names }: Entry): Message =>
    msg`${count} rejected {0|one: answer|other: answers} (${joinList(names)}) {0|one: was|other: were} skipped; only preferred answers were used.`,
  undesirable: ({ count, first }: Entry, rows: number): Message =>
    msg`${count} of ${rows} {1|one: row|other: rows} {0|one: has answers|other: have answers} marked as undesirable and {0|one: was|other: were} skipped (first: row ${first}).`,
  branches: ({ count, first }: Entry): Message =>
    msg`${count} {0|one: message on another branch was|other: messages on other branches were} skipped; each chat was read along its last branch (first: row ${first}).`,
  'other-shape': ({ count, first, names }: Entry): Message =>
    msg`${count} {0|one: row has different fields and was|other: rows have different fields and were} read from ${joinList(names)} (first: row ${first}).`,
  joined: ({ count, names }: Entry): Message =>
    msg`${count} {0|one: row contains a list|other: rows contain lists} of texts in ${joinList(names)}; the texts of each row were joined into one document.`,
  'joined-list': ({ count }: Entry): Message =>
    msg`${count} {0|one: row is a list|other: rows are lists} of texts; the texts of each row were joined into one document.`,
};
export type TallyKind = keyof typeof sentences;

/** What is left out counts as loss; the rest are notes. */
const losses = new Set<TallyKind>(['no-text', 'no-answer', 'part', 'not-message', 'undesirable']);

/** Counts what was left out or guessed of rows, and says it in a sentence for each kind. */
export class Tally {
  /** The row that is being read, from 1. */
  row = 0;
  private readonly entries = new Map<TallyKind, Entry>();

  add(kind: TallyKind, name?: string, count = 1): void {
    const entry = this.entries.get(kind) ?? { count: 0, first: this.row, names: new Set<string>() };
    entry.count += count;
    // What rows call their fields has no bound; what is shown has.
    if (name !== undefined && entry.names.size < 100) entry.names.add(name);
    this.entries.set(kind, entry);
  }

  *problems(source: string): Generator<ReaderEvent> {
    for (const [kind, entry] of this.entries)
      yield problem(losses.has(kind) ? 'partly-read' : 'note', source, sentences[kind](entry, this.row));
  }
}
