import type { ReaderEvent } from './reader.ts';

const LONGEST_HEADING = 1000;
const FLUSHED_CHARACTERS = 1 << 16;

type FlowEvent = Extract<ReaderEvent, { type: 'text' | 'place' }>;

/** Text as a page shows it: blanks collapse, blocks stand apart, headings are places too. */
export class TextFlow {
  #events: FlowEvent[] = [];
  #text = '';
  /** Line breaks that are owed before the next text: none at the beginning. */
  #breaks = 0;
  #hasText = false;
  /** What stands between the words before and the next ones on their line. */
  #owed: '' | ' ' | '\t' = '';
  #heading: { level: number; text: string } | null = null;
  /** Places that begin with the next text. */
  #places: FlowEvent[] = [];

  get hasText(): boolean {
    return this.#hasText;
  }

  /** The next text begins at least this many lines further down. */
  break(lines: 1 | 2): void {
    this.#breaks = Math.max(lines, this.#breaks);
  }

  /** A line ends here, whatever comes. */
  lineBreak(): void {
    this.#breaks = Math.min(2, this.#breaks + 1);
  }

  /** Words of a text in which blanks mean no more than that they are there. */
  add(text: string): void {
    const collapsed = text.replace(/[ \t\r\n\f]+/g, ' ');
    const startsWithSpace = collapsed.startsWith(' ');
    const words = collapsed.slice(startsWithSpace ? 1 : 0, collapsed.endsWith(' ') ? -1 : undefined);
    if (startsWithSpace) this.#owed ||= ' ';
    if (words === '') return;
    const space = this.#breaks === 0 && this.#hasText ? this.#owed : '';
    this.raw(space + words);
    this.#owed = collapsed.endsWith(' ') ? ' ' : '';
  }

  /** The next text of this line stands a tab further on. */
  tab(): void {
    this.#owed = '\t';
  }

  /** Puts text out as it is, after the line breaks that are owed. */
  raw(text: string): void {
    if (text === '') return;
    let before = this.#hasText ? '\n'.repeat(this.#breaks) : '';
    this.#breaks = 0;
    this.#hasText = true;
    this.#owed = '';
    if (this.#places.length > 0) {
      this.#text += before;
      before = '';
      this.#flush();
      this.#events.push(...this.#places);
      this.#places = [];
    }
    if (!this.#heading) {
      this.#text += before + text;
      return;
    }
    if (this.#heading.text === '') {
      this.#text += before;
      this.#heading.text = text;
    } else this.#heading.text += before + text;
    if (this.#heading.text.length > LONGEST_HEADING) this.closeHeading();
  }

  /** What another flow holds, as blocks of this one. */
  append(events: readonly FlowEvent[]): void {
    if (events.length === 0) return;
    this.closeHeading();
    for (const event of events) {
      if (event.type === 'place') {
        if (this.#hasText) this.#text += '\n'.repeat(this.#breaks);
        this.#breaks = 0;
        this.#flush();
        this.#events.push(event);
      } else this.raw(event.content as string);
    }
  }

  /** The next text begins a part that is called so. */
  place(kind: 'chapter' | 'heading', label: string, level: number): void {
    this.#places.push({ type: 'place', kind, label, level });
  }

  openHeading(level: number): void {
    this.closeHeading();
    this.#heading = { level, text: '' };
  }

  closeHeading(): void {
    const heading = this.#heading;
    this.#heading = null;
    if (!heading || heading.text === '') return;
    this.#flush();
    const label = visible(heading.text).replace(/\s+/g, ' ').trim().slice(0, 200);
    this.#events.push({ type: 'place', kind: 'heading', label, level: heading.level });
    this.#text = heading.text;
  }

  /** The text and places that are complete. */
  take(): FlowEvent[] {
    if (this.#text.length >= FLUSHED_CHARACTERS) this.#flush();
    const events = this.#events;
    this.#events = [];
    return events;
  }

  end(): FlowEvent[] {
    this.closeHeading();
    this.#flush();
    return this.take();
  }

  #flush(): void {
    const content = visible(this.#text);
    if (content !== '') this.#events.push({ type: 'text', content });
    this.#text = '';
  }
}

/** Letters that join otherwise, and pictures of several parts: there joiners mean something. */
const joins =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]/u;

/**
 * A text without what only says where a line may be broken: soft hyphens, word joiners and blanks of no width; joiners
 * stay in scripts that need them.
 */
export function visible(text: string): string {
  if (!/[\u00ad\u200b-\u200d\u2060\ufeff]/.test(text)) return text;
  return text
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/[\u200c\u200d]+/g, (joiners, at: number, whole: string) => {
      const before = [...whole.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
      return joins.test(before) ? joiners : '';
    });
}
