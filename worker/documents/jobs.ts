import type { DocumentEvent, DocumentRecord } from '../../main/contract/documents.ts';
import type { Job } from '../../main/contract/jobs.ts';
import type { JobContext } from '../job-context.ts';
import { importDocument } from './import.ts';

type ImportJob = Extract<Job, { kind: 'import-document' }>;

/** Reads a file into the library. @throws HyenaError as {@link importDocument} */
export async function runImport(job: ImportJob, context: JobContext): Promise<DocumentRecord> {
  let told = -1;
  const tell = (done: number) => {
    if (done < told + 0.01) return;
    told = done;
    const event: DocumentEvent = { type: 'progress', phase: 'importing', done };
    context.emit(event);
  };
  tell(0);
  const beating = setInterval(context.beat, 1000);
  try {
    return await importDocument(job.library, job.path, context.signal, tell);
  } finally {
    clearInterval(beating);
  }
}
