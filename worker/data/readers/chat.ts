/**
 * Chats as text. The form is StripedHyena's: `### Instruction:` before what a person says, `### Response:` before an
 * answer, after which comes the end of text; docs/data.md shows it. Only answers are learned.
 */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'other';
  /** The role as it is written, for those that are none of the three. */
  name: string;
  content: string;
  /** Answers that are not to be learned are marked with a weight of 0 in some data sets. */
  learned: boolean;
}

export interface ChatSegment {
  text: string;
  learned: boolean;
  /** The end of text follows. */
  turnEnd: boolean;
}

const roles = new Map<string, ChatMessage['role']>([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['human', 'user'],
  ['prompter', 'user'],
  ['instruction', 'user'],
  ['assistant', 'assistant'],
  ['gpt', 'assistant'],
  ['chatgpt', 'assistant'],
  ['bot', 'assistant'],
  ['model', 'assistant'],
]);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text of a message: a string, or a list of parts of which those of text count. */
function contentOf(content: unknown): string | null {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  const parts = content.map((part: unknown) =>
    typeof part === 'string' ? part : isObject(part) && typeof part.text === 'string' ? part.text : '',
  );
  return parts.join('');
}

/** A list of `{role, content}` (or `{from, value}`, as ShareGPT has it) as messages; null for anything else. */
export function parseMessages(value: unknown): ChatMessage[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const messages: ChatMessage[] = [];
  for (const item of value as unknown[]) {
    if (!isObject(item)) return null;
    const role = item.role ?? item.from;
    const content = contentOf('content' in item ? item.content : item.value);
    if (typeof role !== 'string') return null;
    // Calls of tools have no content.
    if (content === null || content === '') continue;
    messages.push({
      role: roles.get(role.toLowerCase()) ?? 'other',
      name: role,
      content,
      learned: item.weight !== 0,
    });
  }
  return messages;
}

const heading = ({ role, name }: ChatMessage): string =>
  ({
    system: '### System:\n',
    user: '### Instruction:\n',
    assistant: '### Response:\n',
    other: `### ${name}:\n`,
  })[role];

/** What stands between an answer's end of text, or another message, and the next message. */
const BETWEEN = '\n\n';

/** The text of a chat, divided into what is learned and what is not. */
export function renderChat(messages: readonly ChatMessage[]): ChatSegment[] {
  const segments: ChatSegment[] = [];
  let before = '';
  messages.forEach((message, index) => {
    before += `${index > 0 ? BETWEEN : ''}${heading(message)}`;
    if (message.role !== 'assistant') {
      before += message.content;
      return;
    }
    segments.push({ text: before, learned: false, turnEnd: false });
    segments.push({ text: message.content, learned: message.learned, turnEnd: true });
    before = '';
  });
  if (before !== '') segments.push({ text: before, learned: false, turnEnd: false });
  return segments;
}

/** The text that a model is asked to go on from: the chat so far and the beginning of an answer. */
export function renderPrompt(messages: readonly ChatMessage[]): ChatSegment[] {
  const segments = renderChat(messages);
  const opening = `${messages.length > 0 ? BETWEEN : ''}${heading({ role: 'assistant', name: '', content: '', learned: true })}`;
  return [...segments, { text: opening, learned: false, turnEnd: false }];
}
