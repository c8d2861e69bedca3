import type { Fragment } from './pdf-layout.ts';

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
