import { told, type Told } from '../../../main/contract/told.ts';
import { listed } from './field-path.ts';
import { problem, type ReaderEvent } from './reader.ts';

interface Entry {
  count: number;
  /** The row where it was met first. */
  first: number;
  names: Set<string>;
}

const sentences = {
  'no-text': ({ count, first }: Entry, rows: number): Told =>
    told`${count} of ${rows} rows were left out: they hold no text (the first is row ${first}).`,
  'no-answer': ({ count, first }: Entry, rows: number): Told =>
    told`${count} of ${rows} rows were left out: their chats hold no answer (the first is row ${first}).`,
  'empty-message': ({ count, first }: Entry): Told =>
    told`${count} messages without text were left out (the first in row ${first}).`,
  part: ({ count, first, names }: Entry): Told =>
    told`${count} parts of messages are not text and were left out: ${listed(names)} (the first in row ${first}).`,
  'message-key': ({ count, first, names }: Entry): Told =>
    told`Messages hold fields that are not read: ${listed(names)} (${count} times, the first in row ${first}).`,
  'not-message': ({ count, first }: Entry): Told =>
    told`${count} entries among the messages are not messages and were left out (the first in row ${first}).`,
  'other-role': ({ count, first, names }: Entry): Told =>
    told`${count} messages are neither questions nor answers: ${listed(names)}. They were kept under headings of these names and are not learned (the first in row ${first}).`,
  'guessed-role': ({ count, names }: Entry): Told => told`Roles were guessed in ${count} messages: ${listed(names)}.`,
  alternating: ({ count, first }: Entry): Told =>
    told`${count} chats name no roles; their turns were read as question and answer in alternation (the first is row ${first}).`,
  people: ({ count, names }: Entry): Told =>
    told`${count} conversations hold no answers of an assistant; each was read as one text with the names before the messages: ${listed(names)}.`,
  'newest-first': ({ count, first }: Entry): Told =>
    told`${count} conversations are written newest first; they were read from the oldest message (the first is row ${first}).`,
  'other-answer': ({ count, first }: Entry): Told =>
    told`${count} further answers to the same questions were left out; the first one is learned (the first in row ${first}).`,
  ranked: ({ count, first, names }: Entry): Told =>
    told`${count} further answers to the same questions were left out; the one that ${listed(names)} prefers is learned (the first in row ${first}).`,
  rejected: ({ count, names }: Entry): Told =>
    told`${count} rejected answers (${listed(names)}) were left out; the preferred ones are learned.`,
  undesirable: ({ count, first }: Entry, rows: number): Told =>
    told`${count} of ${rows} rows were left out: their answers are marked as undesirable (the first is row ${first}).`,
  branches: ({ count, first }: Entry): Told =>
    told`${count} messages of other branches were left out; each chat was read along its last branch (the first in row ${first}).`,
  'other-shape': ({ count, first, names }: Entry): Told =>
    told`${count} rows have other fields than the first ones and were read from ${listed(names)} (the first is row ${first}).`,
  joined: ({ count, names }: Entry): Told =>
    told`${count} rows hold lists of texts in ${listed(names)}; the texts of a row were joined to one document.`,
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
