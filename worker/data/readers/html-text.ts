import { Parser } from 'htmlparser2';
import { HyenaError } from '../../../main/contract/errors.ts';
import { told } from '../../../main/contract/told.ts';
import type { ReaderEvent } from './reader.ts';

/** Elements whose content is no text to be read. */
const silent = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'iframe',
  'object',
  'canvas',
  'audio',
  'video',
  'select',
  'button',
]);
/** Elements that stand apart by an empty line. */
const paragraphs = new Set([
  ...['p', 'blockquote', 'ul', 'ol', 'dl', 'table', 'pre', 'figure', 'hr', 'article', 'section', 'main', 'header'],
  ...['footer', 'nav', 'aside', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
]);
/** Elements that begin a line. */
const lines = new Set([
  ...[
    'div',
    'li',
    'dt',
    'dd',
    'tr',
    'caption',
    'figcaption',
    'address',
    'form',
    'fieldset',
    'details',
    'summary',
    'body',
  ],
]);

const DEEPEST = 5000;
const LONGEST_HEADING = 1000;
const FLUSHED_CHARACTERS = 1 << 16;

/**
 * The text of HTML or XHTML that comes in pieces: paragraphs with empty lines between, cells with tabs, list items with
 * dashes; headings also as places. Scripts, styles and the like are left out.
 */
export class HtmlText {
  /** What the title element says. */
  title = '';

  private readonly parser: Parser;
  private events: ReaderEvent[] = [];
  private text = '';
  /** Line breaks that are owed before the next text: none at the beginning. */
  private breaks = 0;
  private hasText = false;
  private spaceOwed = false;
  private depth = 0;
  private silentDepth = 0;
  private preDepth = 0;
  private inTitle = false;
  private heading: { level: number; text: string } | null = null;

  constructor() {
    this.parser = new Parser(
      {
        onopentag: (name) => this.open(name),
        onclosetag: (name) => this.close(name),
        ontext: (text) => this.add(text),
      },
      { decodeEntities: true, recognizeSelfClosing: true, recognizeCDATA: true },
    );
  }

  /** Takes the next piece; returns the text and places that are complete. */
  push(html: string): ReaderEvent[] {
    this.parser.write(html);
    if (this.text.length >= FLUSHED_CHARACTERS) this.flush();
    return this.take();
  }

  end(): ReaderEvent[] {
    this.parser.end();
    this.closeHeading();
    this.flush();
    return this.take();
  }

  private open(name: string): void {
    if (++this.depth > DEEPEST)
      throw new HyenaError('bad-input', told`Its elements are nested more than ${DEEPEST} deep.`);
    if (silent.has(name)) this.silentDepth++;
    if (name === 'title' && this.title === '') this.inTitle = true;
    if (this.silentDepth > 0) return;
    this.breakBefore(name);
    const level = headingLevel(name);
    if (level > 0) {
      this.closeHeading();
      this.heading = { level, text: '' };
    }
    if (name === 'pre') this.preDepth++;
    if (name === 'br') this.breaks = Math.min(2, this.breaks + 1);
    if (name === 'li') this.add('- ');
    if ((name === 'td' || name === 'th') && this.breaks === 0 && this.hasText) this.raw('\t');
  }

  private close(name: string): void {
    this.depth--;
    if (silent.has(name)) this.silentDepth--;
    if (name === 'title') this.inTitle = false;
    if (this.silentDepth > 0) return;
    if (headingLevel(name) > 0) this.closeHeading();
    if (name === 'pre') this.preDepth--;
    if (name !== 'br') this.breakBefore(name);
  }

  private breakBefore(name: string): void {
    if (paragraphs.has(name)) this.breaks = 2;
    else if (lines.has(name)) this.breaks = Math.max(1, this.breaks);
  }

  private add(text: string): void {
    if (this.inTitle) {
      this.title = `${this.title}${text}`.replace(/\s+/g, ' ').slice(0, LONGEST_HEADING);
      return;
    }
    if (this.silentDepth > 0) return;
    if (this.preDepth > 0) {
      this.raw(text);
      return;
    }
    const collapsed = text.replace(/[ \t\r\n\f]+/g, ' ');
    const startsWithSpace = collapsed.startsWith(' ');
    const words = collapsed.slice(startsWithSpace ? 1 : 0, collapsed.endsWith(' ') ? -1 : undefined);
    if (startsWithSpace) this.spaceOwed = true;
    if (words === '') return;
    const space = this.spaceOwed && this.breaks === 0 && this.hasText ? ' ' : '';
    this.raw(space + words);
    this.spaceOwed = collapsed.endsWith(' ');
  }

  /** Puts text out as it is, after the line breaks that are owed. */
  private raw(text: string): void {
    if (text === '') return;
    const before = this.hasText ? '\n'.repeat(this.breaks) : '';
    this.breaks = 0;
    this.hasText = true;
    this.spaceOwed = false;
    if (!this.heading) {
      this.text += before + text;
      return;
    }
    if (this.heading.text === '') {
      this.text += before;
      this.heading.text = text;
    } else this.heading.text += before + text;
    if (this.heading.text.length > LONGEST_HEADING) this.closeHeading();
  }

  private closeHeading(): void {
    const { heading } = this;
    this.heading = null;
    if (!heading || heading.text === '') return;
    this.flush();
    const label = heading.text.replace(/\s+/g, ' ').trim().slice(0, 200);
    this.events.push({ type: 'place', kind: 'heading', label, level: heading.level });
    this.text = heading.text;
  }

  private flush(): void {
    if (this.text !== '') this.events.push({ type: 'text', content: this.text });
    this.text = '';
  }

  private take(): ReaderEvent[] {
    const { events } = this;
    this.events = [];
    return events;
  }
}

const headingLevel = (name: string): number => (/^h[1-6]$/.test(name) ? Number(name[1]) : 0);
