import { codePoint } from 'dingbat-to-unicode';
import { msg, type MessageLike } from '../../../main/contract/message.ts';
import { Table } from './html-tables.ts';
import { TextFlow } from './text-flow.ts';
import { EquationText } from './word-math.ts';
import { isOn, levelOfOutline, type Styles } from './word-styles.ts';
import type { WordHandler } from './word-xml.ts';

type Attributes = ReadonlyMap<string, string>;
type FlowEvents = ReturnType<TextFlow['end']>;

/** What was left out of a Word document, for a person to know. */
export class OmittedWordParts {
  hidden = 0;
  deleted = 0;
  readings = 0;
  symbols = 0;
  objects = 0;
  comments = 0;
  headers = 0;

  sentences(): MessageLike[] {
    return [
      ...(this.hidden > 0 ? [msg`${this.hidden} hidden {0|one: passage was|other: passages were} removed.`] : []),
      ...(this.deleted > 0
        ? [msg`${this.deleted} {0|one: passage|other: passages} marked as deleted {0|one: was|other: were} removed.`]
        : []),
      ...(this.readings > 0
        ? [msg`${this.readings} ruby {0|one: annotation was|other: annotations were} removed.`]
        : []),
      ...(this.symbols > 0
        ? [msg`${this.symbols} symbol-font {0|one: character was|other: characters were} removed.`]
        : []),
      ...(this.objects > 0
        ? [
            msg`${this.objects} embedded {0|one: object (chart, legacy equation, file) was|other: objects (charts, legacy equations, files) were} removed.`,
          ]
        : []),
      ...(this.headers > 0
        ? [msg`${this.headers} {0|one: header or footer was|other: headers and footers were} skipped.`]
        : []),
      ...(this.comments > 0 ? [msg`${this.comments} {0|one: comment was|other: comments were} removed.`] : []),
    ];
  }
}

interface Paragraph {
  style: string | null;
  outline: number | undefined;
  isList: boolean | undefined;
  begun: boolean;
  heading: number;
  /** Text boxes that hang on it. */
  boxes: FlowEvents[];
}

/** Where text goes: the document, a note, a text box. */
interface Story {
  flow: TextFlow;
  tables: Table[];
  paragraph: Paragraph | null;
  afterList: boolean;
  /** Fields that are open: their instruction is not text, their result is. */
  fields: ('instruction' | 'result')[];
  instructionParagraphs: number;
}

const newStory = (): Story => ({
  flow: new TextFlow(),
  tables: [],
  paragraph: null,
  afterList: false,
  fields: [],
  instructionParagraphs: 0,
});

/** Elements whose content is not text of the document as it stands. */
const removed = new Set(['del', 'movefrom']);
const silent = new Set(['instrtext', 'delinstrtext', 'deltext', 'rt', 'object']);
/** An instruction of a field that continues for more paragraphs than this was never ended. */
const LONGEST_INSTRUCTION = 20;

/** The text of the body of a Word document, or of its notes by their ids. */
export class WordText implements WordHandler {
  /** Notes that are referred to, in their order: `footnote 2`. */
  readonly references: string[] = [];
  /** The text of each note. */
  readonly notes = new Map<string, FlowEvents>();

  readonly #styles: Styles;
  readonly #left: OmittedWordParts;
  #story = newStory();
  readonly #stories: Story[] = [];
  #note: string | null = null;
  /** Depth of what is left out, and whether text stood in it. */
  #skipped: { depth: number; why: string; hasText: boolean } | null = null;
  #run: { style: string | null; isHidden: boolean | undefined } | null = null;
  /** Whether the run's properties, or a paragraph's, are open. */
  #inRunProperties = false;
  #inParagraphProperties = false;
  #inHidden = false;
  #inText = false;
  #equation: { text: EquationText; depth: number } | null = null;
  /** Of alternatives that are open, whether one had text. */
  readonly #alternatives: { before: number }[] = [];
  #letters = 0;

  constructor(styles: Styles, left: OmittedWordParts) {
    this.#styles = styles;
    this.#left = left;
  }

  end(): FlowEvents {
    while (this.#stories.length > 0) this.#closeBox();
    this.#closeParagraph();
    while (this.#story.tables.length > 0) this.#story.tables.pop()!.close();
    return this.#story.flow.end();
  }

  get #flow(): TextFlow {
    return this.#story.tables.at(-1)?.flow ?? this.#story.flow;
  }

  open(name: string, attributes: Attributes): void {
    if (this.#skipped) {
      this.#skipped.depth++;
      return;
    }
    if (this.#equation) {
      this.#equation.depth++;
      this.#equation.text.open(name.replace(/^m:/, ''), attributes);
      return;
    }
    // What properties were before a change that is marked.
    if (name.endsWith('prchange')) return this.#skip('change');
    if (this.#inRunProperties || this.#inParagraphProperties) return this.#property(name, attributes);
    if (removed.has(name)) return this.#skip(name);
    if (name === 'mc:fallback' && (this.#alternatives.at(-1)?.before ?? this.#letters) < this.#letters)
      return this.#skip('twice');
    if (silent.has(name)) {
      if (name === 'object') this.#left.objects++;
      return this.#skip(name);
    }
    switch (name) {
      case 'mc:alternatecontent':
        this.#alternatives.push({ before: this.#letters });
        break;
      case 'p':
        this.#closeParagraph();
        this.#story.paragraph = {
          style: null,
          outline: undefined,
          isList: undefined,
          begun: false,
          heading: 0,
          boxes: [],
        };
        break;
      case 'ppr':
        this.#inParagraphProperties = true;
        break;
      case 'r':
        this.#run = { style: null, isHidden: undefined };
        break;
      case 'rpr':
        this.#inRunProperties = true;
        break;
      case 't':
      case 'a:t':
        this.#inText = true;
        break;
      case 'm:omath':
        this.#equation = { text: new EquationText(), depth: 0 };
        break;
      case 'tbl':
        this.#closeParagraph();
        for (const table of this.#story.tables) table.arrange();
        this.#story.tables.push(new Table(this.#flow));
        break;
      case 'tr':
        this.#story.tables.at(-1)?.openRow();
        break;
      case 'tc':
        this.#story.tables.at(-1)?.openCell({});
        this.#story.afterList = false;
        break;
      case 'gridspan':
        this.#story.tables.at(-1)?.widen(Number(attributes.get('val')));
        break;
      case 'fldchar':
        this.#field(attributes.get('fldchartype') ?? '');
        break;
      case 'footnotereference':
      case 'endnotereference':
        this.references.push(`${name.slice(0, -'reference'.length)} ${attributes.get('id') ?? ''}`);
        break;
      case 'footnote':
      case 'endnote':
        if (attributes.has('type') && attributes.get('type') !== 'normal') return this.#skip('separator');
        this.#note = `${name} ${attributes.get('id') ?? ''}`;
        this.#story = newStory();
        break;
      case 'txbxcontent':
        this.#stories.push(this.#story);
        this.#story = newStory();
        break;
      case 'comment':
        this.#left.comments++;
        return this.#skip('comment');
      case 'altchunk':
      case 'subdoc':
        this.#left.objects++;
        break;
      case 'a:graphicdata':
        if (/chart|diagram/i.test(attributes.get('uri') ?? '')) this.#left.objects++;
        break;
      default:
        this.#character(name, attributes);
    }
  }

  text(text: string): void {
    if (this.#skipped) {
      this.#skipped.hasText ||= /[\p{L}\p{N}]/u.test(text);
      return;
    }
    if (this.#equation) this.#equation.text.add(text);
    else if (this.#inText) this.#add(text);
  }

  close(name: string): void {
    if (this.#skipped) {
      if (--this.#skipped.depth === 0) this.#endSkipped();
      return;
    }
    if (this.#equation) {
      if (this.#equation.depth-- > 0) return this.#equation.text.close();
      const written = this.#equation.text.end();
      this.#equation = null;
      this.#add(written);
      return;
    }
    const table = this.#story.tables.at(-1);
    switch (name) {
      case 'mc:alternatecontent':
        this.#alternatives.pop();
        break;
      case 'p':
        this.#closeParagraph();
        break;
      case 'ppr':
        this.#inParagraphProperties = false;
        break;
      case 'rpr':
        this.#inRunProperties = false;
        break;
      case 'r':
        this.#run = null;
        break;
      case 't':
      case 'a:t':
        this.#inText = false;
        break;
      case 'tc':
        this.#closeParagraph();
        table?.closeCell();
        break;
      case 'tr':
        table?.closeRow();
        break;
      case 'tbl':
        this.#closeParagraph();
        this.#story.tables.pop()?.close();
        this.#story.afterList = false;
        break;
      case 'txbxcontent':
        this.#closeBox();
        break;
      case 'footnote':
      case 'endnote':
        if (this.#note !== null) this.notes.set(this.#note, this.end());
        this.#note = null;
        break;
    }
  }

  #skip(why: string): void {
    this.#skipped = { depth: 1, why, hasText: false };
  }

  #endSkipped(): void {
    const { why, hasText } = this.#skipped!;
    this.#skipped = null;
    if (why === 'del' && hasText) this.#left.deleted++;
    if (why === 'rt' && hasText) this.#left.readings++;
  }

  #property(name: string, attributes: Attributes): void {
    const value = attributes.get('val') ?? '';
    // A paragraph's mark has properties too, which its text has not.
    if (name === 'rpr') return;
    if (this.#inRunProperties) {
      if (name === 'vanish' && this.#run) this.#run.isHidden = isOn(attributes);
      if (name === 'rstyle' && this.#run) this.#run.style = value;
      return;
    }
    const paragraph = this.#story.paragraph;
    if (!paragraph) return;
    if (name === 'pstyle') paragraph.style = value;
    if (name === 'outlinelvl') paragraph.outline = Number(value);
    if (name === 'numid') paragraph.isList = value !== '0';
  }

  /** Characters that are written as elements. */
  #character(name: string, attributes: Attributes): void {
    switch (name) {
      case 'tab':
      case 'ptab':
        return this.#tab();
      case 'cr':
      case 'br':
        if (!this.#isHidden && this.#story.fields.at(-1) !== 'instruction') this.#flow.lineBreak();
        return;
      case 'nobreakhyphen':
        return this.#add('\u2011');
      case 'sym':
        return this.#symbol(attributes);
    }
  }

  /** Within a table a tab stands between cells, so that one of the text is a blank there. */
  #tab(): void {
    if (this.#isHidden || this.#story.fields.includes('instruction')) return;
    if (this.#story.tables.length > 0) this.#add(' ');
    else this.#flow.tab();
  }

  #symbol(attributes: Attributes): void {
    const code = parseInt(attributes.get('char') ?? '', 16);
    // Symbols lie in the private area too.
    const found =
      codePoint(attributes.get('font') ?? '', code) ?? codePoint(attributes.get('font') ?? '', code - 0xf000);
    if (found) this.#add(found.string);
    else this.#left.symbols++;
  }

  get #isHidden(): boolean {
    const run = this.#run;
    if (!run) return false;
    if (run.isHidden !== undefined) return run.isHidden;
    return (
      (run.style !== null && this.#styles.of(run.style).isHidden) ||
      this.#styles.of(this.#story.paragraph?.style ?? null).isHidden
    );
  }

  #add(text: string): void {
    if (this.#story.fields.includes('instruction')) return;
    if (this.#isHidden) {
      if (!this.#inHidden && /[\p{L}\p{N}]/u.test(text)) {
        this.#left.hidden++;
        this.#inHidden = true;
      }
      return;
    }
    this.#inHidden = false;
    this.#letters += text.trim().length;
    if (text.trim() !== '') this.#beginParagraph();
    this.#flow.add(text);
  }

  #beginParagraph(): void {
    const paragraph = this.#story.paragraph;
    if (!paragraph || paragraph.begun) return;
    paragraph.begun = true;
    const style = this.#styles.of(paragraph.style);
    const level = paragraph.outline === undefined ? style.heading : levelOfOutline(paragraph.outline);
    const isList = level === 0 && (paragraph.isList ?? style.isList);
    this.#flow.break(isList && this.#story.afterList ? 1 : 2);
    this.#story.afterList = isList;
    paragraph.heading = level;
    if (level > 0) this.#flow.openHeading(Math.min(6, level));
    if (isList) this.#flow.add('- ');
  }

  #closeParagraph(): void {
    const paragraph = this.#story.paragraph;
    this.#story.paragraph = null;
    if (!paragraph) return;
    if (!this.#story.fields.includes('instruction')) this.#story.instructionParagraphs = 0;
    else if (++this.#story.instructionParagraphs > LONGEST_INSTRUCTION) this.#story.fields = [];
    if (paragraph.heading > 0) this.#flow.closeHeading();
    if (paragraph.begun) this.#flow.break(this.#story.afterList ? 1 : 2);
    for (const events of paragraph.boxes) {
      this.#flow.break(2);
      this.#flow.append(events);
      this.#flow.break(2);
    }
  }

  #closeBox(): void {
    const events = this.#endStory();
    const outer = this.#stories.pop();
    if (!outer) return;
    this.#story = outer;
    if (events.length === 0) return;
    if (outer.paragraph) outer.paragraph.boxes.push(events);
    else this.#flow.append(events);
  }

  #endStory(): FlowEvents {
    this.#closeParagraph();
    while (this.#story.tables.length > 0) this.#story.tables.pop()!.close();
    return this.#story.flow.end();
  }

  #field(type: string): void {
    const { fields } = this.#story;
    if (type === 'begin') fields.push('instruction');
    else if (type === 'separate' && fields.length > 0) fields[fields.length - 1] = 'result';
    else if (type === 'end') fields.pop();
  }
}
