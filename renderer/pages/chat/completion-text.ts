import type { ChatMessage } from '../../../main/contract/chats.ts';

/** A stretch of a text that a person and a model write together. */
export interface AuthoredText {
  readonly by: 'person' | 'model';
  readonly text: string;
}

export const wholeText = (parts: readonly AuthoredText[]): string => parts.map(({ text }) => text).join('');

/** Neighbours by the same author as one, none empty. */
export function mergeParts(parts: readonly AuthoredText[]): AuthoredText[] {
  const merged: AuthoredText[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part.text === '') continue;
    if (last?.by === part.by) merged[merged.length - 1] = { by: part.by, text: last.text + part.text };
    else merged.push(part);
  }
  return merged;
}

/** The first characters of a text, by their authors. */
function firstOf(parts: readonly AuthoredText[], length: number): AuthoredText[] {
  const first: AuthoredText[] = [];
  let left = length;
  for (const { by, text } of parts) {
    if (left <= 0) break;
    first.push({ by, text: text.slice(0, left) });
    left -= text.length;
  }
  return first;
}

/** What follows the first characters of a text, by its authors. */
function afterFirst(parts: readonly AuthoredText[], length: number): AuthoredText[] {
  let at = 0;
  return parts.flatMap(({ by, text }) => {
    const cut = Math.max(0, length - at);
    at += text.length;
    return cut < text.length ? [{ by, text: text.slice(cut) }] : [];
  });
}

/** The text as a person has edited it: what is new is the person's, everything else whose it was. */
export function editText(parts: readonly AuthoredText[], next: string): AuthoredText[] {
  const before = wholeText(parts);
  const most = Math.min(before.length, next.length);
  let start = 0;
  while (start < most && before[start] === next[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === next[next.length - 1 - end]) end++;
  const inserted: AuthoredText = { by: 'person', text: next.slice(start, next.length - end) };
  return mergeParts([...firstOf(parts, start), inserted, ...afterFirst(parts, before.length - end)]);
}

/** The branch of a chat as one text. */
export const branchText = (branch: readonly Pick<ChatMessage, 'role' | 'text'>[]): AuthoredText[] =>
  mergeParts(branch.map(({ role, text }) => ({ by: role === 'user' ? 'person' : 'model', text })));

/** How a text is to be continued in a chat: which request, after which message. */
export type Continuation =
  | { readonly do: 'answer'; readonly to: string | null }
  | { readonly do: 'say'; readonly text: string; readonly parent: string | null };

/**
 * Finds the messages of a branch that the text begins with, so that as much as possible of what the model has read is used
 * again. What a person adds after them is said; a text that does not begin so is said as a whole.
 *
 * @returns null where there is nothing to continue
 */
export function continuationOf(
  branch: readonly Pick<ChatMessage, 'id' | 'parent' | 'role' | 'text'>[],
  text: string,
): Continuation | null {
  let length = 0;
  let count = 0;
  for (const message of branch) {
    if (!text.startsWith(message.text, length)) break;
    length += message.text.length;
    count++;
  }
  const last = branch.at(count - 1);
  const rest = text.slice(length);
  if (count === 0 || !last) return text === '' ? null : { do: 'say', text, parent: null };
  if (rest === '') return { do: 'answer', to: last.id };
  // What is said after an answer begins a paragraph, unless it begins with white space.
  if (last.role === 'assistant' && /^\s/.test(rest)) return { do: 'say', text: rest, parent: last.id };
  if (last.role === 'user' && count === 1) return { do: 'say', text, parent: null };
  if (last.role === 'user' && /^\s/.test(last.text)) return { do: 'say', text: last.text + rest, parent: last.parent };
  return { do: 'say', text, parent: null };
}
