import type { WordHandler } from './word-xml.ts';

/** What a style says that matters to a text; undefined: what the style it is based on says. */
interface Style {
  name: string;
  basedOn: string | undefined;
  outline: number | undefined;
  isList: boolean | undefined;
  isHidden: boolean | undefined;
}

export interface StyleOf {
  /** 1 for the outermost headings; 0: none. */
  heading: number;
  isList: boolean;
  isHidden: boolean;
}

/** Whether a property that stands alone, or with a value, is on. */
export const isOn = (attributes: ReadonlyMap<string, string>): boolean =>
  !/^(?:0|false|off)$/i.test(attributes.get('val') ?? '');

/** The styles of a Word document: what hides text, makes headings and lists. */
export class Styles implements WordHandler {
  readonly #styles = new Map<string, Style>();
  #style: Style | null = null;

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    const value = attributes.get('val') ?? '';
    if (name === 'style') {
      this.#style = { name: '', basedOn: undefined, outline: undefined, isList: undefined, isHidden: undefined };
      this.#styles.set(attributes.get('styleid') ?? '', this.#style);
    }
    if (!this.#style) return;
    if (name === 'name') this.#style.name = value;
    if (name === 'basedon') this.#style.basedOn = value;
    if (name === 'outlinelvl') this.#style.outline = Number(value);
    if (name === 'numid') this.#style.isList = value !== '0';
    if (name === 'vanish') this.#style.isHidden = isOn(attributes);
  }

  text(): void {
    // Styles have none.
  }

  close(name: string): void {
    if (name === 'style') this.#style = null;
  }

  of(id: string | null): StyleOf {
    const found: StyleOf = { heading: 0, isList: false, isHidden: false };
    let [outline, isList, isHidden]: [number | undefined, boolean | undefined, boolean | undefined] = [
      undefined,
      undefined,
      undefined,
    ];
    let next = id;
    for (let steps = 0; next !== null && steps < 20; steps++) {
      const style = this.#styles.get(next);
      if (!style) break;
      if (found.heading === 0) found.heading = levelOf(style.name);
      outline ??= style.outline;
      isList ??= style.isList;
      isHidden ??= style.isHidden;
      next = style.basedOn ?? null;
    }
    if (found.heading === 0) found.heading = levelOfOutline(outline);
    return { ...found, isList: isList ?? false, isHidden: isHidden ?? false };
  }
}

/** The level of a heading by its style's name, which is English in every language of Word. */
function levelOf(name: string): number {
  if (/^title$/i.test(name)) return 1;
  if (/^subtitle$/i.test(name)) return 2;
  const heading = /^heading ([1-9])$/i.exec(name);
  return heading ? Number(heading[1]) : 0;
}

/** 0 to 8 are levels, 9 is text. */
export const levelOfOutline = (outline: number | undefined): number =>
  outline !== undefined && outline >= 0 && outline < 9 ? outline + 1 : 0;
