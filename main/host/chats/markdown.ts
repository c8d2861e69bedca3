import { branchOf } from '../../contract/logic/chat-tree.ts';
import { truncateName } from '../../contract/names.ts';
import { chatName, type ChatRecord } from './chat-record.ts';

/** How an exported chat calls who speaks, in the language of the person. */
export interface MarkdownLabels {
  readonly you: string;
  readonly document: string;
}

/**
 * The branch of a chat that is looked at, as Markdown. What was said stands as it is; headings say who said it.
 *
 * @param document title of the document that is talked about, if there is one
 */
export function chatMarkdown(record: ChatRecord, document: string | null, words: MarkdownLabels): string {
  const line = (text: string) => text.replaceAll(/[\r\n]+/g, ' ').trim();
  const parts = [`# ${line(chatName(record)) || record.id}`];
  parts.push(`${record.created.slice(0, 10)}${document === null ? '' : ` · ${words.document}: ${line(document)}`}`);
  for (const { role, text, answer } of branchOf(record.messages, record.leaf))
    parts.push(`## ${role === 'user' ? words.you : (answer?.run ?? '')}`, text.trim());
  return `${parts.join('\n\n')}\n`;
}

/** A name for the file, good on every system. */
export const markdownName = (record: ChatRecord): string =>
  `${
    truncateName(
      chatName(record)
        .normalize('NFC')
        .replaceAll(/[^\p{L}\p{M}\p{N} _-]+/gu, ' ')
        .trim()
        .replaceAll(/\s+/g, '-'),
      120,
    ) || record.id
  }.md`;
