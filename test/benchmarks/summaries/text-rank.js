// TextRank for sentences: Mihalcea and Tarau, 'TextRank: Bringing Order into Texts', EMNLP 2004, section 4.

/** Words that carry no subject, left out of the likeness of sentences as the paper's lexical filter does. */
const stopWords = new Set(
  (
    'a about above after again against all also am an and any are as at be because been before being below between both ' +
    'but by can cannot could did do does doing down during each either few for from further had has have having he her ' +
    'here hers him his how however i if in into is it its itself just may me might more most must my no nor not now of ' +
    'off on once only or other our ours out over own same shall she should so some such than that the their theirs them ' +
    'then there these they this those through thus to too under until up upon very was we were what when where whether ' +
    'which while who whom why will with within without would you your yours'
  ).split(' '),
);

/** @param {string} sentence */
const wordsOf = (sentence) =>
  (sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((one) => !stopWords.has(one));

/**
 * The rank of each sentence: the weighted PageRank of the graph whose edges are the words that two sentences share, over
 * the sum of the logarithms of their lengths.
 *
 * @param {readonly string[]} sentences
 * @param {{ damping?: number, tolerance?: number }} [settings]
 */
export function textRank(sentences, { damping = 0.85, tolerance = 1e-4 } = {}) {
  const words = sentences.map((sentence) => new Set(wordsOf(sentence)));
  const count = sentences.length;
  const weights = words.map(() => new Float64Array(count));
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++) {
      const scale = Math.log(words[i].size) + Math.log(words[j].size);
      if (!(scale > 0)) continue;
      let shared = 0;
      for (const word of words[i]) if (words[j].has(word)) shared++;
      weights[i][j] = weights[j][i] = shared / scale;
    }
  const totals = weights.map((row) => row.reduce((sum, one) => sum + one, 0));
  let ranks = new Float64Array(count).fill(1);
  for (let round = 0; round < 200; round++) {
    const next = new Float64Array(count).fill(1 - damping);
    for (let j = 0; j < count; j++) {
      if (totals[j] === 0) continue;
      const share = (damping * ranks[j]) / totals[j];
      for (let i = 0; i < count; i++) next[i] += share * weights[j][i];
    }
    const moved = next.reduce((most, one, index) => Math.max(most, Math.abs(one - ranks[index])), 0);
    ranks = next;
    if (moved < tolerance) break;
  }
  return ranks;
}
