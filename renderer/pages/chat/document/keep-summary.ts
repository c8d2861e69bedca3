import type { DocumentOutline } from '../../../../main/contract/documents.ts';
import { truncateName } from '../../../../main/contract/names.ts';
import { saveFile } from '../../../parts/save-file.ts';
import { reportOf } from '../../../connection/client.ts';
import type { AppState } from '../../../state/app-state.svelte.ts';

/** Puts a summary, or notes, on the clipboard, and says so. */
export async function copySummary(
  { notices, i18n }: AppState,
  markdown: string,
  copied: 'doc.summary.copied' | 'doc.notes.copied' = 'doc.summary.copied',
): Promise<void> {
  try {
    await navigator.clipboard.writeText(markdown);
    notices.notify(i18n.t(copied), 'good');
  } catch (error) {
    notices.fail(reportOf(error));
  }
}

/** Saves a summary, or notes, under the document's name. */
export const saveSummary = ({ record }: DocumentOutline, markdown: string, what = ''): void =>
  saveFile(
    `${truncateName(
      [record.title, what]
        .filter((part) => part !== '')
        .join(' ')
        .normalize('NFC')
        .replaceAll(/[^\p{L}\p{M}\p{N} ._-]+/gu, '-'),
      120,
    )}.md`,
    new Blob([markdown], { type: 'text/markdown;charset=utf-8' }),
  );
