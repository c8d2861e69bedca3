import { describe, expect, it } from 'vitest';
import { isRunningText, speaksOfItsText } from '../../../../worker/documents/sentences.ts';
import { summarise } from '../../../../worker/documents/summarise.ts';

const filler = (index: number) =>
  `Sentence number ${index} tells of gulls, weather and the price of rope in harbour ${index}.`;
const paragraphs = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => filler(first + index)).join('\n\n');
const said = (text: string, chosen: readonly { start: number; end: number }[]) =>
  chosen.map(({ start, end }) => text.slice(start, end));

describe('a summary', () => {
  it('has as many sentences as asked for, in order, without a model too', async () => {
    const text = paragraphs(60);
    const chosen = await summarise(text, [], 7, null);
    expect(chosen).toHaveLength(7);
    expect(chosen.map(({ start }) => start)).toEqual(chosen.map(({ start }) => start).sort((a, b) => a - b));
    expect(chosen.every(({ gain }) => gain === 0)).toBe(true);
  });

  it('prefers what is about the whole, and what comes early', async () => {
    const about = 'The whole voyage is about the whale, the captain who hunts the whale and the ship that carries him.';
    const others = Array.from(
      { length: 40 },
      (_, index) => `In chapter ${index} the captain asks about the whale and the ship goes on its voyage once more.`,
    );
    const text = [filler(1), about, ...others, filler(2)].join(' ');
    expect(said(text, await summarise(text, [], 2, null))).toContain(about);
    expect(said(text, await summarise(text, [], 5, null))).not.toContain(filler(2));
  });

  it("counts a sentence more that lowers the model's loss of others", async () => {
    // So long that the position counts alike with a model and without.
    const text = paragraphs(100);
    const expected = filler(33);
    // The model holds everything likelier after one of the sentences.
    const losses = (pairs: readonly { before: string }[]) =>
      Promise.resolve(pairs.map(({ before }) => (before.startsWith(expected) ? 1 : 5)));
    const [chosen, without] = [await summarise(text, [], 100, losses), await summarise(text, [], 100, null)];
    expect(chosen).toHaveLength(100);
    for (const [index, one] of chosen.entries()) {
      const is = said(text, [one])[0] === expected;
      expect(one.gain).toBe(is ? 4 : 0);
      expect(one.score - without[index].score).toBeCloseTo(is ? 0.25 : 0, 9);
    }
  });

  it('takes no headings, tables or lists of references for sentences', () => {
    const whole = (text: string) => isRunningText(text, { start: 0, end: text.length });
    expect(whole('The pump moves water from the well to the tank on the hill.')).toBe(true);
    expect(whole('Die Pumpe fördert das Wasser aus dem Brunnen in den Behälter auf dem Hügel.')).toBe(true);
    expect(whole('“The pump moves water from the well to the tank on the hill.”')).toBe(true);
    expect(whole('水泵把井里的水抽到山上的水箱里,然后再流到村子里的每一户人家中去,每天都是如此。')).toBe(true);
    expect(whole('4.2.1 Pumps, Wells and Tanks on Hills and in Valleys')).toBe(false);
    expect(whole('12.5 13.1 14.9 22.7 pump 18.2 19.9 tank 10.1 11.4 hill 12.9 well.')).toBe(false);
    expect(whole('Short one.')).toBe(false);
  });

  it('takes no asides, captions, notices or parts of sentences', () => {
    const whole = (text: string) => isRunningText(text, { start: 0, end: text.length });
    for (const text of [
      '(Supplied by a Late Consumptive Usher to a Grammar School.)',
      '[The pump was moved from the well to the tank in the same year.]',
      'Figure 3: The pump that moves water from the well to the tank.',
      'Tabelle 2. Die Pumpe, die das Wasser aus dem Brunnen in den Behälter fördert.',
      '[RFC 2119] Bradner, Scott, Key words for use in documents about pumps and wells.',
      'The pump is described in full at https://pumps.example/wells and in many other places.',
      'Copyright 2019 by the makers of pumps, who keep every right that there is to keep.',
      'which moves the water from the well to the tank on the hill above the village.',
    ])
      expect([text, whole(text)]).toEqual([text, false]);
    for (const text of [
      'Figure 3 shows the pump that moves water from the well to the tank on the hill.',
      'The pump (which is an old one) moves water from the well to the tank (on the hill).',
      'It is the copyright of the makers that keeps others from building such pumps.',
      '«La bomba lleva el agua del pozo al depósito que está en la colina.»',
    ])
      expect([text, whole(text)]).toEqual([text, true]);
  });

  it.each([
    ['This document describes pumps.', true],
    ['In the present study we look at wells.', true],
    ['Diese Arbeit handelt von Pumpen.', true],
    ['Der vorliegende Bericht handelt von Pumpen.', true],
    ['Este artículo trata de bombas.', true],
    ['Quest’articolo tratta di pompe.', true],
    ['本書はポンプについて述べる。', true],
    ['This pump is documented.', false],
    ['Dieser Brunnen ist tief.', false],
    ['The article is this.', false],
  ])('knows whether a sentence speaks of its text: %s', (sentence, does) => {
    expect(speaksOfItsText(sentence)).toBe(does);
  });

  it('counts a sentence more that speaks of the text', async () => {
    const scoreOf = async (word: string) => {
      const expected = `${word} report is about wells, pumps and the price of water in the valley.`;
      const text = [paragraphs(6), expected, paragraphs(20, 6)].join('\n\n');
      return (await summarise(text, [], 27, null)).find(({ start }) => text.startsWith(expected, start))!.score;
    };
    expect((await scoreOf('This')) - (await scoreOf('That'))).toBeCloseTo(0.5, 9);
  });
});
