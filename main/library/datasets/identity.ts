import { createHash } from 'node:crypto';
import type { DatasetRecord } from '../../contract/datasets.ts';

/** A checksum of all that training on a data set depends on: its tokens, their masks and its tokenizer. */
export function datasetIdentity({ tokenizer, splits }: DatasetRecord): string {
  const hash = createHash('sha256').update(tokenizer.sha256);
  for (const split of [splits.train, splits.validation])
    for (const { sha256 } of [...split.shards, ...split.masks, ...split.targets]) hash.update(sha256);
  return hash.digest('hex');
}
