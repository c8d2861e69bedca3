import { freemem, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Activity } from '../../contract/views.ts';
import type { VersionSignal } from './version-signal.ts';
import type { Tasks } from './tasks.ts';
import type { Training } from './training.ts';

const leastMilliseconds = 200;
/** Memory changes without anyone saying so. */
const idleMilliseconds = 5000;
const mebibyte = 1024 * 1024;

/** What happens at this moment: at once, then as it changes, a few times per second at most. */
export async function* followActivity(
  training: Training,
  tasks: Tasks,
  changed: VersionSignal,
  signal: AbortSignal,
): AsyncGenerator<Activity, void, undefined> {
  while (!signal.aborted) {
    const seen = changed.version;
    yield {
      active: training.active,
      queue: [...training.queue],
      unsaved: training.unsaved,
      tasks: tasks.views,
      memory: { usedMiB: (totalmem() - freemem()) / mebibyte, totalMiB: totalmem() / mebibyte },
    };
    await sleep(leastMilliseconds, undefined, { signal }).catch(() => undefined);
    const waiting = AbortSignal.any([signal, AbortSignal.timeout(idleMilliseconds)]);
    await changed.changed(seen, waiting);
  }
}
