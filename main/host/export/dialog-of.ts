/** A message of a chat as it is written into a file; an answer of weight 0 does not count in the loss. */
export interface ExportedMessage {
  role: string;
  content: string;
  weight?: 0;
}

const roles: Readonly<Record<string, string>> = {
  System: 'system',
  Instruction: 'user',
  Response: 'assistant',
};
const heading = /(?:^|\n\n)### ([^\n:]{1,80}):\n/g;

/**
 * The messages of a document that is a chat: what counts in the loss is answers, what stands between has headings
 * (docs/data.md). Null for a document that is no such chat.
 *
 * @param mask 1 where a token counts
 * @param text of the tokens from one on, up to another
 */
export function dialogOf(
  mask: ArrayLike<number>,
  text: (from: number, until: number) => string,
): ExportedMessage[] | null {
  const messages: ExportedMessage[] = [];
  for (let from = 0; from < mask.length;) {
    let until = from + 1;
    while (until < mask.length && mask[until] === mask[from]) until++;
    const part = text(from, until);
    const open = messages.at(-1);
    if (mask[from] !== 0) {
      if (open?.role !== 'assistant' || open.content !== '') return null;
      open.content = part;
      delete open.weight;
    } else if (!addMessages(messages, part)) return null;
    from = until;
  }
  return messages.some(({ role }) => role === 'assistant') ? messages : null;
}

/** Messages of what does not count; an answer among them is one whose weight is 0, or the beginning of one that does. */
function addMessages(messages: ExportedMessage[], part: string): boolean {
  const found = [...part.matchAll(heading)];
  if (found.length === 0 || found[0].index !== 0) return false;
  for (const [index, { 0: head, 1: name, index: at }] of found.entries()) {
    const content = part.slice(at + head.length, found[index + 1]?.index);
    const role = roles[name] ?? name.toLowerCase();
    messages.push(role === 'assistant' ? { role, content, weight: 0 } : { role, content });
  }
  return true;
}
