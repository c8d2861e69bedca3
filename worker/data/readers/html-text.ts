import { Parser } from 'htmlparser2';
import { HyenaError } from '../../../main/contract/errors.ts';
import { told, type Text } from '../../../main/contract/told.ts';
import { Table } from './html-tables.ts';
import type { ReaderEvent } from './reader.ts';
import { TextFlow, visible } from './text-flow.ts';

/** Elements whose content is no text to be read. */
const silent = new Set([
  ...['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'canvas', 'audio', 'video', 'select'],
  // What a formula also is in another notation.
  ...['button', 'annotation', 'annotation-xml'],
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
export class LeftOut {
  readings = 0;
  hidden = 0;
  notes = 0;

  /** A sentence for each kind. */
  sentences(): Text[] {
    return [
      ...(this.readings > 0 ? [told`${this.readings} readings beside characters (ruby) were left out.`] : []),
      ...(this.hidden > 0 ? [told`${this.hidden} hidden passages were left out.`] : []),
      ...(this.notes > 0 ? [told`${this.notes} marks of notes were left out.`] : []),
    ];
  }
}

/** Says of an element that it is left out as a whole. */
export type Leave = (name: string, attributes: Readonly<Record<string, string>>) => boolean;

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
  /** Of each open element, whether what is in it is left out because of it. */
  private readonly open: ('silent' | 'hidden' | 'reading' | null)[] = [];
  private silentDepth = 0;
  private preDepth = 0;
  private inTitle = false;
  private readonly left: LeftOut;
  private readonly leave: Leave;
  /** Text of the element that is being left out. */
  private hasHiddenText = false;

  constructor(left = new LeftOut(), leave: Leave = () => false) {
    this.left = left;
    this.leave = leave;
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
    return this.page.end();
  }

  private get flow(): TextFlow {
    return this.tables.at(-1)?.flow ?? this.page;
  }

  private opened(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.open.length >= DEEPEST)
      throw new HyenaError('bad-input', told`Its elements are nested more than ${DEEPEST} deep.`);
    const why = silent.has(name)
      ? 'silent'
      : readings.has(name)
        ? 'reading'
        : isHidden(name, attributes) || this.leave(name, attributes)
          ? 'hidden'
          : null;
    this.open.push(why);
    if (why && this.silentDepth++ === 0) this.hasHiddenText = false;
    if (name === 'title' && this.title === '') this.inTitle = true;
    if (this.silentDepth > 0) return;
    const table = this.tables.at(-1);
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
    const why = this.open.pop();
    if (why && --this.silentDepth === 0) this.count(why);
    if (name === 'title') this.inTitle = false;
    if (this.silentDepth > 0 || why) return;
    const table = this.tables.at(-1);
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

  private count(why: 'silent' | 'hidden' | 'reading'): void {
    if (!this.hasHiddenText) return;
    if (why === 'reading') this.left.readings++;
    if (why === 'hidden') this.left.hidden++;
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
      this.hasHiddenText ||= /[\p{L}\p{N}]/u.test(text);
      return;
    }
    const shown = text.replace(/[\u00ad\u200b\u2060\ufeff]/g, '');
    if (this.preDepth > 0) this.flow.raw(shown);
    else this.flow.add(shown);
  }
}

const headingLevel = (name: string): number => (/^h[1-6]$/.test(name) ? Number(name[1]) : 0);

/** What a page holds but does not show. */
function isHidden(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (name === 'html' || name === 'body') return false;
  if ('hidden' in attributes && attributes.hidden !== 'until-found') return true;
  return /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b/i.test(attributes.style ?? '');
}
