import { perplexityOf } from '../../main/contract/perplexity.ts';
import path from 'node:path';
import type { AskResult, DocumentEvent, ReadResult, SummaryResult } from '../../main/contract/documents.ts';
import { asMessage, told } from '../../main/contract/told.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Job } from '../../main/contract/jobs.ts';
import type { RunRecord } from '../../main/contract/runs.ts';
import { weightsIdentity } from '../checkpoints/manifest.ts';
import { chooseCheckpoint, openModel, type OpenModel } from '../checkpoints/open-model.ts';
import { openDevice } from '../devices/index.ts';
import { ModelTemplates } from '../generation/model-templates.ts';
import { openReading } from '../generation/reading.ts';
import { interruptKernels } from '../interruptible-kernels.ts';
import type { JobContext } from '../job-context.ts';
import { longStep } from '../long-step.ts';
import { Decoder } from '../models/decoding/decoder.ts';
import { kindOfModel, readRunRecord, runFolder } from '../training/run-folder.ts';
import { scaledToOne } from '../../main/contract/reading/lexical.ts';
import { findPassages } from './find.ts';
import { continuationLosses, type Continuation } from './likelihood.ts';
import { partOf, startOf, type Part } from './part.ts';
import { PlaceFinder, sentencesOf, type Segment } from '../../main/contract/reading/segments.ts';
import { documentFolder, readDocument, type StoredDocument } from './store.ts';
import { summarise } from './summarise.ts';

type ModelJob = Extract<
  Job,
  { kind: 'read-document' | 'ask-document' | 'summarise-document' | 'write-summary' | 'map-document' }
>;
type JobOf<K extends ModelJob['kind']> = Extract<Job, { kind: K }>;

/** A document and the model that works on it. */
export interface Desk extends OpenModel {
  readonly document: StoredDocument;
  readonly places: PlaceFinder;
  readonly identity: string;
  /** Its folder. */
  readonly checkpoint: string;
  readonly record: RunRecord;
  /** What every result says. */
  readonly told: { document: StoredDocument['record']; run: string; step: number; device: string };
  readonly began: number;
}

const shownSurprises = 8;
const candidateCount = 24;

export async function openDesk(job: ModelJob, context: JobContext): Promise<Desk> {
  const began = performance.now();
  const emit = (event: DocumentEvent) => context.emit(event);
  const document = await readDocument(job.library, job.document);
  const record = await readRunRecord(job.library, job.run);
  const entry = await chooseCheckpoint(
    runFolder(job.library, job.run),
    job.run,
    job.checkpoint ?? 'best',
    (passedOver) => {
      emit({ type: 'notice', ...asMessage(passedOver) });
    },
  );
  emit({ type: 'progress', phase: 'loading', done: 0 });
  const { device } = await openDevice(job.device, record);
  interruptKernels(device, context.cancellation, context.beat);
  const opened = await openModel(entry.path, device);
  return {
    ...opened,
    document,
    places: new PlaceFinder(document.places),
    identity: await weightsIdentity(entry.path),
    checkpoint: entry.path,
    record,
    told: { document: document.record, run: job.run, step: entry.step, device: device.name },
    began,
  };
}

export const secondsSince = (began: number): number => (performance.now() - began) / 1000;

/**
 * Reads as much of a document as the model's context holds, from where it is asked to, and keeps the reading.
 *
 * @throws HyenaError `not-found`, `usage` for a place that there is none of, `interrupted`
 */
export async function runRead(job: JobOf<'read-document'>, context: JobContext): Promise<ReadResult> {
  const desk = await openDesk(job, context);
  const { document, model, tokenizer, identity } = desk;
  const start = startOf(document.text, document.places, job.from);
  const part = longStep(() => partOf(document.text, tokenizer, start, model.config.l_max));
  if (part.ids.length === 0) throw new HyenaError('bad-input', 'There is nothing to read there.');
  const emit = (event: DocumentEvent) => context.emit(event);
  if (part.end < document.text.length || part.start > 0)
    emit({
      type: 'notice',
      ...asMessage(
        told`The model reads ${part.ids.length} of ${part.total} tokens at once: ${share(part, document.text.length)} of the document. --from chooses the part; hyena extend ${job.run} --context ${contextFor(part.total)} makes a model that reads further.`,
      ),
    });
  const decoder = new Decoder(model);
  try {
    const folder = path.join(documentFolder(job.library, job.document), 'states', identity.slice(0, 16));
    const reading = await context.cancellation.interruptible(() =>
      openReading(model, decoder, part.ids, {
        folder,
        identity,
        onProblem: (error) => emit({ type: 'notice', ...asMessage(error.told.message) }),
        onProgress: (done) => emit({ type: 'progress', phase: 'reading', done }),
      }),
    );
    reading.text.dispose();
    const scored = reading.losses.subarray(1);
    const loss = scored.length === 0 ? null : scored.reduce((sum, one) => sum + one, 0) / scored.length;
    return {
      ...desk.told,
      seconds: secondsSince(desk.began),
      context: {
        limit: model.config.l_max,
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
      surprises: surprises(desk, part, reading.losses),
      stateMiB: reading.written / 2 ** 20,
    };
  } finally {
    decoder.dispose();
  }
}

/** A context that holds so many tokens: the next power of two, as far as models go. */
const contextFor = (tokens: number): number => Math.min(1 << 20, 2 ** Math.ceil(Math.log2(tokens)));
const share = ({ start, end }: Part, length: number): string => `${Math.round((100 * (end - start)) / length)}%`;

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
  { document, places }: Desk,
  { start, end, offsets }: Part,
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
function scorer({ model, tokenizer }: Desk, context: JobContext) {
  return (pairs: readonly Continuation[]): Promise<number[]> =>
    context.cancellation.interruptible(() =>
      continuationLosses(model, tokenizer, pairs, (done) => {
        const event: DocumentEvent = { type: 'progress', phase: 'scoring', done };
        context.emit(event);
        context.cancellation.check();
      }),
    );
}

/** A question after a text, where it stands in a conversation as the model was trained on it. */
function asked(
  templates: ModelTemplates,
  { template }: JobOf<'ask-document'>,
  before: string,
  question: string,
): Continuation {
  const { pieces } = templates.render(template, [{ role: 'user', content: before + question }]);
  const text = pieces.map((piece) => piece.text).join('');
  const at = text.lastIndexOf(question);
  return { before: at < 0 ? before : text.slice(0, at), text: question };
}

const notes = {
  text: 'This model was trained on raw text: it continues text and does not answer. These are the passages that the question is about.',
  chats: 'These are the passages that the question is about; what the model itself answers it says in a chat.',
};

/**
 * The passages of a document that a question is about: found by their words, put in order by those and by how much
 * likelier the model holds the question after each.
 */
export async function runAsk(job: JobOf<'ask-document'>, context: JobContext): Promise<AskResult> {
  const desk = await openDesk(job, context);
  const { text, places } = desk.document;
  const check = () => context.cancellation.check();
  const count = Math.max(candidateCount, 2 * job.passages);
  const found = longStep(() => findPassages(text, places, job.question, count, check));
  const slice = ({ start, end }: Segment) => text.slice(start, end).replaceAll(/\s+/g, ' ');
  const question = job.question.trim();
  const kind = await kindOfModel(job.library, desk.record);
  const templates = new ModelTemplates(
    kind,
    await ModelTemplates.own(desk.checkpoint, (problem) => context.emit({ type: 'notice', ...asMessage(problem) })),
  );
  const [alone, ...after] = await scorer(
    desk,
    context,
  )(['', ...found.map((passage) => `${slice(passage)}\n`)].map((before) => asked(templates, job, before, question)));
  const gains = after.map((loss) => (Number.isFinite(alone - loss) ? alone - loss : 0));
  const [byWords, byModel] = [scaledToOne([0, ...found.map(({ lexical }) => lexical)]).slice(1), scaledToOne(gains)];
  const ranked = found
    .map(({ lexical, ...passage }, index) => ({
      ...desk.places.cite(text, passage),
      score: 0.7 * byWords[index] + 0.3 * byModel[index],
      lexical,
      gain: gains[index],
    }))
    .sort((a, b) => b.score - a.score || a.start - b.start)
    .slice(0, job.passages);
  return {
    ...desk.told,
    seconds: secondsSince(desk.began),
    question: job.question,
    kind: 'find',
    note: notes[kind ?? 'text'],
    passages: ranked,
  };
}

/** The sentences of a document that matter most to the model, in the document's order. */
export async function runSummarise(job: JobOf<'summarise-document'>, context: JobContext): Promise<SummaryResult> {
  const desk = await openDesk(job, context);
  const { text, places } = desk.document;
  const chosen = await summarise(text, places, job.sentences, scorer(desk, context), {
    by: job.by,
    check: () => context.cancellation.check(),
  });
  return {
    ...desk.told,
    seconds: secondsSince(desk.began),
    kind: 'extract',
    sentences: chosen.map(({ section, score, gain, ...segment }) => ({
      ...desk.places.cite(text, segment),
      section,
      score,
      gain,
    })),
  };
}
