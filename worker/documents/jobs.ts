import type { DocumentEvent, DocumentRecord } from '../../main/contract/documents.ts';
import type { Job } from '../../main/contract/jobs.ts';
import type { JobContext } from '../job-context.ts';
import { importDocument } from './import.ts';

type ImportJob = Extract<Job, { kind: 'import-document' }>;

/** Reads a file into the library. @throws HyenaError as {@link importDocument} */
export async function runImport(job: ImportJob, context: JobContext): Promise<DocumentRecord> {
  const event: DocumentEvent = { type: 'progress', phase: 'importing', done: 0 };
  context.emit(event);
  const beating = setInterval(context.beat, 1000);
  try {
    return await importDocument(job.library, job.path, context.signal);
  } finally {
    clearInterval(beating);
  }
}
