import type { DocumentFit, DocumentOutline, ReadingPlace, SurpriseMap } from '../../../../main/contract/documents.ts';
import { PlaceFinder } from '../../../../main/contract/logic/reading/segments.ts';
import type { ErrorReport } from '../../../../main/contract/errors.ts';
import { reportOf } from '../../../connection/client.ts';
import type { AppState } from '../../../state/app-state.svelte.ts';
import { DocumentNotes } from './document-notes.svelte.ts';
import { LexicalFind } from './lexical-find.svelte.ts';
import type { MarkedRange } from './spans.ts';
import { BlockTexts } from './block-texts.svelte.ts';
import { Work } from './work.svelte.ts';
import { WrittenSummaryWork } from './written-summary.svelte.ts';

/** A place is sent to the host at most this often. */
const keptEvery = 250;

export type Tool = 'find' | 'contents' | 'notes' | 'summary' | 'surprise' | 'context';

/** Where the reader is to go: a passage, which then stands a little below the edge, or a line that was read before. */
export type ReadingGoal = { readonly jump: number } | { readonly line: ReadingPlace };

/** A document that is open in a window, with what was found in it: kept as long as the window. */
export class DocumentState {
  readonly id: string;
  readonly lexical: LexicalFind;
  readonly ask: Work<'documents.ask'>;
  readonly summarise: Work<'documents.summarise'>;
  readonly written: WrittenSummaryWork;
  readonly mapping: Work<'documents.map'>;
  readonly notes: DocumentNotes;
  tool = $state<Tool>('find');
  /** Grows whenever the field of the question is to take the focus. */
  questions = $state(0);
  question = $state('');
  /** Of a summary: so many, in the whole or in every section. */
  sentences = $state(8);
  by = $state<'whole' | 'section'>('whole');
  /** Sentences that are chosen, or what the model writes. */
  how = $state<'chosen' | 'written'>('chosen');
  /** Whether the text is tinted by its surprise. */
  tinted = $state(true);
  /** Where the reader is: the first character that is shown, and the last. */
  shown = $state.raw<MarkedRange>({ start: 0, end: 0 });
  /** The line that is read: shown again after any change of size, in a new window, at the next start. */
  #reading: ReadingPlace | null = null;
  #unsent: ReadingPlace | null = null;
  #sending: ReturnType<typeof setTimeout> | undefined;
  readonly #app: AppState;
  #outline = $state.raw<DocumentOutline | null>(null);
  #texts = $state.raw<BlockTexts | null>(null);
  #finder = $state.raw<PlaceFinder | null>(null);
  #error = $state.raw<ErrorReport | null>(null);
  #fits = $state.raw<ReadonlyMap<string, DocumentFit>>(new Map());
  #maps = $state.raw<readonly SurpriseMap[]>([]);
  #mark = $state.raw<MarkedRange | null>(null);
  #jumps = $state(0);
  /** Whether the pages are shown beside the text. */
  paged = $state(false);
  #pdf = $state<number | null>(null);
  #goal: ReadingGoal = { jump: 0 };
  /** The lines that were read before jumps, the latest last. */
  #returns = $state.raw<readonly ReadingPlace[]>([]);
  /** Whether a person has moved in the text since the last jump: then that place is worth returning to. */
  #moved = true;

  constructor(app: AppState, id: string) {
    this.#app = app;
    this.id = id;
    this.lexical = new LexicalFind(app);
    this.notes = new DocumentNotes(app, id);
    this.ask = new Work(app, 'documents.ask');
    this.summarise = new Work(app, 'documents.summarise');
    this.written = new WrittenSummaryWork(app);
    this.mapping = new Work(app, 'documents.map');
  }

  get outline(): DocumentOutline | null {
    return this.#outline;
  }
  get texts(): BlockTexts | null {
    return this.#texts;
  }
  /** Size of the PDF that the document came from, bytes; null if its pages cannot be shown. */
  get pdf(): number | null {
    return this.#pdf;
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
  get mark(): MarkedRange | null {
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
      const { reading, pdf, ...outline } = await this.#app.client.request('documents.open', { document: this.id });
      this.#reading = reading ?? null;
      this.#pdf = pdf ?? null;
      this.#finder = new PlaceFinder(outline.places);
      this.#texts = new BlockTexts(this.#app, outline);
      this.#outline = outline;
      await Promise.all([this.readMaps(), this.notes.read()]);
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
    this.#app.client.request('documents.place', { document: this.id, place }).catch(() => undefined);
  }

  get goal(): ReadingGoal {
    return this.#goal;
  }
  /** Whether there is a place from before a jump. */
  get canReturn(): boolean {
    return this.#returns.length > 0;
  }

  goTo(stretch: MarkedRange): void {
    if (this.#moved && this.#reading) this.#returns = [...this.#returns.slice(-49), this.#reading];
    this.#moved = false;
    this.#mark = { start: stretch.start, end: stretch.end };
    this.#goal = { jump: stretch.start };
    this.#jumps++;
  }

  /** Goes back to what was read before the last jump; looking through results is one jump. */
  goBack(): void {
    const place = this.#returns.at(-1);
    if (!place) return;
    this.#returns = this.#returns.slice(0, -1);
    this.#moved = true;
    this.#mark = null;
    this.#goal = { line: place };
    this.keepReading(place);
    this.#jumps++;
  }

  /** A person has scrolled. */
  move(): void {
    this.#moved = true;
  }

  /** Opens the field of the question. */
  askQuestion(): void {
    this.tool = 'find';
    this.questions++;
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
    const fit = await this.#app.client.request('documents.fit', { document: this.id, run }).catch(() => null);
    if (fit) this.#fits = new Map([...this.#fits, [run, fit]]);
  }

  /** The newest map that a model has made of the document. */
  map(model: string | undefined): SurpriseMap | null {
    return this.#maps.find(({ run }) => run === model) ?? null;
  }

  async readMaps(): Promise<void> {
    this.#maps = await this.#app.client.request('documents.maps', { document: this.id }).catch(() => []);
    // A map that was computed again has other losses under the same name.
    this.#texts?.forgetWords();
  }

  /** Computes a map of a part; what was computed when it is cancelled is shown too. */
  async makeMap(run: string, { start, end }: MarkedRange): Promise<void> {
    await this.mapping.start({ document: this.id, run, start, end });
    await this.readMaps();
  }
}

const desks = new WeakMap<AppState, Map<string, DocumentState>>();

/** The desk of a document in this window. */
export function documentStateOf(app: AppState, id: string): DocumentState {
  const own = desks.get(app) ?? new Map<string, DocumentState>();
  desks.set(app, own);
  const desk = own.get(id) ?? new DocumentState(app, id);
  own.set(id, desk);
  return desk;
}
