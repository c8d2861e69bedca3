import path from 'node:path';
import { HyenaError } from '../../main/contract/errors.ts';
import { trainedLength } from '../../main/contract/mixers/index.ts';
import { msg, type Message } from '../../main/contract/message.ts';
import type { ContextUse, ConversationPrompt, DocumentPart, Turn } from '../../main/contract/conversation.ts';
import type { Tokenizer } from '../../main/library/tokenizers/tokenizer.ts';
import { tokenizePart, upTo } from '../generation/document-part.ts';
import { documentFolder, readDocument } from '../../main/library/documents/store.ts';
import { encodePrompt, fitConversation } from '../generation/conversation.ts';
import type { OpenSequence } from '../generation/text-reader.ts';
import { promptTokens } from '../generation/generate.ts';
import { cachedPrefill } from '../generation/cached-prefill.ts';
import type { ModelTemplates } from '../generation/model-templates.ts';
import type { Prompt } from '../generation/templates.ts';
import { longStep } from '../process/long-step.ts';
import type { Decoder, Sequence } from '../models/decoding/decoder.ts';
import type { PrefixCachingReader } from './prefix-caching-reader.ts';

/** A conversation that has been read, ready to be answered. */
export interface OpenedPrompt<T extends OpenSequence> {
  readonly ids: Int32Array;
  /** To be disposed of. */
  readonly reading: { readonly text: T; readonly logits: Float32Array; readonly reused?: number };
  readonly context: ContextUse;
  /** What ends the answer, besides what was requested. */
  readonly stops: readonly string[];
  /** This many tokens the answer may have. */
  readonly maxTokens: number;
}

export interface OpeningHooks {
  /** Throws where nobody waits. */
  readonly check: () => void;
  /** Called with how much has been read, 0 to 1. */
  readonly onProgress: (done: number) => void;
}

/** Makes prompts of conversations. */
export interface PromptOpener<T extends OpenSequence> {
  open(prompt: ConversationPrompt, maxTokens: number, hooks: OpeningHooks): Promise<OpenedPrompt<T>>;
  measure(prompt: ConversationPrompt, maxTokens: number): Promise<ContextUse>;
  /** All of a conversation as tokens, however many, and what ends its answer. @throws HyenaError `bad-input` */
  whole(prompt: ConversationPrompt): { ids: Int32Array; stops: readonly string[] };
}

export interface ConversationSettings {
  readonly library: string;
  readonly decoder: Decoder;
  /** Reads, and remembers what it read. */
  readonly reader: PrefixCachingReader;
  readonly tokenizer: Tokenizer;
  /** Of the model's weights: what cached prefixes go by. */
  readonly identity: string;
  readonly templates: ModelTemplates;
  readonly onProblem: (message: Message) => void;
}

/** A part of a document as tokens. */
interface Cut {
  readonly key: string;
  /** Of the document. */
  readonly id: string;
  readonly ids: Int32Array;
  readonly use: NonNullable<ContextUse['document']>;
}

/**
 * Conversations of one model. What was read for one stays in memory, so that the next message is all that has to be
 * read; of a document that was read before the cached prefix is opened.
 */
export class Conversations implements PromptOpener<Sequence> {
  readonly #settings: ConversationSettings;
  #cut: Cut | null = null;
  /** One is opened after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(settings: ConversationSettings) {
    this.#settings = settings;
  }

  open(prompt: ConversationPrompt, maxTokens: number, hooks: OpeningHooks): Promise<OpenedPrompt<Sequence>> {
    const opened = this.#turn.then(() => this.#open(prompt, maxTokens, hooks));
    this.#turn = opened.catch(() => undefined);
    return opened;
  }

  async measure(prompt: ConversationPrompt, maxTokens: number): Promise<ContextUse> {
    return (await this.#lay(prompt, maxTokens)).context;
  }

  whole({ turns, template }: ConversationPrompt): { ids: Int32Array; stops: readonly string[] } {
    const { tokenizer, templates } = this.#settings;
    const prompt = templates.render(templates.resolve(template), turns);
    const ids = longStep(() => encodePrompt(tokenizer, prompt));
    return { ids: ids.length > 0 ? ids : promptTokens(tokenizer, ''), stops: prompt.stops };
  }

  async #open(prompt: ConversationPrompt, maxTokens: number, hooks: OpeningHooks): Promise<OpenedPrompt<Sequence>> {
    hooks.check();
    const { cut, ids, stops, context, sliding } = await this.#lay(prompt, maxTokens);
    if (context.room < 1)
      throw new HyenaError(
        'bad-input',
        msg`This message does not fit into the model's context of ${context.limit} tokens.`,
        {
          kept: 'The chat is unchanged.',
          hint: cut ? 'Shorten the message, or select a shorter part of the document.' : 'Shorten the message.',
        },
      );
    const onProgress = (done: number) => {
      hooks.check();
      hooks.onProgress(done);
    };
    if (cut) await this.#readDocument(cut, onProgress);
    const reading = await this.#settings.reader.prefill(ids, { onProgress });
    return { ids, reading, context, stops, maxTokens: sliding ? maxTokens : Math.min(maxTokens, context.room) };
  }

  /** The prompt's tokens, as many as fit. */
  async #lay({ turns, template, document }: ConversationPrompt, maxTokens: number) {
    const { decoder, tokenizer, templates } = this.#settings;
    const chosen = templates.resolve(template);
    const exact = chosen === 'plain';
    const render = (given: readonly Turn[]): Prompt => templates.render(chosen, given);
    const cut = document ? await this.#partOf(document) : null;
    const available = decoder.limit - (cut?.ids.length ?? 0);
    const fitting = available - Math.min(maxTokens, available >> 2);
    // A document and what is said about it are two texts; what continues from a place in it is one.
    const parted = document?.edge === 'from' && turns.length > 0;
    const before = parted ? tokenizer.encode('\n\n') : new Int32Array(0);
    const fitted =
      turns.length === 0 && chosen !== 'auto' && exact
        ? { ids: new Int32Array(0), left: { turns: 0, tokens: 0 } }
        : fitConversation(turns, render, tokenizer, fitting - before.length, exact);
    const text = Int32Array.from([...before, ...fitted.ids]);
    const ids = cut || text.length > 0 ? Int32Array.from([...(cut?.ids ?? []), ...text]) : promptTokens(tokenizer, '');
    const context: ContextUse = {
      limit: decoder.limit,
      trained: trainedLength(decoder.model.config),
      document: cut?.use ?? null,
      conversation: text.length,
      left: fitted.left,
      room: Math.max(0, decoder.limit - ids.length),
    };
    return { cut, ids, stops: render(turns).stops, context, sliding: exact && !cut };
  }

  /** A quarter of the context is for the conversation where a document does not leave as much by itself. */
  async #partOf({ id, edge, offset }: DocumentPart): Promise<Cut> {
    const { library, decoder, tokenizer } = this.#settings;
    const key = `${id} ${edge} ${offset}`;
    if (this.#cut?.key === key) return this.#cut;
    const { text } = await readDocument(library, id);
    const room = Math.max(1, decoder.limit - Math.max(1, decoder.limit >> 2));
    const place = Math.min(offset, text.length);
    const cut = longStep(() => {
      if (edge === 'from') {
        const part = tokenizePart(text, tokenizer, place, room);
        const { ids, start, end, total } = part;
        return { key, id, ids, use: { tokens: ids.length, total, start, end, characters: text.length } };
      }
      const { ids, start } = upTo(text, tokenizer, place, room);
      const { total } = tokenizePart(text, tokenizer, 0, room);
      return { key, id, ids, use: { tokens: ids.length, total, start, end: place, characters: text.length } };
    });
    if (cut.ids.length === 0) throw new HyenaError('bad-input', 'The document has no text at that place.');
    return (this.#cut = cut);
  }

  /** Has a part of a document among what was read, from its cached prefix if there is one. */
  async #readDocument(cut: Cut, onProgress: (done: number) => void): Promise<void> {
    const { library, decoder, reader, identity, onProblem } = this.#settings;
    if (reader.knows(cut.ids)) return;
    const { text, logits } = await cachedPrefill(decoder.model, decoder, cut.ids, {
      folder: path.join(documentFolder(library, cut.id), 'states', identity.slice(0, 16)),
      identity,
      onProblem: (error) => onProblem(error.messages.message),
      onProgress,
    });
    reader.remember(cut.ids, text, logits);
  }
}
