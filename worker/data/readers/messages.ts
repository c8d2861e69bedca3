import type { DialogMessage } from './chat.ts';
import { isObject, type JsonObject } from './field-path.ts';
import { parseRelaxed } from './json-relaxed.ts';
import { asText, conversationBranch, contentOf, isNothing, type MessageContent } from './message-content.ts';
import { roleNamed, speakerOf, type Role } from './message-roles.ts';
import type { Tally } from './tally.ts';

/** The messages of a chat; `people`: nobody among them is an assistant, they are named as they call themselves. */
export interface Conversation {
  messages: DialogMessage[];
  people: boolean;
}

const contentKeys = [
  'content',
  'value',
  'text',
  'message',
  'body',
  'parts',
  'utterance',
  'output',
  'result',
  'data',
  'refusal',
  'mes',
  'msg',
];
const callKeys = ['tool_calls', 'function_call', 'toolCalls', 'functionCall'];
/** What says when, where and which, but nothing that was said. */
const metaKeys =
  /^(id|.*_?ids?|uuid|index|idx|weight|train|loss|date.*|time.*|.*_(at|time|date)|ts|.*stamp|type|name|role|from|author|sender|speaker|user|username|actor|status|recipient|end_turn|channel|.*url|edited.*|language|lang|model|turn.*|.*_name|metadata|meta|.*avatar.*|text_entities|is_?[A-Za-z_]+)$/i;

const wrapCall = (call: string): string => (call.includes('<tool_call>') ? call : `<tool_call>\n${call}\n</tool_call>`);

function message(role: DialogMessage['role'], name: string, content: string, learned = true): DialogMessage {
  return { role, name, content, learned };
}

/** What tools answer, and which tools there are: under headings of their own, not learned. */
const toolMessage = (content: string): DialogMessage => message('other', 'Tool', content);
export const toolsMessage = (content: string): DialogMessage => message('other', 'Tools', content);
export const systemMessage = (content: string): DialogMessage => message('system', 'system', content);
export const userMessage = (content: string): DialogMessage => message('user', 'user', content);
export const assistantMessage = (content: string, learned = true): DialogMessage =>
  message('assistant', 'assistant', content, learned);

interface Turn {
  role: Role | null;
  name: string;
  content: MessageContent;
  learned: boolean;
  item: JsonObject | null;
  contentKey: string | null;
}

const plainTurn = (role: Role, content: unknown): Turn => ({
  ...{ role, name: role, content: contentOf(content), learned: true, item: null, contentKey: null },
});

/** An element of a list of messages as turns; null for what is not a message. */
function turnsOf(item: unknown): Turn[] | null {
  if (Array.isArray(item)) {
    const [question, answer] = item as unknown[];
    if (item.length !== 2 || typeof question !== 'string' || typeof answer !== 'string') return null;
    return [plainTurn('user', question), plainTurn('assistant', answer)];
  }
  if (!isObject(item)) return null;
  // Some wrap each message with what they know of it.
  if (isObject(item.message) && speakerOf(item.message)) return turnsOf(item.message);
  // LangChain's messages as it stores them: the name of a class, and what it is made with.
  if (isObject(item.kwargs) && Array.isArray(item.id))
    return turnsOf({ type: item.id.at(-1) as unknown, ...item.kwargs });
  // A turn of both: {"user": …, "assistant": …}.
  const keys = Object.keys(item).filter((key) => typeof item[key] === 'string');
  const question = keys.find((key) => roleNamed(key) === 'user' || key === 'question' || key === 'prompt');
  const answer = keys.find((key) => roleNamed(key) === 'assistant' || key === 'answer' || key === 'response');
  if (question !== undefined && answer !== undefined && !('role' in item) && !('from' in item))
    return [plainTurn('user', item[question]), plainTurn('assistant', item[answer])];
  const speaker = speakerOf(item);
  if (!speaker) return hasCapitals(item) ? turnsOf(lowerKeys(item)) : null;
  const contentKey = contentKeys.find((key) => key !== speaker.key && !isNothing(item[key])) ?? null;
  const hasContentKey = contentKeys.some((key) => key !== speaker.key && key in item);
  const calls = callKeys.filter((key) => !isNothing(item[key]));
  const isCall = speaker.role === 'call' && typeof item.name === 'string' && 'arguments' in item;
  if (!hasContentKey && calls.length === 0 && !isCall) return speaker.isRole ? [{ ...emptyTurn(speaker), item }] : null;
  const content = contentOf(contentKey === null ? null : item[contentKey]);
  // What a tool answers may be data rather than text.
  if (speaker.role === 'tool' && contentKey !== null && isData(item[contentKey], content))
    Object.assign(content, { text: asText(item[contentKey]), left: [] });
  for (const key of calls) content.calls.push(...contentOf({ [key]: item[key] }).calls);
  if (isCall) content.calls.push(...contentOf({ function_call: item }).calls);
  const learned =
    ![item.weight, item.loss].some((weight) => !isNothing(weight) && Number(weight) === 0) &&
    ![item.train, item.trainable, item.loss].includes(false);
  return [{ role: speaker.role, name: speaker.name, content, learned, item, contentKey }];
}

const hasCapitals = (item: JsonObject): boolean => Object.keys(item).some((key) => key !== key.toLowerCase());
const lowerKeys = (item: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(item).map(([key, value]) => [key.toLowerCase(), value]));

/** Whether a content is values rather than text or parts of it. */
const isData = (value: unknown, { text, left }: MessageContent): boolean =>
  text === '' &&
  left.length > 0 &&
  (Array.isArray(value) ? (value as unknown[]) : [value]).every((part) => isObject(part) && !('type' in part));

const emptyTurn = ({ role, name }: { role: Role | null; name: string }): Turn => ({
  ...{ role, name, content: contentOf(null), learned: true, item: null, contentKey: null },
});

/** The messages that a turn becomes: what tools answered stands before what a person says with it. */
function messagesOf({ role, name, content, learned }: Turn): DialogMessage[] {
  const results = content.results.map(toolMessage);
  const text = content.text;
  if (role === 'call')
    return [
      assistantMessage(
        [wrapCall(text), ...content.calls.map(wrapCall)].filter((part) => part !== wrapCall('')).join('\n'),
        learned,
      ),
    ];
  if (role === 'assistant' || content.calls.length > 0) {
    const whole = [text, ...content.calls.map(wrapCall)].filter((part) => part !== '').join('\n');
    return [...results, ...(whole === '' ? [] : [assistantMessage(whole, learned)])];
  }
  if (text === '') return results;
  if (role === 'tool') return [...results, toolMessage(text)];
  if (role === 'tools') return [...results, toolsMessage(text)];
  return [...results, message(role ?? 'other', name, text, learned)];
}

/** Some rows hold their chats as JSON in a string, as tables have to. */
export function listIn(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*(?:[[{]|array\()/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    // pandas writes lists into tables as Python does.
    const python = value.replace(/^\s*array\((?=\s*\[)/, '').replace(/(\])\s*(?:,\s*dtype=\w+)?\s*\)\s*$/, '$1');
    return parseRelaxed(python)?.value ?? value;
  }
}

/** Messages as a list for each of their keys: `{"from": ["human", "gpt"], "value": ["…", "…"]}`. */
function listOfColumns(value: unknown): unknown {
  if (!isObject(value)) return value;
  const columns = Object.entries(value);
  const length = Array.isArray(columns[0]?.[1]) ? columns[0][1].length : 0;
  if (length === 0 || columns.length < 2) return value;
  if (!columns.every(([, list]) => Array.isArray(list) && list.length === length)) return value;
  const items = Array.from({ length }, (_, index) =>
    Object.fromEntries(columns.map(([key, list]) => [key, (list as unknown[])[index]])),
  );
  return items.some((item) => (speakerOf(item)?.role ?? null) !== null) ? items : value;
}

/** Turns whose only key is who speaks: `[{"Human": "…"}, {"Assistant": "…"}]`; null for anything else. */
function turnsByRole(items: readonly unknown[]): Turn[] | null {
  const turns: Turn[] = [];
  for (const item of items) {
    const [[key, value], ...others] = isObject(item) ? Object.entries(item) : [[]];
    const role = key === undefined ? null : roleNamed(key);
    if (others.length > 0 || typeof value !== 'string') return null;
    if (role !== 'user' && role !== 'assistant' && role !== 'system') return null;
    turns.push(plainTurn(role, value));
  }
  const has = (role: Role) => turns.some((turn) => turn.role === role);
  return has('user') && has('assistant') ? turns : null;
}

const markedTurn = /(?:^|\n)[ \t]*(Human|User|H|Assistant|AI|A|Bot|System):[ \t]*/g;

/** A chat in one string with `Human:` and `Assistant:` before what each says, as some collections have it. */
export function markedMessages(text: string): DialogMessage[] | null {
  const marks = [...text.matchAll(markedTurn)];
  if (marks.length < 2 || text.slice(0, marks[0].index).trim() !== '') return null;
  const messages = marks.map((mark, index) => {
    const content = text.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? text.length).trim();
    const [name] = mark[1];
    return name === 'S' ? systemMessage(content) : /[HU]/.test(name) ? userMessage(content) : assistantMessage(content);
  });
  const isBoth = messages.some(({ role }) => role === 'user') && messages.some(({ role }) => role === 'assistant');
  return isBoth ? messages.filter(({ content }) => content !== '') : null;
}

/** Whether a value is a chat in which somebody asks and an assistant answers, by their roles. */
export function isDialogue(value: unknown): boolean {
  const messages = typeof value === 'object' ? (parseMessages(value)?.messages ?? []) : [];
  return messages.some(({ role }) => role === 'user') && messages.some(({ role }) => role === 'assistant');
}

/**
 * A list of messages, whatever its program calls roles and contents (docs/data.md lists them); null for what is not a
 * chat. `tally` counts what is left out or guessed. With `alternating`, a list of strings is question and answer in turn.
 */
export function parseMessages(value: unknown, tally?: Tally, alternating = false): Conversation | null {
  let list = listIn(value);
  if (typeof list === 'string') {
    const marked = alternating ? markedMessages(list) : null;
    return marked && { messages: marked, people: false };
  }
  const branch = conversationBranch(list);
  if (branch) {
    list = branch.messages;
    if (branch.others > 0) tally?.add('branches', undefined, branch.others);
  }
  if (isObject(list) && Array.isArray(list.messages)) list = list.messages;
  list = listOfColumns(list);
  if (!Array.isArray(list) || list.length === 0) return null;
  const items = list as unknown[];
  if (items.every((item) => typeof item === 'string')) {
    if (!alternating || items.length < 2) return null;
    tally?.add('alternating');
    return {
      messages: items.map((text, index) => (index % 2 === 0 ? userMessage(text) : assistantMessage(text))),
      people: false,
    };
  }
  const byRole = turnsByRole(items);
  const turns: Turn[] = byRole ?? [];
  let strangers = 0;
  for (const item of byRole ? [] : items) {
    const found = turnsOf(item);
    if (found) turns.push(...found);
    else strangers++;
  }
  for (const turn of systemsThatAnswer(turns)) turn.role = 'assistant';
  if (turns.length === 0 || strangers > turns.length) return null;
  const hasRoles = turns.some(({ role }) => role !== null);
  // Names without anything said are not conversation: a list of authors, of products.
  if (!hasRoles && !turns.some(({ content }) => content.text !== '')) return null;
  if (!hasRoles && isNewestFirst(turns)) {
    turns.reverse();
    tally?.add('newest-first');
  }
  if (strangers > 0) tally?.add('not-message', undefined, strangers);
  const messages = turns.flatMap((turn) => {
    const made = messagesOf(turn);
    if (tally) countOmissions(turn, made, hasRoles, tally);
    return made;
  });
  return { messages, people: !hasRoles };
}

/** In talks between a user and a dialogue system, the system is what answers: each of its turns follows one of the user. */
function systemsThatAnswer(turns: readonly Turn[]): Turn[] {
  const systems = turns.filter(({ role }) => role === 'system');
  const answers = (turn: Turn) => turns[turns.indexOf(turn) - 1]?.role === 'user';
  return turns.some(({ role }) => role === 'assistant' || role === 'call') || !systems.every(answers) ? [] : systems;
}

const timeKeys = ['timestamp_ms', 'timestamp', 'ts', 'date_unixtime', 'date', 'created_at', 'create_time', 'time'];

/** When something was said, as far as two of them can be compared; NaN if that is not known. */
function timeOf({ item }: Turn): number {
  const time = timeKeys
    .map((key) => item?.[key])
    .find((value) => typeof value === 'string' || typeof value === 'number');
  if (typeof time === 'number') return time;
  return time === undefined ? NaN : /^[\d.]+$/.test(time) ? Number(time) : Date.parse(time);
}

/** Some programs export the newest message first. */
function isNewestFirst(turns: readonly Turn[]): boolean {
  const times = turns.map(timeOf);
  return (
    times.length > 1 &&
    times[0] > times[times.length - 1] &&
    times.every((time, at) => at === 0 || time <= times[at - 1])
  );
}

function countOmissions(turn: Turn, made: readonly DialogMessage[], hasRoles: boolean, tally: Tally): void {
  const { role, name, content, item, contentKey } = turn;
  for (const part of content.left) tally.add('part', part);
  if (made.length === 0 && role !== 'system' && content.left.length === 0) tally.add('empty-message');
  if (hasRoles && role === null && made.length > 0) tally.add('other-role', name);
  if (role !== null && name !== role && (guessed.test(name) || roleNamed(name) !== role))
    tally.add('guessed-role', `${name} = ${role}`);
  if (!item) return;
  for (const [key, value] of Object.entries(item)) {
    if (key === contentKey || key === 'role' || key === 'from' || callKeys.includes(key) || metaKeys.test(key))
      continue;
    if (key === 'arguments' && role === 'call') continue;
    // Some say the same twice, as text and as parts.
    if (value === content.text) continue;
    if (typeof value === 'string' ? value !== '' : Array.isArray(value) ? value.length > 0 : isObject(value))
      tally.add('message-key', key);
  }
}

/** Roles of talks between people, of which one stands for the program. */
const guessed =
  /^(customer|client|agent|support|tutor|teacher|student|doctor|patient|advisor|helper|representative|caller)$/i;
