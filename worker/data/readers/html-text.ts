import { Parser } from 'htmlparser2';
import { HyenaError } from '../../../main/contract/errors.ts';
import { msg, type MessageLike } from '../../../main/contract/message.ts';
import { Table } from './html-tables.ts';
import type { ReaderEvent } from './reader.ts';
import { TextFlow, visible } from './text-flow.ts';

/** Elements whose content is not text to be read. */
const silent = new Set([
  ...['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'canvas', 'audio', 'video', 'select'],
  // What a formula also is in another notation.
  ...['button', 'annotation', 'annotation-xml', 'textarea', 'datalist'],
]);
/** Readings above or beside characters, and the brackets around them. */
const readings = new Set(['rt', 'rtc', 'rp']);
/** Elements that stand apart by an empty line. */
const paragraphs = new Set([
  ...['p', 'blockquote', 'ul', 'ol', 'dl', 'table', 'pre', 'figure', 'hr', 'article', 'section', 'main', 'header'],
  ...['footer', 'nav', 'aside', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
]);
/** Elements that begin a line. */
const lines = new Set([
  ...['div', 'li', 'dt', 'dd', 'tr', 'caption', 'figcaption', 'address', 'form', 'fieldset', 'details', 'summary'],
  'body',
]);

const DEEPEST = 5000;
const LONGEST_TITLE = 1000;

/** What was left out of pages, for a person to know. */
export class OmittedParts {
  readings = 0;
  hidden = 0;
  marks = 0;
  contents = 0;

  /** A sentence for each kind. */
  sentences(): MessageLike[] {
    return [
      ...(this.readings > 0
        ? [msg`${this.readings} ruby {0|one: annotation was|other: annotations were} removed.`]
        : []),
      ...(this.hidden > 0 ? [msg`${this.hidden} hidden {0|one: passage was|other: passages were} removed.`] : []),
      ...(this.marks > 0 ? [msg`${this.marks} note {0|one: reference was|other: references were} removed.`] : []),
      ...(this.contents > 0
        ? [msg`${this.contents} {0|one: table of contents was|other: tables of contents were} removed.`]
        : []),
    ];
  }
}

/** What is known of a page from elsewhere. */
export interface HtmlOptions {
  /** Counts what is left out. */
  left?: OmittedParts;
  /** Names of parts by the ids of the elements where they begin. */
  anchors?: ReadonlyMap<string, { label: string; level: number }>;
}

type Attributes = Readonly<Record<string, string>>;
/** Why an element is treated in its own way: left out, or, of notes, put behind the text. */
type Part = 'silent' | 'hidden' | 'reading' | 'mark' | 'contents' | 'note' | null;

/**
 * The text of HTML or XHTML that comes in pieces: paragraphs with empty lines between, rows of tables as lines with tabs,
 * list items with dashes; headings also as places. Scripts, styles and the like are left out, as is what is hidden, and
 * what only says where a line may be broken.
 */
export class HtmlText {
  /** What the title element says. */
  title = '';

  private readonly parser: Parser;
  private readonly page = new TextFlow();
  private readonly tables: Table[] = [];
  /** Notes, which stand behind the text wherever the page has them. */
  private readonly notes = new TextFlow();
  private noteDepth = 0;
  /** Tables that were open where the note began. */
  private tablesAround = 0;
  /** Anchors that were found. */
  readonly found = new Set<string>();
  /** Of each open element, what it is. */
  private readonly open: Part[] = [];
  private silentDepth = 0;
  private preDepth = 0;
  private inTitle = false;
  private readonly left: OmittedParts;
  private readonly anchors: NonNullable<HtmlOptions['anchors']>;
  /** Text of the element that is being left out. */
  private hasHiddenText = false;

  constructor({ left = new OmittedParts(), anchors = new Map() }: HtmlOptions = {}) {
    this.left = left;
    this.anchors = anchors;
    this.parser = new Parser(
      {
        onopentag: (name, attributes) => this.opened(name, attributes),
        onclosetag: (name) => this.closed(name),
        ontext: (text) => this.add(text),
      },
      { decodeEntities: true, recognizeSelfClosing: true, recognizeCDATA: true },
    );
  }

  /** Takes the next piece; returns the text and places that are complete. */
  push(html: string): ReaderEvent[] {
    this.parser.write(html);
    return this.page.take();
  }

  end(): ReaderEvent[] {
    this.parser.end();
    while (this.tables.length > 0) this.tables.pop()!.close();
    this.page.break(2);
    this.page.append(this.notes.end());
    return this.page.end();
  }

  private get flow(): TextFlow {
    if (this.noteDepth > 0 && this.tables.length === this.tablesAround) return this.notes;
    return this.tables.at(-1)?.flow ?? this.page;
  }

  /** The table that is open, of the note or the text. */
  private get table(): Table | undefined {
    return this.noteDepth > 0 && this.tables.length === this.tablesAround ? undefined : this.tables.at(-1);
  }

  private opened(name: string, attributes: Attributes): void {
    if (this.open.length >= DEEPEST)
      throw new HyenaError('bad-input', msg`Elements are nested more than ${DEEPEST} levels deep.`);
    const part = partOf(name, attributes);
    this.open.push(part);
    if (part === 'note') {
      if (this.noteDepth++ === 0) this.tablesAround = this.tables.length;
      this.notes.break(2);
    } else if (part && this.silentDepth++ === 0) this.hasHiddenText = false;
    if (name === 'title' && this.title === '') this.inTitle = true;
    if (this.silentDepth > 0) return;
    const anchor = this.anchors.get(attributes.id ?? attributes.name ?? '');
    if (anchor && !this.found.has(attributes.id ?? attributes.name)) {
      this.found.add(attributes.id ?? attributes.name);
      this.flow.place('chapter', anchor.label, anchor.level);
    }
    const table = this.table;
    if (table && (name === 'td' || name === 'th')) return table.openCell(attributes);
    if (table && name === 'tr') return table.openRow();
    if (name === 'table') {
      for (const outer of this.tables) outer.arrange();
      this.flow.closeHeading();
      this.flow.break(2);
      this.tables.push(new Table(this.flow));
      return;
    }
    this.breakBefore(name);
    const level = headingLevel(name);
    if (level > 0) this.flow.openHeading(level);
    if (name === 'pre') {
      this.preDepth++;
      table?.arrange();
    }
    if (name === 'br') this.flow.lineBreak();
    if (name === 'li') this.flow.add('- ');
  }

  private closed(name: string): void {
    const part = this.open.pop() ?? null;
    if (name === 'title') this.inTitle = false;
    if (part === 'note') {
      this.noteDepth--;
      this.notes.break(2);
    } else if (part) {
      if (--this.silentDepth === 0) this.count(part);
      return;
    }
    if (this.silentDepth > 0 || part === 'note') return;
    const table = this.table;
    if (table && (name === 'td' || name === 'th')) return table.closeCell();
    if (table && name === 'tr') return table.closeRow();
    if (table && name === 'table') {
      this.tables.pop();
      table.close();
      this.flow.break(2);
      return;
    }
    if (headingLevel(name) > 0) this.flow.closeHeading();
    if (name === 'pre') this.preDepth--;
    if (name !== 'br') this.breakBefore(name);
  }

  private count(part: Part): void {
    if (!this.hasHiddenText) return;
    if (part === 'reading') this.left.readings++;
    if (part === 'hidden') this.left.hidden++;
    if (part === 'mark') this.left.marks++;
    if (part === 'contents') this.left.contents++;
  }

  private breakBefore(name: string): void {
    if (paragraphs.has(name)) this.flow.break(2);
    else if (lines.has(name)) this.flow.break(1);
  }

  private add(text: string): void {
    if (this.inTitle) {
      this.title = visible(`${this.title}${text}`).replace(/\s+/g, ' ').slice(0, LONGEST_TITLE);
      return;
    }
    if (this.silentDepth > 0) {
      // The mark of a note may be a star.
      this.hasHiddenText ||= (this.open.includes('mark') ? /\S/u : /[\p{L}\p{N}]/u).test(text);
      return;
    }
    const shown = text.replace(/[\u00ad\u200b\u2060\ufeff]/g, '');
    if (this.preDepth > 0) this.flow.raw(shown);
    else this.flow.add(shown);
  }
}

const headingLevel = (name: string): number => (/^h[1-6]$/.test(name) ? Number(name[1]) : 0);

const noteTypes = /(?:^|\s)(?:footnote|endnote|rearnote|doc-footnote|doc-endnote)(?:\s|$)/i;
const markTypes = /(?:^|\s)(?:noteref|backlink|doc-noteref|doc-backlink)(?:\s|$)/i;
const contentsTypes = /(?:^|\s)(?:toc|page-list|landmarks|lot|loi|doc-toc|doc-pagelist)(?:\s|$)/i;

/** What an element is by its name, and by what books say of it (`epub:type`, `role`). */
function partOf(name: string, attributes: Attributes): Part {
  if (silent.has(name)) return 'silent';
  if (readings.has(name)) return 'reading';
  const types = `${attributes['epub:type'] ?? ''} ${attributes.role ?? ''}`;
  if (types !== ' ') {
    if (markTypes.test(types)) return 'mark';
    if (name === 'nav' && contentsTypes.test(types)) return 'contents';
    // The readers of books show a note hidden in the page where its mark is chosen.
    if (noteTypes.test(types)) return 'note';
  }
  return isHidden(name, attributes) ? 'hidden' : null;
}

/** What a page holds but does not show. */
function isHidden(name: string, attributes: Attributes): boolean {
  if (name === 'html' || name === 'body') return false;
  if ('hidden' in attributes && attributes.hidden !== 'until-found') return true;
  if (name === 'dialog' && !('open' in attributes)) return true;
  return /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b/i.test(attributes.style ?? '');
}
