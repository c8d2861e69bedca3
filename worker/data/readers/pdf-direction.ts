import type { Fragment, PageLine } from './pdf-layout.ts';

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/gu;
const leftToRight = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/gu;
const weight = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0;

/** Whether most letters of a text are written from right to left. */
export const isRightToLeft = (text: string): boolean => {
  const right = weight(text, rightToLeft);
  return right > 0 && right >= weight(text, leftToRight);
};

/** A fragment, and how far it is from the one that is read before it. */
interface Placed {
  readonly fragment: Fragment;
  readonly gap: number;
}

/**
 * Fragments from left to right in the order in which they are read: a line of Hebrew or Arabic from the right, with
 * numbers and Latin words between in their own order.
 */
export function logicalOrder(fragments: readonly Fragment[]): Placed[] {
  const gapBetween = (one: Fragment, other: Fragment) => Math.max(one.x, other.x) - Math.min(one.end, other.end);
  let ordered = [...fragments];
  if (isRightToLeft(fragments.map(({ text }) => text).join(' '))) {
    ordered.reverse();
    const isLeft = ({ text }: Fragment) => weight(text, rightToLeft) === 0 && /[\p{L}\p{N}]/u.test(text);
    const runs: Fragment[][] = [];
    for (const fragment of ordered) {
      const last = runs.at(-1);
      if (last && isLeft(fragment) && isLeft(last[0])) last.unshift(fragment);
      else runs.push([fragment]);
    }
    ordered = runs.flat();
  }
  return ordered.map((fragment, index) => ({
    fragment,
    gap: index === 0 ? 0 : gapBetween(ordered[index - 1], fragment),
  }));
}

/** Letters as they are written, for the forms that a font joins them in: a page has those that it draws. */
export const withoutForms = (text: string): string =>
  text.replaceAll(/[\ufb1d-\ufb4f\ufb50-\ufd3d\ufd50-\ufdfc\ufe70-\ufefc]+/gu, (forms) => forms.normalize('NFKC'));

const turned: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>', '«': '»', '‹': '›' };
const other = new Map(
  Object.entries(turned).flatMap(([open, close]) => [
    [open, close],
    [close, open],
  ]),
);
const inOrder = /[([{«‹][^()[\]{}«»‹›]*[)\]}»›]/gu;
const outOfOrder = /[)\]}»›][^()[\]{}«»‹›]*[([{«‹]/gu;

/**
 * Lines from right to left with the brackets of the text. Some programs name the sign that is drawn, which is the other
 * one; a page of them has more that close before they open.
 */
export function withBracketsTurned(lines: readonly PageLine[]): PageLine[] {
  const isTurned = lines.map(({ text }) => isRightToLeft(text));
  const count = (pairs: RegExp) =>
    lines.reduce((sum, { text }, index) => sum + (isTurned[index] ? (text.match(pairs)?.length ?? 0) : 0), 0);
  if (count(outOfOrder) <= count(inOrder)) return [...lines];
  return lines.map((line, index) =>
    isTurned[index]
      ? { ...line, text: line.text.replaceAll(/[()[\]{}<>«»‹›]/gu, (sign) => other.get(sign) ?? sign) }
      : line,
  );
}
