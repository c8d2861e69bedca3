import ts from 'typescript';
import type { Rename } from './renames.ts';

/** A translation as it stands in a file of `main/contract/messages/sentences/`. */
interface Entry {
  readonly key: string;
  readonly property: ts.PropertyAssignment;
  readonly translation: ts.StringLiteralLike;
}

/** Above a translation whose English was changed, until somebody has read it: `// Review: it was 'Old English.'` */
const reviewMark = '// Review: the English was ';

function entriesOf(source: ts.SourceFile): Entry[] {
  const entries: Entry[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAssignment(node) &&
      (ts.isStringLiteral(node.name) || ts.isIdentifier(node.name)) &&
      ts.isStringLiteralLike(node.initializer)
    )
      entries.push({ key: node.name.text, property: node, translation: node.initializer });
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return entries;
}

const parse = (text: string): ts.SourceFile => ts.createSourceFile('catalogue.ts', text, ts.ScriptTarget.Latest, true);

/** The translations of a file that have not been read since their English was changed. */
export const toReview = (text: string): number => text.split(reviewMark).length - 1;

/** The sentences that a file translates. */
export const keysOf = (text: string): string[] => entriesOf(parse(text)).map(({ key }) => key);

/**
 * Gives translations their new names and takes out those that are used no more.
 *
 * @param has whether the language has a sentence already: then the old one is taken out instead
 */
export function editCatalogue(
  text: string,
  changes: { readonly renames: readonly Rename[]; readonly removed: ReadonlySet<string> },
  has: (template: string) => boolean,
): string {
  const renames = new Map(changes.renames.map((rename) => [rename.from, rename]));
  const edits: { start: number; end: number; text: string }[] = [];
  for (const { key, property, translation } of entriesOf(parse(text))) {
    const rename = renames.get(key);
    const comma = text[property.end] === ',' ? 1 : 0;
    if (rename && !has(rename.to)) {
      const [name, words] = [JSON.stringify(rename.to), JSON.stringify(renumbered(translation.text, rename.order))];
      const marked = property.getFullText().includes(reviewMark);
      edits.push({
        start: property.getStart(),
        end: property.end,
        text: `${marked ? '' : `${reviewMark}${JSON.stringify(key)}\n`}${name}: ${words}`,
      });
    } else if (rename || changes.removed.has(key))
      edits.push({ start: property.getFullStart(), end: property.end + comma, text: '' });
  }
  for (const { start, end, text: by } of edits.reverse()) text = text.slice(0, start) + by + text.slice(end);
  return text;
}

/** A translation with its values by their new numbers. */
const renumbered = (translation: string, order: readonly number[] | null): string =>
  order === null
    ? translation
    : translation.replaceAll(/(?<=\{)\d+(?=[}|])/g, (number) => String(order[Number(number)] ?? number));
