import type { FileTaskName, GeneratedTaskName } from '../../../main/contract/lab/tasks.ts';
import { cifar10 } from './cifar10.ts';
import { listops } from './listops.ts';
import { multiQueryRecall } from './multi-query-recall.ts';
import { needle } from './needle.ts';
import { induction, recall } from './recall.ts';
import { arithmetic, counting, majority, selectiveCopy } from './sequences.ts';
import type { FileTask, Task } from './task.ts';

/** The generators of the tasks that are made from a seed. */
export const generators: { readonly [Name in GeneratedTaskName]: Task<Name> } = {
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

/** The readers of the others. */
export const fileTasks: { readonly [Name in FileTaskName]: FileTask<Name> } = { cifar10 };
