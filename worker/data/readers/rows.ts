import { isSummaryRequest, summaryRequest } from '../../../main/contract/conversation.ts';
import { mappedColumns, type RowMapping } from '../../../main/contract/columns.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';
import { renderChat, type DialogMessage } from './chat.ts';
import { isObject, keyOf, textIn, valueAt } from './field-path.ts';
import { cellText, filledTemplate, foundColumns } from './mapped-rows.ts';
import { asText, isNothing } from './message-content.ts';
import {
  assistantMessage,
  listIn,
  markedMessages,
  parseMessages,
  systemMessage,
  toolsMessage,
  userMessage,
  type Conversation,
} from './messages.ts';
import { problem, type ReaderEvent } from './reader.ts';
import { rankedAnswer } from './ranked-answers.ts';
import { groupMessages, MOST_OPEN, type Grouping, type Row } from './row-groups.ts';
import { Tally } from './tally.ts';
import {
  asList,
  describeChoice,
  chooseText,
  choiceFields,
  historyFields,
  isTextList,
  ownChoice,
  systemFields,
  toolsFields,
  verdictOf,
  type TextChoice,
} from './text-choice.ts';

/** WikiText's headings: one `=` on each side for an article's title, more for its sections. */
const wikiHeading = /^ ?(=(?: =)*) ([^=](?:.*[^=])?) \1 ?\n?$/;
const isBlank = (row: unknown): boolean => typeof row === 'string' && row.trim() === '';

/** Whether rows are the lines of articles with WikiText's headings between. */
function looksLikeWikiText(texts: readonly unknown[]): boolean {
  return texts.some(
    (text, index) =>
      typeof text === 'string' &&
      wikiHeading.exec(text)?.[1] === '=' &&
      (index === 0 || isBlank(texts[index - 1])) &&
      texts.some(isBlank),
  );
}

/** The value at the first of these names that holds anything. */
function beside(row: unknown, names: readonly string[]): unknown {
  if (!isObject(row)) return undefined;
  for (const name of names) {
    const key = keyOf(row, name);
    if (key !== undefined && !isNothing(row[key])) return row[key];
  }
  return undefined;
}

/** Turns rows into documents: each row one, or, in WikiText, all rows up to the next article's title. */
class RowsToDocuments {
  private readonly source: string;
  private readonly choice: TextChoice;
  private readonly wiki: boolean;
  private readonly named: boolean;
  private readonly tally = new Tally();
  private readonly others = new Map<string, TextChoice | null>();
  private row = 0;
  private open = false;
  private afterBlank = true;

  /** `named`: the field was named by a person, so that rows without it are not read from other fields. */
  constructor(source: string, choice: TextChoice, sample: readonly unknown[], named = false) {
    this.source = source;
    this.choice = choice;
    this.named = named;
    const texts = choice.kind === 'text' ? sample.map((row) => valueAt(row, choice.field)) : sample;
    this.wiki = (choice.kind === 'text' || choice.kind === 'whole') && looksLikeWikiText(texts);
  }

  /** Fields that are read of each row. */
  get fields(): string[] {
    return choiceFields(this.choice);
  }

  *add(row: unknown): Generator<ReaderEvent> {
    if (this.row === 0) yield { type: 'rows', rows: null, columns: this.fields };
    this.tally.row = ++this.row;
    const choice = this.choiceFor(row);
    switch (choice.kind) {
      case 'chat':
        yield* this.chat(this.chatOf(row, choice), row);
        return;
      case 'pair':
        yield* this.chat(this.pairOf(row, choice), row);
        return;
      case 'ranked':
        yield* this.chat(this.rankedOf(row, choice), row);
        return;
      case 'preference':
        yield* this.chat(this.preferenceOf(row, choice), row);
        return;
      case 'summary':
        yield* this.chat(summaryMessages(row, choice), row);
        return;
      case 'dialogue':
        yield* this.chat(this.dialogueOf(row, choice), row);
        return;
      case 'template': {
        const text = filledTemplate(row, choice);
        if (text === null) this.tally.add('no-text');
        else yield* this.text(text, row);
        return;
      }
      case 'whole':
      case 'text':
        yield* this.plain(row, choice);
    }
  }

  private *plain(row: unknown, choice: TextChoice & { kind: 'whole' | 'text' }): Generator<ReaderEvent> {
    const value = choice.kind === 'whole' ? row : valueAt(row, choice.field);
    const text = textIn(value);
    if (this.wiki && text !== null && choice === this.choice) yield* this.wikiLine(text);
    else if (text !== null && text !== '') {
      if (Array.isArray(value) && value.length > 1)
        if (choice.kind === 'text') this.tally.add('joined', choice.field);
        else this.tally.add('joined-list');
      yield* this.text(text, row);
    } else this.tally.add('no-text');
  }

  *end(): Generator<ReaderEvent> {
    if (this.open) yield { type: 'end' };
    this.open = false;
    yield { type: 'rows', rows: this.row, columns: this.fields };
    yield* this.tally.problems(this.source);
  }

  /** A row that has none of the fields that the first ones had is looked at for itself. */
  private choiceFor(row: unknown): TextChoice {
    const { choice } = this;
    if (this.named) return choice;
    if (typeof row === 'string' || isTextList(row)) return { kind: 'whole' };
    const fields = this.fields;
    if (fields.length > 0 && fields.some((field) => valueAt(row, field) !== undefined)) return choice;
    if (choice.kind === 'chat' && choice.field === null && !isObject(row)) return choice;
    const signature = isObject(row) ? Object.keys(row).join('\0') : typeof row;
    if (!this.others.has(signature)) {
      if (this.others.size > 1000) return choice;
      this.others.set(signature, ownChoice(row));
    }
    const other = this.others.get(signature);
    if (!other) return choice;
    const names = choiceFields(other);
    if (names.length > 0) this.tally.add('other-shape', names.join('+'));
    return other;
  }

  private chatOf(row: unknown, choice: TextChoice & { kind: 'chat' }): Conversation | null {
    const chat = parseMessages(choice.field === null ? row : valueAt(row, choice.field), this.tally, true);
    return chat && { ...chat, messages: withBeside(row, chat.messages) };
  }

  private pairOf(row: unknown, choice: TextChoice & { kind: 'pair' }): Conversation | null {
    const prompt = this.questionOf(row, choice);
    const given = valueAt(row, choice.answer);
    const answer = this.messagesIn(isObject(given) && Array.isArray(given.text) ? given.text : given, assistantMessage);
    if (!prompt || !answer) return null;
    const label = isObject(row) ? row.label : undefined;
    if (verdictOf(label) === false) {
      this.tally.add('undesirable');
      return { messages: [], people: false };
    }
    const history = parseMessages(beside(row, historyFields), this.tally, true)?.messages ?? [];
    const messages = [...history, ...prompt, ...answer];
    return { messages: withBeside(row, messages), people: false };
  }

  private dialogueOf(row: unknown, choice: TextChoice & { kind: 'dialogue' }): Conversation | null {
    const prompt = this.messagesIn(textOr(valueAt(row, choice.prompt)), userMessage);
    const reply = this.messagesIn(textOr(valueAt(row, choice.reply)), assistantMessage);
    if (!prompt || !reply) return null;
    const system = choice.system === null ? '' : cellText(valueAt(row, choice.system)).trim();
    return { messages: [...(system === '' ? [] : [systemMessage(system)]), ...prompt, ...reply], people: false };
  }

  private questionOf(row: unknown, choice: TextChoice & { kind: 'pair' | 'ranked' }): DialogMessage[] | null {
    const prompt = choice.prompt === null ? [] : this.messagesIn(valueAt(row, choice.prompt), userMessage);
    const context = choice.context === null ? '' : valueAt(row, choice.context);
    const last = prompt?.at(-1);
    if (typeof context === 'string' && context !== '' && last) last.content = `${last.content}\n\n${context}`;
    return prompt;
  }

  private rankedOf(row: unknown, choice: TextChoice & { kind: 'ranked' }): Conversation | null {
    const prompt = this.questionOf(row, choice);
    const found = isObject(row) ? rankedAnswer(row, choice.answers) : null;
    const answer = found && this.messagesIn(found.answer, assistantMessage);
    if (!prompt || !answer) return null;
    if (found.others > 0)
      this.tally.add(found.by === null ? 'other-answer' : 'ranked', found.by ?? undefined, found.others);
    return { messages: withBeside(row, [...prompt, ...answer]), people: false };
  }

  private preferenceOf(row: unknown, choice: TextChoice & { kind: 'preference' }): Conversation | null {
    const chosen = this.messagesIn(valueAt(row, choice.chosen), assistantMessage);
    if (!chosen) return null;
    const prompt = choice.prompt === null ? null : this.messagesIn(valueAt(row, choice.prompt), userMessage);
    if (!isNothing(valueAt(row, choice.rejected))) this.tally.add('rejected', choice.rejected);
    const isWhole = chosen.some(({ role }) => role === 'user');
    const messages = isWhole || !prompt ? chosen : [...prompt, ...chosen];
    return { messages: withBeside(row, messages), people: false };
  }

  /** A string as one message, a chat (as a list, or with marks in a string) as its messages. */
  private messagesIn(value: unknown, single: (text: string) => DialogMessage): DialogMessage[] | null {
    if (typeof value === 'string' && value.trim() === '') return null;
    const inner = isObject(value) && 'messages' in value ? value.messages : asList(value);
    const chat = typeof inner === 'string' && !/^\s*\[/.test(inner) ? null : parseMessages(inner, this.tally);
    if (chat) return chat.messages.length > 0 ? chat.messages : null;
    if (typeof value === 'string') {
      const texts = listIn(value);
      const [only] = Array.isArray(texts) && texts.length === 1 ? (texts as unknown[]) : [value];
      return markedMessages(value) ?? [single(typeof only === 'string' ? only : value)];
    }
    // Several answers to one question: the first is taken.
    const [first, ...others] = Array.isArray(value) ? (value as unknown[]) : [];
    if (typeof first !== 'string' || first === '') return null;
    if (others.length > 0) this.tally.add('other-answer', undefined, others.length);
    return [single(first)];
  }

  private *text(content: string, row: unknown): Generator<ReaderEvent> {
    yield { type: 'document', source: this.source, title: this.title(row) };
    yield { type: 'text', content };
    yield { type: 'end' };
  }

  private *chat(chat: Conversation | null, row: unknown): Generator<ReaderEvent> {
    const messages = chat?.messages;
    if (chat?.people && messages && messages.length > 0) {
      for (const { name } of messages) this.tally.add('people', name, 0);
      this.tally.add('people');
      yield* this.text(messages.map(({ name, content }) => `${name}: ${content}`).join('\n'), row);
      return;
    }
    if (!chat || !messages?.some(({ role }) => role === 'assistant')) {
      if (!chat || messages!.length > 0) this.tally.add(chat ? 'no-answer' : 'no-text');
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
      // Rows before the first title are their own document.
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
}

/** Numbers are answers, too. */
const textOr = (value: unknown): unknown => (typeof value === 'object' ? value : cellText(value));

/** A chat with what stands beside it before it: what the system says, unless the chat does, and which tools there are. */
function withBeside(row: unknown, messages: readonly DialogMessage[]): DialogMessage[] {
  const system = beside(row, systemFields);
  const tools = asText(beside(row, toolsFields) ?? '').trim();
  const text = system === undefined ? '' : (textIn(system) ?? partsIn(system));
  const isSaid = text === '' || messages.some(({ role, content }) => role === 'system' && content === text);
  const whole = isSaid ? messages : [systemMessage(text), ...messages];
  if (tools === '' || tools === '[]' || tools === '{}') return [...whole];
  const first = whole[0]?.role === 'system' ? 1 : 0;
  return [...whole.slice(0, first), toolsMessage(tools), ...whole.slice(first)];
}

const partsIn = (value: unknown): string =>
  parseMessages([{ role: 'system', content: value }])?.messages[0]?.content ?? '';

function summaryMessages(row: unknown, choice: TextChoice & { kind: 'summary' }): Conversation | null {
  const document = valueAt(row, choice.document);
  const summary = valueAt(row, choice.summary);
  if (typeof document !== 'string' || document.trim() === '') return null;
  if (typeof summary !== 'string' || summary.trim() === '') return null;
  return { messages: [userMessage(summaryRequest(document)), assistantMessage(summary.trim())], people: false };
}

/** Rows that are looked at before it is decided where the text is. */
const SAMPLE_ROWS = 100;
const SAMPLE_CHARACTERS = 1 << 22;

/** Some collections wrap each row: `{"row": {…}}`, `{"_source": {…}}`. */
const wrappers = ['row', '_source', 'node', 'record', 'doc'];
function unwrapper(sample: readonly unknown[], field: RowMapping | null): ((row: unknown) => unknown) | null {
  const names = field === null ? [] : mappedColumns(field);
  if (sample.some((row) => names.some((name) => valueAt(row, name) !== undefined))) return null;
  const wrapper = wrappers.find((key) => sample.every((row) => isObject(row) && isObject(row[key])));
  return wrapper === undefined ? null : (row) => (isObject(row) ? (row[wrapper] ?? row) : row);
}

export interface RowOptions {
  /** Ends the reading early, for a look at the beginning. */
  enough?: (() => boolean) | undefined;
  /** The reader itself has said which fields are read. */
  reportChoice?: boolean;
  /** Whether the columns are named; a reader that knows them before does it itself. */
  reportColumns?: boolean;
}

/**
 * Documents of rows that come one after another. What is chosen is said before the first document, what was left out
 * after the last.
 */
export async function* rowsToDocuments(
  rows: AsyncIterable<Row>,
  source: string,
  field: RowMapping | null,
  { enough = () => false, reportChoice = false, reportColumns = true }: RowOptions = {},
): AsyncGenerator<ReaderEvent> {
  const grouped: Grouping = { rows: 0, chats: 0, reordered: 0, divided: 0 };
  let documents: RowsToDocuments | null = null;
  let unwrap: ((row: unknown) => unknown) | null = null;
  let sample: unknown[] = [];
  let characters = 0;
  function* begin(): Generator<ReaderEvent> {
    unwrap = unwrapper(sample, field);
    const found = unwrap ? sample.map(unwrap) : sample;
    if (reportColumns) yield { type: 'columns', columns: foundColumns(found) };
    const choice = chooseText(found, field);
    const choiceText = field === null && !reportChoice ? describeChoice(choice, found) : null;
    if (choiceText) yield problem('note', source, choiceText);
    documents = new RowsToDocuments(source, choice, found, field !== null);
    sample = [];
    for (const early of found) {
      if (enough()) return;
      yield* documents.add(early);
    }
  }
  for await (const { row, characters: length } of field === null ? groupMessages(rows, grouped) : rows) {
    if (enough()) break;
    if (documents) {
      yield* (documents as RowsToDocuments).add(unwrap ? (unwrap as (row: unknown) => unknown)(row) : row);
      continue;
    }
    sample.push(row);
    characters += length;
    if (sample.length >= SAMPLE_ROWS || characters >= SAMPLE_CHARACTERS) yield* begin();
  }
  if (!documents) {
    if (sample.length === 0) throw new HyenaError('bad-input', 'No rows found.');
    yield* begin();
  }
  if (grouped.chats > 0)
    yield problem(
      'note',
      source,
      msg`${grouped.rows} {0|one: row is a single message; it was|other: rows are single messages; they were} joined into ${grouped.chats} {1|one: chat|other: chats}.`,
    );
  if (grouped.reordered > 0)
    yield problem(
      'note',
      source,
      msg`${grouped.reordered} {0|one: chat was|other: chats were} not in the order of the turn numbers or times and {0|one: was|other: were} reordered.`,
    );
  if (grouped.divided > 0)
    yield problem(
      'note',
      source,
      msg`${grouped.divided} {0|one: chat is|other: chats are} interleaved with more than ${MOST_OPEN} others and {0|one: was|other: were} divided. Sort the file by chat.`,
    );
  yield* documents!.end();
}
