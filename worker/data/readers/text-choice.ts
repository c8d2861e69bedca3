import type { RowMapping } from '../../../main/contract/columns.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, joinMessages, type Message } from '../../../main/contract/message.ts';
import {
  hasText,
  isObject,
  keyOf,
  longestPath,
  quoteNames,
  textIn,
  textPaths,
  valueAt,
  type JsonObject,
} from './field-path.ts';
import { availableMessage, choiceColumns, columnAsStored, mappedChoice, type MappedChoice } from './mapped-rows.ts';
import { isDialogue, parseMessages } from './messages.ts';
import { isRanking, rankedFields } from './ranked-answers.ts';

/** Where the text of a row is. */
export type TextChoice =
  | { kind: 'whole' }
  | { kind: 'text'; field: string }
  | { kind: 'chat'; field: string | null }
  | { kind: 'pair'; prompt: string; context: string | null; answer: string }
  | { kind: 'summary'; document: string; summary: string }
  | { kind: 'ranked'; prompt: string | null; context: string | null; answers: string[] }
  | { kind: 'preference'; prompt: string | null; chosen: string; rejected: string }
  | MappedChoice;

const chatFields = [
  ...['messages', 'conversations', 'conversation', 'chat', 'dialogue', 'dialog', 'dialogs', 'turns', 'chat_messages'],
  ...['utterances', 'exchanges', 'thread', 'trajectory', 'contents', 'chat_history', 'log'],
];
const textFields = [
  ...['text', 'content', 'contents', 'body', 'document', 'article', 'story', 'markdown', 'code', 'passage', 'sentence'],
  ...['texts', 'sentences', 'paragraph', 'paragraphs', 'page_content', 'full_text', 'raw_text', 'transcript'],
];
const prompts = ['instruction', 'prompt', 'question', 'query', 'problem', 'human', 'user', 'inputs', 'input', 'q'];
const answers = [
  ...[
    'output',
    'response',
    'completion',
    'answer',
    'solution',
    'reply',
    'assistant',
    'gpt',
    'bot',
    'targets',
    'target',
  ],
  'answers',
  'a',
];
const contexts = ['input', 'context', 'passage'];

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

/** Two answers of which one is preferred. */
const preferenceFields: readonly [chosen: string, rejected: string][] = [
  ['chosen', 'rejected'],
  ['chosen_response', 'rejected_response'],
  ['response_chosen', 'response_rejected'],
  ['preferred_output', 'non_preferred_output'],
  ['preferred', 'rejected'],
  ['preferred', 'dispreferred'],
  ['accepted', 'rejected'],
  ['response_j', 'response_k'],
  ['better', 'worse'],
  ['winner', 'loser'],
  ['good', 'bad'],
  ['win', 'lose'],
  ['response_w', 'response_l'],
];
const preferencePrompts = [
  'prompt',
  'question',
  'instruction',
  'query',
  'input',
  'messages',
  'conversations',
  'conversation',
  'context',
  'history',
];

/** What stands beside a chat or a question and belongs to it. */
export const systemFields = [
  'system',
  'system_prompt',
  'systemprompt',
  'system_message',
  'systeminstruction',
  'system_instruction',
];
export const toolsFields = ['tools', 'functions', 'available_tools'];
export const historyFields = ['history'];

/** Questions as rows with several answers call them, too. */
const rankedPrompts = [...prompts, 'history', 'context', 'title'];

const isChat = (value: unknown): boolean => parseMessages(value, undefined, true) !== null;
const isAnswer = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') ||
  (isObject(value) && isAnswerList(value.text)) ||
  (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string')) ||
  (typeof value === 'object' && value !== null && isChat(asList(value)));

/** SQuAD's answers are `{"text": ["…"], "answer_start": […]}`. */
const isAnswerList = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');

/** A single message stands for a list of it. */
export const asList = (value: unknown): unknown => (isObject(value) && !('messages' in value) ? [value] : value);

/** The fields of a choice by their names of this row, tried on all rows: a name that one of them has in this form. */
class Sample {
  readonly rows: JsonObject[];
  constructor(rows: readonly unknown[]) {
    this.rows = rows.filter(isObject);
  }

  /** The first name under which a row holds what passes the test, as the row writes it. */
  find(names: readonly string[], test: (value: unknown) => boolean): string | null {
    for (const name of names)
      for (const row of this.rows) {
        const key = keyOf(row, name);
        if (key !== undefined && test(row[key])) return key;
      }
    return null;
  }

  /** Both of them in one row. */
  both(first: string, second: string, test: (value: unknown) => boolean): [string, string] | null {
    for (const row of this.rows) {
      const keys = [keyOf(row, first), keyOf(row, second)] as const;
      if (keys[0] !== undefined && keys[1] !== undefined && test(row[keys[0]]) && test(row[keys[1]]))
        return [keys[0], keys[1]];
    }
    return null;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** A list of texts, as paragraphs are. */
export const isTextList = (row: unknown): boolean =>
  Array.isArray(row) && row.length > 0 && row.every((item) => typeof item === 'string');

const isWrapped = (value: unknown): boolean => isObject(value) && 'messages' in value;

/** A choice that the names of fields alone tell; null if none of them is known. */
export function knownChoice(rows: readonly unknown[]): TextChoice | null {
  const sample = new Sample(rows);
  for (const [chosen, rejected] of preferenceFields) {
    const keys = sample.both(chosen, rejected, isAnswer);
    if (!keys) continue;
    const prompt = sample.find(preferencePrompts, (value) => isText(value) || isObject(value) || isChat(value));
    return { kind: 'preference', prompt, chosen: keys[0], rejected: keys[1] };
  }
  const ranked = rankedOf(sample);
  if (ranked) return ranked;
  if (
    rows.some((row) =>
      Array.isArray(row) && !row.every((item) => typeof item === 'string')
        ? isChat(row)
        : isObject(row) && isObject(row.mapping) && isChat(row),
    )
  )
    return { kind: 'chat', field: null };
  const chat = sample.find(chatFields, isChat);
  if (chat !== null) return { kind: 'chat', field: chat };
  for (const [document, summary] of summaryFields) {
    const keys = sample.both(document, summary, isText);
    if (keys) return { kind: 'summary', document: keys[0], summary: keys[1] };
  }
  const text = sample.find(textFields, hasText);
  if (text !== null) return { kind: 'text', field: text };
  const pair = pairOf(sample);
  if (pair) return pair;
  // Under several keys they are chats by their ids.
  const dialogues = new Set(
    sample.rows.flatMap((row) => Object.keys(row).filter((key) => !isWrapped(row[key]) && isDialogue(row[key]))),
  );
  const [dialogue] = dialogues;
  return dialogues.size === 1 ? { kind: 'chat', field: dialogue } : null;
}

/** A choice for a row that has none of the fields of the others: a known one, or its own sentences. */
export function ownChoice(row: unknown): TextChoice | null {
  const known = knownChoice([row]);
  if (known) return known;
  const path = longestPath([row]);
  return path !== null && textPaths([row]).get(path)!.prose > 0 ? { kind: 'text', field: path } : null;
}

/** Several answers to one question, of which one is preferred. */
function rankedOf(sample: Sample): TextChoice | null {
  const fields = sample.rows.map(rankedFields).find((found) => found !== null);
  const prompt = fields ? sample.find(rankedPrompts, (value) => isText(value) || isChat(value)) : null;
  // Whole chats hold their questions.
  const areWhole = fields?.length === 2 && sample.rows.some((row) => isDialogue(row[fields[0]]));
  if (!fields || (prompt === null && !areWhole)) return null;
  const context = prompt === null || areWhole ? null : contextOf(sample, prompt);
  return { kind: 'ranked', prompt: areWhole ? null : prompt, context, answers: fields };
}

const contextOf = (sample: Sample, prompt: string): string | null =>
  sample.find(
    contexts.filter((name) => name !== prompt.trim().toLowerCase()),
    (value) => typeof value === 'string',
  );

function pairOf(sample: Sample): TextChoice | null {
  for (const first of prompts)
    for (const second of answers) {
      const keys = sample.both(first, second, isAnswer);
      if (!keys) continue;
      return { kind: 'pair', prompt: keys[0], context: contextOf(sample, keys[0]), answer: keys[1] };
    }
  return null;
}

/**
 * Finds the text by looking at the first rows: the columns that were named; else a preferred answer, a chat, a text with
 * its summary, a field of a usual name, a question with its answer, or the field with the most text. Throws `bad-input`
 * if there is none.
 */
export function chooseText(sample: readonly unknown[], named: RowMapping | null): TextChoice {
  if (sample.length === 0) throw new HyenaError('bad-input', 'No rows found.');
  if (typeof named === 'string') return namedChoice(sample, named);
  if (named !== null) return mappedChoice(sample, named);
  if (sample.every((row) => typeof row === 'string' || isTextList(row))) return { kind: 'whole' };
  const known = knownChoice(sample);
  if (known) return known;
  const longest = longestPath(sample);
  if (longest !== null) return { kind: 'text', field: longest };
  if (sample.some((row) => typeof row === 'string')) return { kind: 'whole' };
  throw new HyenaError(
    'bad-input',
    joinMessages([
      msg`No text found in the rows.`,
      ...availableMessage(sample),
      msg`Choose the field that contains the text.`,
    ]),
  );
}

function namedChoice(sample: readonly unknown[], named: string): TextChoice {
  const field = columnAsStored(sample, named);
  const values = sample.map((row) => valueAt(row, field)).filter((value) => value !== undefined && value !== null);
  if (values.some((value) => typeof value === 'string' && !isChat(value))) return { kind: 'text', field };
  if (
    values.some((value) => (typeof value !== 'string' || /^\s*\[/.test(value) ? isChat(value) : false)) &&
    !values.some((value) => textIn(value) !== null && typeof value !== 'string')
  )
    return { kind: 'chat', field };
  if (values.some((value) => textIn(value) !== null)) return { kind: 'text', field };
  throw new HyenaError(
    'bad-input',
    joinMessages([
      values.length > 0
        ? msg`'${field}' contains neither text nor chat messages.`
        : msg`Field '${field}' not found in the first rows.`,
      ...availableMessage(sample),
    ]),
  );
}

/** The fields that a choice reads. */
export function choiceFields(choice: TextChoice): string[] {
  switch (choice.kind) {
    case 'whole':
      return [];
    case 'summary':
      return [choice.document, choice.summary];
    case 'pair':
      return [choice.prompt, ...(choice.context === null ? [] : [choice.context]), choice.answer];
    case 'ranked':
      return [choice.prompt, choice.context, ...choice.answers].filter((field) => field !== null);
    case 'preference':
      return [...(choice.prompt === null ? [] : [choice.prompt]), choice.chosen];
    case 'text':
    case 'chat':
      return choice.field === null ? [] : [choice.field];
    case 'dialogue':
    case 'template':
      return choiceColumns(choice);
  }
}

/** Whether an answer is marked as one to learn; tables write the words of other programs. Null: not marked. */
export function verdictOf(label: unknown): boolean | null {
  if (typeof label === 'boolean') return label;
  const word = typeof label === 'string' ? label.trim().toLowerCase() : '';
  return word === 'true' ? true : word === 'false' ? false : null;
}

const besideChats = [...systemFields, ...toolsFields];
/** All that is read beside the fields of a chat or a question. */
export const besideFields = [...besideChats, ...historyFields, 'label'];

/** What is read of a row by its choice, and what is not, for a person to see before anything is kept. */
export function describeChoice(choice: TextChoice, sample: readonly unknown[]): Message | null {
  const fields = choiceFields(choice);
  const rows = sample.filter(isObject);
  if (fields.length === 0 || rows.length === 0) return null;
  const isChatKind =
    choice.kind === 'chat' || choice.kind === 'pair' || choice.kind === 'preference' || choice.kind === 'ranked';
  const isRead = (key: string) =>
    fields.some((field) => field === key || field.startsWith(`${key}.`)) ||
    key === 'title' ||
    (choice.kind === 'preference' && key === choice.rejected) ||
    (choice.kind === 'ranked' && isRanking(key)) ||
    (isChatKind && besideChats.includes(key.trim().toLowerCase())) ||
    (choice.kind === 'pair' &&
      (historyFields.includes(key) || (key === 'label' && rows.some(({ label }) => verdictOf(label) !== null))));
  // Rows of another shape are read from their own fields.
  const alike = rows.filter((row) => fields.some((field) => valueAt(row, field) !== undefined));
  const others = new Set(alike.flatMap((row) => Object.keys(row)).filter((key) => !isRead(key)));
  // Beside a path through lists the other texts within are left out too.
  for (const path of fields.some((field) => rows.every((row) => !Object.hasOwn(row, field)))
    ? textPaths(rows).keys()
    : [])
    if (path.includes('.') && !fields.includes(path) && !others.has(path.split('.')[0])) others.add(path);
  const read = quoteNames(fields);
  if (others.size === 0) return choice.kind === 'text' && !knownChoice(sample) ? msg`Text is read from ${read}.` : null;
  return choice.kind === 'text' || choice.kind === 'summary'
    ? msg`Text is read from ${read}. Ignored fields: ${quoteNames(others)}.`
    : msg`Chats are read from ${read}. Ignored fields: ${quoteNames(others)}.`;
}
