import { byBestSentence } from '../../../../main/contract/logic/reading/answering.ts';
import { passageCharacters, PassageIndex } from '../../../../main/contract/logic/reading/lexical.ts';
import { passagesOf, PlaceFinder } from '../../../../main/contract/logic/reading/segments.ts';
import type { FromIndex, ToIndex } from './find-index.ts';

/**
 * The page's own index of a document's words, beside the main thread: it is given the text in pieces, then answers
 * questions as they are typed.
 */
let text = '';
let index: PassageIndex | null = null;
let passages: ReturnType<typeof passagesOf> = [];
let places: PlaceFinder | null = null;
const answer = (message: FromIndex) => postMessage(message);

/** So many passages are indexed between two messages of how far it is. */
const atOnce = 500;

addEventListener('message', ({ data }: MessageEvent<ToIndex>) => {
  if (data.type === 'text') text += data.text;
  else if (data.type === 'places') {
    places = new PlaceFinder(data.places);
    passages = passagesOf(text, data.places, passageCharacters);
    index = new PassageIndex();
    for (const [id, { start, end }] of passages.entries()) {
      index.add(id, text.slice(start, end));
      if (id % atOnce === 0) answer({ type: 'progress', done: id / passages.length });
    }
    answer({ type: 'ready' });
  } else {
    const found = (index?.search(data.question, data.count) ?? []).map(({ passage }) => passages[passage]);
    const ranked = byBestSentence(text, found, data.question);
    const best = Math.max(1e-9, ...ranked.map(({ lexical }) => lexical));
    answer({
      type: 'found',
      question: data.question,
      passages: ranked.map(({ lexical, sentence, ...passage }) => ({
        ...places!.cite(text, passage),
        ...{ lexical, sentence, share: lexical / best },
      })),
    });
  }
});
