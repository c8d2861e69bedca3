import { setImmediate as nextTurn } from 'node:timers/promises';
import { HyenaError } from '../../main/contract/errors.ts';
import type { Sampling } from '../../main/contract/jobs.ts';
import type { GenerateResult } from '../../main/contract/runs.ts';
import type { Tokenizer } from '../data/tokenizers/tokenizer.ts';
import type { Decoder } from './decoder.ts';
import { SampleStream, sampleToken } from './sampling.ts';
import { StoppedText } from './text-stream.ts';

export interface GenerateRequest {
  readonly decoder: Decoder;
  readonly tokenizer: Tokenizer;
  /** At least one token. */
  readonly prompt: Int32Array;
  readonly sampling: Sampling;
  /** Told whole characters as they come, no part of a stop text. */
  readonly onText?: (piece: string) => void;
  /** Told when the prompt has been read. */
  readonly onPrompt?: () => void;
  /** Called before each token; where it throws `interrupted` the text ends there. */
  readonly check?: () => void;
}

export type Generated = Pick<GenerateResult, 'text' | 'tokens' | 'reason'>;

/**
 * The tokens of a prompt.
 *
 * @returns for an empty text the end-of-text token, after which a new text begins, or a line break where there is none
 */
export function promptTokens(tokenizer: Tokenizer, text: string): Int32Array {
  const ids = tokenizer.encode(text);
  if (ids.length > 0) return ids;
  return tokenizer.endOfText === null ? tokenizer.encode('\n') : Int32Array.of(tokenizer.endOfText);
}

/**
 * Writes text after a prompt, token by token. The same seed gives the same text.
 *
 * A text that outgrows the model's context goes on from its last half: those tokens are read anew.
 *
 * @throws HyenaError `bad-input` for a prompt that leaves no room in the context, `numerical`
 */
export async function generate(request: GenerateRequest): Promise<Generated> {
  const { decoder, tokenizer, prompt, sampling, onText, check } = request;
  if (prompt.length > decoder.limit)
    throw new HyenaError(
      'bad-input',
      `The prompt has ${prompt.length} tokens, but this model's context is ${decoder.limit}.`,
      { hint: 'Shorten the prompt, or train a model with a longer context (l_max).' },
    );
  const random = new SampleStream(sampling.seed);
  const decoded = tokenizer.streamDecoder();
  const text = new StoppedText(sampling.stop);
  const context = Array.from(prompt);
  /** Where what the decoder has read begins in the context. */
  let begin = 0;
  let tokens = 0;
  let reason: Generated['reason'] = 'length';
  const tell = (piece: string) => {
    const clear = text.push(piece);
    if (clear !== '') onText?.(clear);
  };
  try {
    let logits = await decoder.prefill(prompt);
    request.onPrompt?.();
    for (;;) {
      await nextTurn();
      check?.();
      const next = sampleToken(logits, sampling, context, random.next());
      if (next === tokenizer.endOfText) {
        reason = 'end';
        break;
      }
      context.push(next);
      tokens++;
      tell(decoded.push(next));
      if (text.stopped) reason = 'stop';
      if (text.stopped || tokens >= sampling.max_tokens) break;
      if (context.length - begin <= decoder.limit) logits = await decoder.step(next);
      else {
        begin = context.length - Math.max(1, Math.floor(decoder.limit / 2));
        logits = await decoder.prefill(Int32Array.from(context.slice(begin)));
      }
    }
  } catch (error) {
    if (!(error instanceof HyenaError && error.code === 'interrupted')) throw error;
    reason = 'stopped';
  } finally {
    decoder.reset();
  }
  if (reason !== 'stop') {
    tell(decoded.end());
    const rest = text.end();
    if (rest !== '') onText?.(rest);
  }
  return { text: text.text, tokens, reason: text.stopped ? 'stop' : reason };
}
