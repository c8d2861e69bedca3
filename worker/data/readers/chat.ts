/**
 * Chats as text. The form is StripedHyena's: `### Instruction:` before what a person says, `### Response:` before an
 * answer, after which comes the end of text; docs/data.md shows it. Only answers are learned. Calls of tools are part
 * of the answer that makes them; what tools answer stands under its own heading. messages.ts reads chats of files.
 */
export interface DialogMessage {
  role: 'system' | 'user' | 'assistant' | 'other';
  /** The role as it is written, for those that are none of the three. */
  name: string;
  content: string;
  /** Answers that are not to be learned are marked with a weight of 0 in some data sets. */
  learned: boolean;
}

export interface DialogSegment {
  text: string;
  learned: boolean;
  /** The end of text follows. */
  turnEnd: boolean;
}

const heading = ({ role, name }: DialogMessage): string =>
  ({
    system: '### System:\n',
    user: '### Instruction:\n',
    assistant: '### Response:\n',
    other: `### ${name}:\n`,
  })[role];

/** What stands between an answer's end of text, or another message, and the next message. */
const BETWEEN = '\n\n';

/** The text of a chat, divided into what is learned and what is not. */
export function renderChat(messages: readonly DialogMessage[]): DialogSegment[] {
  const segments: DialogSegment[] = [];
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

/** The text that a model is asked to continue from: the chat so far and the beginning of an answer. */
export function renderPrompt(messages: readonly DialogMessage[]): DialogSegment[] {
  const segments = renderChat(messages);
  const opening = `${messages.length > 0 ? BETWEEN : ''}${heading({ role: 'assistant', name: '', content: '', learned: true })}`;
  return [...segments, { text: opening, learned: false, turnEnd: false }];
}
