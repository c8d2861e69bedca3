import { z } from 'zod';
import type { ChoiceEvaluation } from '../../../main/contract/lab/evaluations.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg } from '../../../main/contract/message.ts';

/** A question with answers to choose from, as lm-evaluation-harness asks it. */
export interface Item {
  readonly context: string;
  /** What each answer adds to the context, its space included. */
  readonly choices: readonly string[];
  /** The right choices: one, or for ReCoRD several. */
  readonly gold: readonly number[];
  /** Questions that are scored together: those of MultiRC. */
  readonly group?: string;
}

/** How the lines of one published file become items. */
interface Format {
  readonly line: z.ZodType;
  readonly items: (line: never, number: number) => Item[];
}

const format = <Line extends z.ZodType>(
  line: Line,
  items: (line: z.output<Line>, number: number) => Item[],
): Format => ({ line, items });

/** true, "true", 1 or "1": versions of the files differ. */
const flag = z.union([z.boolean(), z.int(), z.string()]).transform((value) => /^(true|1|yes)$/i.test(String(value)));
const noYes = [' no', ' yes'];
const text = z.string();

const uncapitalised = (sentence: string): string => sentence.slice(0, 1).toLowerCase() + sentence.slice(1);

const entailment = ['entailment', 'contradiction', 'neutral'];

/** A letter (A, B, …) or an index of a choice. */
const goldSchema = z.union([z.int().min(0), z.string().regex(/^([A-Za-z]|\d+)$/)]);
const goldIndex = (gold: z.output<typeof goldSchema>): number =>
  typeof gold === 'number' ? gold : /^\d+$/.test(gold) ? Number(gold) : gold.toUpperCase().charCodeAt(0) - 65;

/**
 * The prompts are those of lm-evaluation-harness (lm_eval/tasks/super_glue, at version 0.4), the fields those of the
 * published jsonl files of SuperGLUE (Wang et al., arXiv 1905.00537).
 */
const formats: Record<ChoiceEvaluation, Format> = {
  'multiple-choice': format(
    z.looseObject({ query: text, choices: z.array(text).min(2), gold: goldSchema }),
    ({ query, choices, gold }) => [
      { context: query, choices: choices.map((one) => ` ${one}`), gold: [goldIndex(gold)] },
    ],
  ),
  boolq: format(z.looseObject({ passage: text, question: text, label: flag }), ({ passage, question, label }) => [
    { context: `${passage}\nQuestion: ${question}?\nAnswer:`, choices: noYes, gold: [label ? 1 : 0] },
  ]),
  cb: format(
    z.looseObject({ premise: text, hypothesis: text, label: z.enum(['entailment', 'contradiction', 'neutral']) }),
    ({ premise, hypothesis, label }) => [
      {
        context: `${premise}\nQuestion: ${hypothesis}. True, False, or Neither?\nAnswer:`,
        choices: [' True', ' False', ' Neither'],
        gold: [entailment.indexOf(label)],
      },
    ],
  ),
  copa: format(
    z.looseObject({
      premise: text,
      choice1: text,
      choice2: text,
      question: z.enum(['cause', 'effect']),
      label: z.int().min(0).max(1),
    }),
    ({ premise, choice1, choice2, question, label }) => [
      {
        context: `${premise.trim().slice(0, -1)} ${question === 'cause' ? 'because' : 'therefore'}`,
        choices: [choice1, choice2].map((choice) => ` ${uncapitalised(choice)}`),
        gold: [label],
      },
    ],
  ),
  multirc: format(
    z.looseObject({
      passage: z.looseObject({
        text,
        questions: z.array(z.looseObject({ question: text, answers: z.array(z.looseObject({ text, label: flag })) })),
      }),
    }),
    ({ passage }, line) =>
      passage.questions.flatMap(({ question, answers }, index) =>
        answers.map((answer) => ({
          context: `${passage.text}\nQuestion: ${question}\nAnswer:`,
          choices: ['no', 'yes'].map((word) => ` ${answer.text}\nIs the answer correct? ${word}`),
          gold: [answer.label ? 1 : 0],
          group: `${line}/${index}`,
        })),
      ),
  ),
  record: format(
    z.looseObject({
      passage: z.looseObject({ text, entities: z.array(z.looseObject({ start: z.int(), end: z.int() })) }),
      qas: z.array(
        z.looseObject({
          query: text.refine((query) => query.includes('@placeholder')),
          answers: z.array(z.looseObject({ text })).default([]),
        }),
      ),
    }),
    ({ passage, qas }) => {
      const [summary, ...highlights] = passage.text.trim().split('@highlight\n');
      const context = [summary.trimEnd(), ...highlights.map((one) => `  - ${one.trim()}.`)].join('\n');
      // The end of an entity is inclusive in the published files.
      const entities = passage.entities.map(({ start, end }) => passage.text.slice(start, end + 1));
      const distinct = [...new Set(entities)].sort();
      return qas.map(({ query, answers }) => ({
        context,
        choices: distinct.map((entity) => `\n  - ${query.replace('@placeholder', entity)}`),
        gold: distinct.flatMap((entity, index) => (answers.some((answer) => answer.text === entity) ? [index] : [])),
      }));
    },
  ),
  rte: format(
    z.looseObject({ premise: text, hypothesis: text, label: z.enum(['entailment', 'not_entailment']) }),
    ({ premise, hypothesis, label }) => [
      {
        context: `${premise}\nQuestion: ${hypothesis} True or False?\nAnswer:`,
        choices: [' True', ' False'],
        gold: [label === 'entailment' ? 0 : 1],
      },
    ],
  ),
  wic: format(
    z.looseObject({
      sentence1: text,
      sentence2: text,
      word: text,
      start1: z.int(),
      end1: z.int(),
      label: flag,
    }),
    ({ sentence1, sentence2, start1, end1, label }) => [
      {
        context:
          `Sentence 1: ${sentence1}\nSentence 2: ${sentence2}\n` +
          `Question: Is the word '${sentence1.slice(start1, end1)}' used in the same way in the two sentences above?\nAnswer:`,
        choices: noYes,
        gold: [label ? 1 : 0],
      },
    ],
  ),
  wsc: format(
    z.looseObject({
      text,
      target: z.looseObject({ span1_text: text, span2_text: text, span2_index: z.int().min(0) }),
      label: flag,
    }),
    ({ text: passage, target, label }) => {
      // The index counts words between white space; punctuation may follow the pronoun without any.
      const before = passage.split(/\s+/).slice(0, target.span2_index).join(' ');
      const start = before === '' ? 0 : before.length + 1;
      const after = passage.slice(start + target.span2_text.length);
      const marked = `${passage.slice(0, start)}*${target.span2_text}*${after}`;
      return [
        {
          context:
            `Passage: ${marked}\nQuestion: In the passage above, does the pronoun "*${target.span2_text}*" ` +
            `refer to "*${target.span1_text}*"?\nAnswer:`,
          choices: noYes,
          gold: [label ? 1 : 0],
        },
      ];
    },
  ),
};

/**
 * The items of a file of JSON Lines.
 *
 * @param source what the file is called, for the error
 * @throws HyenaError `bad-input` that names the line at fault
 */
export function readItems(name: ChoiceEvaluation, content: string, source: string): Item[] {
  const { line: schema, items } = formats[name];
  const found = content.split('\n').flatMap((raw, index): Item[] => {
    if (raw.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(raw.replace(/^\uFEFF/, ''));
    } catch (error) {
      throw new HyenaError('bad-input', msg`${source}, line ${index + 1}: not JSON.`, { cause: error });
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new HyenaError('bad-input', msg`${source}, line ${index + 1}: ${issue.path.join('.')}: ${issue.message}.`, {
        hint: 'Files without labels cannot be scored; use the validation file.',
      });
    }
    const made = items(parsed.data as never, index);
    const wrong = made.find(({ gold, choices }) => gold.some((one) => one < 0 || one >= choices.length));
    if (wrong) throw new HyenaError('bad-input', msg`${source}, line ${index + 1}: the right answer is not a choice.`);
    return made;
  });
  if (found.length > 0) return found;
  throw new HyenaError('bad-input', msg`${source} has no questions.`);
}

/** A passage whose last word is to be predicted (LAMBADA, arXiv 1606.06031): `context` ends before the space. */
export interface Passage {
  readonly context: string;
  readonly last: string;
}

/**
 * Passages of LAMBADA: plain text, one a line, or JSON Lines with `text`.
 *
 * @throws HyenaError `bad-input`
 */
export function readPassages(content: string, source: string): Passage[] {
  const lines = content.split('\n').filter((line) => line.trim() !== '');
  const passages = lines.map((line, index) => {
    let passage = line;
    if (line.trimStart().startsWith('{'))
      try {
        passage = z.looseObject({ text }).parse(JSON.parse(line)).text;
      } catch (error) {
        throw new HyenaError('bad-input', msg`${source}, line ${index + 1}: no text in it.`, { cause: error });
      }
    const whole = passage.trim();
    const space = whole.search(/\s\S+$/);
    if (space < 0) throw new HyenaError('bad-input', msg`${source}, line ${index + 1}: a single word.`);
    return { context: whole.slice(0, space), last: whole.slice(space + 1) };
  });
  if (passages.length > 0) return passages;
  throw new HyenaError('bad-input', msg`${source} has no passages.`);
}
