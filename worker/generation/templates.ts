import type { TemplateName, Turn } from '../../main/contract/conversation.ts';
import { renderPrompt, type DialogMessage } from '../data/readers/chat.ts';

/** A stretch of a prompt. */
interface PromptPiece {
  readonly text: string;
  /** The end of text follows. */
  readonly end: boolean;
}

/** A conversation as a text to continue from. */
export interface Prompt {
  readonly pieces: readonly PromptPiece[];
  /** What ends the answer, besides the end of text. */
  readonly stops: readonly string[];
}

/** Answers that follow each other are one: the later continues with the earlier. */
export function joinAnswers(turns: readonly Turn[]): Turn[] {
  const joined: Turn[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (last?.role === 'assistant' && turn.role === 'assistant' && !last.tool_calls && !turn.tool_calls)
      joined[joined.length - 1] = { role: 'assistant', content: last.content + turn.content };
    else joined.push(turn);
  }
  return joined;
}

/** What a turn says as text: calls of tools are a line of JSON each. */
function saidIn({ content, tool_calls = [] }: Turn): string {
  const calls = tool_calls.map(
    ({ function: { name, arguments: given } }) => `{"name":${JSON.stringify(name)},"arguments":${given}}`,
  );
  return [content, ...calls].filter((part, index) => index > 0 || part !== '' || calls.length === 0).join('\n');
}

const piece = (text: string): PromptPiece => ({ text, end: false });

/**
 * Nothing but what was said. What the model wrote follows what it was given without a gap, as it did when it wrote it;
 * what a person says after that begins a paragraph, unless it begins with white space of its own.
 */
function plain(turns: readonly Turn[]): Prompt {
  const pieces = turns.map((turn, index) => {
    const text = saidIn(turn);
    return piece(index === 0 || turn.role === 'assistant' || /^\s/.test(text) ? text : `\n\n${text}`);
  });
  return { pieces: pieces.filter(({ text }) => text !== ''), stops: [] };
}

/** Whether an answer is to be continued. One that called tools is complete: what they gave is missing. */
const isOpen = (turn: Turn | undefined): boolean => turn?.role === 'assistant' && !turn.tool_calls;

/** Questions and answers under headings, the last answer left open. */
function headed(turns: readonly Turn[], names: Record<'user' | 'assistant' | 'tool', string>, preamble = ''): Prompt {
  const system = turns.filter(({ role }) => role === 'system').map(({ content }) => `${content}\n\n`);
  const spoken = turns.filter((turn) => turn.role !== 'system');
  const open = isOpen(spoken.at(-1));
  const pieces = spoken.map((turn, index) =>
    piece(
      `${names[turn.role as keyof typeof names]}${saidIn(turn)}${open && index === spoken.length - 1 ? '' : '\n\n'}`,
    ),
  );
  const before = system.length > 0 ? system.join('') : preamble;
  return {
    pieces: [...(before === '' ? [] : [piece(before)]), ...pieces, ...(open ? [] : [piece(names.assistant)])],
    stops: [`\n${names.user.trim()}`],
  };
}

/** Exactly as chats are written into data sets, with the end of text after every answer but the open one. */
function instruction(turns: readonly Turn[]): Prompt {
  const last = turns.at(-1);
  const open = last && isOpen(last) ? last.content : null;
  const messages = (open === null ? turns : turns.slice(0, -1)).map((turn): DialogMessage => ({
    role: turn.role === 'tool' ? 'other' : turn.role,
    name: turn.role,
    content: saidIn(turn),
    learned: true,
  }));
  const pieces = renderPrompt(messages).map(({ text, turnEnd }) => ({ text, end: turnEnd }));
  return {
    pieces: open === null || open === '' ? pieces : [...pieces, piece(open)],
    stops: ['\n### Instruction:'],
  };
}

const alpacaPreamble =
  'Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n';

/** How a conversation becomes a text: what a model was trained on decides which one suits it. */
export const templates: Record<Exclude<TemplateName, 'auto'>, (turns: readonly Turn[]) => Prompt> = {
  /** For models of raw text. */
  plain,
  dialogue: (turns) => headed(joinAnswers(turns), { user: 'User: ', assistant: 'Assistant:', tool: 'Tool: ' }),
  /** As Stanford's Alpaca was trained. */
  alpaca: (turns) =>
    headed(
      joinAnswers(turns),
      { user: '### Instruction:\n', assistant: '### Response:\n', tool: '### Tool:\n' },
      alpacaPreamble,
    ),
  /** As StripedHyena-Nous was trained, and the models of this program that were trained on chats. */
  instruction: (turns) => instruction(joinAnswers(turns)),
};
