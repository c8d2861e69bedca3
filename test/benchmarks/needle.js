// `node test/benchmarks/needle.js BOOK … [--lengths 10000,100000,1000000] [--depths 5]`: whether 'Ask' without a model finds
// a sentence that was hidden in a long text, by the length of the text and the depth of the sentence. The text is that of the
// books, one after another, again from the beginning if it is too short. Build first (`npm run build`). Prints a
// Markdown table: of ten sentences, how many come first, how many are marked as the exact answer, and seconds per question.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lengths: { type: 'string', default: '10000,100000,1000000' },
    depths: { type: 'string', default: '5' },
  },
});
if (positionals.length === 0)
  throw new Error('Usage: node test/benchmarks/needle.js BOOK … [--lengths N,N] [--depths N]');

const build = new URL('../../build/main/contract/logic/reading/', import.meta.url);
/** @param {string} file */
const load = (file) => import(new URL(file, build).href);
const { passagesOf } = await load('segments.js');
const { PassageIndex, passageCharacters } = await load('lexical.js');
const { byBestSentence } = await load('answering.js');
const { answerSpans } = await load('answer-spans.js');

/** A token of a text like this has about so many characters. */
const tokenCharacters = 4.2;
/** As many as 'Ask' ranks in the window. */
const candidates = 20;
/** Sentences that no book has, their questions, and the answers in them. */
const needles = [
  [
    'The spare key of the observatory is kept by Doctor Ilse Marquardt.',
    'Who keeps the spare key of the observatory?',
    'Doctor Ilse Marquardt',
  ],
  [
    'The telephone exchange of Nordvik was closed on 14 March 1957.',
    'When was the telephone exchange of Nordvik closed?',
    '14 March 1957',
  ],
  [
    'The cable car to the radio mast carries 38 passengers.',
    'How many passengers does the cable car to the radio mast carry?',
    '38',
  ],
  [
    'The prize for the best algorithm was given to Teresa Alvarado.',
    'Who was given the prize for the best algorithm?',
    'Teresa Alvarado',
  ],
  ['The bicycle factory moved to Lindenau in 1931.', 'When did the bicycle factory move?', '1931'],
  [
    'The password of the laboratory printer is changed every six weeks.',
    'How often is the password of the laboratory printer changed?',
    'every six weeks',
  ],
  ['The airport of Santa Rufina has two runways.', 'How many runways does the airport of Santa Rufina have?', 'two'],
  [
    'The film about the glass harmonica was made in Tallinn.',
    'Where was the film about the glass harmonica made?',
    'Tallinn',
  ],
  [
    'The vaccine against the potato virus was developed by Kofi Annoh.',
    'Who developed the vaccine against the potato virus?',
    'Kofi Annoh',
  ],
  [
    'The satellite dish on the town hall weighs 640 kilograms.',
    'How much does the satellite dish on the town hall weigh?',
    '640',
  ],
];

const books = positionals.map((file) => readFileSync(file, 'utf8').replaceAll('\r', '')).join('\n\n');
console.log('| tokens, about | depth | first sentence | exact answer | indexing, s | question, s |');
console.log('| ---: | ---: | ---: | ---: | ---: | ---: |');
for (const tokens of values.lengths.split(',').map(Number)) {
  const characters = Math.round(tokens * tokenCharacters);
  const hay = books.repeat(Math.ceil(characters / books.length)).slice(0, characters);
  for (let step = 0; step < Number(values.depths); step++) {
    const depth = Number(values.depths) === 1 ? 0.5 : step / (Number(values.depths) - 1);
    // Behind a paragraph, so that the text around it is whole.
    const next = hay.indexOf('\n\n', Math.floor(depth * hay.length));
    const place = depth === 0 ? 0 : next < 0 ? hay.length : next;
    // All ten lie at the same depth, each in a paragraph of its own.
    const text = `${hay.slice(0, place)}\n\n${needles.map(([sentence]) => sentence).join('\n\n')}\n\n${hay.slice(place)}`;
    let began = performance.now();
    const passages = passagesOf(text, [], passageCharacters);
    const index = new PassageIndex();
    for (const [id, { start, end: last }] of passages.entries()) index.add(id, text.slice(start, last));
    const indexing = (performance.now() - began) / 1000;
    began = performance.now();
    let [first, exact] = [0, 0];
    for (const [sentence, question, answer] of needles) {
      const found = index
        .search(question, candidates)
        .map((/** @type {{ passage: number }} */ { passage }) => passages[passage]);
      const [best] = byBestSentence(text, found, question);
      if (best?.sentence.text !== sentence) continue;
      first++;
      const [span] = answerSpans(sentence, question);
      if (span && sentence.slice(span.start, span.end) === answer) exact++;
    }
    const asking = (performance.now() - began) / 1000 / needles.length;
    const cells = [
      tokens.toLocaleString('en'),
      `${Math.round(100 * depth)}%`,
      `${first} of ${needles.length}`,
      `${exact} of ${needles.length}`,
    ];
    console.log(`| ${[...cells, indexing.toFixed(2), asking.toFixed(3)].join(' | ')} |`);
  }
}
