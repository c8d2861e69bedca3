import type { RequestHandlers } from '../../contract/requests.ts';
import type { Removal } from '../../contract/views.ts';
import type { Host } from '../host.ts';

type ChatRequests = {
  [Name in keyof RequestHandlers as Name extends `chats.${string}` ? Name : never]: RequestHandlers[Name];
};

/** After this long nobody wants to know any more how full the context would be. */
const contextMilliseconds = 120_000;

/**
 * What windows ask about chats.
 *
 * @param host asked for when a request comes
 * @param remove puts the folder of a chat away
 */
export function chatRequests(host: () => Host, remove: (id: string) => Promise<Removal>): ChatRequests {
  const chats = () => host().chats;
  return {
    'chats.list': async () => (await chats().list()).chats,
    'chats.create': ({ settings }) => chats().create(settings),
    'chats.show': ({ chat }) => chats().get(chat),
    'chats.change': ({ chat, changes }) => chats().change(chat, changes),
    'chats.remove': async ({ chat }) => {
      await chats().stop(chat);
      const { name } = await chats().get(chat);
      const removal = await remove(chat);
      chats().changed();
      return { ...removal, name };
    },
    'chats.say': ({ chat, parent, text }) => chats().say(chat, parent, text),
    'chats.answer': ({ chat, to }) => chats().answer(chat, to),
    'chats.stop': ({ chat }) =>
      chats()
        .stop(chat)
        .then(() => ({})),
    'chats.choose': ({ chat, message }) => chats().choose(chat, message),
    'chats.search': ({ text, limit }) => chats().search(text, limit),
    'chats.export': async ({ chat, words }) => {
      const { document } = await chats().get(chat);
      const record =
        document &&
        (await host()
          .documents.get(document.id)
          .catch(() => null));
      return await chats().markdown(chat, record?.title ?? null, words);
    },
    'chats.context': ({ chat, draft }) => chats().context(chat, draft, AbortSignal.timeout(contextMilliseconds)),
  };
}
