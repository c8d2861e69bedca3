import type { DatasetEvent } from '../../../main/contract/dataset-events.ts';
import type { DatasetRecord } from '../../../main/contract/datasets.ts';
import { HyenaError } from '../../../main/contract/errors.ts';
import type { Job } from '../../../main/contract/jobs.ts';
import { addDataset } from './add.ts';

/** Does the job `add-dataset`: tells progress and problems, then `done` or `error`; resolves to the record. */
export async function runAddDataset(
  job: Job<'add-dataset'>,
  { signal, emit }: { signal: AbortSignal; emit: (event: DatasetEvent) => void },
): Promise<DatasetRecord> {
  try {
    const record = await addDataset(job, { signal, emit });
    emit({ type: 'done', record });
    return record;
  } catch (thrown) {
    const error = HyenaError.from(thrown);
    emit({ type: 'error', ...error.toReport() });
    throw error;
  }
}
