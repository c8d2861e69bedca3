import type { TaskName } from '../../../main/contract/lab/tasks.ts';
import { listops } from './listops.ts';
import { multiQueryRecall } from './multi-query-recall.ts';
import { needle } from './needle.ts';
import { induction, recall } from './recall.ts';
import { arithmetic, counting, majority, selectiveCopy } from './sequences.ts';
import type { Task } from './task.ts';

/** The generators of all tasks. */
export const generators: { readonly [Name in TaskName]: Task<Name> } = {
  recall,
  induction,
  mqar: multiQueryRecall,
  'selective-copy': selectiveCopy,
  majority,
  counting,
  arithmetic,
  listops,
  needle,
};
