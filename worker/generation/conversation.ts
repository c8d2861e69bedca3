import type { ContextUse, Turn } from '../../main/contract/conversation.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import type { Prompt } from './templates.ts';

/** Tokens of a prompt. Stretches are encoded each for itself, as the data sets of chats are. */
export function encodePrompt(tokenizer: Tokenizer, { pieces }: Prompt): Int32Array {
  const ids: number[] = [];
  for (const { text, end } of pieces) {
    for (const id of tokenizer.encode(text)) ids.push(id);
    if (end && tokenizer.endOfText !== null) ids.push(tokenizer.endOfText);
  }
  return Int32Array.from(ids);
}

/** A conversation that fits, and what does not. */
export interface Fitted {
  readonly ids: Int32Array;
  readonly left: ContextUse['left'];
}

/**
 * As much of a conversation as fits: whole messages are left out from the first one on, but for what the system says
 * and the last message. Where headings do not matter (`plain`) the last tokens are taken.
 *
 * @param render the template
 * @param exact whether the prompt is nothing but what was said
 */
export function fitConversation(
  turns: readonly Turn[],
  render: (turns: readonly Turn[]) => Prompt,
  tokenizer: Tokenizer,
  room: number,
  exact: boolean,
): Fitted {
  const whole = encodePrompt(tokenizer, render(turns));
  if (whole.length <= room) return { ids: whole, left: { turns: 0, tokens: 0 } };
  if (exact) {
    const ids = whole.slice(whole.length - Math.max(0, room));
    return { ids, left: { turns: leftOut(turns, render, tokenizer, ids.length), tokens: whole.length - ids.length } };
  }
  const system = turns.filter(({ role }) => role === 'system');
  const spoken = turns.filter(({ role }) => role !== 'system');
  // Fewer messages never take more tokens, so the fewest that must go are found by halving.
  let [least, most] = [1, Math.max(1, spoken.length - 1)];
  const without = (count: number) => encodePrompt(tokenizer, render([...system, ...spoken.slice(count)]));
  while (least < most) {
    const middle = (least + most) >> 1;
    if (without(middle).length <= room) most = middle;
    else least = middle + 1;
  }
  // An answer without its question makes no sense.
  while (least < spoken.length - 1 && spoken[least].role === 'assistant') least++;
  const count = Math.min(least, spoken.length - 1);
  const ids = without(count);
  return { ids, left: { turns: count, tokens: whole.length - ids.length } };
}

/** How many messages lie before the last tokens altogether. */
function leftOut(
  turns: readonly Turn[],
  render: (turns: readonly Turn[]) => Prompt,
  tokenizer: Tokenizer,
  kept: number,
): number {
  let [count, tokens] = [turns.length, 0];
  while (count > 0 && tokens < kept) tokens += encodePrompt(tokenizer, render([turns[--count]])).length;
  return count;
}
