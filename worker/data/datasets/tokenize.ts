import type { SplitName } from '../../../main/contract/datasets.ts';
import type { StreamEncoder, Tokenizer } from '../../../main/library/tokenizers/tokenizer.ts';
import { yieldToEventLoop } from './gather.ts';
import type { ProgressReporter } from './progress.ts';
import type { SplitWriter } from '../../../main/library/datasets/shards.ts';
import type { SplitPlan } from './split.ts';
import type { Spool } from './spool.ts';
import type { StatisticsGatherer } from './statistics.ts';

const PIECE_BYTES = 1 << 20;

/**
 * Turns the documents of the spool into the shards of both splits, in their order. Between two documents of a split
 * stands the end of text, where the tokenizer has one and the first does not end with it; a single document has none.
 *
 * @returns how many characters the tokenizer left out
 */
export async function tokenizeSpool(
  spool: Spool,
  plan: SplitPlan,
  writers: Record<SplitName, SplitWriter>,
  context: {
    tokenizer: Tokenizer;
    statistics: StatisticsGatherer;
    progress: ProgressReporter;
    signal: AbortSignal;
  },
): Promise<number> {
  const { tokenizer, statistics, progress, signal } = context;
  const encoder = tokenizer.streamEncoder();
  const endedByTurn: Record<SplitName, boolean> = { train: false, validation: false };
  let offset = 0;

  const begin = (split: SplitName, source: number) => {
    const writer = writers[split];
    if (writer.documents > 0 && tokenizer.endOfText !== null && !endedByTurn[split])
      writer.append(Int32Array.of(tokenizer.endOfText), true);
    writer.beginDocument(source);
    endedByTurn[split] = false;
  };

  for (let document = 0; document < spool.documents; document++) {
    const length = spool.lengthOf(document);
    const source = spool.sourceOf(document);
    const cut = plan.cut?.document === document ? cutAt(spool, offset, plan.cut.at, length, tokenizer) : length;
    let split: SplitName = plan.validation[document] ? 'validation' : 'train';
    let tokens = 0;
    begin(split, source);
    let within = 0;
    for (const segment of spool.segmentsOf(document)) {
      const segmentEnd = within + segment.length;
      while (within < segmentEnd) {
        if (within === cut && within > 0) {
          split = 'validation';
          begin(split, source);
        }
        const end = within < cut ? Math.min(segmentEnd, cut) : segmentEnd;
        const writer = writers[split];
        const before = writer.tokens;
        const append = (ids: Int32Array) => {
          statistics.count(ids);
          writer.append(ids, segment.learned);
        };
        await encodeRange(spool, offset + within, end - within, encoder, append, { progress, signal });
        writer.bytes += end - within;
        tokens += writer.tokens - before;
        within = end;
      }
      if (segment.turnEnd && tokenizer.endOfText !== null)
        writers[split].append(Int32Array.of(tokenizer.endOfText), segment.learned);
      endedByTurn[split] = segment.turnEnd;
    }
    statistics.document(document, tokens, length);
    progress.tokens += tokens;
    offset += length;
  }
  return encoder.lost ?? 0;
}

async function encodeRange(
  spool: Spool,
  offset: number,
  length: number,
  encoder: StreamEncoder,
  append: (ids: Int32Array) => void,
  { progress, signal }: { progress: ProgressReporter; signal: AbortSignal },
): Promise<void> {
  for (let done = 0; done < length;) {
    const bytes = spool.read(offset + done, Math.min(PIECE_BYTES, length - done));
    append(encoder.push(bytes));
    done += bytes.length;
    progress.advance(bytes.length);
    await yieldToEventLoop(signal);
  }
  append(encoder.end());
}

/** The byte a document is cut at: exactly the one planned for bytes, else the beginning of its character. */
function cutAt(spool: Spool, offset: number, planned: number, length: number, tokenizer: Tokenizer): number {
  if (tokenizer.name === 'bytes' || planned >= length) return planned;
  const first = Math.max(0, planned - 3);
  const around = spool.read(offset + first, planned - first + 1);
  let at = planned;
  while (at > first && (around[at - first] & 0xc0) === 0x80) at--;
  return at > 0 ? at : planned;
}
