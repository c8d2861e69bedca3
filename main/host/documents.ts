import { stat } from 'node:fs/promises';
import path from 'node:path';
import {
  documentIdSchema,
  type DocumentFit,
  type DocumentRecord,
  type SurpriseMap,
  type SurpriseWords,
} from '../contract/documents.ts';
import { contextLimit, trainedLength } from '../contract/mixers/index.ts';
import { HyenaError } from '../contract/errors.ts';
import { msg } from '../contract/message.ts';
import { suggest } from '../contract/similar-names.ts';
import type { TemplateName } from '../contract/conversation.ts';
import type { RunSummary } from '../contract/runs.ts';
import {
  documentFolder,
  listDocuments,
  readDocument,
  readRecord,
  removeDocument,
  type StoredDocument,
} from '../library/documents/store.ts';
import { listMaps, readWords } from '../library/documents/map-files.ts';
import { loadRecord } from '../library/datasets/library.ts';
import { listRuns, readRun } from '../library/runs/run-folder.ts';
import type { StartJob } from '../workers/start-job.ts';
import { DocumentTexts } from './document-texts.ts';
import { startTask, type JobTask } from './job-task.ts';
import { itemFolder } from './library.ts';
import { moveToSystemTrash } from './system-trash.ts';

/** How a document is worked on. */
export interface DocumentWork {
  run: string;
  device?: string;
}

/** Documents: files that were read into the library to be read by models, questioned and summarised. */
export class Documents {
  /** Texts by range. */
  readonly texts: DocumentTexts;
  readonly #library: string;
  readonly #startJob: StartJob;

  constructor(library: string, startJob: StartJob) {
    this.#library = library;
    this.#startJob = startJob;
    this.texts = new DocumentTexts(library);
  }

  /** Reads a file into the library, all of it or nothing; the same content is kept once. */
  import(file: string): JobTask<'import-document'> {
    return startTask(this.#startJob, { kind: 'import-document', library: this.#library, path: path.resolve(file) });
  }

  /** All documents by title, and what is wrong with those that cannot be read. */
  list(): Promise<{ documents: DocumentRecord[]; damaged: HyenaError[] }> {
    return listDocuments(this.#library);
  }

  /** Throws a HyenaError `not-found`, `damaged`. */
  get(id: string): Promise<DocumentRecord> {
    return readRecord(this.#library, id);
  }

  /** A document with its text and its places. */
  open(id: string): Promise<StoredDocument> {
    return readDocument(this.#library, id);
  }

  /**
   * Moves a document with what models keep of it to the system's trash, or deletes it permanently.
   *
   * @throws HyenaError `not-found`, `damaged`, `bad-input` where the system has no trash
   */
  async remove(id: string, { permanently = false } = {}): Promise<void> {
    this.texts.forget(id);
    if (permanently) return await removeDocument(this.#library, id);
    await this.get(id);
    await moveToSystemTrash(documentFolder(this.#library, id));
  }

  /**
   * What a person means by a name: an id or its beginning, a title or the name of a file of the library; null where it
   * is the path of a file that is to be imported. Throws a HyenaError `not-found`, `usage` where several are meant.
   */
  async find(name: string): Promise<DocumentRecord | null> {
    if (documentIdSchema.safeParse(name).success) return this.get(name);
    if ((await stat(name).catch(() => null)) !== null) return null;
    const { documents } = await this.list();
    const requested = name.toLowerCase();
    const exact = documents.filter(({ title, source }) =>
      [title, source].some((one) => one.toLowerCase() === requested),
    );
    const found =
      exact.length > 0
        ? exact
        : documents.filter(({ id, title }) => [id, title.toLowerCase()].some((one) => one.startsWith(requested)));
    if (found.length === 1) return found[0];
    if (found.length > 1)
      throw new HyenaError('usage', msg`Several documents are named '${name}'.`, {
        hint: msg`Use an id instead: ${found.map(({ id, title }) => `${id} (${title})`).join(', ')}.`,
      });
    throw new HyenaError('not-found', msg`No file or document named '${name}'.`, {
      hint:
        suggest(
          name,
          documents.map(({ title }) => title),
        ) ?? 'Use the path of a file, or the title or id of a document in the library.',
      command: 'hyena documents list',
    });
  }

  /**
   * The run that was last trained and has a checkpoint. Throws a HyenaError `not-found` if there is none.
   *
   * @param writing whether one that writes summaries is preferred, before all one that was trained to
   */
  async defaultRun({ writing = false } = {}): Promise<string> {
    const { runs } = await listRuns(this.#library);
    const rank = ({ writesSummaries }: RunSummary) =>
      writing ? [null, 'asked', 'trained'].indexOf(writesSummaries) : 0;
    for (const { name, checkpoints } of runs.sort((a, b) => rank(b) - rank(a) || b.updated.localeCompare(a.updated)))
      if (checkpoints.length > 0) return name;
    throw new HyenaError('not-found', 'No trained model found.', {
      hint: 'Train a model first.',
    });
  }

  read(document: string, work: DocumentWork & { from?: string }): JobTask<'read-document'> {
    return startTask(this.#startJob, { kind: 'read-document', ...this.#work(document, work), from: work.from ?? '0%' });
  }

  /** The passages that a question is about. */
  ask(
    document: string,
    question: string,
    { passages = 5, template = 'auto', ...work }: DocumentWork & { passages?: number; template?: TemplateName },
  ): JobTask<'ask-document'> {
    return startTask(this.#startJob, {
      kind: 'ask-document',
      ...this.#work(document, work),
      question,
      passages,
      template,
    });
  }

  /** The sentences that matter most. */
  summarise(
    document: string,
    { sentences = 5, by = 'whole', ...work }: DocumentWork & { sentences?: number; by?: 'whole' | 'section' },
  ): JobTask<'summarise-document'> {
    return startTask(this.#startJob, { kind: 'summarise-document', ...this.#work(document, work), sentences, by });
  }

  /** A summary in the model's own words; stopped, it ends with what there is. Only of models that were trained to. */
  write(
    document: string,
    { by = 'whole', maxTokens, ...work }: DocumentWork & { by?: 'whole' | 'section'; maxTokens?: number },
  ): JobTask<'write-summary'> {
    return startTask(this.#startJob, {
      kind: 'write-summary',
      ...this.#work(document, work),
      by,
      ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    });
  }

  /** The loss of every token of a part, kept beside the document. */
  map(
    document: string,
    { start = 0, end, ...work }: DocumentWork & { start?: number; end?: number },
  ): JobTask<'map-document'> {
    return startTask(this.#startJob, {
      kind: 'map-document',
      ...this.#work(document, work),
      start,
      ...(end === undefined ? {} : { end }),
    });
  }

  /** The maps that were made of a document, the newest first. */
  maps(document: string): Promise<SurpriseMap[]> {
    return listMaps(this.#library, document);
  }

  /** The words of a map that lie in a stretch of the text. Throws a HyenaError `not-found`. */
  words(document: string, map: string, start: number, end: number): Promise<SurpriseWords> {
    return readWords(this.#library, document, map, start, end);
  }

  /**
   * How much of a document a run's context holds: exact for models of bytes, else by how much text a token of the run's
   * own data stands for.
   *
   * @throws HyenaError `not-found`
   */
  async fit(document: string, run: string): Promise<DocumentFit> {
    itemFolder(this.#library, 'runs', run);
    const { configuration } = await readRun(this.#library, run);
    const { record, bytes } = await this.texts.outline(document);
    const data = await loadRecord(this.#library, configuration.dataset).catch(() => null);
    const perToken = data === null || data.tokenizer.name === 'bytes' ? 1 : data.statistics.bytesPerToken;
    const tokens = Math.ceil(bytes / Math.max(perToken, 1e-3));
    const limit = contextLimit(configuration.model);
    const characters = Math.min(record.characters, Math.floor((limit / Math.max(1, tokens)) * record.characters));
    return {
      run,
      limit,
      trained: trainedLength(configuration.model),
      tokens,
      exact: data?.tokenizer.name === 'bytes',
      characters,
    };
  }

  #work(document: string, { run, device = 'auto' }: DocumentWork) {
    itemFolder(this.#library, 'runs', run);
    return { library: this.#library, document, run, device };
  }
}
