// Chats made of a book, for measuring what fine-tuning learns: the first half of a sentence is the question, the second
// the answer. Every tenth sentence of 60 to 200 characters. Usage: node test/benchmarks/book-chats.js BOOK > chats.jsonl
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8').replaceAll(/\s+/g, ' ');
const sentences = text.match(/[A-Z][^.!?]{58,198}[.!?]/g) ?? [];
for (const sentence of sentences.filter((_, index) => index % 10 === 0)) {
  const words = sentence.split(' ');
  const half = words.length >> 1;
  const messages = [
    { role: 'user', content: `Go on: ${words.slice(0, half).join(' ')}` },
    { role: 'assistant', content: words.slice(half).join(' ') },
  ];
  process.stdout.write(`${JSON.stringify({ messages })}\n`);
}
