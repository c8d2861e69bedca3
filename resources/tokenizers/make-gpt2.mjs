// Makes gpt2/tokenizer.json, in Hugging Face's layout, from the ranks of GPT-2's tokens as the package js-tiktoken ships
// them, with the built program: `npm run build && node resources/tokenizers/make-gpt2.mjs`. The merges are recovered from the ranks: the two parts that a token is
// made of are what its bytes come to by the merges before its own.
import { writeFileSync } from 'node:fs';
import gpt2 from 'js-tiktoken/ranks/gpt2';
import { byteCharacters } from '../../build/main/library/tokenizers/byte-alphabet.js';
import { byteLevelJson } from '../../build/main/library/tokenizers/byte-level-json.js';

const tokens = []; // bytes of each id, as a Latin-1 string
for (const line of gpt2.bpe_ranks.split('\n').filter(Boolean)) {
  const [, first, ...encoded] = line.split(' ');
  encoded.forEach((text, index) => (tokens[Number(first) + index] = Buffer.from(text, 'base64').toString('latin1')));
}
const rankOf = new Map(tokens.map((token, rank) => [token, rank]));

/** The parts of a token once every merge of a lower rank than its own has been made. */
function partsBefore(token) {
  const parts = [...token];
  for (;;) {
    let best = rankOf.get(token);
    let at = -1;
    for (let index = 0; index + 1 < parts.length; index++) {
      const rank = rankOf.get(parts[index] + parts[index + 1]);
      if (rank !== undefined && rank < best) [best, at] = [rank, index];
    }
    if (at < 0) return parts;
    parts.splice(at, 2, parts[at] + parts[at + 1]);
  }
}

const written = (token) => [...token].map((byte) => byteCharacters[byte.charCodeAt(0)]).join('');

const merges = tokens.slice(256).map((token) => {
  const parts = partsBefore(token);
  if (parts.length !== 2) throw new Error(`token ${JSON.stringify(token)} is not made of two others`);
  return parts.map(written).join(' ');
});
const [[endOfText, endOfTextId]] = Object.entries(gpt2.special_tokens);
const vocabulary = { ...Object.fromEntries(tokens.map((token, id) => [written(token), id])), [endOfText]: endOfTextId };
const tokenizer = byteLevelJson(true, vocabulary, merges, [{ id: endOfTextId, content: endOfText }]);
writeFileSync(new URL('gpt2/tokenizer.json', import.meta.url), `${JSON.stringify(tokenizer)}\n`);
console.log(`gpt2/tokenizer.json: ${tokens.length + 1} tokens, ${merges.length} merges`);
