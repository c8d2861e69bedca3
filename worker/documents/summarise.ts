import type { DocumentPlace } from '../../main/contract/documents.ts';
import { longStep } from '../process/long-step.ts';
import { scaledToOne, wordsOf } from '../../main/contract/logic/reading/lexical.ts';
import type { ConditionalText } from './likelihood.ts';
import { sentencesOf, type LongText, type Segment } from '../../main/contract/logic/reading/segments.ts';
import { isRunningText, speaksOfItsText } from './sentences.ts';

/** A sentence that was chosen. */
export interface SelectedPassage extends Segment {
  readonly section: string | null;
  readonly score: number;
  /** How much it lowers the loss of the rest, nats per token. */
  readonly gain: number;
}

/** Pairs of a sentence and a stretch of the rest that a summary may cost: what words and position put far behind is not tried. */
const pairBudget = 300;
/** Stretches of the rest that a sentence is tried on. */
const probeCount = 5;
const probeCharacters = 280;

/** This many sections are summarised each by itself; of more, neighbours are joined. */
const mostSections = 400;
/** Sentences of a section that are weighed by their words. */
const mostSentences = 5000;
/** Of a section longer than all of them together this many stretches are looked at. */
const stretchCount = 64;
const stretchCharacters = 1 << 16;

interface Section extends Segment {
  readonly label: string | null;
  readonly quota: number;
}

/**
 * Weights of what makes a sentence matter; all parts are scaled to 0 … 1. Chosen on documents that no reported figure is
 * measured on: docs/quality.md.
 */
const weights = { gain: 0.25, central: 1, position: 2, cue: 0.5 } as const;
/** The weight of the position halves after this many sentences of a section, or after a share of a short one. */
const [positionHalf, positionShare] = [20, 0.25];
const redundancy = 0.5;

const positionOf = (index: number, half: number = positionHalf): number => 1 / (1 + index / half);
/** With a model its gains decide in short sections too, so that the position counts as in long ones. */
const halfOf = (count: number, withModel: boolean): number =>
  withModel ? positionHalf : Math.max(1, Math.min(positionHalf, positionShare * count));

/**
 * An extractive summary: for each section the sentences that matter most, by how much they lower the model's loss of
 * other parts of the section, by how much of its words they share, by their position, and by whether they speak of the
 * document itself; a sentence that says what a
 * chosen one has said counts less (maximal marginal relevance).
 *
 * @param losses of texts after others, as `continuationLosses`; null: words and positions alone decide
 * @param by section: `count` sentences of every section, rather than of the whole
 * @param check called often; throws where the work is to end
 * @returns as many sentences as requested, or all there are, in the order of the document
 */
export async function summarise(
  text: LongText,
  places: readonly DocumentPlace[],
  count: number,
  losses: ((pairs: readonly ConditionalText[]) => Promise<number[]>) | null,
  { by = 'whole', check = () => undefined }: { by?: 'whole' | 'section'; check?: () => void } = {},
): Promise<SelectedPassage[]> {
  const sections = by === 'whole' ? sectionsOf(text, places, count) : everySection(text, places, count);
  const each = Math.max(6, Math.floor(pairBudget / probeCount / sections.length));
  const prepared = sections.map((section) =>
    longStep(() => prepare(text, section, Math.max(each, 3 * section.quota), losses !== null, check)),
  );
  const pairs = prepared.flatMap(({ pairs }) => pairs);
  const values = losses ? await losses(pairs) : pairs.map(() => NaN);
  const chosen: SelectedPassage[] = [];
  let at = 0;
  for (const [index, section] of sections.entries()) {
    const { candidates, probes, prior } = prepared[index];
    const own = values.slice(at, (at += prepared[index].pairs.length));
    const gains = gainsOf(candidates, probes, own);
    const gain = scaledToOne(gains);
    const scores = prior.map((score, candidate) => score + weights.gain * gain[candidate]);
    for (const candidate of distinct(text, candidates, scores, section.quota, check))
      chosen.push({
        ...candidates[candidate],
        section: section.label,
        score: scores[candidate],
        gain: Number.isFinite(gains[candidate]) ? gains[candidate] : 0,
      });
  }
  return chosen.sort((a, b) => a.start - b.start);
}

const labelled =
  (marks: readonly DocumentPlace[], quota: (index: number) => number) =>
  ({ start, end }: Segment, index: number): Section => ({
    start,
    end,
    label: marks.findLast(({ offset }) => offset <= start)?.label ?? null,
    quota: quota(index),
  });

/** At most as many sections as sentences, neighbours joined if there are too many. */
function sectionsOf(text: LongText, places: readonly DocumentPlace[], count: number): Section[] {
  const { parts, marks } = summaryParts(text, places);
  // Short documents are summarised as one.
  const most = Math.min(count, Math.max(1, Math.floor(text.length / 20_000)));
  const groups = joined(parts, most);
  const quotas = shares(
    groups.map(({ start, end }) => end - start),
    count,
  );
  return groups.map(labelled(marks, (index) => quotas[index]));
}

/** Every section, with this many sentences each. */
function everySection(text: LongText, places: readonly DocumentPlace[], count: number): Section[] {
  const { parts, marks } = summaryParts(text, places);
  return joined(parts, mostSections).map(labelled(marks, () => count));
}

/** What a document consists of: chapters, else headings, else all of it as one. */
export function summaryParts(
  text: LongText,
  places: readonly DocumentPlace[],
): { parts: Segment[]; marks: DocumentPlace[] } {
  const chapters = places.filter(({ kind }) => kind === 'chapter');
  const marks = chapters.length > 1 ? chapters : places.filter(({ kind }) => kind === 'heading');
  const starts = [...new Set(marks.map(({ offset }) => offset))].sort((a, b) => a - b);
  const bounds = starts[0] === 0 ? starts : [0, ...starts];
  const all = bounds.map((start, index) => ({ start, end: bounds[index + 1] ?? text.length }));
  const parts = all.filter(({ start, end }) => end - start > 200);
  return { parts: parts.length > 0 ? parts : [{ start: 0, end: text.length }], marks };
}

/** Neighbours joined to at most this many parts of like length. */
function joined(parts: readonly Segment[], most: number): Segment[] {
  if (parts.length <= most) return [...parts];
  const total = parts.reduce((sum, { start, end }) => sum + end - start, 0);
  const groups: { start: number; end: number }[] = [];
  let before = 0;
  for (const { start, end } of parts) {
    const group = Math.min(most - 1, Math.floor((before / total) * most));
    if (groups.length <= group) groups.push({ start, end });
    else groups[groups.length - 1].end = end;
    before += end - start;
  }
  return groups;
}

/** A number divided by weights into whole parts, at least one each where it suffices: the largest remainders win. */
function shares(sizes: readonly number[], count: number): number[] {
  const spare = count - sizes.length;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (spare * size) / total);
  const parts = exact.map((share) => 1 + Math.floor(share));
  const rest = exact.map((share, index) => ({ index, part: share - Math.floor(share) }));
  rest.sort((a, b) => b.part - a.part || a.index - b.index);
  for (let left = count - parts.reduce((sum, part) => sum + part, 0); left > 0; left--)
    parts[rest[(count - left) % rest.length].index]++;
  return parts;
}

interface Prepared {
  readonly candidates: Segment[];
  readonly probes: Segment[];
  /** What each candidate's words and position say of it. */
  readonly prior: number[];
  readonly pairs: ConditionalText[];
}

function prepare(text: LongText, section: Section, most: number, withModel: boolean, check: () => void): Prepared {
  const sentences = spread(sentencesIn(text, section, check));
  const whole = sentences.filter((sentence) => isRunningText(text, sentence));
  const usable = whole.length >= section.quota ? whole : sentences;
  check();
  const half = halfOf(usable.length, withModel);
  const centrality = scaledToOne(centralityOf(text, usable, half));
  const slice = ({ start, end }: Segment) => text.slice(start, end).replaceAll(/\s+/g, ' ');
  const best = usable
    .map((segment, index) => ({
      segment,
      index,
      prior:
        weights.central * centrality[index] +
        weights.position * positionOf(index, half) +
        (speaksOfItsText(slice(segment)) ? weights.cue : 0),
    }))
    .sort((a, b) => b.prior - a.prior || a.index - b.index)
    .slice(0, most)
    .sort((a, b) => a.index - b.index);
  const candidates = best.map(({ segment }) => segment);
  const probes = probesOf(sentences);
  const pairs = [
    ...probes.map((probe) => ({ before: '', text: slice(probe) })),
    ...candidates.flatMap((one) => probes.map((probe) => ({ before: `${slice(one)}\n`, text: slice(probe) }))),
  ];
  return { candidates, probes, prior: best.map(({ prior }) => prior), pairs };
}

/** The sentences of a section; of a very long one those of stretches spread evenly, from its beginning to its end. */
function sentencesIn(text: LongText, { start, end }: Segment, check: () => void): Segment[] {
  if (end - start <= stretchCount * stretchCharacters) return sentencesOf(text, start, end, check);
  const step = (end - start - stretchCharacters) / (stretchCount - 1);
  return Array.from({ length: stretchCount }, (_, index) => {
    const from = start + Math.round(index * step);
    const found = sentencesOf(text, from, from + stretchCharacters, check);
    // Where a stretch was cut its first and last sentence may be parts.
    return found.slice(index === 0 ? 0 : 1, index === stretchCount - 1 ? undefined : -1);
  }).flat();
}

/** Of very many sentences some, spread evenly. */
function spread(sentences: Segment[]): Segment[] {
  if (sentences.length <= mostSentences) return sentences;
  const step = sentences.length / mostSentences;
  return Array.from({ length: mostSentences }, (_, index) => sentences[Math.floor(index * step)]);
}

/** Stretches of a section, spread evenly. */
function probesOf(sentences: readonly Segment[]): Segment[] {
  const count = Math.min(probeCount, sentences.length);
  return Array.from({ length: count }, (_, index) => {
    const first = Math.floor(((index + 0.5) * sentences.length) / count);
    const { start } = sentences[first];
    let end = sentences[first].end;
    for (let next = first + 1; next < sentences.length && sentences[next].end - start <= probeCharacters; next++)
      end = sentences[next].end;
    return { start, end: Math.min(end, start + probeCharacters) };
  });
}

/** Mean over the probes that do not hold the sentence of how much it lowers their loss. */
function gainsOf(candidates: readonly Segment[], probes: readonly Segment[], losses: readonly number[]): number[] {
  return candidates.map((candidate, index) => {
    const gains = probes.flatMap((probe, which) => {
      if (probe.start < candidate.end && candidate.start < probe.end) return [];
      const gain = losses[which] - losses[probes.length * (index + 1) + which];
      return Number.isFinite(gain) ? [gain] : [];
    });
    return gains.length === 0 ? NaN : gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  });
}

type Vector = Map<string, number>;

/** Vectors are compared many times, and do not change once they are. */
const norms = new WeakMap<Vector, number>();

function normOf(vector: Vector): number {
  const known = norms.get(vector);
  if (known !== undefined) return known;
  let sum = 0;
  for (const value of vector.values()) sum += value * value;
  norms.set(vector, Math.sqrt(sum));
  return Math.sqrt(sum);
}

function cosine(a: Vector, b: Vector): number {
  let dot = 0;
  for (const [word, weight] of a) dot += weight * (b.get(word) ?? 0);
  return dot === 0 ? 0 : dot / (normOf(a) * normOf(b));
}

/** Words weighted by how rare they are among the sentences. */
function vectorsOf(text: LongText, sentences: readonly Segment[]): Vector[] {
  const words = sentences.map(({ start, end }) => wordsOf(text.slice(start, end)));
  const frequency = new Map<string, number>();
  for (const list of words) for (const word of new Set(list)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  return words.map((list) => {
    const vector: Vector = new Map();
    for (const word of list) {
      const rarity = Math.log((1 + sentences.length) / (1 + frequency.get(word)!));
      vector.set(word, (vector.get(word) ?? 0) + rarity);
    }
    return vector;
  });
}

/** Likeness of each sentence to all of them together, the first of which say more of what the whole is about. */
function centralityOf(text: LongText, sentences: readonly Segment[], half: number): number[] {
  const vectors = vectorsOf(text, sentences);
  const centroid: Vector = new Map();
  for (const [index, vector] of vectors.entries()) {
    const share = 1 + positionOf(index, half);
    for (const [word, weight] of vector) centroid.set(word, (centroid.get(word) ?? 0) + share * weight);
  }
  return vectors.map((vector) => cosine(vector, centroid));
}

/** The best candidates of which none says what another has said. */
function distinct(
  text: LongText,
  candidates: readonly Segment[],
  scores: readonly number[],
  count: number,
  check: () => void,
): number[] {
  const vectors = vectorsOf(text, candidates);
  const left = new Set(candidates.keys());
  const chosen: number[] = [];
  /** How like each is to the chosen one that is most like it. */
  const alike = new Float64Array(candidates.length);
  const scale = Math.max(1e-9, ...scores);
  while (chosen.length < count && left.size > 0) {
    let best = -1;
    let highest = -Infinity;
    check();
    for (const candidate of left) {
      const value = scores[candidate] / scale - redundancy * alike[candidate];
      if (value > highest) [best, highest] = [candidate, value];
    }
    chosen.push(best);
    left.delete(best);
    for (const candidate of left)
      alike[candidate] = Math.max(alike[candidate], cosine(vectors[best], vectors[candidate]));
  }
  return chosen;
}
