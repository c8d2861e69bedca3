/** How a passage stands to a question: by words that they share, and by how much a model expects the question after it. */
export interface RankedItem {
  readonly score: number;
  readonly lexical: number;
  readonly gain: number;
}

/** Nats per token below which a model has not told passages apart. */
const leastGain = 0.05;

/**
 * Passages in the order that a model gives them; where the best of them hardly makes the question likelier, the model
 * knows nothing of it, and the order is that of shared words.
 */
export function rankPassages<Passage extends RankedItem>(
  passages: readonly Passage[],
): { helped: boolean; passages: (Passage & { share: number })[] } {
  const helped = passages.some(({ gain }) => gain >= leastGain);
  if (helped) return { helped, passages: passages.map((passage) => ({ ...passage, share: passage.score })) };
  const most = Math.max(1e-9, ...passages.map(({ lexical }) => lexical));
  const sorted = [...passages].sort((a, b) => b.lexical - a.lexical);
  return { helped, passages: sorted.map((passage) => ({ ...passage, share: passage.lexical / most })) };
}
