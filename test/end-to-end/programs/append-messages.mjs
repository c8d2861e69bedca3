// Adds messages to a chat until it is killed, and says the number of each as soon as it is kept:
// append-messages.mjs LIBRARY CHAT.
import { randomBytes } from 'node:crypto';
import { ChatStore } from '../../../build/main/host/chats/chat-store.js';

const [library, chat] = process.argv.slice(2);
const store = new ChatStore(library);
for (let count = 0; ; count++) {
  const id = randomBytes(6).toString('hex');
  const text = `${count} ${'said at length, '.repeat(count % 50)}`;
  const message = { id, parent: null, role: 'user', text, time: new Date().toISOString(), state: 'done', answer: null };
  await store.append(chat, [{ type: 'message', message }]);
  process.stdout.write(`${count}\n`);
}
