import type { TemplateName, Turn } from '../../main/contract/conversation.ts';
import { renderPrompt, type ChatMessage } from '../data/readers/chat.ts';

/** A stretch of a prompt. */
export interface PromptPiece {
  readonly text: string;
  /** The end of text follows. */
  readonly end: boolean;
}

/** A conversation as a text to go on from. */
export interface Prompt {
  readonly pieces: readonly PromptPiece[];
  /** What ends the answer, besides the end of text. */
  readonly stops: readonly string[];
}

/** Answers that follow each other are one: the later goes on with the earlier. */
export function joinAnswers(turns: readonly Turn[]): Turn[] {
  const joined: Turn[] = [];
  for (const turn of turns) {
    const last = joined.at(-1);
    if (last?.role === 'assistant' && turn.role === 'assistant')
      joined[joined.length - 1] = { role: 'assistant', content: last.content + turn.content };
    else joined.push(turn);
  }
  return joined;
}

const piece = (text: string): PromptPiece => ({ text, end: false });

/**
 * Nothing but what was said. What the model wrote follows what it was given without a gap, as it did when it wrote it;
 * what a person says after that begins a paragraph, unless it begins with white space of its own.
 */
function plain(turns: readonly Turn[]): Prompt {
  const pieces = turns.map(({ role, content }, index) =>
    piece(index === 0 || role === 'assistant' || /^\s/.test(content) ? content : `\n\n${content}`),
  );
  return { pieces: pieces.filter(({ text }) => text !== ''), stops: [] };
}

/** Questions and answers under headings, the last answer left open. */
function headed(turns: readonly Turn[], names: Record<'user' | 'assistant', string>, preamble = ''): Prompt {
  const system = turns.filter(({ role }) => role === 'system').map(({ content }) => `${content}\n\n`);
  const spoken = turns.filter((turn) => turn.role !== 'system');
  const open = spoken.at(-1)?.role === 'assistant';
  const pieces = spoken.map(({ role, content }, index) =>
    piece(`${names[role as 'user' | 'assistant']}${content}${open && index === spoken.length - 1 ? '' : '\n\n'}`),
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
  const open = last?.role === 'assistant' ? last.content : null;
  const messages = (open === null ? turns : turns.slice(0, -1)).map(({ role, content }): ChatMessage => ({
    role,
    name: role,
    content,
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
  dialogue: (turns) => headed(joinAnswers(turns), { user: 'User: ', assistant: 'Assistant:' }),
  /** As Stanford's Alpaca was trained. */
  alpaca: (turns) =>
    headed(joinAnswers(turns), { user: '### Instruction:\n', assistant: '### Response:\n' }, alpacaPreamble),
  /** As StripedHyena-Nous was trained, and the models of this program that were trained on chats. */
  instruction: (turns) => instruction(joinAnswers(turns)),
};
