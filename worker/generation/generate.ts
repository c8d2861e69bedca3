import { setImmediate as nextTurn } from 'node:timers/promises';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { Sampling } from '../../main/contract/sampling.ts';
import type { Answer } from '../../main/contract/runs.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import { derivedSeed } from '../../main/contract/logic/random.ts';
import { AnswerWriter, type AnswerConstraint, type WrittenToken } from './answer.ts';
import type { OpenSequence, TextReader } from './text-reader.ts';

export interface GenerateRequest<T extends OpenSequence = OpenSequence> {
  readonly decoder: TextReader<T>;
  readonly tokenizer: Tokenizer;
  /** At least one token. */
  readonly prompt: Int32Array;
  readonly sampling: Sampling;
  /** The prompt where it has been read already, and the scores behind it; stays the caller's. */
  readonly reading?: { readonly text: T; readonly logits: Float32Array; readonly reused?: number };
  /** Called with whole characters as they come, no part of a stop sequence. */
  readonly onText?: (piece: string, answer: number) => void;
  /** Called with every token that is written, before the text that it makes. */
  readonly onToken?: (token: WrittenToken, answer: number) => void;
  /** Called with the end of text where an answer ends with it. */
  readonly onEndToken?: (token: WrittenToken, answer: number) => void;
  /** What the answers have to be: one constraint for each. Left out: any text. */
  readonly constraint?: () => AnswerConstraint;
  /** Called with how much of the prompt has been read, 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** Called when the prompt has been read, and how many of its tokens had been before. */
  readonly onPrompt?: (reused: number) => void;
  /** Called before each token; where it throws `interrupted` the text ends there. */
  readonly check?: () => void;
}

/**
 * The tokens of a prompt.
 *
 * @returns for an empty text the end-of-text token, after which a new text begins, or a line break if there is none
 */
export function promptTokens(tokenizer: Tokenizer, text: string): Int32Array {
  const ids = tokenizer.encode(text);
  if (ids.length > 0) return ids;
  return tokenizer.endOfText === null ? tokenizer.encode('\n') : Int32Array.of(tokenizer.endOfText);
}

/** An answer that is being written, and where the model stands in it. */
interface Line<T> {
  readonly index: number;
  readonly writer: AnswerWriter;
  text: T;
  logits: Float32Array;
}

/**
 * Writes answers after a prompt, token by token, all of them side by side. The same seed gives the same answers, and
 * the first is the same however many there are.
 *
 * A text that outgrows the model's context continues from its last half: those tokens are read again.
 *
 * @throws HyenaError `bad-input` for a prompt that leaves no room in the context, `numerical`
 */
export async function generate<T extends OpenSequence>(request: GenerateRequest<T>): Promise<Answer[]> {
  const { decoder, tokenizer, prompt, sampling, onText, onToken, onEndToken, check } = request;
  if (prompt.length > decoder.limit)
    throw new HyenaError(
      'bad-input',
      msg`The prompt has ${prompt.length} tokens, but this model's context has ${decoder.limit}.`,
      { hint: 'Shorten the prompt, or use a model with a longer context.', command: 'hyena extend RUN --context N' },
    );
  const writers = Array.from(
    { length: sampling.n },
    (_, index) =>
      new AnswerWriter(
        tokenizer,
        prompt,
        sampling,
        index === 0 ? sampling.seed : derivedSeed(sampling.seed, index),
        {
          onText: (piece) => onText?.(piece, index),
          onToken: onToken && ((token) => onToken(token, index)),
          onEndToken: onEndToken && ((token) => onEndToken(token, index)),
        },
        request.constraint?.(),
      ),
  );
  let lines: Line<T>[] = [];
  try {
    const first: Awaited<ReturnType<TextReader<T>['prefill']>> =
      request.reading ?? (await decoder.prefill(prompt, { onProgress: request.onProgress }));
    lines = writers.map((writer, index) => ({
      index,
      writer,
      text: index === 0 && !request.reading ? first.text : (first.text.fork() as T),
      logits: first.logits,
    }));
    request.onPrompt?.(first.reused ?? 0);
    while (lines.length > 0) {
      await nextTurn();
      check?.();
      const going: Line<T>[] = [];
      const over: Line<T>[] = [];
      for (const line of lines) (line.writer.take(line.logits) ? going : over).push(line);
      for (const { text } of over) text.dispose();
      lines = going;
      await advance(decoder, lines);
    }
  } catch (error) {
    if (!(error instanceof HyenaError && error.code === 'interrupted')) throw error;
  } finally {
    for (const { text } of lines) text.dispose();
  }
  return writers.map((writer) => writer.end());
}

/** Reads the tokens that were written last. */
async function advance<T extends OpenSequence>(decoder: TextReader<T>, lines: readonly Line<T>[]): Promise<void> {
  const stepping = lines.filter(({ writer }) => writer.contextLength <= decoder.limit);
  const logits =
    stepping.length === 0
      ? []
      : await decoder.step(
          stepping.map(({ text }) => text),
          stepping.map(({ writer }) => writer.last),
        );
  for (const [position, line] of stepping.entries()) line.logits = logits[position];
  for (const line of lines) {
    if (line.writer.contextLength <= decoder.limit) continue;
    const ids = line.writer.shorten(Math.max(1, Math.floor(decoder.limit / 2)));
    const before = line.text;
    const read = await decoder.prefill(ids);
    before.dispose();
    line.text = read.text;
    line.logits = read.logits;
  }
}
