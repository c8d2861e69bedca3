import { perplexityOf } from '../../main/contract/logic/perplexity.ts';
import path from 'node:path';
import type { AskResult, ReadResult, SummaryResult } from '../../main/contract/documents.ts';
import { msg } from '../../main/contract/message.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { trainedLength } from '../../main/contract/mixers/index.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import { weightsIdentity } from '../../main/library/checkpoints/manifest.ts';
import { ModelTemplates } from '../generation/model-templates.ts';
import { cachedPrefill } from '../generation/cached-prefill.ts';
import type { JobContext } from '../process/job-context.ts';
import { longStep } from '../process/long-step.ts';
import { Decoder } from '../models/decoding/decoder.ts';
import { kindOfModel } from '../../main/library/runs/run-folder.ts';
import { openRunModel, type RunModel } from '../models/run-model.ts';
import { byBestSentence } from '../../main/contract/logic/reading/answering.ts';
import { candidateCount, findPassages } from './find.ts';
import { continuationLosses, type ConditionalText } from './likelihood.ts';
import { mixedScores, oneLine, QuestionModel } from './questions.ts';
import { tokenizePart, resolveStart, type TokenizedPart } from '../generation/document-part.ts';
import { PlaceFinder, sentencesOf } from '../../main/contract/logic/reading/segments.ts';
import { documentFolder, readDocument, type StoredDocument } from '../../main/library/documents/store.ts';
import { summarise } from './summarise.ts';

type ModelJobKind = 'read-document' | 'ask-document' | 'summarise-document' | 'write-summary' | 'map-document';
type DocumentContext = JobContext<JobEvent<ModelJobKind>>;

/** A document and the model that works on it. */
export interface DocumentSession extends RunModel {
  readonly document: StoredDocument;
  readonly places: PlaceFinder;
  readonly identity: string;
  /** What every result says. */
  readonly resultFields: { document: StoredDocument['record']; run: string; step: number; device: string };
  readonly startedAt: number;
}

const shownSurprises = 8;

export async function openDocumentWithModel(
  job: Job<ModelJobKind>,
  context: DocumentContext,
): Promise<DocumentSession> {
  const began = performance.now();
  const document = await readDocument(job.library, job.document);
  context.emit({ type: 'progress', phase: 'loading', done: 0 });
  const opened = await openRunModel(job, context);
  const { checkpoint, device } = opened;
  return {
    ...opened,
    document,
    places: new PlaceFinder(document.places),
    identity: await weightsIdentity(checkpoint.path),
    resultFields: { document: document.record, run: job.run, step: checkpoint.step, device: device.name },
    startedAt: began,
  };
}

export const secondsSince = (began: number): number => (performance.now() - began) / 1000;

/**
 * Reads as much of a document as the model's context holds, from where it is asked to, and keeps the reading.
 *
 * @throws HyenaError `not-found`, `usage` for a place that there is none of, `interrupted`
 */
export async function runRead(job: Job<'read-document'>, context: DocumentContext): Promise<ReadResult> {
  const session = await openDocumentWithModel(job, context);
  const { document, model, tokenizer, identity } = session;
  const start = resolveStart(document.text, document.places, job.from);
  const part = longStep(() => tokenizePart(document.text, tokenizer, start, model.limit));
  if (part.ids.length === 0) throw new HyenaError('bad-input', 'No text at this place.');
  const { emit } = context;
  if (part.end < document.text.length || (part.start > 0 && part.total > model.limit))
    emit({
      type: 'notice',
      message: msg`The model's context holds ${part.ids.length} of ${part.total} tokens: ${share(part, document.text.length)} of the document. Select another part, or extend the model's context to ${contextFor(part.total)} tokens.`,
    });
  const decoder = new Decoder(model);
  try {
    const folder = path.join(documentFolder(job.library, job.document), 'states', identity.slice(0, 16));
    const reading = await context.cancellation.interruptible(() =>
      cachedPrefill(model, decoder, part.ids, {
        folder,
        identity,
        onProblem: (error) => emit({ type: 'notice', message: error.messages.message }),
        onProgress: (done) => emit({ type: 'progress', phase: 'reading', done }),
      }),
    );
    reading.text.dispose();
    const scored = reading.losses.subarray(1);
    const loss = scored.length === 0 ? null : scored.reduce((sum, one) => sum + one, 0) / scored.length;
    return {
      ...session.resultFields,
      seconds: secondsSince(session.startedAt),
      context: {
        limit: model.limit,
        trained: trainedLength(model.config),
        tokens: part.total,
        from: part.from,
        used: part.ids.length,
        start: part.start,
        end: part.end,
      },
      reused: reading.reused,
      loss,
      perplexity: loss === null ? null : perplexityOf(loss),
      byPosition: byPosition(reading.losses),
      surprises: surprises(session, part, reading.losses),
      stateMiB: reading.written / 2 ** 20,
    };
  } finally {
    decoder.dispose();
  }
}

/** A context that holds this many tokens: the next power of two, as far as models go. */
const contextFor = (tokens: number): number => Math.min(1 << 20, 2 ** Math.ceil(Math.log2(tokens)));
const share = ({ start, end }: TokenizedPart, length: number): string =>
  `${Math.round((100 * (end - start)) / length)}%`;

/** Losses in stretches of doubling length. */
function byPosition(losses: Float32Array): ReadResult['byPosition'] {
  const stretches: ReadResult['byPosition'] = [];
  for (let from = 1, to = 64; from < losses.length; from = to, to *= 2) {
    const stretch = losses.subarray(from, Math.min(to, losses.length));
    const loss = stretch.reduce((sum, one) => sum + one, 0) / stretch.length;
    stretches.push({ from, to: from + stretch.length, loss, perplexity: perplexityOf(loss) });
  }
  return stretches;
}

/** The sentences with the highest loss a token, in the order of the document. */
function surprises(
  { document, places }: DocumentSession,
  { start, end, offsets }: TokenizedPart,
  losses: Float32Array,
): ReadResult['surprises'] {
  let token = 0;
  const scored = sentencesOf(document.text, start, end).flatMap((sentence) => {
    while (token < losses.length && offsets[token] < sentence.start) token++;
    const first = token;
    while (token < losses.length && offsets[token + 1] <= sentence.end) token++;
    if (token - first < 5 || sentence.end - sentence.start < 20) return [];
    const loss = losses.subarray(first, token).reduce((sum, one) => sum + one, 0) / (token - first);
    return [{ sentence, loss }];
  });
  return scored
    .sort((a, b) => b.loss - a.loss)
    .slice(0, shownSurprises)
    .sort((a, b) => a.sentence.start - b.sentence.start)
    .map(({ sentence, loss }) => ({ ...places.cite(document.text, sentence), loss }));
}

/** Scores texts after others with the desk's model, and tells how far it is. */
function scorer({ model, tokenizer }: DocumentSession, context: DocumentContext) {
  return (pairs: readonly ConditionalText[]): Promise<number[]> =>
    context.cancellation.interruptible(() =>
      continuationLosses(model, tokenizer, pairs, (done) => {
        context.emit({ type: 'progress', phase: 'scoring', done });
        context.cancellation.check();
      }),
    );
}

const notes = {
  text: 'This model was trained on raw text: it finds passages but cannot answer questions. These passages are the most relevant to the question.',
  chats: "These passages are the most relevant to the question. For an answer in the model's own words, use a chat.",
};

/**
 * The passages of a document that a question is about: found by their words, put in order by those and by how much
 * more likely the model holds the question after each.
 */
export async function runAsk(job: Job<'ask-document'>, context: DocumentContext): Promise<AskResult> {
  const session = await openDocumentWithModel(job, context);
  const { text, places } = session.document;
  const check = () => context.cancellation.check();
  const count = Math.max(candidateCount, 2 * job.passages);
  const found = longStep(() =>
    byBestSentence(text, findPassages(text, places, job.question, count, check), job.question),
  );
  const kind = await kindOfModel(job.library, session.record);
  const templates = new ModelTemplates(
    kind,
    await ModelTemplates.own(session.checkpoint.path, (problem) => context.emit({ type: 'notice', message: problem })),
  );
  const asked = new QuestionModel(scorer(session, context), templates, job.template);
  const gains = await asked.gains(
    job.question,
    found.map((passage) => oneLine(text, passage)),
  );
  const scores = mixedScores(
    found.map(({ lexical }) => lexical),
    gains,
  );
  const ranked = found
    .map(({ lexical, sentence, ...passage }, index) => ({
      ...session.places.cite(text, passage),
      ...{ score: scores[index], lexical, gain: gains[index], sentence },
    }))
    .sort((a, b) => b.score - a.score || a.start - b.start)
    .slice(0, job.passages);
  return {
    ...session.resultFields,
    seconds: secondsSince(session.startedAt),
    question: job.question,
    kind: 'find',
    note: notes[kind ?? 'text'],
    passages: ranked,
  };
}

/** The sentences of a document that matter most to the model, in the document's order. */
export async function runSummarise(job: Job<'summarise-document'>, context: DocumentContext): Promise<SummaryResult> {
  const session = await openDocumentWithModel(job, context);
  const { text, places } = session.document;
  const chosen = await summarise(text, places, job.sentences, scorer(session, context), {
    by: job.by,
    check: () => context.cancellation.check(),
  });
  return {
    ...session.resultFields,
    seconds: secondsSince(session.startedAt),
    kind: 'extract',
    sentences: chosen.map(({ section, score, gain, ...segment }) => ({
      ...session.places.cite(text, segment),
      section,
      score,
      gain,
    })),
  };
}
