// Changes one setting of a chat again and again: change-settings.mjs LIBRARY CHAT SETTING TIMES.
import { setTimeout as sleep } from 'node:timers/promises';
import { ChatStore } from '../../../build/main/host/chats/chat-store.js';

const [library, chat, setting, times] = process.argv.slice(2);
const store = new ChatStore(library);
for (let count = 0; count < Number(times); count++) {
  const value = `${count} ${'and more of it, '.repeat(count * 20)}`.slice(0, setting === 'title' ? 200 : undefined);
  // So that another comes in between.
  await sleep(count % 7);
  await store.append(chat, [{ type: 'settings', changes: { [setting]: value }, time: new Date().toISOString() }]);
}
