// Reads the sources of the starter's corpus into documents.
import { Parser } from 'htmlparser2';

/** @typedef {{ title: string, text: string, summary?: string }} Document text: paragraphs divided by empty lines */

/** One paragraph of wrapped lines as one line. @param {string} text */
const unwrapped = (text) => text.replaceAll(/\s+/g, ' ').trim();

/** Paragraphs of wrapped lines, each as one line. @param {string} text */
const paragraphs = (text) =>
  text
    .split(/\n[^\S\n]*\n\s*/)
    .map(unwrapped)
    .filter((one) => one !== '');

/**
 * Descriptions of packages: the synopsis summarises the rest. Lists and other lines that are indented further are not
 * running text and are left out.
 *
 * @param {string} index stanzas with Package and Description-en @returns {Document[]}
 */
export function readDescriptions(index) {
  /** @type {Document[]} */
  const found = [];
  for (const stanza of index.split(/\n\n+/)) {
    const title = /^Package: (.+)$/m.exec(stanza)?.[1];
    const match = /^Description(?:-en)?: (.+)\n((?: .*(?:\n|$))*)/m.exec(stanza);
    if (title === undefined || !match) continue;
    const lines = match[2].split('\n').map((line) => (line === ' .' ? '' : line.startsWith('  ') ? '' : line.slice(1)));
    const text = paragraphs(lines.join('\n'))
      .filter((one) => /[.!?:]$/.test(one))
      .join('\n\n');
    found.push({ title, text, summary: unwrapped(match[1]) });
  }
  return found;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A number of dictd's index. @param {string} text */
const numberOf = (text) => [...text].reduce((sum, digit) => 64 * sum + digits.indexOf(digit), 0);

/**
 * Entries of a dictionary in dictd's format, without those that describe the dictionary itself. Several headwords may
 * share an entry; the first one counts.
 *
 * @param {Uint8Array} bytes the unpacked `.dict.dz` @param {string} index
 * @returns {{ headword: string, body: string }[]}
 */
export function readDictd(bytes, index) {
  const decoder = new TextDecoder();
  const seen = new Set();
  return index.split('\n').flatMap((line) => {
    const [headword, offset, length] = line.split('\t');
    if (length === undefined || seen.has(offset)) return [];
    seen.add(offset);
    const start = numberOf(offset);
    const body = decoder.decode(bytes.subarray(start, start + numberOf(length)));
    return body.startsWith('00-database') ? [] : [{ headword, body }];
  });
}

const references = (/** @type {string} */ text) => text.replaceAll(/\{([^{}]*)\}/g, '$1');

/**
 * How each dictionary writes an entry: what remains is its text without marks. The first line, the headword, has its
 * spelling with capitals.
 *
 * @type {Record<string, (entry: { headword: string, body: string }) => Document | null>}
 */
export const dictionaryEntries = {
  wordnet({ headword, body }) {
    const [first, ...lines] = body.split('\n');
    const text = unwrapped(lines.join('\n'));
    // Part of speech, number, gloss; examples in quotes and synonyms in brackets follow.
    const senses = [
      ...text.matchAll(/(?:^|\s)(?:(?:n|v|adj|adv)\s)?\d+: (.+?)(?=\s(?:(?:n|v|adj|adv)\s)?\d+: |$)/g),
    ].map(([, sense]) => references(sense.replaceAll(/\s*\[(?:syn|ant): [^\]]*\]/g, '')));
    if (senses.length === 0) return null;
    const glosses = senses.map((sense) => sense.replace(/; ".*$/, '').trim());
    return { title: first.trim() || headword, text: `${first.trim()}: ${senses.join('; ')}.`, summary: glosses[0] };
  },
  gcide({ headword, body }) {
    const cleaned = body
      .replaceAll(/\\[^\\\n]*\\/g, '')
      .replaceAll(/\[[^[\]]*\]/g, '')
      .replaceAll(/\([A-Z][\w. &]*\)/g, '')
      .replaceAll(/--[A-Z][\w. ']*(?=\n|$)/g, '');
    const [first, ...rest] = paragraphs(references(cleaned));
    const text = unwrapped([first, ...rest].join('\n')).replace(
      /^([^,]+?)\s*,?\s+(?:n|a|v|adv|v\. [ti]|prep|pl|adj)\b\.[^A-Z]*/,
      '$1: ',
    );
    return text.length < 20 ? null : { title: headword, text };
  },
  foldoc({ headword, body }) {
    const [head, ...lines] = body.split('\n');
    const text = references(lines.join('\n'))
      .replaceAll(/<[^<>\n]{1,60}>/g, '')
      .replaceAll(/\[[^[\]]{0,80}\]|\(\d{4}-\d\d-\d\d\)/g, '');
    const prose = paragraphs(text).filter((one) => /[.!?]$/.test(one));
    return prose.length === 0 ? null : { title: head.trim() || headword, text: prose.join('\n\n') };
  },
  jargon({ headword, body }) {
    const [head, ...lines] = body.split('\n');
    const text = references(lines.join('\n')).replaceAll(/\/[^/\n]{1,30}\/,?/g, '');
    const prose = paragraphs(text)
      .map((one) => one.replace(/^(?:n|v|adj|vt|vi|interj|excl)\.\s+/, ''))
      .filter((one) => /[.!?)]$/.test(one));
    return prose.length === 0 ? null : { title: head.trim() || headword, text: prose.join('\n\n') };
  },
};

const blocks = new Set(['p', 'li', 'dd', 'dt', 'td', 'div', 'h1', 'h2', 'h3', 'h4', 'section', 'br', 'blockquote']);
const skipped = new Set(['script', 'style', 'nav', 'head', 'pre', 'footer', 'header', 'table']);

/** Running text of a page: whole sentences, without navigation, code and tables. @param {string} html @returns {Document} */
export function readHtml(html) {
  let [text, title, depth, inTitle] = ['', '', 0, false];
  const parser = new Parser({
    onopentag(name) {
      if (skipped.has(name)) depth++;
      if (name === 'title') inTitle = true;
      if (blocks.has(name)) text += '\n\n';
    },
    ontext(piece) {
      if (inTitle) title += piece;
      else if (depth === 0) text += piece;
    },
    onclosetag(name) {
      if (skipped.has(name)) depth--;
      if (name === 'title') inTitle = false;
      if (blocks.has(name)) text += '\n\n';
    },
  });
  parser.end(html);
  const prose = paragraphs(text).filter((one) => one.length > 60 && /[.!?:]$/.test(one));
  return { title: unwrapped(title.replaceAll('¶', '')), text: prose.join('\n\n').replaceAll('¶', '') };
}

/** A book as Project Gutenberg publishes it, without the header and licence at its ends. @param {string} text */
export function readBook(text) {
  const begin = /\*\*\* ?START OF TH(?:E|IS) PROJECT GUTENBERG[^\n]*\n/i.exec(text);
  const end = /\*\*\* ?END OF TH(?:E|IS) PROJECT GUTENBERG/i.exec(text);
  const [from, to] = [begin ? begin.index + begin[0].length : 0, end?.index ?? text.length];
  const body = text.slice(from, to).replaceAll('\r', '');
  return paragraphs(body.replaceAll(/\[Illustration[^\]]*\]/g, '').replaceAll('_', '')).join('\n\n');
}
