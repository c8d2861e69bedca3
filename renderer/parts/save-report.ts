import { reportHtml } from '../../main/contract/lab/report-html.ts';
import type { AppState } from '../state/app-state.svelte.ts';
import { saveFile } from './save-file.ts';

/** Saves a report of an experiment, or of runs, as one file of HTML in the language of the window. */
export async function saveReport(app: AppState, names: readonly string[]): Promise<void> {
  const report = await app.ask('experiments.report', { names: [...names] });
  if (!report) return;
  const { i18n } = app;
  const html = reportHtml(report, { locale: i18n.format.locale, word: (word) => i18n.t(`report.${word}`) });
  const [first, ...others] = names;
  const name = others.length > 0 ? `${first}-and-${others.length}-more` : first;
  saveFile(`${name}.html`, new Blob([html], { type: 'text/html;charset=utf-8' }));
}
