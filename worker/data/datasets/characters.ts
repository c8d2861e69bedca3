import type { Tokenizer } from '../../../main/library/tokenizers/tokenizer.ts';
import { CharacterVocabulary } from '../tokenizers/characters.ts';
import { yieldToEventLoop } from './gather.ts';
import type { ProgressReporter } from './progress.ts';
import type { Spool } from './spool.ts';

const PIECE_BYTES = 1 << 20;

/** The vocabulary of all characters of the spool, of both splits. */
export async function learnCharacters(
  spool: Spool,
  { progress, signal }: { progress: ProgressReporter; signal: AbortSignal },
): Promise<Tokenizer> {
  progress.begin('learning-tokenizer', spool.bytes);
  const vocabulary = new CharacterVocabulary();
  for (let at = 0; at < spool.bytes; at += PIECE_BYTES) {
    const bytes = spool.read(at, Math.min(PIECE_BYTES, spool.bytes - at));
    vocabulary.push(bytes);
    progress.advance(bytes.length);
    await yieldToEventLoop(signal);
  }
  progress.finish();
  return vocabulary.tokenizer();
}
