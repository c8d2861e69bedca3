import type { DocumentRecord } from '../../main/contract/documents.ts';
import type { Job, JobEvent } from '../../main/contract/jobs.ts';
import type { JobContext } from '../process/job-context.ts';
import { importDocument } from './import.ts';

type ImportJob = Job<'import-document'>;

/** Reads a file into the library. @throws HyenaError as {@link importDocument} */
export async function runImport(
  job: ImportJob,
  context: JobContext<JobEvent<'import-document'>>,
): Promise<DocumentRecord> {
  let sentence = -1;
  const emit = (done: number) => {
    if (done < sentence + 0.01) return;
    sentence = done;
    context.emit({ type: 'progress', phase: 'importing', done });
  };
  emit(0);
  const beating = setInterval(context.heartbeat, 1000);
  try {
    return await importDocument(job.library, job.path, context.signal, emit);
  } finally {
    clearInterval(beating);
  }
}
