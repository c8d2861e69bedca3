import type {
  Citation,
  DocumentPlace,
  DocumentRecord,
  KeptNote,
  SummaryResult,
} from '../../../../main/contract/documents.ts';
import type { WrittenSummary } from '../../../../main/contract/written-summary.ts';
import type { MessageKey } from '../../../i18n/i18n.svelte.ts';
import type { Values } from '../../../../main/contract/messages/template.ts';

type Translate = (key: MessageKey, values?: Values) => string;

/** Where something is, in the language of the window: `The Spouter-Inn, page 14`. */
export function placeText({ place, start }: Pick<Citation, 'place' | 'start'>, length: number, t: Translate): string {
  const { chapter, heading, page } = place;
  const parts = [chapter, heading === chapter ? null : heading, page === null ? null : t('doc.page', { page })].filter(
    (part) => part !== null,
  );
  return parts.length > 0
    ? parts.join(', ')
    : t('doc.share', { share: `${Math.round((100 * start) / Math.max(1, length))} %` });
}

export const placeName = ({ kind, label }: DocumentPlace, t: Translate): string =>
  kind === 'page' ? t('doc.page', { page: label }) : label;

/** A summary as Markdown, each sentence with the place that it is from. */
export function summaryMarkdown(summary: SummaryResult, t: Translate): string {
  const { document, sentences, run } = summary;
  const lines = [`# ${document.title}`, '', t('doc.summary.by', { model: run }), ''];
  let section: string | null = null;
  for (const sentence of sentences) {
    if (sentence.section !== null && sentence.section !== section) lines.push(`## ${sentence.section}`, '');
    section = sentence.section;
    lines.push(`- ${sentence.text} (${placeText(sentence, document.characters, t)})`);
  }
  lines.push('', `${t('doc.summary.source')}: ${document.source}`, '');
  return lines.join('\n');
}

/** A summary that a model wrote as Markdown, each part with the place that it is about. */
export function writtenMarkdown({ document, parts, run }: WrittenSummary, t: Translate): string {
  const lines = [`# ${document.title}`, '', t('doc.written.by', { model: run }), ''];
  let section: string | null = null;
  for (const part of parts) {
    if (part.section !== null && part.section !== section) lines.push(`## ${part.section}`, '');
    section = part.section;
    lines.push(`${part.text.trim()} (${placeText(part, document.characters, t)})`, '');
  }
  lines.push(`${t('doc.summary.source')}: ${document.source}`, '');
  return lines.join('\n');
}

/** Highlights and notes as Markdown: a quotation each, with its place, and the note below it. */
export function notesMarkdown(
  { title, source, characters }: Pick<DocumentRecord, 'title' | 'source' | 'characters'>,
  notes: readonly (KeptNote & Pick<Citation, 'place'>)[],
  t: Translate,
): string {
  const lines = [`# ${title}`, ''];
  let chapter: string | null = null;
  for (const note of notes) {
    if (note.place.chapter !== null && note.place.chapter !== chapter) lines.push(`## ${note.place.chapter}`, '');
    chapter = note.place.chapter;
    lines.push(...note.text.split(/\r?\n/).map((line) => `> ${line}`.trimEnd()));
    lines.push('>', `> (${placeText(note, characters, t)})`, '');
    if (note.note !== '') lines.push(note.note, '');
  }
  lines.push(`${t('doc.summary.source')}: ${source}`, '');
  return lines.join('\n');
}
