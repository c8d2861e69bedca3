import { isSummaryRequest, summaryRequest } from '../../../main/contract/conversation.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { told, toldTogether, type Told } from '../../../main/contract/told.ts';
import { parseMessages, renderChat, type ChatMessage } from './chat.ts';
import { problem, type ReaderEvent } from './reader.ts';

/** Where the text of a row is. */
export type TextChoice =
  | { kind: 'whole' }
  | { kind: 'text'; field: string }
  | { kind: 'chat'; field: string | null }
  | { kind: 'pair'; prompt: string; context: string | null; answer: string }
  | { kind: 'summary'; document: string; summary: string };

const chatFields = ['messages', 'conversations', 'conversation', 'chat', 'dialogue', 'dialog'];
const textFields = [
  'text',
  'content',
  'contents',
  'body',
  'document',
  'article',
  'story',
  'markdown',
  'code',
  'passage',
  'sentence',
];
const pairFields: readonly [prompt: string, context: string | null, answer: string][] = [
  ['instruction', 'input', 'output'],
  ['instruction', 'context', 'response'],
  ['prompt', null, 'completion'],
  ['prompt', null, 'response'],
  ['question', null, 'answer'],
];

/** Texts with their summaries, as the known collections call them. */
const summaryFields: readonly [document: string, summary: string][] = [
  ['document', 'summary'],
  ['text', 'summary'],
  ['article', 'summary'],
  ['dialogue', 'summary'],
  ['content', 'summary'],
  ['article', 'highlights'],
  ['article', 'abstract'],
];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a key, or at a path of keys with dots between. */
export function valueAt(row: unknown, field: string): unknown {
  if (!isObject(row)) return undefined;
  if (Object.hasOwn(row, field)) return row[field];
  const dot = field.indexOf('.');
  return dot < 0 ? undefined : valueAt(row[field.slice(0, dot)], field.slice(dot + 1));
}

/** Whether a field alone, by its name, tells where the text is. */
export function hasKnownField(row: unknown): boolean {
  return (
    chatFields.some((field) => parseMessages(valueAt(row, field))) ||
    textFields.some((field) => typeof valueAt(row, field) === 'string') ||
    pairFields.some(
      ([prompt, , answer]) => typeof valueAt(row, prompt) === 'string' && typeof valueAt(row, answer) === 'string',
    )
  );
}

/**
 * Finds the text by looking at the first rows: the field that was named; else a chat, a text with its summary, a field of
 * a usual name, a question with its answer, or the field with the most text. Throws `bad-input` where there is none.
 */
export function chooseText(sample: readonly unknown[], named: string | null, source: string): TextChoice {
  if (sample.length === 0) throw new HyenaError('bad-input', told`There are no rows in ${source}.`);
  if (named !== null) return namedChoice(sample, named, source);
  if (sample.every((row) => typeof row === 'string')) return { kind: 'whole' };
  if (sample.some((row) => parseMessages(row))) return { kind: 'chat', field: null };
  const rows = sample.filter(isObject);
  const some = (field: string, test: (value: unknown) => unknown) => rows.some((row) => test(valueAt(row, field)));
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  const chat = chatFields.find((field) => some(field, parseMessages));
  if (chat !== undefined) return { kind: 'chat', field: chat };
  const both = (...fields: string[]) => rows.some((row) => fields.every((field) => isText(valueAt(row, field))));
  const summary = summaryFields.find((fields) => both(...fields));
  if (summary) return { kind: 'summary', document: summary[0], summary: summary[1] };
  const text = textFields.find((field) => some(field, isText));
  if (text !== undefined) return { kind: 'text', field: text };
  const pair = pairFields.find(([prompt, , answer]) => some(prompt, isText) && some(answer, isText));
  if (pair) return { kind: 'pair', prompt: pair[0], context: pair[1], answer: pair[2] };
  const longest = longestField(rows);
  if (longest !== null) return { kind: 'text', field: longest };
  throw new HyenaError(
    'bad-input',
    toldTogether([told`No text was found in the rows of ${source}.`, ...keysOf(sample)]),
    {
      hint: 'Name the field that holds the text.',
    },
  );
}

function namedChoice(sample: readonly unknown[], field: string, source: string): TextChoice {
  const values = sample.map((row) => valueAt(row, field)).filter((value) => value !== undefined && value !== null);
  if (values.some((value) => typeof value === 'string')) return { kind: 'text', field };
  if (values.some((value) => parseMessages(value))) return { kind: 'chat', field };
  throw values.length > 0
    ? new HyenaError('bad-input', told`'${field}' holds neither text nor chat messages in ${source}.`)
    : new HyenaError(
        'bad-input',
        toldTogether([told`There is no '${field}' in the first rows of ${source}.`, ...keysOf(sample)]),
      );
}

function keysOf(sample: readonly unknown[]): Told[] {
  const keys = new Set(sample.filter(isObject).flatMap((row) => Object.keys(row)));
  const shown = [...keys].slice(0, 20);
  return shown.length > 0 ? [told`Its fields are ${`${shown.join(', ')}${keys.size > 20 ? ', …' : ''}`}.`] : [];
}

function longestField(rows: readonly Record<string, unknown>[]): string | null {
  const lengths = new Map<string, number>();
  for (const row of rows)
    for (const [field, value] of Object.entries(row))
      if (typeof value === 'string') lengths.set(field, (lengths.get(field) ?? 0) + value.length);
  let best: string | null = null;
  for (const [field, length] of lengths) if (length > (best === null ? 0 : lengths.get(best)!)) best = field;
  return best;
}

/** WikiText's headings: one `=` on each side for an article's title, more for its sections. */
const wikiHeading = /^ ?(=(?: =)*) ([^=](?:.*[^=])?) \1 ?\n?$/;
const isBlank = (row: unknown): boolean => typeof row === 'string' && row.trim() === '';

/** Whether rows are the lines of articles with WikiText's headings between. */
export function looksLikeWikiText(texts: readonly unknown[]): boolean {
  return texts.some(
    (text, index) =>
      typeof text === 'string' &&
      wikiHeading.exec(text)?.[1] === '=' &&
      (index === 0 || isBlank(texts[index - 1])) &&
      texts.some(isBlank),
  );
}

/** Turns rows into documents: each row one, or, in WikiText, all rows up to the next article's title. */
export class RowsToDocuments {
  private readonly source: string;
  private readonly choice: TextChoice;
  private readonly wiki: boolean;
  private row = 0;
  private withoutText = 0;
  private firstWithoutText = 0;
  private open = false;
  private afterBlank = true;

  constructor(source: string, choice: TextChoice, sample: readonly unknown[]) {
    this.source = source;
    this.choice = choice;
    const texts = choice.kind === 'text' ? sample.map((row) => valueAt(row, choice.field)) : sample;
    this.wiki = (choice.kind === 'text' || choice.kind === 'whole') && looksLikeWikiText(texts);
  }

  /** Fields that are read of each row. */
  get fields(): string[] {
    const { choice } = this;
    if (choice.kind === 'summary') return [choice.document, choice.summary];
    if (choice.kind === 'pair') return [choice.prompt, choice.answer, ...(choice.context ? [choice.context] : [])];
    return choice.kind === 'whole' || choice.field === null ? [] : [choice.field];
  }

  *add(row: unknown): Generator<ReaderEvent> {
    if (this.row++ === 0) yield { type: 'rows', rows: null, columns: this.fields };
    const { choice } = this;
    if (choice.kind === 'chat') {
      yield* this.chat(parseMessages(choice.field === null ? row : valueAt(row, choice.field)), row);
      return;
    }
    if (choice.kind === 'pair') {
      yield* this.chat(pairMessages(row, choice), row);
      return;
    }
    if (choice.kind === 'summary') {
      yield* this.chat(summaryMessages(row, choice), row);
      return;
    }
    const text = choice.kind === 'whole' ? row : valueAt(row, choice.field);
    if (this.wiki && typeof text === 'string') yield* this.wikiLine(text);
    else if (typeof text === 'string' && text !== '') {
      yield { type: 'document', source: this.source, title: this.title(row) };
      yield { type: 'text', content: text };
      yield { type: 'end' };
    } else this.missing();
  }

  *end(): Generator<ReaderEvent> {
    if (this.open) yield { type: 'end' };
    this.open = false;
    yield { type: 'rows', rows: this.row, columns: this.fields };
    if (this.withoutText > 0)
      yield problem(
        'partly-read',
        this.source,
        told`${this.withoutText} of ${this.row} rows were left out: they hold no text (the first is row ${this.firstWithoutText}).`,
      );
  }

  private *chat(messages: ChatMessage[] | null, row: unknown): Generator<ReaderEvent> {
    if (!messages?.some(({ role }) => role === 'assistant')) {
      this.missing();
      return;
    }
    const summary = messages.some(
      ({ role, content }, index) =>
        role === 'user' &&
        isSummaryRequest(content) &&
        messages[index + 1]?.role === 'assistant' &&
        messages[index + 1].learned,
    );
    yield { type: 'document', source: this.source, title: this.title(row), summary };
    for (const { text, learned, turnEnd } of renderChat(messages)) {
      yield { type: 'text', content: text, learned };
      if (turnEnd) yield { type: 'turn-end' };
    }
    yield { type: 'end' };
  }

  private *wikiLine(line: string): Generator<ReaderEvent> {
    const heading = wikiHeading.exec(line);
    const level = heading ? heading[1].length / 2 + 0.5 : 0;
    if (level === 1 && this.afterBlank) {
      if (this.open) yield { type: 'end' };
      yield { type: 'document', source: this.source, title: heading![2] };
      this.open = true;
    } else if (!this.open) {
      // Rows before the first title are a document of their own.
      if (isBlank(line)) return;
      yield { type: 'document', source: this.source };
      this.open = true;
    }
    this.afterBlank = isBlank(line);
    if (heading) yield { type: 'place', kind: 'heading', label: heading[2], level };
    yield { type: 'text', content: line.endsWith('\n') ? line : `${line}\n` };
  }

  private title(row: unknown): string | undefined {
    const title = valueAt(row, 'title');
    return typeof title === 'string' && title !== '' && title.length < 500 ? title : `row ${this.row}`;
  }

  private missing(): void {
    if (this.withoutText++ === 0) this.firstWithoutText = this.row;
  }
}

function pairMessages(row: unknown, choice: TextChoice & { kind: 'pair' }): ChatMessage[] | null {
  const prompt = valueAt(row, choice.prompt);
  const answer = valueAt(row, choice.answer);
  const context = choice.context === null ? '' : valueAt(row, choice.context);
  if (typeof prompt !== 'string' || typeof answer !== 'string' || answer === '') return null;
  const question = typeof context === 'string' && context !== '' ? `${prompt}\n\n${context}` : prompt;
  return [
    { role: 'user', name: 'user', content: question, learned: true },
    { role: 'assistant', name: 'assistant', content: answer, learned: true },
  ];
}

function summaryMessages(row: unknown, choice: TextChoice & { kind: 'summary' }): ChatMessage[] | null {
  const document = valueAt(row, choice.document);
  const summary = valueAt(row, choice.summary);
  if (typeof document !== 'string' || document.trim() === '') return null;
  if (typeof summary !== 'string' || summary.trim() === '') return null;
  return [
    { role: 'user', name: 'user', content: summaryRequest(document), learned: true },
    { role: 'assistant', name: 'assistant', content: summary.trim(), learned: true },
  ];
}

/** Rows that are looked at before it is decided where the text is. */
const SAMPLE_ROWS = 100;
const SAMPLE_CHARACTERS = 1 << 22;

/** Documents of rows that come one after another. */
export async function* rowsToDocuments(
  rows: AsyncIterable<{ row: unknown; characters: number }>,
  source: string,
  field: string | null,
): AsyncGenerator<ReaderEvent> {
  let documents: RowsToDocuments | null = null;
  let sample: unknown[] = [];
  let characters = 0;
  const decide = (): RowsToDocuments => new RowsToDocuments(source, chooseText(sample, field, source), sample);
  for await (const { row, characters: length } of rows) {
    if (documents) {
      yield* documents.add(row);
      continue;
    }
    sample.push(row);
    characters += length;
    if (sample.length < SAMPLE_ROWS && characters < SAMPLE_CHARACTERS) continue;
    documents = decide();
    for (const early of sample) yield* documents.add(early);
    sample = [];
  }
  if (!documents) {
    if (sample.length === 0) throw new HyenaError('bad-input', told`There are no rows in ${source}.`);
    documents = decide();
    for (const early of sample) yield* documents.add(early);
  }
  yield* documents.end();
}
