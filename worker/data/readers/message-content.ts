import { isObject, type JsonObject } from './field-path.ts';

/** What a message says, calls and gets back. */
export interface MessageContent {
  text: string;
  /** Calls of tools, as JSON. */
  calls: string[];
  /** What tools answered, where it stands within another message. */
  results: string[];
  /** Kinds of parts that are not text and were left out. */
  left: string[];
}

export const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A value as text: JSON if it is not a string. */
export const asText = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : (JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner)) ?? '');

/** The call of a tool as `{"name": …, "arguments": …}`; arguments that are JSON in a string stay as they are written. */
function callOf(call: unknown): string | null {
  if (typeof call === 'string') return call === '' ? null : call;
  if (!isObject(call)) return null;
  const inner = [call.function, call.functionCall, call.function_call].find(isObject) ?? call;
  const name = inner.name ?? call.name;
  if (typeof name !== 'string') return isNothing(inner) ? null : asText(inner);
  const given = inner.arguments ?? inner.args ?? inner.parameters ?? inner.input ?? {};
  const text = typeof given === 'string' && isJson(given) ? given : JSON.stringify(asJson(given));
  return `{"name": ${JSON.stringify(name)}, "arguments": ${text}}`;
}

const asJson = (value: unknown): unknown =>
  typeof value === 'string' ? value : (JSON.parse(asText(value) || 'null') as unknown);

function addPart(content: MessageContent, part: unknown): void {
  if (typeof part === 'string') content.text += part;
  else if (isObject(part)) addObject(content, part);
  else if (Array.isArray(part)) for (const inner of part as unknown[]) addPart(content, inner);
}

function addObject(content: MessageContent, part: JsonObject): void {
  const type =
    typeof part.type === 'string' ? part.type : typeof part.content_type === 'string' ? part.content_type : '';
  const calls = part.functionCall ?? part.function_call ?? part.tool_calls ?? part.toolCalls;
  if (type === 'tool_use' || type === 'tool_call') pushCalls(content, part);
  else if (!isNothing(calls)) pushCalls(content, calls);
  else if (isObject(part.functionResponse)) content.results.push(asText(part.functionResponse.response ?? ''));
  else if (type === 'tool_result') {
    const inner = contentOf(part.content);
    content.results.push(inner.text);
    content.left.push(...inner.left);
  } else if (/thinking|reasoning|thoughts/.test(type)) content.left.push(type);
  else if (typeof part.text === 'string') content.text += part.text;
  else if (isObject(part.text) && typeof part.text.value === 'string') content.text += part.text.value;
  else if (typeof part.refusal === 'string') content.text += part.refusal;
  else if (Array.isArray(part.parts)) addPart(content, part.parts);
  else if (typeof part.content === 'string' || Array.isArray(part.content)) addPart(content, part.content);
  else if (typeof part.value === 'string') content.text += part.value;
  else if (Object.keys(part).length > 0)
    content.left.push(type !== '' ? type : Object.keys(part).slice(0, 3).join('+'));
}

function pushCalls(content: MessageContent, calls: unknown): void {
  for (const call of Array.isArray(calls) ? (calls as unknown[]) : [calls]) {
    const text = callOf(call);
    if (text !== null) content.calls.push(text);
  }
}

/** The content of a message: a string, a list of parts, or an object around either. */
export function contentOf(value: unknown): MessageContent {
  const content: MessageContent = { text: '', calls: [], results: [], left: [] };
  if (typeof value === 'number' || typeof value === 'boolean') content.text = String(value);
  else addPart(content, value);
  return content;
}

/**
 * The last branch of a tree of messages, as ChatGPT exports them: `mapping` leads from each message to the one before.
 * Null for anything else.
 */
export function conversationBranch(value: unknown): { messages: unknown[]; others: number } | null {
  if (isObject(value) && typeof value.role === 'string' && Array.isArray(value.replies)) return repliesOf(value);
  if (!isObject(value) || !isObject(value.mapping)) return null;
  const nodes = new Map(
    Object.entries(value.mapping).filter((entry): entry is [string, JsonObject] => isObject(entry[1])),
  );
  const has = (id: unknown): id is string => typeof id === 'string' && nodes.has(id);
  let at: unknown = value.current_node;
  if (!has(at)) {
    // The last child of each leads to the end.
    at = [...nodes].find(([, node]) => !has(node.parent))?.[0];
    for (let steps = 0; has(at) && steps < nodes.size; steps++) {
      const children = nodes.get(at)!.children;
      const last: unknown = Array.isArray(children) ? children.at(-1) : undefined;
      if (!has(last)) break;
      at = last;
    }
  }
  const messages: unknown[] = [];
  const seen = new Set<string>();
  for (; has(at) && !seen.has(at); at = nodes.get(at)!.parent) {
    seen.add(at);
    const { message } = nodes.get(at)!;
    if (isObject(message) && !isHidden(message)) messages.unshift(message);
  }
  const others = [...nodes].filter(([id, { message }]) => !seen.has(id) && isObject(message) && !isHidden(message));
  return { messages, others: others.length };
}

/** A message with the replies to it, each with its own: the best of them by their ranks, else the first. */
function repliesOf(root: JsonObject): { messages: unknown[]; others: number } {
  const messages: unknown[] = [];
  let others = 0;
  const rank = ({ rank: given }: JsonObject): number => (typeof given === 'number' ? given : Infinity);
  let at: JsonObject | undefined = root;
  while (at) {
    const { replies, ...message }: JsonObject = at;
    messages.push(message);
    const next: JsonObject[] = (Array.isArray(replies) ? (replies as unknown[]) : []).filter(isObject);
    others += Math.max(0, next.length - 1);
    const best = Math.min(...next.map(rank));
    at = next.find((one) => rank(one) === best);
  }
  return { messages, others };
}

/** Messages that the program wrote for itself hold nothing or are marked. */
const isHidden = (message: JsonObject): boolean => {
  const { metadata } = message;
  if (isObject(metadata) && metadata.is_visually_hidden_from_conversation === true) return true;
  const { text, calls, left } = contentOf(message.content ?? message.text);
  return text === '' && calls.length === 0 && left.length === 0;
};
