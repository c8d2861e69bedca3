import type { Template } from '../template.ts';

/** What the window says of the end of a run, of its checkpoints and of groups of runs, in English. */
export const runs = {
  'result.title': 'Result',
  'result.reason.budget': 'Finished: the budget is used up',
  'result.reason.early-stopping': 'Finished early: the validation loss stopped improving',
  'result.reason.solved': 'Finished: the target accuracy is reached',
  'result.tokens': '{n} tokens',
  'result.best': 'Best validation loss',
  'result.full': 'Full validation loss',
  'result.full.help': 'On the whole validation split, at the end of the run',
  'result.speed': 'Mean speed',
  'result.memory': 'Peak memory',
  'checkpoint.chat': 'Chat',
  'checkpoint.resume.help': 'Trains a copy that starts from this checkpoint; this run keeps its own',
  'checkpoint.copied': '{run} is a copy of that checkpoint.',
  'checkpoint.copies':
    'Other checkpoints than the best and the latest are opened as a copy, a new run with the history up to there.',
  'checkpoint.delete': 'Delete the checkpoint: {checkpoint}',
  'checkpoint.delete.text': 'This frees {size} and cannot be undone. The run and its other checkpoints stay.',
  'runs.group': 'Group by',
  'runs.group.none': 'Without a tag',
  'runs.group.by.none': 'Nothing',
  'runs.group.by.dataset': 'Data set',
  'runs.group.by.mixer': 'Mixer',
  'runs.group.by.tag': 'First tag',
  'models.merge': 'Merge adapters',
  'models.merge.help':
    'Creates an ordinary model that can be trained further and read by other programs; this one stays',
  'models.merged': '{run} has the adapters merged in.',
  'result.last': 'Last validation loss',
};
export type RunsMessages = Partial<Record<keyof typeof runs, Template>>;
