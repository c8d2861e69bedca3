import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { writtenEventSchema, type DocumentEvent, type WrittenEvent } from '../../contract/documents.ts';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import type { RequestHandlersOf } from '../../contract/requests.ts';
import type { TaskView } from '../../contract/views.ts';
import { pdfPath } from '../../library/documents/store.ts';
import type { Task } from '../job-task.ts';
import { DocumentNotes } from './document-notes.ts';
import { ReadingPlaces } from './reading-places.ts';
import { documentProgress, type Tasks } from './tasks.ts';
import type { WindowParts } from './window-parts.ts';

/** What a window asks of documents. */
export function documentRequests({
  host: { documents, library },
  tasks,
  grants,
  trash,
  changes,
}: Pick<WindowParts, 'host' | 'tasks' | 'grants' | 'trash' | 'changes'>): RequestHandlersOf<'documents'> {
  /** Work that is waited for. It is reported under the document's title and known by the id that the window gave it. */
  const work = async <Result>(
    kind: TaskView['kind'],
    id: string,
    document: string,
    start: () => Task<DocumentEvent, Result>,
  ): Promise<Result> => {
    const { title } = await documents.get(document);
    const { result } = tasks.follow(kind, title, start(), documentProgress(), id);
    tasks.settle(id, document);
    return await result;
  };
  const readPdf = async (document: string, start: number, end: number): Promise<string> => {
    const file = await open(pdfPath(library, document)).catch((error: unknown) => {
      throw HyenaError.from(error);
    });
    try {
      const bytes = Buffer.alloc(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead).toString('base64');
    } finally {
      await file.close();
    }
  };
  const places = new ReadingPlaces(library);
  const notes = new DocumentNotes(library);
  return {
    'documents.list': async () => {
      const { documents: found, damaged } = await documents.list();
      return { documents: found, damaged: damaged.map((error) => error.toReport()) };
    },
    'documents.import': ({ grant }) => {
      const [file] = grants.resolve([grant]);
      const { id, result } = tasks.follow(
        'import-document',
        path.basename(file),
        documents.import(file),
        documentProgress(),
      );
      result.then(
        (record) => {
          tasks.settle(id, record.id);
          changes.touch('documents');
        },
        () => undefined,
      );
      return Promise.resolve({ task: id });
    },
    'documents.remove': async ({ document }) => {
      // A damaged one can be removed all the same.
      const title = await documents.get(document).then(
        (record) => record.title,
        (thrown: unknown) => {
          if (HyenaError.from(thrown).code !== 'damaged') throw thrown;
          return document;
        },
      );
      if (tasks.views.some(({ outcome, status }) => outcome === document && ['running', 'stopping'].includes(status)))
        throw new HyenaError('locked', msg`A model is processing '${title}'.`, {
          kept: 'Nothing was deleted.',
          hint: 'Cancel that job first.',
        });
      const removal = await trash.put('document', document, title);
      documents.texts.forget(document);
      changes.touch('documents');
      return removal;
    },
    'documents.open': async ({ document }) => ({
      ...(await documents.texts.outline(document)),
      reading: await places.get(document),
      pdf: await stat(pdfPath(library, document)).then(
        ({ size }) => size,
        () => null,
      ),
    }),
    'documents.pdf': async ({ document, start, end }) => ({ data: await readPdf(document, start, end) }),
    'documents.place': async ({ document, place }) => {
      await places.keep(document, place);
      return {};
    },
    'documents.notes': ({ document }) => notes.list(document),
    'documents.keepNote': ({ document, note }) => notes.keep(document, note),
    'documents.dropNote': ({ document, note }) => notes.drop(document, note),
    'documents.text': ({ document, start, end }) => documents.texts.range(document, start, end),
    'documents.fit': ({ document, run }) => documents.fit(document, run),
    'documents.ask': ({ document, task, run, question, passages }) =>
      work('ask-document', task, document, () => documents.ask(document, question, { run, passages })),
    'documents.summarise': ({ document, task, run, sentences, by }) =>
      work('summarise-document', task, document, () => documents.summarise(document, { run, sentences, by })),
    'documents.write': ({ document, task, run, by }) =>
      work('write-summary', task, document, () => documents.write(document, { run, by })),
    'documents.map': ({ document, task, run, start, end }) =>
      work('map-document', task, document, () => documents.map(document, { run, start, end })),
    'documents.maps': ({ document }) => documents.maps(document),
    'documents.words': ({ document, map, start, end }) => documents.words(document, map, start, end),
  };
}

/** A summary as it is written: its parts and their text; a window may ask before the task has begun. */
export async function* followWriting(tasks: Tasks, task: string, signal: AbortSignal): AsyncGenerator<WrittenEvent> {
  for await (const event of tasks.events(task, signal)) {
    const written = writtenEventSchema.safeParse(event);
    if (written.success) yield written.data;
  }
}
