import { z } from 'zod';
import { HyenaError } from '../../../../main/contract/errors.ts';
import type { Segment } from '../../../../main/contract/logic/reading/segments.ts';
import { msg } from '../../../../main/contract/message.ts';

/** A question about a text. */
export interface Question {
  readonly question: string;
  /** The right answers; none if the text has none. */
  readonly answers: readonly string[];
  /** Where they are in the text. */
  readonly places: readonly Segment[];
}

export interface QuestionedText {
  readonly text: string;
  readonly questions: readonly Question[];
}

const answerSchema = z.looseObject({ text: z.string(), answer_start: z.int().min(0) });
const fileSchema = z.looseObject({
  data: z.array(
    z.looseObject({
      paragraphs: z.array(
        z.looseObject({
          context: z.string(),
          qas: z.array(
            z.looseObject({
              question: z.string(),
              answers: z.array(answerSchema).default([]),
              is_impossible: z.boolean().default(false),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** Offsets of published files count code points, as Python does; here they count UTF-16 units. */
const unitsOf = (text: string, codePoints: number): number => [...text].slice(0, codePoints).join('').length;

function placeOf(context: string, { text, answer_start }: z.output<typeof answerSchema>): Segment[] {
  const start = unitsOf(context, answer_start);
  if (context.startsWith(text, start)) return [{ start, end: start + text.length }];
  const found = context.indexOf(text);
  return found < 0 ? [] : [{ start: found, end: found + text.length }];
}

/**
 * The paragraphs of a file of questions in SQuAD's form (Rajpurkar et al., arXiv 1606.05250 and 1806.03822).
 *
 * @param source what the file is called, for the error
 * @throws HyenaError `bad-input`
 */
export function readQuestions(content: string, source: string): QuestionedText[] {
  let value: unknown;
  try {
    value = JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new HyenaError('bad-input', msg`${source} is not JSON.`, { cause: error });
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new HyenaError('bad-input', msg`${source}: ${issue.path.join('.')}: ${issue.message}.`, {
      hint: 'The file must have the form of SQuAD: data, paragraphs, qas, answers.',
    });
  }
  const texts = parsed.data.data.flatMap(({ paragraphs }) =>
    paragraphs.map(({ context, qas }) => ({
      text: context,
      questions: qas.map(({ question, answers, is_impossible }) => {
        const places = is_impossible ? [] : answers.flatMap((answer) => placeOf(context, answer));
        return { question, answers: places.length > 0 ? answers.map(({ text }) => text) : [], places };
      }),
    })),
  );
  if (texts.some(({ questions }) => questions.some(({ places }) => places.length > 0))) return texts;
  throw new HyenaError('bad-input', msg`${source} has no questions with answers in their texts.`);
}

/** All texts as one, and each question with its places in it. */
export function joinedText(texts: readonly QuestionedText[]): QuestionedText {
  const questions: Question[] = [];
  let text = '';
  for (const one of texts) {
    const offset = text.length;
    text += `${one.text}\n\n`;
    for (const question of one.questions)
      questions.push({
        ...question,
        places: question.places.map(({ start, end }) => ({ start: start + offset, end: end + offset })),
      });
  }
  return { text, questions };
}
