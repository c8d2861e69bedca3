import type { ErrorReport } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { RunView } from '../../main/contract/views.ts';
import { isBusy } from './phases.ts';
import type { AppState } from './app-state.svelte.ts';

const ended = new Set(['done', 'failed', 'interrupted']);

/** Tells when a run ends or stops while this window is open. */
export function announceEnds(app: AppState): void {
  /** Notices that offer to resume a run, until it goes on by another way. */
  const offers = new Map<string, number>();
  let before = new Map<string, RunView['phase']>();
  const opened = Date.now();
  /** When the runs that were ever listed had been created: a new name of one makes no new run. */
  const seen = new Set<string>();
  $effect(() => {
    const runs = app.runs ?? [];
    for (const run of runs) {
      // A short run may have ended before the list told of it at all; what is brought from elsewhere is older.
      const fresh = Date.parse(run.created) > opened && !seen.has(run.created) ? 'new' : undefined;
      const was = before.get(run.name) ?? fresh;
      if (was === undefined || was === run.phase) continue;
      const offer = offers.get(run.name);
      if (offer !== undefined) app.notices.dismiss(offer);
      offers.delete(run.name);
      if (isOfShownExperiment(app, run)) continue;
      if (was === 'new' && isImported(run)) notifyImported(app, run);
      else if (ended.has(run.phase)) notify(app, run);
      const isStopped = run.phase === 'stopped' || (run.phase === 'paused' && !isShown(app, run));
      if (isStopped && (isBusy({ phase: was }) || was === 'new')) offers.set(run.name, offerResume(app, run));
    }
    for (const { created } of runs) seen.add(created);
    before = new Map(runs.map(({ name, phase }) => [name, phase]));
  });
}

/** Whether a model came as it is: it was never trained here. */
const isImported = ({ phase, dataset }: RunView): boolean => phase === 'done' && dataset === null;

/** The page of models has more to say of it. */
function notifyImported(app: AppState, { name: run }: RunView): void {
  if (app.router.route.page !== 'models') app.notices.notify(app.i18n.t('import.done', { run }), 'good');
}

/** Whether the page is about the run, so that what it says of it and offers for it is in sight. */
const isShown = ({ router: { route }, activity }: AppState, run: RunView): boolean =>
  (route.page === 'training' && (route.subject ?? activity.active?.run ?? run.name) === run.name) ||
  (route.page === 'runs' && route.subject === run.name);

/** Whether the page shows the experiment that the run belongs to, and with it what becomes of its runs. */
const isOfShownExperiment = ({ router: { route } }: AppState, { name, error }: RunView): boolean =>
  route.page === 'lab' &&
  route.query.experiment !== undefined &&
  error === null &&
  name.startsWith(`${route.query.experiment}-`);

/** Tells that a run was stopped, whoever did it and by what, with the way to go on. */
function offerResume(app: AppState, run: RunView): number {
  const { t, format } = app.i18n;
  const step = run.checkpoints.at(-1);
  const text =
    step === undefined
      ? t('ended.stopped.none', { run: run.name })
      : t(run.phase === 'paused' ? 'ended.paused' : 'ended.stopped', { run: run.name, step: format.count(step) });
  return app.notices.notify(text, 'plain', {
    label: t('run.resume'),
    run: () => void app.startRun(run),
  });
}

/** A failure with the name of the run before what happened. */
const named = (run: string, error: ErrorReport): ErrorReport => ({ ...error, message: msg`${run}: ${error.message}` });

function notify(app: AppState, run: RunView): void {
  const { t, format } = app.i18n;
  const best = run.best === null ? '' : ` ${t('ended.best', { loss: format.fixed(run.best.loss, 3) })}`;
  const text = `${t(run.phase === 'done' ? 'ended.done' : 'ended.broken', { run: run.name })}${best}`;
  // A run that went on after an error may still have it on record.
  if (run.error && run.phase !== 'done') app.notices.fail(named(run.name, run.error), isShown(app, run));
  else app.notices.notify(text, run.phase === 'done' ? 'good' : 'bad');
  // The desktop shell notifies by itself; a browser only where the person allowed it.
  if (!window.hyena && 'Notification' in window && Notification.permission === 'granted' && document.hidden)
    new Notification('Hyena Studio', { body: text });
}
