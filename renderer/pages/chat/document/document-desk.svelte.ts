import type { DocumentFit, DocumentOutline, SurpriseMap } from '../../../../main/contract/documents.ts';
import { PlaceFinder } from '../../../../main/contract/reading/segments.ts';
import type { ErrorReport } from '../../../../main/contract/errors.ts';
import { reportOf } from '../../../connection/client.ts';
import type { Studio } from '../../../state/studio.svelte.ts';
import { LexicalFind } from './lexical-find.svelte.ts';
import type { Stretch } from './spans.ts';
import { BlockTexts } from './block-texts.svelte.ts';
import { Work } from './work.svelte.ts';
import { WrittenSummaryWork } from './written-summary.svelte.ts';

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
      const outline = await this.#studio.client.request('documents.open', { document: this.id });
      this.#finder = new PlaceFinder(outline.places);
      this.#texts = new BlockTexts(this.#studio, outline);
      this.#outline = outline;
      await this.readMaps();
    } catch (error) {
      this.#error = reportOf(error);
    }
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
