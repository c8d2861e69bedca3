import { BytePairTokenizer } from '../../../main/library/tokenizers/byte-pair.ts';
import { learnBytePairs, WordCounter } from '../tokenizers/byte-pair-training.ts';
import type { Tokenizer } from '../../../main/library/tokenizers/tokenizer.ts';
import { yieldToEventLoop, type ProblemList } from './gather.ts';
import { msg } from '../../../main/contract/message.ts';
import type { ProgressReporter } from './progress.ts';
import type { SplitPlan } from './split.ts';
import type { Spool } from './spool.ts';

/** More text teaches a vocabulary nothing new; of more, pieces spread evenly over it are taken. */
const LEARNED_BYTES = 128 << 20;
const PIECE_BYTES = 1 << 20;

/** Learns a byte-level BPE of `size` ids from the training documents of the spool. */
export async function learnTokenizer(
  spool: Spool,
  plan: SplitPlan,
  size: number,
  context: { progress: ProgressReporter; problems: ProblemList; signal: AbortSignal },
): Promise<Tokenizer> {
  const { progress, problems, signal } = context;
  progress.begin('learning-tokenizer', size, 'merges');
  const counter = new WordCounter();
  const stride = Math.max(1, spool.bytes / LEARNED_BYTES);
  let offset = 0;
  let piece = 0;
  for (let document = 0; document < spool.documents; document++) {
    const length = spool.lengthOf(document);
    const learned = plan.validation[document] ? 0 : plan.cut?.document === document ? plan.cut.at : length;
    for (let at = 0; at < learned; at += PIECE_BYTES) {
      // A document is one piece at least: of many short ones as many are left out as of the pieces of a long one.
      const isTaken = Math.floor((piece + 1) / stride) > Math.floor(piece / stride);
      piece++;
      if (!isTaken) continue;
      counter.push(spool.read(offset + at, Math.min(PIECE_BYTES, learned - at)));
      if (stride > 1) counter.end();
      await yieldToEventLoop(signal);
    }
    counter.end();
    offset += length;
  }
  const learning = learnBytePairs(counter, size);
  for (;;) {
    const step = learning.next();
    if (step.done) {
      const tokenizer = new BytePairTokenizer(`bpe:${size}`, step.value);
      if (tokenizer.vocabularySize < size) tellFewer(problems, tokenizer, size);
      progress.finish();
      return tokenizer;
    }
    progress.reach(step.value);
    await yieldToEventLoop(signal);
  }
}

function tellFewer(problems: ProblemList, tokenizer: Tokenizer, size: number): void {
  problems.add({
    source: tokenizer.name,
    severity: 'note',
    message: msg`The text yields only ${tokenizer.vocabularySize} tokens instead of ${size}: no further pair occurs more than once.`,
  });
}
