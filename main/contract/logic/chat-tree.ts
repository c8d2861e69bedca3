import type { Turn } from '../conversation.ts';

/** The tree that the messages of a chat are; pure, for the host and the window. */
interface Node {
  readonly id: string;
  readonly parent: string | null;
}

/** The branch that ends with a message, from the first message on; empty for null. */
export function branchOf<M extends Node>(messages: readonly M[], leaf: string | null): M[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: M[] = [];
  // A message is said after its parent; a file that says otherwise must not lead round in a circle.
  for (let next = leaf; next !== null && branch.length <= messages.length;) {
    const message = byId.get(next);
    if (!message) break;
    branch.push(message);
    next = message.parent;
  }
  return branch.reverse();
}

/** Messages with the same parent, in the order in which they came. */
export const siblingsOf = <M extends Node>(messages: readonly M[], message: Node): M[] =>
  messages.filter(({ parent }) => parent === message.parent);

/** Where the branch through a message ends: the newest child each time. */
export function leafBelow(messages: readonly Node[], id: string): string {
  let leaf = id;
  for (let steps = 0; steps <= messages.length; steps++) {
    const child = messages.findLast(({ parent }) => parent === leaf);
    if (!child) break;
    leaf = child.id;
  }
  return leaf;
}

/** A branch as a model is told it. */
export const turnsOf = (branch: readonly { role: 'user' | 'assistant'; text: string }[], system: string): Turn[] => [
  ...(system.trim() === '' ? [] : [{ role: 'system' as const, content: system }]),
  ...branch.map(({ role, text }) => ({ role, content: text })),
];

const nameLength = 60;

/** What a chat is called that has no title: how its first message begins. */
export function nameOf(title: string, first: string | undefined): string {
  if (title !== '') return title;
  const line = (first ?? '').trim().replaceAll(/\s+/g, ' ');
  const characters = [...line];
  return characters.length <= nameLength ? line : `${characters.slice(0, nameLength).join('')}…`;
}
