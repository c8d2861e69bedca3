export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

interface Prompt {
  readonly prompt: string;
  /** What ends the answer. */
  readonly stops: string[];
}

const systemOf = (messages: readonly Message[]): string =>
  messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => `${content}\n\n`)
    .join('');

/** Questions and answers under headings, the last answer left open. */
function headed(messages: readonly Message[], names: Record<'user' | 'assistant', string>): Prompt {
  const turns = messages.filter((message) => message.role !== 'system');
  const text = turns.map(({ role, content }) => `${names[role as 'user' | 'assistant']}${content}\n\n`).join('');
  return { prompt: `${systemOf(messages)}${text}${names.assistant}`, stops: [`\n${names.user.trim()}`] };
}

/** How a conversation becomes a text: what a model was trained on decides which one suits it. */
export const templates = {
  /** For models of raw text: nothing but what was said; the model goes on with it. */
  plain: (messages: readonly Message[]): Prompt => ({
    prompt: messages.map(({ content }) => content).join('\n\n'),
    stops: [],
  }),
  dialogue: (messages: readonly Message[]): Prompt => headed(messages, { user: 'User: ', assistant: 'Assistant:' }),
  /** As Stanford's Alpaca was trained. */
  alpaca: (messages: readonly Message[]): Prompt => {
    const { prompt, stops } = headed(messages, { user: '### Instruction:\n', assistant: '### Response:\n' });
    const preamble =
      'Below is an instruction that describes a task. Write a response that appropriately completes the request.\n\n';
    return { prompt: messages.some(({ role }) => role === 'system') ? prompt : preamble + prompt, stops };
  },
  /** As StripedHyena-Nous was trained. */
  instruction: (messages: readonly Message[]): Prompt =>
    headed(messages, { user: '### Instruction:\n', assistant: '### Response:\n' }),
} as const;
export type TemplateName = keyof typeof templates;
export const templateNames = Object.keys(templates) as TemplateName[];
