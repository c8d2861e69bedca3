import type { RequestHandlersOf } from '../../contract/requests.ts';
import type { WindowParts } from './window-parts.ts';

/** After this long nobody wants to know how full the context would be. */
const contextMilliseconds = 120_000;

/** What a window asks about chats. */
export function chatRequests({
  host: { chats, documents },
  trash,
}: Pick<WindowParts, 'host' | 'trash'>): RequestHandlersOf<'chats'> {
  return {
    'chats.list': async () => (await chats.list()).chats,
    'chats.create': ({ settings }) => chats.create(settings),
    'chats.show': ({ chat }) => chats.get(chat),
    'chats.change': ({ chat, changes }) => chats.change(chat, changes),
    'chats.remove': async ({ chat }) => {
      await chats.requireNoOther(chat);
      await chats.stop(chat);
      const { name } = await chats.get(chat);
      const removal = await trash.put('chat', chat, name === '' ? chat : name);
      chats.changed();
      return removal;
    },
    'chats.say': ({ chat, parent, text }) => chats.say(chat, parent, text),
    'chats.answer': ({ chat, to }) => chats.answer(chat, to),
    'chats.stop': ({ chat }) => chats.stop(chat).then(() => ({})),
    'chats.choose': ({ chat, message }) => chats.choose(chat, message),
    'chats.tokens': async ({ chat, message }) => [...(await chats.tokens(chat, message))],
    'chats.search': ({ text, limit }) => chats.search(text, limit),
    'chats.export': async ({ chat, words }) => {
      const { document } = await chats.get(chat);
      const record = document && (await documents.get(document.id).catch(() => null));
      return await chats.markdown(chat, record?.title ?? null, words);
    },
    'chats.context': ({ chat, draft }) => chats.context(chat, draft, AbortSignal.timeout(contextMilliseconds)),
  };
}
