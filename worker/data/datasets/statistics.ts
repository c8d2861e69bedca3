import type { DatasetRecord } from '../../../main/contract/datasets.ts';
import { tokenLabel } from '../../../main/library/tokenizers/shown-tokens.ts';
import type { Tokenizer } from '../../../main/library/tokenizers/tokenizer.ts';

const FREQUENT = 50;
type Statistics = DatasetRecord['statistics'];

/** Gathers what is reported about a data set while it is tokenized. */
export class StatisticsGatherer {
  /** How often each id occurs: at even places, and at odd ones, which keeps equal neighbours from waiting for each other. */
  private readonly even: Float64Array;
  private readonly odd: Float64Array;
  private tokens = 0;
  private readonly histogram: number[] = [];
  private longest: { document: number; tokens: number; bytes: number } | null = null;

  constructor(vocabularySize: number) {
    this.even = new Float64Array(vocabularySize);
    this.odd = new Float64Array(vocabularySize);
  }

  /** Tokens of text; what stands between documents is not counted. */
  count(ids: Int32Array): void {
    const { even, odd } = this;
    const pairs = ids.length & ~1;
    for (let index = 0; index < pairs; index += 2) {
      even[ids[index]]++;
      odd[ids[index + 1]]++;
    }
    if (pairs < ids.length) even[ids[pairs]]++;
  }

  /** A document that has been tokenized as a whole. */
  document(document: number, tokens: number, bytes: number): void {
    this.tokens += tokens;
    const bucket = tokens === 0 ? 0 : Math.floor(Math.log2(tokens));
    this.histogram[bucket] = (this.histogram[bucket] ?? 0) + 1;
    if (!this.longest || tokens > this.longest.tokens) this.longest = { document, tokens, bytes };
  }

  finish(
    tokenizer: Tokenizer,
    sourceOf: (document: number) => string,
    known: Pick<
      Statistics,
      'files' | 'sourceBytes' | 'documents' | 'duplicates' | 'duplicateBytes' | 'summaries' | 'bytes'
    >,
  ): Statistics {
    const { tokens, histogram, longest } = this;
    const counts = this.even.map((count, id) => count + this.odd[id]);
    const used = [...counts.keys()].filter((id) => counts[id] > 0);
    used.sort((a, b) => counts[b] - counts[a] || a - b);
    return {
      ...known,
      tokens,
      bytesPerToken: tokens > 0 ? known.bytes / tokens : 0,
      distinctTokens: used.length,
      frequentTokens: used
        .slice(0, FREQUENT)
        .map((id) => ({ id, text: tokenLabel(tokenizer, id), count: counts[id], share: counts[id] / tokens })),
      longestDocument: longest && {
        source: sourceOf(longest.document),
        tokens: longest.tokens,
        bytes: longest.bytes,
      },
      documentLengths: Array.from(histogram, (documents = 0, bucket) => ({
        from: bucket === 0 ? 0 : 2 ** bucket,
        to: 2 ** (bucket + 1),
        documents,
      })).filter(({ documents }) => documents > 0),
    };
  }
}
