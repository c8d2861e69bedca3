import type { DocumentOutline } from '../../../../main/contract/documents.ts';
import { truncateName } from '../../../../main/contract/names.ts';
import { saveFile } from '../../../parts/save-file.ts';
import { reportOf } from '../../../connection/client.ts';
import type { AppState } from '../../../state/app-state.svelte.ts';

/** Puts a summary on the clipboard, and says so. */
export async function copySummary({ notices, i18n }: AppState, markdown: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(markdown);
    notices.notify(i18n.t('doc.summary.copied'), 'good');
  } catch (error) {
    notices.fail(reportOf(error));
  }
}

/** Saves a summary under the document's name. */
export const saveSummary = ({ record }: DocumentOutline, markdown: string): void =>
  saveFile(
    `${truncateName(record.title.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N} ._-]+/gu, '-'), 120)}.md`,
    new Blob([markdown], { type: 'text/markdown;charset=utf-8' }),
  );
