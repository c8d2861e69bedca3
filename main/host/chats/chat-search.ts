import MiniSearch from 'minisearch';
import type { ChatHit } from '../../contract/chats.ts';
import { wordsOf } from '../../contract/logic/reading/lexical.ts';
import { chatName, type ChatRecord } from './chat-record.ts';

interface Indexed {
  readonly id: string;
  readonly chat: string;
  readonly message: string | null;
  readonly text: string;
}

const excerptLength = 160;

/** An index of the words of all messages and titles; only chats that have changed are indexed again. */
export class ChatSearch {
  readonly #index = new MiniSearch<Indexed>({
    fields: ['text'],
    storeFields: ['chat', 'message'],
    tokenize: wordsOf,
    processTerm: (term) => term,
  });
  readonly #records = new Map<string, { record: ChatRecord; ids: string[] }>();

  /**
   * Messages that have all of the words, or their beginnings, the best first.
   *
   * @param chats all that there are
   */
  find(chats: readonly ChatRecord[], wanted: string, limit: number): ChatHit[] {
    this.#update(chats);
    const words = wordsOf(wanted);
    if (words.length === 0) return [];
    const options = {
      combineWith: 'AND',
      prefix: true,
      fuzzy: (term: string) => (term.length > 5 ? 0.15 : false),
    } as const;
    return this.#index
      .search(wanted, options)
      .slice(0, limit)
      .flatMap(({ chat, message, terms }) => {
        const record = this.#records.get(String(chat))?.record;
        return record ? [hitOf(record, message as string | null, terms)] : [];
      });
  }

  #update(chats: readonly ChatRecord[]): void {
    const there = new Set(chats.map(({ id }) => id));
    for (const [id, { record, ids }] of this.#records) {
      if (there.has(id) && chats.includes(record)) continue;
      this.#index.discardAll(ids);
      this.#records.delete(id);
    }
    for (const record of chats) {
      if (this.#records.has(record.id)) continue;
      // An id that was taken back may not be given again.
      const version = `${record.id} ${record.updated} ${record.messages.length} ${this.#next++}`;
      const entries: Indexed[] = [
        { id: `${version} title`, chat: record.id, message: null, text: record.settings.title },
        ...record.messages.map(({ id, text }) => ({ id: `${version} ${id}`, chat: record.id, message: id, text })),
      ].filter(({ text }) => text !== '');
      this.#index.addAll(entries);
      this.#records.set(record.id, { record, ids: entries.map(({ id }) => id) });
    }
  }

  #next = 0;
}

function hitOf(record: ChatRecord, id: string | null, terms: readonly string[]): ChatHit {
  const message = record.messages.find((one) => one.id === id);
  const text = message?.text ?? record.settings.title;
  return {
    chat: record.id,
    name: chatName(record),
    message: id,
    role: message?.role ?? null,
    time: message?.time ?? record.updated,
    ...excerptOf(text, terms),
  };
}

/** A stretch of a text around the first of some words, with all of them marked. */
function excerptOf(text: string, terms: readonly string[]): Pick<ChatHit, 'excerpt' | 'marks'> {
  const flat = text.replaceAll(/\s/g, ' ');
  const escaped = [...terms]
    .sort((a, b) => b.length - a.length)
    .map((term) => term.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&'));
  const found = [...flat.matchAll(new RegExp(escaped.join('|'), 'giu'))];
  const first = found[0]?.index ?? 0;
  const from = wordStart(flat, Math.max(0, first - 40));
  const excerpt = flat.slice(from, from + excerptLength);
  const [before, after] = [from > 0 ? '… ' : '', from + excerptLength < flat.length ? ' …' : ''];
  const marks = found
    .map(({ index, 0: { length } }) => ({
      start: index - from + before.length,
      end: index - from + before.length + length,
    }))
    .filter(({ start, end }) => start >= before.length && end <= before.length + excerpt.length);
  return { excerpt: before + excerpt + after, marks };
}

const wordStart = (text: string, at: number): number => (at === 0 ? 0 : text.lastIndexOf(' ', at) + 1 || at);
