import type { RequestHandlersOf } from '../../contract/requests.ts';
import type { WindowParts } from './window-parts.ts';

/** What a window asks of work under way, and of what was deleted and can be brought back. */
export function taskRequests({
  tasks,
  trash,
  runs,
  changes,
}: Pick<WindowParts, 'tasks' | 'trash' | 'runs' | 'changes'>): RequestHandlersOf<'tasks' | 'trash'> {
  return {
    'tasks.stop': ({ task }) => Promise.resolve(tasks.stop(task)).then(() => ({})),
    'tasks.dismiss': ({ task }) => Promise.resolve(tasks.dismiss(task)).then(() => ({})),
    'trash.restore': async ({ token }) => {
      const { kind, name, title } = await trash.restore(token);
      if (kind === 'run') await runs.nameAsFolder(name);
      changes.touch(`${kind}s`);
      return { name: title };
    },
  };
}
