import type { Turn } from '../../main/contract/conversation.ts';
import { readTemplateSource, unusableTemplate } from '../../main/library/checkpoints/template-source.ts';
import { BoundedTemplate } from './bounded-template.ts';
import { joinAnswers, type Prompt } from './templates.ts';

/** A model's own way of writing a conversation: Jinja, as Hugging Face's libraries read it. */
export class ChatTemplate {
  readonly #template: BoundedTemplate;
  readonly #tokens: { bos_token: string; eos_token: string };

  /** @throws HyenaError `bad-input` for what is not a template */
  constructor(source: string, tokens: { bos?: string | null; eos?: string | null } = {}) {
    this.#tokens = { bos_token: tokens.bos ?? '', eos_token: tokens.eos ?? '' };
    try {
      this.#template = new BoundedTemplate(source);
    } catch (cause) {
      throw unusableTemplate(cause);
    }
  }

  /**
   * The conversation as the model wants it. White space and what the template says of roles are its own affair.
   *
   * @throws HyenaError `bad-input` where the template refuses it, as many do for two questions in a row
   */
  render(given: readonly Turn[]): Prompt {
    const turns = joinAnswers(given);
    const last = turns.at(-1);
    const open = last?.role === 'assistant' && !last.tool_calls ? last.content : null;
    let text: string;
    try {
      text = this.#template.render({
        messages: turns.map(asMessage),
        add_generation_prompt: open === null,
        ...this.#tokens,
      });
    } catch (cause) {
      throw unusableTemplate(cause);
    }
    if (open !== null) text = cutAfter(text, open);
    const { eos_token: end } = this.#tokens;
    const parts = end === '' ? [text] : text.split(end);
    // The end of text is told apart, as not every tokenizer reads its name in a text as the token.
    const pieces = parts.map((part, index) => ({ text: part, end: index < parts.length - 1 }));
    return { pieces: pieces.filter((piece) => piece.text !== '' || piece.end), stops: [] };
  }
}

/** A turn as templates know messages: the arguments of calls are objects there. */
function asMessage({ tool_calls, ...message }: Turn): object {
  if (!tool_calls) return message;
  const calls = tool_calls.map((call) => ({
    ...call,
    function: { ...call.function, arguments: parsedOr(call.function.arguments) },
  }));
  return { ...message, tool_calls: calls };
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What comes up to the end of an open answer, which the template may have trimmed: it stands as it was written. */
function cutAfter(text: string, answer: string): string {
  for (const wanted of [answer, answer.trimEnd(), answer.trim()]) {
    const at = wanted === '' ? -1 : text.lastIndexOf(wanted);
    if (at >= 0) return text.slice(0, at) + answer.slice(answer.indexOf(wanted));
  }
  return text;
}

/**
 * The chat template that came with a model: `chat_template.jinja`, else what its `tokenizer_config.json` says.
 *
 * @param folder of the checkpoint
 * @returns null if it has none
 * @throws HyenaError `bad-input` for one that cannot be read
 */
export async function readChatTemplate(folder: string): Promise<ChatTemplate | null> {
  const sentence = await readTemplateSource(folder);
  return sentence && new ChatTemplate(sentence.source, sentence);
}
