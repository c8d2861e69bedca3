import type { PDFPageProxy } from 'pdfjs-dist';
import type { PageItem } from './pdf-layout.ts';

type FontItem = PageItem & { readonly fontName: string };

/** What of a page's text is in fonts whose letters the file does not name. */
export class FontCheck {
  readonly #unknown = new Map<string, boolean>();

  /** The items whose letters are known, and how many characters the others have. */
  async readable(page: PDFPageProxy, items: readonly FontItem[]): Promise<{ known: FontItem[]; unknown: number }> {
    const texts = new Map<string, string>();
    for (const { fontName, str } of items) texts.set(fontName, (texts.get(fontName) ?? '') + str);
    const suspicious = [...texts].filter(([name, text]) => !this.#unknown.has(name) && isOdd(text));
    if (suspicious.length > 0) {
      // The description of a font comes with what is drawn.
      await page.getOperatorList();
      for (const [name, text] of suspicious) this.#unknown.set(name, isStrange(text) || hasNoLetters(page, name));
    }
    const isKnown = ({ fontName, str }: FontItem) => this.#unknown.get(fontName) !== true && !isPrivate(str);
    const count = items.reduce((sum, item) => sum + (isKnown(item) ? 0 : item.str.trim().length), 0);
    return { known: items.filter(isKnown), unknown: count };
  }
}

/** Whether a text might be numbers of glyphs taken for letters: most of it no small letters, nor any script without. */
function isOdd(text: string): boolean {
  const letters = text.match(/[\p{Ll}\p{Lo}]/gu)?.length ?? 0;
  const strange = text.match(/[\p{Cc}\p{Co}\p{Cn}]/gu)?.length ?? 0;
  return strange > 0 || 2 * letters < text.replaceAll(' ', '').length || scriptsIn(text) > 2;
}

const scripts = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Hebrew',
  'Arabic',
  'Devanagari',
  'Thai',
  'Hangul',
  'Han',
].map((name) => new RegExp(`\\p{Script=${name}}`, 'u'));
const scriptsIn = (text: string): number => scripts.filter((script) => script.test(text)).length;

/** Whether most of a text is in an area that every font uses as it likes. */
const isPrivate = (text: string): boolean =>
  2 * (text.match(/[\p{Co}\p{Cn}\ufffd]/gu)?.length ?? 0) > text.replaceAll(' ', '').length;

/** Whether the letters of a font are but the numbers of its glyphs: it has no table, nor names that tell them. */
function hasNoLetters(page: PDFPageProxy, name: string): boolean {
  if (!page.commonObjs.has(name)) return false;
  const font = page.commonObjs.get(name) as { composite?: boolean; toUnicode?: object | null } | null;
  const table = font?.toUnicode;
  return font?.composite === true && typeof table === 'object' && table !== null && !('_map' in table);
}

/** Whether a good part of a text are not characters at all. */
const isStrange = (text: string): boolean =>
  5 * (text.match(/[\p{Cc}\p{Co}\p{Cn}\ufffd]/gu)?.length ?? 0) > text.replaceAll(' ', '').length;
