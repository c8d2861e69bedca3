// Questions with answers, made of texts by templates: what a starter model is taught to answer.
import { hashOf } from './clean.js';

/** @typedef {'summary' | 'definition' | 'span' | 'place' | 'gap' | 'title' | 'absent'} Kind */
/** @typedef {{ kind: Kind, question: string, answer: string }} Instruction */
/** @typedef {{ question: string, answer: string, sentence: string }} SentenceQuestion */

/** What a model answers to a question that the text before it does not answer. */
export const absentAnswer = 'The text does not say.';

/** One of several phrasings, the same for the same text. @param {string} text @param {readonly string[]} choices */
const oneOf = (text, choices) => choices[hashOf(text) % choices.length];

/** A question about a text as the program asks it: the text, an empty line, the question. @param {string} text @param {string} question */
const about = (text, question) => `${text}\n\n${question}`;

/** As `hyena summarise --generate` and the window ask for a summary. @param {string} text @param {string} summary @returns {Instruction} */
export const summaryOf = (text, summary) => ({
  kind: 'summary',
  question: about('Summarise this text.', text),
  answer: summary,
});

/** @param {string} text @param {string} title @returns {Instruction} */
export const titleOf = (text, title) => ({
  kind: 'title',
  question: about(
    text,
    oneOf(text, ['Give this text a title.', 'What is this text about?', 'What is the title of this text?']),
  ),
  answer: title,
});

/** @param {string} word @param {string} definition @returns {Instruction} */
export const definitionOf = (word, definition) => ({
  kind: 'definition',
  question: oneOf(word, [
    `What is ${word}?`,
    `What does '${word}' mean?`,
    `Define '${word}'.`,
    `Explain the word '${word}'.`,
  ]),
  answer: definition,
});

const pronouns =
  /^(?:I|He|She|It|They|We|You|This|That|These|Those|There|Here|The|A|An|If|When|What|Who|As|In|On|At|But|And|So|For|Not|No|Yes|Please|All|Some|Such|Each|Every|Both|One|My|His|Her|Its|Their|Our|Your|Now|Then|Note|See|However|With|By|From|To|Or|Nor|Let|Do)\b/;
const noun = String.raw`[A-Z][\w'’.-]*\w(?: (?:(?:of|the|de|van|von) )?[A-Z][\w'’.-]*\w){0,4}`;
const verb = String.raw`(?:was|is|has|had|were|are|can|could|will|would|may|must|did|made|took|gave|found|became|began|said|went|saw|wrote|led|won|built|\w{3,}ed|adds|allows|builds|checks|contains|converts|creates|displays|does|enables|gives|handles|helps|implements|includes|lets|makes|manages|offers|performs|provides|reads|runs|supports|takes|turns|uses|works|writes)`;
/** What a person does rather than a program. */
const deeds = /^(?:made|took|gave|found|became|began|said|went|saw|wrote|led|won|built|\w{3,}ed)$/;
const subjectForm = new RegExp(`^(${noun}) (${verb}) (.{12,140})[.]$`);
const definitionForm = new RegExp(`^(${noun}) (is|was) ((?:an?|the) [^,;:.]{8,100})[,.]`);
const yearForm = /^(.{3,80}?) (was|were|is|are) (\w+(?:ed|en|un|wn|lt|de)\b[^,.]{0,80}?) in (\d{4})\b/;
const countForm =
  /^(.{2,60}?) (has|have|had|contains|contain|provides|provide|includes|include|supports|support) (?:about |around |over |more than |up to )?(\d[\d,.]*\d|\d|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|hundreds|thousands) ([a-z]{3,}(?: [a-z]{3,})?)/;
/** The form that a verb takes behind 'does', 'do' or 'did'. @type {Record<string, [string, string]>} */
const auxiliaries = {
  has: ['does', 'have'],
  have: ['do', 'have'],
  had: ['did', 'have'],
};

/** The beginning of a sentence as it stands within one; names stay. @param {string} text */
const within = (text) =>
  /^(?:The|A|An|This|These|It|They|He|She|There)\b/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;

/** Questions that a sentence answers with a stretch of its own. @param {string} sentence @returns {SentenceQuestion[]} */
export function questionsOf(sentence) {
  /** @type {SentenceQuestion[]} */
  const found = [];
  const add = (/** @type {string} */ question, /** @type {string} */ answer) =>
    found.push({ question, answer, sentence });
  const definition = definitionForm.exec(sentence);
  if (definition && !pronouns.test(definition[1])) add(`What ${definition[2]} ${definition[1]}?`, definition[3]);
  const year = yearForm.exec(sentence);
  if (year) add(`When ${year[2]} ${within(year[1])} ${year[3]}?`, year[4]);
  const count = countForm.exec(sentence);
  if (count) {
    const [auxiliary, plain] = auxiliaries[count[2]] ?? [
      count[2].endsWith('s') ? 'does' : 'do',
      count[2].replace(/s$/, ''),
    ];
    add(`How many ${count[4]} ${auxiliary} ${within(count[1])} ${plain}?`, count[3]);
  }
  const subject = subjectForm.exec(sentence);
  if (subject && !pronouns.test(subject[1]))
    add(`${deeds.test(subject[2]) ? 'Who' : 'What'} ${subject[2]} ${subject[3]}?`, subject[1]);
  return found;
}

/** A name or number within a sentence; its first word is not one. */
const gapForm = /(?<=[a-z,;] )(?:[A-Z][\w'’-]*\w(?: [A-Z][\w'’-]*\w){0,3}|\d[\d,.]*\d%?|\d%?)(?=[ ,.;)])/g;

/** A sentence with a gap, and what fills it; null without a name or number. @param {string} sentence @returns {SentenceQuestion | null} */
export function gapOf(sentence) {
  const places = [...sentence.matchAll(gapForm)].filter(({ 0: text }) => sentence.split(text).length === 2);
  if (places.length === 0) return null;
  const { index, 0: answer } = places[hashOf(sentence) % places.length];
  const question = `${sentence.slice(0, index)}___${sentence.slice(index + answer.length)}`;
  return { question: `Fill the gap: ${question}`, answer, sentence };
}

/** Ends of sentences, roughly: behind a full stop before a capital. @param {string} paragraph */
export const sentencesOf = (paragraph) =>
  paragraph.split(/(?<=[a-z\d)"'][.!?]["')]?) (?=["'(]?[A-Z])/).filter((one) => one.length > 0);

/** Whole paragraphs or sentences of a text together up to about this many characters. @param {string} text @returns {string[]} */
export function passagesOf(text, characters = 700) {
  /** @type {string[]} */
  const found = [];
  let open = '';
  for (const sentence of text.split('\n\n').flatMap(sentencesOf)) {
    if (open !== '' && open.length + sentence.length > characters) {
      found.push(open);
      open = '';
    }
    open = open === '' ? sentence : `${open} ${sentence}`;
  }
  if (open !== '') found.push(open);
  return found.filter((one) => one.length >= 80 && one.length <= 2 * characters);
}

/**
 * Questions about a passage: answered by a stretch of it, by its sentence (the place), by what fills a gap, and not
 * answered, which are those of another passage.
 *
 * @param {string} passage @param {SentenceQuestion | null} other a question about another text
 * @returns {Instruction[]}
 */
export function passageInstructions(passage, other) {
  const sentences = sentencesOf(passage).filter((one) => one.length >= 40 && one.length <= 300);
  /** @type {Instruction[]} */
  const found = [];
  const asked = sentences.flatMap(questionsOf);
  for (const { question, answer, sentence } of asked.slice(0, 3)) {
    found.push({ kind: 'span', question: about(passage, question), answer });
    if (sentences.length > 1 && hashOf(sentence) % 2 === 0)
      found.push({
        kind: 'place',
        question: about(passage, `Which sentence answers the question: ${question}`),
        answer: sentence,
      });
  }
  const gaps = sentences.flatMap((sentence) => gapOf(sentence) ?? []);
  if (gaps.length > 0) {
    const { question, answer } = gaps[hashOf(passage) % gaps.length];
    found.push({ kind: 'gap', question: about(passage, question), answer });
  }
  if (other && !passage.includes(other.answer))
    found.push({ kind: 'absent', question: about(passage, other.question), answer: absentAnswer });
  return found;
}

/**
 * A question about a passage as texts in which every word counts, in the two forms that a model without chats is asked:
 * the question after the passage, which ranks passages, and the answer after both.
 *
 * @param {Instruction} instruction @returns {string[]}
 */
export function plainPairs({ kind, question, answer }) {
  if (kind !== 'span' && kind !== 'gap') return [];
  const at = question.lastIndexOf('\n\n');
  const [passage, asked] = [question.slice(0, at), question.slice(at + 2)];
  return [`${passage}\n\n${asked}\n`, `${passage}\nQuestion: ${asked}\nAnswer: ${answer}\n`];
}
