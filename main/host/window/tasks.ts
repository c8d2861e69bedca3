import { randomUUID } from 'node:crypto';
import type { BackupProgress } from '../../contract/backups.ts';
import type { DatasetEvent } from '../../contract/dataset-events.ts';
import type { DocumentEvent } from '../../contract/documents.ts';
import { HyenaError } from '../../contract/errors.ts';
import type { ImportEvent } from '../../contract/imports/plan.ts';
import type { JobEvent } from '../../contract/jobs.ts';
import { msg, type Message } from '../../contract/message.ts';
import type { QuantiseEvent } from '../../contract/quantisation.ts';
import type { DeviceProgress } from '../../contract/devices.ts';
import type { SetupEvent } from '../../contract/device-setup.ts';
import type { TaskView } from '../../contract/views.ts';
import type { EventStream } from '../event-stream.ts';
import type { Task } from '../job-task.ts';
import type { VersionSignal } from './version-signal.ts';

/** Work that can take hours, and whose end offers what to do next. */
const lasting: ReadonlySet<TaskView['kind']> = new Set([
  'import-model',
  'export-model',
  'export-dataset',
  'backup-library',
  'restore-library',
]);
/** Ended work stays visible this long, so that whoever waited for it sees its end. */
const shownMilliseconds = 60_000;
const shownProblems = 50;

/** Work besides training that this process has under way or has just ended. */
export class Tasks {
  readonly #tasks = new Map<string, { view: TaskView; stop: () => void; events: EventStream<unknown> }>();
  readonly #changed: VersionSignal;

  /** @param changed raised whenever a view is another */
  constructor(changed: VersionSignal) {
    this.#changed = changed;
  }

  get views(): TaskView[] {
    return [...this.#tasks.values()].map(({ view }) => view);
  }

  /**
   * Follows work to its end.
   *
   * @param update tells how an event changes the view
   * @param id by which the view is known
   * @returns the id, and the result as the work gives it
   */
  follow<Event, Result>(
    kind: TaskView['kind'],
    subject: string,
    task: Task<Event, Result>,
    update: (view: TaskView, event: Event) => TaskView,
    id: string = randomUUID(),
  ): { id: string; result: Promise<Result> } {
    if (this.#tasks.has(id)) {
      task.stop();
      throw new HyenaError('usage', msg`Task ${id} already exists.`, { kept: 'The existing task is unaffected.' });
    }
    const stop = () => {
      this.#change(id, (view) => (view.status === 'running' ? { ...view, status: 'stopping' } : view));
      task.stop();
    };
    this.#tasks.set(id, { view: emptyView(id, kind, subject), stop, events: task.events });
    this.#changed.raise();
    const result = this.#watch(id, task, update);
    // The view tells of a failure; whoever wants the result meets it there too.
    result.catch(() => undefined);
    return { id, result };
  }

  /** What a task reports, from its beginning on; awaits one that has not begun. */
  async *events(id: string, signal: AbortSignal): AsyncGenerator<unknown, void, undefined> {
    let task = this.#tasks.get(id);
    for (; !task; task = this.#tasks.get(id)) {
      await this.#changed.changed(this.#changed.version, signal);
      if (signal.aborted) return;
    }
    for await (const event of task.events.join()) {
      if (signal.aborted) return;
      yield event;
    }
  }

  /** Names what a task is about or what came of it. */
  settle(id: string, outcome: string): void {
    this.#change(id, (view) => ({ ...view, outcome }));
  }

  stop(id: string): void {
    this.#tasks.get(id)?.stop();
  }

  dismiss(id: string): void {
    const status = this.#tasks.get(id)?.view.status;
    if (status === 'running' || status === 'stopping') return;
    this.#tasks.delete(id);
    this.#changed.raise();
  }

  stopAll(): void {
    for (const { stop } of this.#tasks.values()) stop();
  }

  async #watch<Event, Result>(
    id: string,
    task: Task<Event, Result>,
    update: (view: TaskView, event: Event) => TaskView,
  ): Promise<Result> {
    try {
      for await (const event of task.events.join()) this.#change(id, (view) => update(view, event));
      const result = await task.result;
      this.#change(id, (view) => ({ ...view, status: 'done', secondsLeft: null }));
      return result;
    } catch (thrown) {
      const error = HyenaError.from(thrown);
      const status = this.#tasks.get(id)?.view.status === 'stopping' ? 'cancelled' : 'failed';
      this.#change(id, (view) => ({ ...view, status, error: error.toReport(), secondsLeft: null }));
      throw error;
    } finally {
      const view = this.#tasks.get(id)?.view;
      const stays = view?.status === 'failed' || (view?.status === 'done' && lasting.has(view.kind));
      if (!stays) setTimeout(() => this.dismiss(id), shownMilliseconds).unref();
    }
  }

  #change(id: string, change: (view: TaskView) => TaskView): void {
    const task = this.#tasks.get(id);
    if (!task) return;
    task.view = change(task.view);
    this.#changed.raise();
  }
}

function emptyView(id: string, kind: TaskView['kind'], subject: string): TaskView {
  return {
    id,
    kind,
    subject,
    outcome: null,
    status: 'running',
    phase: null,
    done: 0,
    total: null,
    unit: null,
    documents: 0,
    tokens: 0,
    secondsLeft: null,
    problems: [],
    problemCount: 0,
    error: null,
  };
}

/** What an event of adding a data set changes. */
export function withDatasetEvent(view: TaskView, event: DatasetEvent): TaskView {
  if (event.type === 'progress') {
    const { phase, done, total, unit, documents, tokens, secondsLeft } = event;
    return { ...view, phase, done, total, unit, documents, tokens, secondsLeft };
  }
  if (event.type === 'problem') {
    const { source, severity } = event;
    const problem = { source, message: event.message, severity };
    const problems = view.problems.length < shownProblems ? [...view.problems, problem] : view.problems;
    return { ...view, problems, problemCount: view.problemCount + 1 };
  }
  return view;
}

function withProblem(view: TaskView, message: Message): TaskView {
  const problem = { source: view.subject, message, severity: 'note' as const };
  return {
    ...view,
    problems: [...view.problems, problem].slice(0, shownProblems),
    problemCount: view.problemCount + 1,
  };
}

/**
 * What an event of work on a document changes. Phases tell shares, each from 0 to 1; how long the present one still
 * takes is reported from how long it has taken.
 */
export function documentProgress(now = () => performance.now()): (view: TaskView, event: DocumentEvent) => TaskView {
  let phase: string | null = null;
  let began = 0;
  return (view, event) => {
    if (event.type === 'notice') return withNotice(view, event.message);
    if (event.type !== 'progress') return view;
    if (event.phase !== phase) [phase, began] = [event.phase, now()];
    const seconds = (now() - began) / 1000;
    const secondsLeft = seconds > 2 && event.done > 0.02 ? (seconds * (1 - event.done)) / event.done : null;
    return { ...view, phase: event.phase, done: event.done, total: 1, unit: 'share', secondsLeft };
  };
}

/** What an event of a report on devices changes. */
export function withDeviceProgress(view: TaskView, { device, done, total }: DeviceProgress): TaskView {
  return { ...view, subject: device, phase: 'report-devices', done, total };
}

/** What an event of quantising a run changes. */
export function withQuantiseEvent(view: TaskView, event: QuantiseEvent): TaskView {
  if (event.type === 'notice') return withProblem(view, event.message);
  return { ...view, phase: 'quantising', done: event.done, total: 1, unit: 'share' };
}

/** What an event of setting up a device changes. */
export function withSetupEvent(view: TaskView, event: SetupEvent): TaskView {
  if (event.type === 'note') return view;
  const { stage, done, total, unit } = event;
  return { ...view, phase: `setup-${stage}`, done, total, unit };
}

/** What an event of an import changes. How long a stage still takes is reported from how fast its bytes went. */
export function importProgress(now = () => performance.now()): (view: TaskView, event: ImportEvent) => TaskView {
  let stage: string | null = null;
  let [began, first] = [0, 0];
  return (view, event) => {
    if (event.type === 'plan') return { ...view, subject: event.plan.name };
    const { done, total } = event;
    if (event.stage !== stage) [stage, began, first] = [event.stage, now(), done];
    const seconds = (now() - began) / 1000;
    const secondsLeft = seconds > 2 && done > first ? (seconds * (total - done)) / (done - first) : null;
    return { ...view, phase: `import-${event.stage}`, done, total, unit: 'bytes', secondsLeft };
  };
}

/** What an event of a backup or of restoring one changes, with the time left by how fast its bytes went. */
export function backupProgress(now = () => performance.now()): (view: TaskView, event: BackupProgress) => TaskView {
  const began = now();
  return (view, { phase, done, total }) => {
    const seconds = (now() - began) / 1000;
    const secondsLeft = seconds > 2 && done > 0 ? (seconds * (total - done)) / done : null;
    return { ...view, phase: `library-${phase}`, done, total, unit: 'bytes', secondsLeft };
  };
}

/** What an event of distilling a model changes. */
export function withDistillation(view: TaskView, event: JobEvent<'distill'>): TaskView {
  if (event.type === 'notice') return withNotice(view, event.message);
  return { ...view, phase: `distil-${event.phase}`, done: event.done, total: 1, unit: 'share' };
}

/** Adds what a person should know of the work. */
export const withNotice = (view: TaskView, message: Message): TaskView => ({
  ...view,
  problems: [...view.problems, { source: view.subject, message, severity: 'note' as const }].slice(0, shownProblems),
  problemCount: view.problemCount + 1,
});
