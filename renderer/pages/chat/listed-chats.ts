import type { ChatSummary } from '../../../main/contract/chats.ts';

/**
 * The chats that a list shows. A document that is only read has one as well, for its place and its model; it is listed
 * once something was asked in it, or it was given a name.
 */
export const listedChats = (chats: readonly ChatSummary[]): ChatSummary[] =>
  chats.filter(({ messages, document, writing, name }) => messages > 0 || document === null || writing || name !== '');
