// Real documents with summaries that their authors wrote: RFCs, whose abstracts say what the bodies say. They come as the
// Debian package doc-rfc-informational (non-free: they may be read and measured, not shipped with this program).
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** @typedef {{ name: string, title: string, summary: string, body: string }} Paper */

/** Header and footer of a page. */
const pageBreak = /\n*[^\n]*\[Page [\divxlc]+\][^\S\n]*\n+(?:\f\n*)?(?:RFC \d+[^\n]*\n)?\n*/g;

/** The text without page breaks, paragraphs as they were before. @param {string} text */
function unpaged(text) {
  return text
    .replaceAll('\r', '')
    .replace(/^\uFEFF/, '')
    .replaceAll(pageBreak, '\n\n')
    .replaceAll('\f', '\n\n')
    .replaceAll(/\n{3,}/g, '\n\n');
}

const words = (/** @type {string} */ text) => text.split(/\s+/).filter((word) => /[A-Za-z]/.test(word)).length;

/**
 * Title, abstract and body of an RFC; null where it has no abstract of a summary's length or the body is very short or
 * very long. The body begins at the introduction and ends before acknowledgements and references.
 *
 * @param {string} name @param {string} raw @returns {Paper | null}
 */
export function paperOf(name, raw) {
  const text = unpaged(raw);
  const abstract = /\nAbstract\n+((?:[^\S\n]+[^\n]*\n|\n)+)/.exec(text);
  const begin =
    /\n(?:1\.?[^\S\n]+(?:Introduction|Overview|Background|Motivation|Scope|Purpose)[^\n]*)\n+[^\S\n]+\S/i.exec(text);
  if (!abstract || !begin || begin.index < abstract.index) return null;
  const rest = text.slice(begin.index + 1);
  const end =
    /\n(?:[\dA-Z.]+[^\S\n]+)?(?:Acknowledge?ments?|(?:Normative |Informative )?References|Bibliography|Authors?['’]s? Address)/i.exec(
      rest,
    );
  const body = rest.slice(0, end?.index ?? rest.length).trim();
  const summary = abstract[1].replaceAll(/\s+/g, ' ').trim();
  const title = /\n\n[^\S\n]{2,}(\S[^\n]*(?:\n[^\S\n]{2,}\S[^\n]*)*)\n+Abstract\n/.exec(text)?.[1] ?? name;
  const [ofSummary, ofBody] = [words(summary), words(body)];
  if (ofSummary < 60 || ofSummary > 250 || ofBody < 1500 || ofBody > 12_000) return null;
  return { name, title: title.replaceAll(/\s+/g, ' ').trim(), summary, body };
}

/** Numbers that are the same on every machine, spread evenly. @param {number} number */
const scattered = (number) => Math.imul(number ^ (number >>> 7), 0x9e3779b1) >>> 0;

/**
 * All usable RFCs of a folder in an order that depends on their numbers alone: the first are for development, those that
 * follow for the test, the others may train a model.
 *
 * @param {string} folder
 */
export function papersIn(folder) {
  const names = readdirSync(folder).filter((name) => /^rfc\d+\.txt(\.gz)?$/.test(name));
  const papers = names.flatMap((name) => {
    const bytes = readFileSync(path.join(folder, name));
    const raw = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const paper = paperOf(name.replace(/\..*/, ''), raw);
    return paper ? [paper] : [];
  });
  const order = (/** @type {Paper} */ paper) => scattered(Number(paper.name.slice(3)));
  return papers.sort((a, b) => order(a) - order(b));
}

export const developmentCount = 60;
export const testCount = 100;
