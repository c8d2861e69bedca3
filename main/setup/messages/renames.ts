import { analyseTemplate, resolveParts } from '../../contract/messages/template.ts';

/** A sentence that stands in the catalogues or in the sources, and where it stood or stands as far as that is known. */
export interface Known {
  readonly template: string;
  readonly files: readonly string[];
  /** The expressions of its values; null where they are not known. */
  readonly values: readonly string[] | null;
}

/** A sentence whose English was changed. */
export interface Rename {
  readonly from: string;
  readonly to: string;
  /** The new number of each value, where the new English has them in another order. */
  readonly order: readonly number[] | null;
}

/** Sentences of which a person must say whether one became the other. */
export interface Doubt {
  readonly from: string;
  readonly candidates: readonly string[];
  readonly why: string;
}

/** From here on a sentence is taken for another's new wording, wherever it stands. */
const alike = 0.6;
/** The same within one file, where the old wording left as the new one came. */
const alikeInFile = 0.35;
/** How much better than the next best it must fit. */
const margin = 0.12;

/**
 * Finds out which sentences are new wordings of which. It never guesses: where two are about as likely, where one
 * sentence may have become two, or where it is open which value is which, a person is asked.
 *
 * @param gone in the catalogues, but told no more
 * @param fresh told, but not in the catalogues
 */
export function findRenames(gone: readonly Known[], fresh: readonly Known[]): { renames: Rename[]; doubts: Doubt[] } {
  const scores = gone.map((old) => fresh.map((now) => scoreOf(old, now)));
  const renames: Rename[] = [];
  const doubts: Doubt[] = [];
  gone.forEach((old, row) => {
    const ranked = ranking(scores[row]);
    const [best] = ranked;
    if (best === undefined) return;
    const now = fresh[best];
    const doubt = (why: string, candidates: readonly string[] = [now.template]): void => {
      doubts.push({ from: old.template, candidates, why });
    };
    const rivals = ranked.filter((column) => scores[row][best] - scores[row][column] < margin);
    const claims = ranking(scores.map((line) => line[best]));
    const closest = claims.filter((one) => scores[claims[0]][best] - scores[one][best] < margin);
    if (rivals.length > 1) {
      doubt(
        'several new sentences are similarly close',
        rivals.map((column) => fresh[column].template),
      );
    } else if (!closest.includes(row)) return;
    else if (closest.length > 1) doubt('several old sentences are similarly close to it');
    else if (sentencesOf(old.template) !== sentencesOf(now.template)) doubt('it may have been divided or joined');
    else if (shown(old.template) !== shown(now.template)) doubt('its values differ, so it must be translated again');
    else {
      const order = orderOf(old, now);
      if (order === null) doubt('the order of its values is ambiguous');
      else {
        const moved = order.some((to, index) => to !== index);
        renames.push({ from: old.template, to: now.template, order: moved ? order : null });
      }
    }
  });
  return { renames, doubts };
}

/** Indexes of what is alike at all, the most alike first. */
const ranking = (scores: readonly number[]): number[] =>
  scores
    .map((score, index) => ({ score, index }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ index }) => index);

/** How likely a sentence is another's new wording; 0 if it is not taken for it. */
function scoreOf(old: Known, now: Known): number {
  // Only a plural or a context came into it.
  if (manyOf(old.template) === manyOf(now.template)) return 2;
  const sameFile = old.files.some((file) => now.files.includes(file));
  const [before, after] = [tokensOf(old.template), tokensOf(now.template)];
  // Of one or two words nearly every change is another meaning.
  if (!sameFile && Math.min(before.length, after.length) < 3) return 0;
  const letters = letterShare(manyOf(old.template), manyOf(now.template));
  const similarity = (commonShare(before, after) + letters) / 2;
  if (similarity < (sameFile ? alikeInFile : alike)) return 0;
  return similarity + (sameFile ? 0.1 : 0);
}

/** A sentence as it is said of many, without its context: so it was most often before it had a plural. */
const manyOf = (template: string): string =>
  resolveParts(template, () => undefined, 'en')
    .map((part) => (typeof part === 'string' ? part : `{${part.name}}`))
    .join('');

/** Words and values, in lower case: `{0}` is one. */
const tokensOf = (template: string): string[] =>
  manyOf(template)
    .toLowerCase()
    .match(/\{\w+\}|[\p{L}\p{N}_'-]+/gu) ?? [];

/** The share of words that two sentences have in common, in the same order. */
function commonShare(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 0;
  let above = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const row = [0];
    b.forEach((other, index) => row.push(word === other ? above[index] + 1 : Math.max(above[index + 1], row[index])));
    above = row;
  }
  return (2 * above[b.length]) / (a.length + b.length);
}

/** The share of pairs of letters that two texts have in common, in any order. */
function letterShare(a: string, b: string): number {
  const pairsOf = (text: string) =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));
  const pairs = pairsOf(a.toLowerCase());
  const others = pairsOf(b.toLowerCase());
  const left = new Map<string, number>();
  for (const pair of pairs) left.set(pair, (left.get(pair) ?? 0) + 1);
  let common = 0;
  for (const pair of others) {
    const count = left.get(pair) ?? 0;
    if (count === 0) continue;
    left.set(pair, count - 1);
    common++;
  }
  return pairs.length + others.length === 0 ? 0 : (2 * common) / (pairs.length + others.length);
}

/** How many sentences a text has, as far as its signs tell. */
const sentencesOf = (template: string): number => template.split(/[.!?]\s+(?=[\p{Lu}{'"])/u).length;

const shown = (template: string): string => analyseTemplate(template).values.join();

/** Where each old value stands in the new sentence; null where that cannot be said. */
function orderOf(old: Known, now: Known): readonly number[] | null {
  const count = Math.max(0, ...[old, now].map(({ template }) => highestValue(template) + 1));
  const asIs = Array.from({ length: count }, (_, index) => index);
  if (count < 2) return asIs;
  if (old.values?.length === count && now.values?.length === count) {
    if (old.values.every((value, index) => value === now.values![index])) return asIs;
    const order = old.values.map((value) => now.values!.indexOf(value));
    const certain = !order.includes(-1) && new Set(order).size === count && new Set(old.values).size === count;
    // Expressions that were rewritten as well: the words around the values must tell.
    if (certain) return order;
  }
  return asIs.every((index) => staysIn(old.template, now.template, index, asIs)) ? asIs : null;
}

const highestValue = (template: string): number =>
  Math.max(-1, ...(template.match(/(?<=\{)\d+(?=[}|])/g) ?? []).map(Number));

/** Whether the words beside a value are nearest to those beside the value of the same number. */
function staysIn(before: string, after: string, index: number, all: readonly number[]): boolean {
  const score = (other: number): number => {
    const [a, b] = [besides(before, index), besides(after, other)];
    return a.filter((word, side) => word !== undefined && word === b[side]).length;
  };
  const own = score(index);
  return own > 0 && all.every((other) => other === index || score(other) < own);
}

function besides(template: string, index: number): (string | undefined)[] {
  const tokens = ['', ...tokensOf(template), ''];
  const at = tokens.indexOf(`{${index}}`);
  return at === -1 ? [] : [tokens[at - 1], tokens[at + 1]];
}
