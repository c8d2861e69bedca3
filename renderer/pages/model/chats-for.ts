import { kindOfData, type DatasetRecord } from '../../../main/contract/datasets.ts';
import type { RunView } from '../../../main/contract/views.ts';

/** Data sets of chats that a run's model can learn from: those that were read by its own tokenizer. */
export function chatsFor(run: RunView, datasets: readonly DatasetRecord[]): DatasetRecord[] {
  const own = datasets.find(({ name }) => name === run.configuration.dataset)?.tokenizer.sha256;
  return datasets.filter(
    (dataset) => kindOfData(dataset) === 'chats' && (own === undefined || dataset.tokenizer.sha256 === own),
  );
}
