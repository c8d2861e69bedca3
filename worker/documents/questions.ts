import type { TemplateName } from '../../main/contract/conversation.ts';
import { scaledToOne } from '../../main/contract/logic/reading/lexical.ts';
import type { LongText, Segment } from '../../main/contract/logic/reading/segments.ts';
import type { ModelTemplates } from '../generation/model-templates.ts';
import type { ConditionalText } from './likelihood.ts';

/** A stretch of a text without its line breaks. */
export const oneLine = (text: LongText, { start, end }: Segment): string =>
  text.slice(start, end).replaceAll(/\s+/g, ' ');

/** The model's share of a score; shared words have the rest. */
export const modelShare = 0.3;

/** Scores from 0 to 1 of what shared words and a model say of the same candidates. */
export function mixedScores(lexical: readonly number[], gains: readonly number[], share = modelShare): number[] {
  const [byWords, byModel] = [scaledToOne([0, ...lexical]).slice(1), scaledToOne(gains)];
  return byWords.map((words, index) => (1 - share) * words + share * byModel[index]);
}

/** A model that judges texts by questions, and answers by texts. */
export class QuestionModel {
  readonly #losses: (pairs: readonly ConditionalText[]) => Promise<number[]>;
  readonly #templates: ModelTemplates;
  readonly #template: TemplateName;

  /** @param losses of texts after others, as `continuationLosses` */
  constructor(
    losses: (pairs: readonly ConditionalText[]) => Promise<number[]>,
    templates: ModelTemplates,
    template: TemplateName = 'auto',
  ) {
    this.#losses = losses;
    this.#templates = templates;
    this.#template = template;
  }

  /** How much likelier each text makes a question, nats per token; 0 if it cannot be computed. */
  async gains(question: string, texts: readonly string[]): Promise<number[]> {
    const asked = question.trim();
    const pairs = [this.#questionAfter('', asked), ...texts.map((text) => this.#questionAfter(`${text}\n\n`, asked))];
    const [alone, ...after] = await this.#losses(pairs);
    return after.map((loss) => (Number.isFinite(alone - loss) ? alone - loss : 0));
  }

  /** Mean loss of each answer and the end after it, nats per token, if the question is asked about a text. */
  async answerLosses(text: string, question: string, answers: readonly string[]): Promise<number[]> {
    // A model of raw text has seen no conversations, but perhaps questions with their answers.
    const plain = this.#templates.resolve(this.#template) === 'plain';
    const before = plain
      ? `${text}\nQuestion: ${question.trim()}\nAnswer:`
      : this.#rendered(`${text}\n\n${question.trim()}`);
    return this.#losses(
      answers.map((answer) => (plain ? { before, text: ` ${answer}\n` } : { before, text: answer, ended: true })),
    );
  }

  /** A question after a text, as it would be in a conversation that the model was trained on. */
  #questionAfter(before: string, question: string): ConditionalText {
    const rendered = this.#rendered(before + question);
    const at = rendered.lastIndexOf(question);
    return { before: at < 0 ? before : rendered.slice(0, at), text: question };
  }

  #rendered(content: string): string {
    const { pieces } = this.#templates.render(this.#template, [{ role: 'user', content }]);
    return pieces.map(({ text }) => text).join('');
  }
}
