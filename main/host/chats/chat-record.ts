import { nameOf } from '../../contract/logic/chat-tree.ts';
import { type Message } from '../../contract/message.ts';
import {
  chatSettingsSchema,
  type ChatEntry,
  type ChatMessage,
  type ChatSettings,
  type ChatSummary,
  type ChatView,
} from '../../contract/chats.ts';

/** A chat as its entries make it. */
export interface ChatRecord {
  readonly id: string;
  readonly created: string;
  readonly updated: string;
  readonly settings: ChatSettings;
  readonly messages: readonly ChatMessage[];
  readonly leaf: string | null;
  readonly problems: readonly Message[];
}

/**
 * What a chat is after all of its entries. A message that was begun and not ended has the text that was kept of it.
 *
 * @param id of its folder
 */
export function chatOf(id: string, entries: readonly ChatEntry[], problems: readonly Message[]): ChatRecord {
  const messages = new Map<string, ChatMessage>();
  let settings = chatSettingsSchema.parse({});
  let leaf: string | null = null;
  const times = entries.map((entry) =>
    entry.type === 'message' ? entry.message.time : 'time' in entry ? entry.time : '',
  );
  for (const entry of entries)
    switch (entry.type) {
      case 'chat':
        break;
      case 'settings': {
        const given = Object.entries(entry.changes).filter(([, value]) => value !== undefined);
        settings = { ...settings, ...(Object.fromEntries(given) as Partial<ChatSettings>) };
        break;
      }
      case 'message':
        // Where it is another state of a known message, whoever looks at another branch meanwhile goes on doing so.
        if (!messages.has(entry.message.id)) leaf = entry.message.id;
        messages.set(entry.message.id, entry.message);
        break;
      case 'text': {
        const message = messages.get(entry.message);
        if (message?.state === 'writing') messages.set(message.id, { ...message, text: message.text + entry.text });
        break;
      }
      case 'leaf':
        if (messages.has(entry.message)) leaf = entry.message;
        break;
    }
  return {
    id,
    created: times.find((time) => time !== '') ?? new Date(0).toISOString(),
    updated: times.reduce((latest, time) => (time > latest ? time : latest), new Date(0).toISOString()),
    settings,
    messages: [...messages.values()].map((message) =>
      message.state === 'writing' ? { ...message, state: 'cut-off' } : message,
    ),
    leaf,
    problems,
  };
}

export function chatName({ settings, messages }: ChatRecord): string {
  // The one that was there first, also where another branch is looked at: an edited message renames nothing.
  const first = messages.find(({ role, text }) => role === 'user' && text.trim() !== '');
  return nameOf(settings.title, (first ?? messages.find(({ text }) => text.trim() !== ''))?.text);
}

/** @param writing the message that this program writes now, with its text so far */
export function chatView(record: ChatRecord, writing: ChatMessage | null): ChatView {
  const { id, created, updated, settings, leaf, problems } = record;
  const messages = record.messages.map((message) => (message.id === writing?.id ? writing : message));
  return {
    ...settings,
    id,
    created,
    updated,
    name: chatName(record),
    messages,
    leaf,
    writing: writing?.id ?? null,
    problems: [...problems],
  };
}

export const chatSummary = (record: ChatRecord, writing: boolean): ChatSummary => ({
  id: record.id,
  created: record.created,
  updated: record.updated,
  name: chatName(record),
  run: record.settings.run,
  document: record.settings.document?.id ?? null,
  messages: record.messages.length,
  writing,
});
