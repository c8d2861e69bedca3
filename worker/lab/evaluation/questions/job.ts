import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { HyenaError } from '../../../../main/contract/errors.ts';
import type { Job, JobEvent } from '../../../../main/contract/jobs.ts';
import { doubtfulScore } from '../../../../main/contract/logic/reading/answering.ts';
import type { QuestionEvaluation } from '../../../../main/contract/lab/question-evaluation.ts';
import { kindOfModel } from '../../../../main/library/runs/run-folder.ts';
import { continuationLosses } from '../../../documents/likelihood.ts';
import { modelShare, QuestionModel } from '../../../documents/questions.ts';
import { ModelTemplates } from '../../../generation/model-templates.ts';
import { openRunModel } from '../../../models/run-model.ts';
import type { JobContext } from '../../../process/job-context.ts';
import { QuestionedDocument, type QuestionWork } from './answers.ts';
import { joinedText, readQuestions } from './read.ts';
import { answerScores, areaUnderRoc, rankingScores, rankOf } from './scores.ts';

type QuestionsJob = Job<'evaluate-questions'>;
type QuestionsContext = JobContext<JobEvent<'evaluate-questions'>>;
type Scores = QuestionEvaluation['scores'][number];

const shares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/**
 * Does the job `evaluate-questions`: how often the program's own search, with a model or without, finds the answers of a
 * file of questions.
 *
 * @throws HyenaError `not-found`, `bad-input` for a file of another format, `interrupted`
 */
export async function runEvaluateQuestions(job: QuestionsJob, context: QuestionsContext): Promise<QuestionEvaluation> {
  const began = performance.now();
  const content = await readFile(job.path, 'utf8').catch((error: unknown) => {
    throw HyenaError.from(error);
  });
  const paragraphs = readQuestions(content, job.name);
  const { run } = job;
  const opened = run === null ? null : await openQuestionModel({ ...job, run }, context);
  const texts = [
    { name: 'paragraph', parts: paragraphs },
    { name: 'document', parts: [joinedText(paragraphs)] },
  ] as const;
  const counted = (places: boolean) =>
    paragraphs.flatMap(({ questions }) => questions).filter((one) => one.places.length > 0 === places).length;
  const all = Math.min(job.limit ?? Infinity, counted(true) + counted(false));
  let done = 0;
  const scores: Scores[] = [];
  const weights: QuestionEvaluation['weights'] = [];
  let impossible = 0;
  for (const { name: text, parts } of texts) {
    const works: QuestionWork[] = [];
    for (const { text: whole, questions } of parts) {
      const document = new QuestionedDocument(whole);
      for (const question of questions.slice(0, all - works.length)) {
        await nextTurn();
        context.cancellation.check();
        works.push(await context.cancellation.interruptible(() => document.ask(question, opened?.model ?? null)));
        context.emit({ type: 'progress', done: ++done, total: texts.length * all });
      }
    }
    const answered = works.filter(({ question }) => question.places.length > 0);
    const others = works.filter(({ question }) => question.places.length === 0);
    impossible = others.length;
    for (const method of opened ? (['words', 'model', 'both'] as const) : (['words'] as const)) {
      const spans = answered.map((work) => answerScores(work[method]!.answer, work.question.answers));
      const sentences = answered.map((work) => answerScores(work[method]!.sentence, work.question.answers));
      scores.push({
        ...{ text, method, ...rankings(answered, { words: 0, model: 1, both: modelShare }[method]) },
        sentenceF1: mean(sentences.map(({ f1 }) => f1)),
        exactMatch: mean(spans.map(({ exact }) => exact)),
        f1: mean(spans.map(({ f1 }) => f1)),
        absence: areaUnderRoc(
          answered.map((work) => work[method]!.confidence),
          others.map((work) => work[method]!.confidence),
        ),
        doubted:
          method === 'words' && !opened
            ? { answerable: doubted(answered), others: others.length === 0 ? null : doubted(others) }
            : null,
      });
    }
    if (opened)
      for (const weight of shares) {
        const { sentence, passage } = rankings(answered, weight);
        weights.push({ text, weight, sentence: sentence.mrr10, passage: passage.mrr10 });
      }
  }
  return {
    ...{ task: 'questions', run, step: opened?.step ?? null, source: job.name },
    ...{ questions: all - impossible, impossible, scores, weights },
    seconds: (performance.now() - began) / 1000,
  };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length;

/** How many of the questions words alone answer with doubt. */
const doubted = (works: readonly QuestionWork[]): number =>
  mean(works.map(({ words }) => (words.confidence < doubtfulScore ? 1 : 0)));

/** @param share the model's */
const rankings = (works: readonly QuestionWork[], share: number): Pick<Scores, 'sentence' | 'passage'> => ({
  sentence: rankingScores(works.map((work) => rankOf(work.sentences(share), work.question.places))),
  passage: rankingScores(works.map((work) => rankOf(work.passages(share), work.question.places))),
});

async function openQuestionModel(job: QuestionsJob & { run: string }, context: QuestionsContext) {
  const { model, tokenizer, checkpoint, record } = await openRunModel(job, context);
  const kind = await kindOfModel(job.library, record);
  const own = await ModelTemplates.own(checkpoint.path, (message) => context.emit({ type: 'notice', message }));
  const losses = (pairs: Parameters<typeof continuationLosses>[2]) =>
    continuationLosses(model, tokenizer, pairs, () => context.cancellation.check());
  return { model: new QuestionModel(losses, new ModelTemplates(kind, own)), step: checkpoint.step };
}
