// ROUGE (Lin 2004) by the definitions of Google's rouge-score without stemming, which most papers report today.

/** Lower case, runs of a to z and digits. @param {string} text */
export function rougeTokens(text) {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .split(' ')
    .filter((token) => token !== '');
}

/** @param {number} common @param {number} expected @param {number} found */
function f1(common, expected, found) {
  if (common === 0) return 0;
  const [recall, precision] = [common / expected, common / found];
  return (2 * precision * recall) / (precision + recall);
}

/** How often each run of n tokens occurs. @param {string[]} tokens @param {number} n */
function counted(tokens, n) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (let i = 0; i + n <= tokens.length; i++) {
    const gram = tokens.slice(i, i + n).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/**
 * F1 of the runs of n tokens that two texts share, each counted as often as both have it.
 *
 * @param {string} reference @param {string} candidate @param {number} n
 */
export function rougeN(reference, candidate, n) {
  const [expected, found] = [reference, candidate].map((text) => counted(rougeTokens(text), n));
  let common = 0;
  for (const [gram, count] of expected) common += Math.min(count, found.get(gram) ?? 0);
  const total = (/** @type {Map<string, number>} */ counts) => [...counts.values()].reduce((sum, one) => sum + one, 0);
  return f1(common, total(expected), total(found));
}

/** F1 of the longest common subsequence of two texts as wholes. @param {string} reference @param {string} candidate */
export function rougeL(reference, candidate) {
  const [expected, found] = [reference, candidate].map(rougeTokens);
  let row = new Int32Array(found.length + 1);
  for (const token of expected) {
    const next = new Int32Array(row.length);
    for (let j = 1; j < row.length; j++)
      next[j] = token === found[j - 1] ? row[j - 1] + 1 : Math.max(row[j], next[j - 1]);
    row = next;
  }
  return f1(row[found.length], expected.length, found.length);
}

/** @param {string} reference @param {string} candidate */
export const rouge = (reference, candidate) => ({
  rouge1: rougeN(reference, candidate, 1),
  rouge2: rougeN(reference, candidate, 2),
  rougeL: rougeL(reference, candidate),
});
