import type { DocumentFit, DocumentOutline, ReadingPlace, SurpriseMap } from '../../../../main/contract/documents.ts';
import { PlaceFinder } from '../../../../main/contract/reading/segments.ts';
import type { ErrorReport } from '../../../../main/contract/errors.ts';
import { reportOf } from '../../../connection/client.ts';
import type { Studio } from '../../../state/studio.svelte.ts';
import { LexicalFind } from './lexical-find.svelte.ts';
import type { Stretch } from './spans.ts';
import { BlockTexts } from './block-texts.svelte.ts';
import { Work } from './work.svelte.ts';
import { WrittenSummaryWork } from './written-summary.svelte.ts';

/** A place is sent to the host at most this often. */
const keptEvery = 250;

export type Tool = 'contents' | 'find' | 'summary' | 'surprise' | 'context';

/** A document that is open in a window, with what was found in it: kept as long as the window. */
export class DocumentDesk {
  readonly id: string;
  readonly lexical: LexicalFind;
  readonly ask: Work<'documents.ask'>;
  readonly summarise: Work<'documents.summarise'>;
  readonly written: WrittenSummaryWork;
  readonly mapping: Work<'documents.map'>;
  tool = $state<Tool>('contents');
  question = $state('');
  /** Of a summary: so many, in the whole or in every section. */
  sentences = $state(8);
  by = $state<'whole' | 'section'>('whole');
  /** Sentences that are chosen, or what the model writes. */
  how = $state<'chosen' | 'written'>('chosen');
  /** Where the part begins that the model is to read. */
  partStart = $state(0);
  /** Whether the text is tinted by its surprise. */
  tinted = $state(true);
  /** Where the reader is: the first character that is shown, and the last. */
  shown = $state.raw<Stretch>({ start: 0, end: 0 });
  /** The line that is read: shown again after any change of size, in a new window, at the next start. */
  #reading: ReadingPlace | null = null;
  #unsent: ReadingPlace | null = null;
  #sending: ReturnType<typeof setTimeout> | undefined;
  readonly #studio: Studio;
  #outline = $state.raw<DocumentOutline | null>(null);
  #texts = $state.raw<BlockTexts | null>(null);
  #finder = $state.raw<PlaceFinder | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #fits = $state.raw<ReadonlyMap<string, DocumentFit>>(new Map());
  #maps = $state.raw<readonly SurpriseMap[]>([]);
  #mark = $state.raw<Stretch | null>(null);
  #jumps = $state(0);

  constructor(studio: Studio, id: string) {
    this.#studio = studio;
    this.id = id;
    this.lexical = new LexicalFind(studio);
    this.ask = new Work(studio, 'documents.ask');
    this.summarise = new Work(studio, 'documents.summarise');
    this.written = new WrittenSummaryWork(studio);
    this.mapping = new Work(studio, 'documents.map');
  }

  get outline(): DocumentOutline | null {
    return this.#outline;
  }
  get texts(): BlockTexts | null {
    return this.#texts;
  }
  get finder(): PlaceFinder | null {
    return this.#finder;
  }
  get error(): ErrorReport | null {
    return this.#error;
  }
  /** What is read: what was gone to, as long as it is seen, else what stands first. */
  get present(): number {
    const { start, end } = this.shown;
    return this.mark && this.mark.start >= start && this.mark.start < end ? this.mark.start : start;
  }
  get reading(): ReadingPlace | null {
    return this.#reading;
  }
  /** What is pointed at. */
  get mark(): Stretch | null {
    return this.#mark;
  }
  /** Grows whenever the reader is to go to what is pointed at. */
  get jumps(): number {
    return this.#jumps;
  }

  /** Reads where the places and the text of the document lie. */
  async open(): Promise<void> {
    if (this.#outline) return;
    this.#error = null;
    try {
      const { reading, ...outline } = await this.#studio.client.request('documents.open', { document: this.id });
      this.#reading = reading ?? null;
      this.#finder = new PlaceFinder(outline.places);
      this.#texts = new BlockTexts(this.#studio, outline);
      this.#outline = outline;
      await this.readMaps();
    } catch (error) {
      this.#error = reportOf(error);
    }
  }

  /** Keeps where a person has gone. */
  keepReading(place: ReadingPlace): void {
    const known = this.#reading;
    if (known?.offset === place.offset && Math.abs(known.fraction - place.fraction) < 0.01) return;
    this.#reading = place;
    this.#unsent = place;
    if (this.#sending !== undefined) return;
    this.sendReading();
    this.#sending = setTimeout(() => {
      this.#sending = undefined;
      this.sendReading();
    }, keptEvery);
  }

  /** Tells the host the last place now: the page may be about to go. */
  sendReading(): void {
    const place = this.#unsent;
    if (place === null) return;
    this.#unsent = null;
    // A place that was not kept is no loss that a person must hear of.
    this.#studio.client.request('documents.place', { document: this.id, place }).catch(() => undefined);
  }

  goTo(stretch: Stretch): void {
    this.#mark = stretch;
    this.#jumps++;
  }

  unmark(): void {
    this.#mark = null;
  }

  /** How much of the document a model holds; null while that is not known. */
  fit(model: string | undefined): DocumentFit | null {
    return (model === undefined ? undefined : this.#fits.get(model)) ?? null;
  }

  async readFit(run: string): Promise<void> {
    if (this.#fits.has(run)) return;
    const fit = await this.#studio.client.request('documents.fit', { document: this.id, run }).catch(() => null);
    if (fit) this.#fits = new Map([...this.#fits, [run, fit]]);
  }

  /** The newest map that a model has made of the document. */
  map(model: string | undefined): SurpriseMap | null {
    return this.#maps.find(({ run }) => run === model) ?? null;
  }

  async readMaps(): Promise<void> {
    this.#maps = await this.#studio.client.request('documents.maps', { document: this.id }).catch(() => []);
  }

  /** Computes a map of a part; what was computed when it is cancelled is shown too. */
  async makeMap(run: string, { start, end }: Stretch): Promise<void> {
    await this.mapping.start({ document: this.id, run, start, end });
    await this.readMaps();
  }
}

const desks = new WeakMap<Studio, Map<string, DocumentDesk>>();

/** The desk of a document in this window. */
export function deskOf(studio: Studio, id: string): DocumentDesk {
  const own = desks.get(studio) ?? new Map<string, DocumentDesk>();
  desks.set(studio, own);
  const desk = own.get(id) ?? new DocumentDesk(studio, id);
  own.set(id, desk);
  return desk;
}
