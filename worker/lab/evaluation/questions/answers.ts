import { answerSpans } from '../../../../main/contract/logic/reading/answer-spans.ts';
import {
  byBestSentence,
  rankSentences,
  type AnswerSentence,
} from '../../../../main/contract/logic/reading/answering.ts';
import { passageCharacters, PassageIndex } from '../../../../main/contract/logic/reading/lexical.ts';
import { passagesOf, type Segment } from '../../../../main/contract/logic/reading/segments.ts';
import { candidateCount } from '../../../documents/find.ts';
import { mixedScores, modelShare, oneLine, type QuestionModel } from '../../../documents/questions.ts';
import type { Question } from './read.ts';

/** What one method answers. */
interface GivenAnswer {
  readonly sentence: string;
  readonly answer: string;
  /** The higher, the likelier the text holds an answer at all. */
  readonly confidence: number;
}

const nothing: GivenAnswer = { sentence: '', answer: '', confidence: -Infinity };

/** What was found for a question. */
export interface QuestionWork {
  readonly question: Question;
  readonly words: GivenAnswer;
  /** null without a model. */
  readonly model: GivenAnswer | null;
  readonly both: GivenAnswer | null;
  /** Best first. @param share the model's part of the scores */
  readonly sentences: (share: number) => Segment[];
  readonly passages: (share: number) => Segment[];
}

/** Candidates in the order of their scores. */
function ordered<Candidate>(candidates: readonly Candidate[], scores: readonly number[]): Candidate[] {
  const places = [...candidates.keys()].sort((a, b) => scores[b] - scores[a] || a - b);
  return places.map((place) => candidates[place]);
}

/** A text whose words are indexed once for many questions: what 'Ask' finds in a document of this text. */
export class QuestionedDocument {
  readonly #text: string;
  readonly #passages: Segment[];
  readonly #index = new PassageIndex();

  constructor(text: string) {
    this.#text = text;
    this.#passages = passagesOf(text, [], passageCharacters);
    for (const [id, { start, end }] of this.#passages.entries()) this.#index.add(id, text.slice(start, end));
  }

  /** @param model null: words alone decide */
  async ask(question: Question, model: QuestionModel | null): Promise<QuestionWork> {
    const asked = question.question;
    const found = this.#index.search(asked, candidateCount).map(({ passage }) => this.#passages[passage]);
    const passages = byBestSentence(this.#text, found, asked);
    const all = rankSentences(this.#text, passages, asked);
    const sentences = all.slice(0, candidateCount);
    const words = sentences.length === 0 ? nothing : this.#byWords(sentences[0], asked);
    const byWords = { question, words, model: null, both: null };
    if (!model) return { ...byWords, sentences: () => sentences, passages: () => passages };
    const gains = await model.gains(
      asked,
      [...passages, ...sentences].map((segment) => oneLine(this.#text, segment)),
    );
    const ofSentences = gains.slice(passages.length);
    const ranked = (share: number) =>
      ordered(
        sentences,
        mixedScores(
          sentences.map(({ score }) => score),
          ofSentences,
          share,
        ),
      );
    return {
      ...byWords,
      model: await this.#byModel(model, ranked(1).at(0), asked, 1, Math.max(...ofSentences)),
      both: await this.#byModel(model, ranked(modelShare).at(0), asked, modelShare, Math.max(...ofSentences)),
      sentences: ranked,
      passages: (share) =>
        ordered(
          passages,
          mixedScores(
            passages.map(({ lexical }) => lexical),
            gains.slice(0, passages.length),
            share,
          ),
        ),
    };
  }

  #byWords(sentence: AnswerSentence, question: string): GivenAnswer {
    const text = oneLine(this.#text, sentence);
    const span = answerSpans(text, question).at(0);
    return {
      sentence: text,
      answer: span ? text.slice(span.start, span.end) : text,
      confidence: sentence.score,
    };
  }

  async #byModel(
    model: QuestionModel,
    sentence: AnswerSentence | undefined,
    question: string,
    share: number,
    gain: number,
  ): Promise<GivenAnswer> {
    if (!sentence) return nothing;
    const text = oneLine(this.#text, sentence);
    const spans = answerSpans(text, question);
    const answers = spans.map(({ start, end }) => text.slice(start, end));
    const losses = answers.length === 0 ? [] : await model.answerLosses(text, question, answers);
    const scores = mixedScores(
      spans.map(({ score }) => score),
      losses.map((loss) => -loss),
      share,
    );
    return {
      sentence: text,
      answer: ordered(answers, scores).at(0) ?? text,
      confidence: (1 - share) * sentence.score + share * gain,
    };
  }
}
