import { perplexityOf } from '../../main/contract/logic/perplexity.ts';
import type { SurpriseMap } from '../../main/contract/documents.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import type { LongText } from '../../main/contract/logic/reading/segments.ts';
import { isInterruption } from '../process/cancellation.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import { lossesAfter } from '../generation/cached-prefill.ts';
import type { JobContext } from '../process/job-context.ts';
import { longStep } from '../process/long-step.ts';
import type { LanguageModel } from '../models/language-model.ts';
import { prefill } from '../models/decoding/prefill.ts';
import { mapName, saveMap } from '../../main/library/documents/map-files.ts';
import { openDocumentWithModel, secondsSince, type DocumentSession } from './model-jobs.ts';
import { offsetsOf } from '../generation/document-part.ts';
import { LossByPosition, Surprise } from './surprise.ts';
import { ScoringWindows, type Window } from './windows.ts';

type MapJob = Job<'map-document'>;

/** Text that is turned into tokens at once: what may go by before an end that was requested is seen. */
const charactersAtOnce = 1 << 17;
/** Tokens that are computed at once; a longer window is read layer by layer, in bounded memory. */
const tokensAtOnce = 8192;
/** The losses of the words of more would not fit the memory. */
const longestPart = 1 << 26;

/**
 * Computes the loss of every token of a part of a document and keeps it. What was computed when the end is requested is
 * kept too, as far as it came.
 *
 * @throws HyenaError `not-found`, `usage` for a part that is none or too long, `interrupted`
 */
export async function runMap(job: MapJob, context: JobContext<JobEvent<'map-document'>>): Promise<SurpriseMap> {
  const session = await openDocumentWithModel(job, context);
  const { text } = session.document;
  const [start, end] = [job.start, Math.min(job.end ?? text.length, text.length)];
  if (end - start < 2) throw new HyenaError('usage', 'No text at this place.', { hint: 'Select a part.' });
  if (end - start > longestPart)
    throw new HyenaError('usage', msg`A map of ${end - start} characters does not fit in memory.`, {
      hint: msg`Select a part of at most ${longestPart} characters.`,
    });
  const chart = new Chart(session, start, end);
  const keep = async (complete: boolean) => {
    const map = chart.map(job, complete);
    await saveMap(job.library, job.document, map, chart.words);
    return map;
  };
  try {
    await context.cancellation.interruptible(() => chart.compute(context));
  } catch (error) {
    if (isInterruption(error) && chart.scored > 0) await keep(false);
    throw error;
  }
  return await keep(true);
}

/** What is known of the part so far. */
class Chart {
  readonly #desk: DocumentSession;
  readonly #start: number;
  readonly #end: number;
  readonly #surprise: Surprise;
  readonly #byPosition: LossByPosition;
  readonly #seams: number[] = [];
  readonly #length: number;
  readonly #known: number;
  /** Where the tokens begin that were cut and not scored yet, and where the last of them ends. */
  readonly #offsets: number[] = [];

  constructor(session: DocumentSession, start: number, end: number) {
    this.#desk = session;
    this.#start = start;
    this.#end = end;
    this.#length = session.model.limit;
    this.#known = Math.floor(this.#length / 2);
    this.#surprise = new Surprise(session.document.text, start, end);
    this.#byPosition = new LossByPosition(this.#length);
  }

  get scored(): number {
    return this.#surprise.tokens;
  }

  get words() {
    return this.#surprise.words;
  }

  async compute(context: JobContext<JobEvent<'map-document'>>): Promise<void> {
    const { model, tokenizer, document } = this.#desk;
    const windows = new ScoringWindows(this.#length, this.#known);
    const perBatch = Math.max(1, Math.floor(tokensAtOnce / this.#length));
    const score = async (atLeast: number) => {
      for (let batch = batchOf(windows, perBatch); batch.length > 0; batch = batchOf(windows, perBatch)) {
        const losses = await lossesOf(model, batch);
        longStep(() => batch.forEach((window, index) => this.#take(window, losses[index])));
        const done = (this.#surprise.scored - this.#start) / (this.#end - this.#start);
        context.emit({ type: 'progress', phase: 'reading', done });
        context.cancellation.check();
        if (batch.length < atLeast) return;
      }
    };
    for (const [from, to] of pieces(document.text, this.#start, this.#end)) {
      context.cancellation.check();
      const ids = longStep(() => this.#cut(tokenizer, from, to));
      windows.push(ids);
      await score(perBatch);
    }
    windows.end();
    await score(1);
    this.#surprise.end();
  }

  map({ run, document: id }: MapJob, complete: boolean): SurpriseMap {
    const surprise = this.#surprise;
    if (!complete) surprise.end();
    const { document, places, identity, resultFields: sentence, startedAt } = this.#desk;
    const end = complete ? this.#end : surprise.scored;
    const bytes = byteLength(document.text, this.#start, end);
    return {
      format: 1,
      map: mapName(identity, this.#start, this.#end),
      document: id,
      run,
      step: sentence.step,
      identity,
      device: sentence.device,
      made: new Date().toISOString(),
      seconds: secondsSince(startedAt),
      start: this.#start,
      end,
      complete,
      tokens: surprise.tokens,
      words: surprise.words.length,
      loss: surprise.loss,
      perplexity: perplexityOf(surprise.loss),
      bitsPerByte: surprise.total / Math.LN2 / Math.max(1, bytes),
      window: { length: this.#length, known: this.#known, seams: this.#seams },
      scale: surprise.scale(),
      strip: surprise.strip(),
      byPosition: this.#byPosition.stretches(),
      peaks: surprise.peaks().map(({ loss, ...segment }) => ({ ...places.cite(document.text, segment), loss })),
    };
  }

  /** Tokens of a piece of the text; where they lie is remembered until they are scored. */
  #cut(tokenizer: Tokenizer, from: number, to: number): Int32Array {
    const { text } = this.#desk.document;
    const ids = tokenizer.encode(text.slice(from, to));
    const ends = offsetsOf(text, tokenizer, ids, from, to);
    if (this.#offsets.length === 0) this.#offsets.push(from);
    for (let index = 1; index < ends.length; index++) this.#offsets.push(ends[index]);
    // Whatever the tokenizer makes of the text, the next piece begins where this one ends.
    if (ids.length > 0) this.#offsets[this.#offsets.length - 1] = to;
    return ids;
  }

  #take({ start, counted }: Window, losses: Float32Array): void {
    this.#byPosition.add(losses);
    if (start === 0) this.#tell(NaN, 1);
    else this.#seams.push(this.#offsets[0]);
    this.#tell(losses, losses.length - counted, counted);
  }

  /** The next tokens of the text. */
  #tell(losses: Float32Array | number, count: number, from = 0): void {
    for (let index = 0; index < count; index++)
      this.#surprise.add(
        this.#offsets[index],
        this.#offsets[index + 1],
        typeof losses === 'number' ? losses : losses[from + index],
      );
    this.#offsets.splice(0, count);
  }
}

function batchOf(windows: ScoringWindows, most: number): Window[] {
  const batch: Window[] = [];
  while (batch.length < most) {
    const window = windows.next();
    if (window === null) break;
    batch.push(window);
  }
  return batch;
}

/** The losses of each window's targets. */
async function lossesOf(model: LanguageModel, windows: readonly Window[]): Promise<Float32Array[]> {
  const length = Math.max(...windows.map(({ ids }) => ids.length));
  if (length > tokensAtOnce) return await Promise.all(windows.map((window) => lossesOfLong(model, window)));
  const ids = new Int32Array(windows.length * length);
  const targets = new Int32Array(windows.length * length);
  // What is to the right of a row's end acts on nothing: the model is causal.
  for (const [row, window] of windows.entries()) {
    ids.set(window.ids, row * length);
    targets.set(window.targets, row * length);
  }
  const all = await model.tokenLosses({ ids, targets, batchSize: windows.length, length });
  return windows.map((window, row) => all.subarray(row * length, row * length + window.ids.length));
}

async function lossesOfLong(model: LanguageModel, { ids, targets }: Window): Promise<Float32Array> {
  const losses = new Float32Array(targets.length);
  const { past: cache, last } = await prefill(model, null, ids, {
    lookahead: 0,
    onHidden: async (hidden, first) => {
      losses.set(await lossesAfter(model, hidden, targets.subarray(first, first + hidden.shape[0])), first);
    },
  });
  cache.release();
  last.dispose();
  return losses;
}

/** A text in pieces that end behind a line, or at least not within a character. */
function* pieces(text: LongText, start: number, end: number): Generator<readonly [number, number]> {
  for (let from = start; from < end;) {
    let to = Math.min(end, from + charactersAtOnce);
    if (to < end) {
      const piece = text.slice(from, to);
      const line = piece.lastIndexOf('\n') + 1;
      const space = piece.lastIndexOf(' ');
      const last = piece.charCodeAt(piece.length - 1);
      if (line > charactersAtOnce / 2) to = from + line;
      else if (space > 0) to = from + space;
      else if (last >= 0xd800 && last < 0xdc00) to--;
    }
    yield [from, to];
    from = to;
  }
}

function byteLength(text: LongText, start: number, end: number): number {
  let bytes = 0;
  for (let from = start; from < end; from += charactersAtOnce)
    bytes += Buffer.byteLength(text.slice(from, Math.min(end, from + charactersAtOnce)));
  return bytes;
}
