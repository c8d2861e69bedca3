import type { DatasetProblem } from '../../../../../main/contract/datasets.ts';
import { toEnglish } from '../../../../../main/contract/message.ts';
import { readFiles, type ReadSettings } from '../../../../../worker/data/readers/read.ts';
import { problemOf, decodeText, type Place, type ReaderEvent } from '../../../../../worker/data/readers/reader.ts';
import { findFiles } from '../../../../../worker/data/readers/walk.ts';

/** A stretch of a document's text in UTF-16 units, the end exclusive. */
interface Span {
  start: number;
  end: number;
}

/** A document as a whole, for reading and citing; offsets count UTF-16 units of `text`. */
export interface TextDocument {
  source: string;
  title?: string;
  text: string;
  /** Pages, chapters and headings in the order of the text. */
  places: Place[];
  /** What a model would learn of it: all, but of chats the answers. */
  learned: Span[];
  /** Where answers end. */
  turnEnds: number[];
}

/** Puts the events of readers together to whole documents. Problems pass to `onProblem`. */
async function* collectDocuments(
  events: AsyncIterable<ReaderEvent>,
  onProblem: (problem: DatasetProblem) => void,
): AsyncGenerator<TextDocument> {
  let document: TextDocument | null = null;
  let pieces: string[] = [];
  let length = 0;
  for await (const event of events) {
    switch (event.type) {
      case 'document':
        document = { source: event.source, title: event.title, text: '', places: [], learned: [], turnEnds: [] };
        pieces = [];
        length = 0;
        break;
      case 'text': {
        const text = decodeText(event.content);
        pieces.push(text);
        if (event.learned ?? true) extend(document?.learned, length, length + text.length);
        length += text.length;
        break;
      }
      case 'place':
        document?.places.push({ kind: event.kind, label: event.label, level: event.level, offset: length });
        break;
      case 'turn-end':
        document?.turnEnds.push(length);
        break;
      case 'end':
        if (document) yield { ...document, text: pieces.join('') };
        document = null;
        break;
      case 'problem':
        onProblem(problemOf(event));
        break;
      case 'columns':
      case 'rows':
        break;
    }
  }
}

function extend(spans: Span[] | undefined, start: number, end: number): void {
  const last = spans?.at(-1);
  if (last?.end === start) last.end = end;
  else if (end > start) spans?.push({ start, end });
}

/** A problem, in English. */
type EnglishProblem = Omit<DatasetProblem, 'message'> & { message: string };

/** Reads files and folders as whole documents, all in memory: for single documents, not for data sets. */
export async function readDocuments(
  paths: readonly string[],
  settings: ReadSettings = {},
): Promise<{ documents: TextDocument[]; problems: EnglishProblem[] }> {
  const { files, problems } = await findFiles(paths, settings.signal ?? new AbortController().signal);
  const documents: TextDocument[] = [];
  for await (const document of collectDocuments(readFiles(files, settings), (problem) => problems.push(problem)))
    documents.push(document);
  return { documents, problems: problems.map((one) => ({ ...one, message: toEnglish(one.message) })) };
}
