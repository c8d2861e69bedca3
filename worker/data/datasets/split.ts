/** Which text is kept for validation. */
export interface SplitPlan {
  /** 1 for each document that is validation as a whole. */
  validation: Uint8Array;
  /** A document whose text from byte `at` on is validation. */
  cut: { document: number; at: number } | null;
}

interface Documents {
  readonly documents: number;
  readonly bytes: number;
  lengthOf(document: number): number;
  hashOf(document: number): number;
}

/** How far whole documents may miss the share that was requested, if there are enough to choose from. */
const TOLERANCE = 0.05;
/** The least part of the share that whole documents must give; else a document is cut. */
const LEAST_PART = 0.75;

/**
 * Divides by whole documents, taken in the order of their texts' hashes while they fit: the same texts are divided alike
 * whatever their order or number of files. Where whole documents cannot give the share (one book, a few novels), the end
 * of one document makes up the rest; of a single document of n bytes, what follows byte floor(n · (1 − share)).
 */
export function planSplit(texts: Documents, share: number): SplitPlan {
  const plan: SplitPlan = { validation: new Uint8Array(texts.documents), cut: null };
  const target = texts.bytes - Math.floor(texts.bytes * (1 - share));
  if (share <= 0 || target === 0) return plan;
  const order = byHash(texts);
  let taken = 0;
  for (const document of order) {
    if (taken >= target * (1 - TOLERANCE)) return plan;
    const length = texts.lengthOf(document);
    if (taken + length > target * (1 + TOLERANCE)) continue;
    plan.validation[document] = 1;
    taken += length;
  }
  if (taken >= target * LEAST_PART) return plan;
  const document = order.find((candidate) => plan.validation[candidate] === 0);
  if (document === undefined) return plan;
  const at = texts.lengthOf(document) - (target - taken);
  // At least one byte stays for training.
  plan.cut = { document, at: Math.max(1, at) };
  return plan;
}

/** The documents ordered by hash; of equal hashes the first comes first. */
function byHash(texts: Documents): Uint32Array {
  const keys = new BigUint64Array(texts.documents);
  const halves = new Uint32Array(keys.buffer);
  for (let document = 0; document < texts.documents; document++) {
    halves[2 * document] = document;
    halves[2 * document + 1] = texts.hashOf(document);
  }
  keys.sort();
  return Uint32Array.from({ length: texts.documents }, (_, index) => halves[2 * index]);
}
