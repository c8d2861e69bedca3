import type { ModelKind, TemplateName, Turn } from '../../main/contract/conversation.ts';
import { messageOf } from '../../main/contract/errors.ts';
import type { Message } from '../../main/contract/message.ts';
import { readChatTemplate, type ChatTemplate } from './chat-template.ts';
import { templates, type Prompt } from './templates.ts';

/** How conversations become text for one model: the templates that there are, and which of them it takes by itself. */
export class ModelTemplates {
  readonly #kind: ModelKind | null;
  readonly #own: ChatTemplate | null;

  /** @param own the model's own */
  constructor(kind: ModelKind | null, own: ChatTemplate | null) {
    this.#kind = kind;
    this.#own = own;
  }

  /**
   * The template that came with a checkpoint; null if there is none, or none that can be used.
   *
   * @param onProblem called with why it cannot
   */
  static own(
    checkpoint: string,
    onProblem: (message: Message) => void = () => undefined,
  ): Promise<ChatTemplate | null> {
    return readChatTemplate(checkpoint).catch((error: unknown) => {
      onProblem(messageOf(error));
      return null;
    });
  }

  /** What `auto` stands for; `auto` where it is the model's own. */
  get default(): TemplateName {
    return this.#own ? 'auto' : this.#kind === 'chats' ? 'instruction' : 'plain';
  }

  /** What a name stands for with this model. */
  resolve(name: TemplateName): TemplateName {
    return name === 'auto' ? this.default : name;
  }

  /** @throws HyenaError `bad-input` where the model's own template refuses the conversation */
  render(name: TemplateName, turns: readonly Turn[]): Prompt {
    const resolved = this.resolve(name);
    return resolved === 'auto' ? this.#own!.render(turns) : templates[resolved](turns);
  }
}
