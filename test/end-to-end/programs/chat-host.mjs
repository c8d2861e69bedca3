// A host that says something in a chat and tells what follows on stdout: chat-host.mjs LIBRARY CHAT TEXT.
import { Host } from '../../../build/main/host/host.js';
import { startJob } from '../../../build/main/workers/start-job.js';

const [library, chat, text] = process.argv.slice(2);
const host = await Host.open(library, startJob);
await host.chats.say(chat, null, text);
for await (const event of host.chats.follow(chat, new AbortController().signal)) console.log(JSON.stringify(event));
