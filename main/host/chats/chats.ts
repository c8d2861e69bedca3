import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { branchOf, leafBelow, turnsOf } from '../../contract/logic/chat-tree.ts';
import type {
  AnswerToken,
  ChatChanges,
  ChatContext,
  ChatEntry,
  ChatEvent,
  ChatHit,
  ChatMessage,
  ChatSummary,
  ChatView,
} from '../../contract/chats.ts';
import { answerTokens } from '../../contract/sampling.ts';
import { HyenaError } from '../../contract/errors.ts';
import type { FolderLock } from '../../library/files/lock.ts';
import { VersionSignal } from '../window/version-signal.ts';
import { AnswerInProgress, type Answered } from './answer-in-progress.ts';
import { chatSummary, chatView, type ChatRecord } from './chat-record.ts';
import { ChatSearch } from './chat-search.ts';
import { ChatStore } from './chat-store.ts';
import { Inference, type InferenceOptions } from './inference.ts';
import { chatMarkdown, markdownName, type MarkdownLabels } from './markdown.ts';

export interface ChatsOptions extends InferenceOptions {
  /** Called when the list of chats is another. */
  readonly changed?: () => void;
}

/** What this process knows of a chat besides its file. */
interface Live {
  readonly signal: VersionSignal;
  /** Moves on when more than the text of the answer has changed. */
  revision: number;
  answer: AnswerInProgress | null;
  /** Settles when the answer is written and kept. */
  ended: Promise<void>;
  /** Answers that the disk would not take; they are shown as long as the program runs. */
  readonly unsaved: Map<string, ChatMessage>;
}

/** More of an answer is kept this often, so that a program that is killed loses little of it. */
const keepMilliseconds = 1000;
/** Text is told to windows this often. */
const tellMilliseconds = 30;
const progressMilliseconds = 250;
/** An answer that another process writes is looked at this often; it keeps more of it as often. */
const otherMilliseconds = keepMilliseconds;

/** Chats with models: kept as files, answered by one compute process, followed by any number of windows. */
export class Chats {
  readonly #store: ChatStore;
  readonly #inference: Inference;
  readonly #search = new ChatSearch();
  readonly #live = new Map<string, Live>();
  readonly #options: ChatsOptions;
  changed: () => void;

  constructor(options: ChatsOptions) {
    this.#options = options;
    this.changed = options.changed ?? (() => undefined);
    this.#store = new ChatStore(options.library);
    this.#inference = new Inference(options);
  }

  /** All chats, the one that changed last first, and what is wrong with those that cannot be read. */
  async list(): Promise<{ chats: ChatSummary[]; damaged: HyenaError[] }> {
    const { chats, damaged } = await this.#store.list();
    const writing = (id: string) => Boolean(this.#live.get(id)?.answer);
    return { chats: chats.map((chat) => chatSummary(chat, writing(chat.id))), damaged };
  }

  /** @throws HyenaError `not-found` */
  async get(id: string): Promise<ChatView> {
    const record = await this.#store.get(id);
    const live = this.#live.get(id);
    const view = chatView(await this.#withOthers(record), live?.answer?.message ?? null);
    if (!live || live.unsaved.size === 0) return view;
    return { ...view, messages: view.messages.map((message) => live.unsaved.get(message.id) ?? message) };
  }

  /** An answer that is not at its end is cut off, unless another process is writing it. */
  async #withOthers(record: ChatRecord): Promise<ChatRecord> {
    const open = record.messages.findLast(({ state }) => state === 'cut-off');
    if (!open || this.#live.get(record.id)?.answer || !(await this.#store.isWrittenElsewhere(record.id))) return record;
    const messages = record.messages.map((one) => (one === open ? { ...one, state: 'elsewhere' as const } : one));
    return { ...record, messages };
  }

  /** @throws HyenaError `locked` where another process writes an answer in a chat */
  async requireNoOther(id: string): Promise<void> {
    if (await this.#store.isWrittenElsewhere(id))
      throw new HyenaError('locked', 'Another window is generating an answer in this chat.', {
        kept: 'Nothing was deleted.',
        hint: 'Stop it there first.',
      });
  }

  async create(changes: ChatChanges): Promise<ChatView> {
    const id = await this.#store.create(changes);
    this.changed();
    return await this.get(id);
  }

  async change(id: string, changes: ChatChanges): Promise<ChatView> {
    await this.#add(id, [{ type: 'settings', changes, time: now() }]);
    return await this.get(id);
  }

  /**
   * Says something, and has it answered.
   *
   * @param parent what it is said after; another message than the last makes a branch. Null: at the beginning
   * @throws HyenaError `locked` while an answer is written, `usage` if no model is chosen
   */
  async say(id: string, parent: string | null, text: string): Promise<ChatView> {
    const record = await this.#ready(id, parent);
    const message: ChatMessage = {
      id: newId(),
      parent,
      role: 'user',
      text,
      time: now(),
      state: 'done',
      answer: null,
    };
    await this.#answer(record, [...branchOf(record.messages, parent), message], [{ type: 'message', message }]);
    return await this.get(id);
  }

  /**
   * Writes an answer to a message: another one if there is one, or on where the message is an answer itself.
   *
   * @param to null: after nothing but the document
   */
  async answer(id: string, to: string | null): Promise<ChatView> {
    const record = await this.#ready(id, to);
    await this.#answer(record, branchOf(record.messages, to), []);
    return await this.get(id);
  }

  /** Ends the answer that is being written with its text so far; resolves when that is kept. */
  async stop(id: string): Promise<void> {
    const live = this.#live.get(id);
    live?.answer?.stop();
    await live?.ended;
  }

  /** Looks at the branch that goes through a message. */
  async choose(id: string, message: string): Promise<ChatView> {
    const { messages } = await this.#store.get(id);
    requireMessage(messages, message);
    await this.#add(id, [{ type: 'leaf', message: leafBelow(messages, message), time: now() }]);
    return await this.get(id);
  }

  /** How the tokens of an answer were drawn, of one that is being written so far. */
  async tokens(id: string, message: string): Promise<readonly AnswerToken[]> {
    const answer = this.#live.get(id)?.answer;
    return answer?.message.id === message ? answer.tokens : await this.#store.tokens(id, message);
  }

  async search(text: string, limit: number): Promise<ChatHit[]> {
    return this.#search.find((await this.#store.list()).chats, text, limit);
  }

  /** @param document its title */
  async markdown(id: string, document: string | null, words: MarkdownLabels): Promise<{ name: string; text: string }> {
    const record = await this.#store.get(id);
    return { name: markdownName(record), text: chatMarkdown(record, document, words) };
  }

  /**
   * What the model would be given: of the branch that is looked at, and of what is about to be said.
   *
   * @throws HyenaError `usage` if no model is chosen, `locked` while another one writes
   */
  async context(id: string, draft: string, signal: AbortSignal): Promise<ChatContext> {
    const { settings, messages, leaf } = await this.#store.get(id);
    const run = requireRun(settings.run);
    const text = branchOf(messages, leaf).map(({ role, text }) => ({ role, text }));
    if (draft !== '') text.push({ role: 'user', text: draft });
    const { template, document, system, sampling } = settings;
    return await this.#inference.use(
      run,
      { signal, wait: false },
      async (model, { device, step, kind, template: defaultTemplate, notices, context: length }) => {
        const prompt = { turns: turnsOf(text, system), template, document };
        const answer = answerTokens(sampling, length);
        const use = await model.measure(prompt, answer);
        const used = template === 'auto' ? defaultTemplate : template;
        return { run, device, step, kind, template: used, use, answer, notices: [...notices] };
      },
    );
  }

  /** The chat at once, with the text so far; then what changes, until the signal is aborted. */
  async *follow(id: string, signal: AbortSignal): AsyncGenerator<ChatEvent, void, undefined> {
    const live = this.#liveOf(id);
    let sent = { revision: -1, message: '', length: 0, progress: '', time: 0 };
    let record: ChatRecord | null = null;
    while (!signal.aborted) {
      const seen = live.signal.version;
      if (live.revision !== sent.revision) {
        const { revision } = live;
        record = await this.#store.get(id);
        const chat = await this.get(id);
        const writing = chat.messages.find((message) => message.id === chat.writing);
        sent = { ...sent, revision, message: writing?.id ?? '', length: writing?.text.length ?? 0, progress: '' };
        yield { type: 'chat', chat };
        if (chat.messages.some(({ state }) => state === 'elsewhere')) {
          // Another process writes: its file is looked at again.
          await sleep(otherMilliseconds, undefined, { signal }).catch(() => undefined);
          sent.revision = -1;
          continue;
        }
      }
      const { answer } = live;
      if (answer && live.revision === sent.revision && answer.message.id === sent.message) {
        const { text } = answer.message;
        const at = sent.length;
        sent.length = text.length;
        if (text.length > at) yield { type: 'text', message: sent.message, at, text: text.slice(at) };
        const { progress } = answer;
        const step = `${progress.phase} ${progress.done}`;
        if (step !== sent.progress || Date.now() - sent.time >= progressMilliseconds) {
          sent = { ...sent, progress: step, time: Date.now() };
          yield progress;
        }
      }
      await sleep(tellMilliseconds, undefined, { signal }).catch(() => undefined);
      await live.signal.changed(seen, AbortSignal.any([signal, AbortSignal.timeout(otherMilliseconds)]));
      // What another process has added is not a change that this one was notified of.
      if (!live.answer && (await this.#store.get(id).catch(() => record)) !== record) sent.revision = -1;
    }
  }

  /** Ends all answers with their text so far, and the compute process. */
  async close(): Promise<void> {
    await Promise.all([...this.#live.keys()].map((id) => this.stop(id)));
    await this.#inference.close();
  }

  #liveOf(id: string): Live {
    let live = this.#live.get(id);
    if (!live) {
      live = { signal: new VersionSignal(), revision: 0, answer: null, ended: Promise.resolve(), unsaved: new Map() };
      this.#live.set(id, live);
    }
    return live;
  }

  async #add(id: string, entries: readonly ChatEntry[]): Promise<void> {
    await this.#store.append(id, entries);
    this.#touch(id);
  }

  #touch(id: string): void {
    const live = this.#liveOf(id);
    live.revision++;
    live.signal.raise();
    this.changed();
  }

  /** A chat to which something can be said after a message. */
  async #ready(id: string, after: string | null): Promise<ChatRecord> {
    const record = await this.#store.get(id);
    requireRun(record.settings.run);
    if (after !== null) requireMessage(record.messages, after);
    if (this.#live.get(id)?.answer)
      throw new HyenaError('locked', 'An answer is being generated in this chat.', { hint: 'Stop it first.' });
    return record;
  }

  /** Begins an answer to a branch; resolves when it has begun. */
  async #answer(record: ChatRecord, branch: readonly ChatMessage[], before: readonly ChatEntry[]): Promise<void> {
    const { id, settings } = record;
    const { system, template, document, sampling } = settings;
    const message: Answered = {
      id: newId(),
      parent: branch.at(-1)?.id ?? null,
      text: '',
      time: now(),
      role: 'assistant',
      state: 'writing',
      answer: {
        run: requireRun(settings.run),
        step: null,
        reason: null,
        tokens: 0,
        seconds: 0,
        seed: sampling.seed ?? randomBytes(4).readUInt32LE(),
        context: null,
        error: null,
      },
    };
    const live = this.#liveOf(id);
    const answer = new AnswerInProgress(message, () => live.signal.raise());
    // Taken before the file is: of two who ask at once the second is refused.
    if (live.answer) throw new HyenaError('locked', 'An answer is being generated in this chat.');
    live.answer = answer;
    let lock: FolderLock | undefined;
    try {
      lock = await this.#store.lock(id);
      await this.#add(id, [...before, { type: 'message', message }]);
    } catch (error) {
      live.answer = null;
      await lock?.release();
      throw error;
    }
    const prompt = { turns: turnsOf(branch, system), template, document };
    live.ended = this.#write(id, live, answer, lock, settings, prompt);
  }

  async #write(
    id: string,
    live: Live,
    answer: AnswerInProgress,
    lock: FolderLock,
    ...given: [settings: ChatRecord['settings'], prompt: Parameters<AnswerInProgress['write']>[2]]
  ): Promise<void> {
    const keeper = this.#keep(id, answer);
    const message = await answer.write(this.#inference, ...given);
    await keeper();
    try {
      await this.#store.append(id, [{ type: 'message', message }]);
    } catch (thrown) {
      live.unsaved.set(message.id, message);
      this.#report(thrown);
    }
    if (answer.tokens.length > 0)
      await this.#store.keepTokens(id, message.id, answer.tokens).catch((thrown: unknown) => this.#report(thrown));
    await lock.release().catch((thrown: unknown) => {
      // Where the folder has gone there is no lock.
      if (HyenaError.from(thrown).code !== 'not-found') this.#report(thrown);
    });
    live.answer = null;
    this.#touch(id);
  }

  #report(thrown: unknown): void {
    this.#options.report(HyenaError.from(thrown).message);
  }

  /** Keeps what there is of an answer from time to time. @returns ends that, after the last write */
  #keep(id: string, answer: AnswerInProgress): () => Promise<void> {
    let kept = 0;
    let last: Promise<void> = Promise.resolve();
    let failed = false;
    const timer = setInterval(() => {
      const { id: message, text } = answer.message;
      if (text.length === kept) return;
      const more = text.slice(kept);
      kept = text.length;
      last = last
        .then(() => this.#store.append(id, [{ type: 'text', message, text: more }], { sync: false }))
        .catch((thrown: unknown) => {
          // The disk may refuse every piece: once is enough. The whole answer is kept when it is written.
          if (!failed) this.#report(thrown);
          failed = true;
        });
    }, keepMilliseconds);
    timer.unref();
    return () => {
      clearInterval(timer);
      return last;
    };
  }
}

const now = (): string => new Date().toISOString();
const newId = (): string => randomBytes(6).toString('hex');

function requireRun(run: string | null): string {
  if (run !== null) return run;
  throw new HyenaError('usage', 'No model is selected for this chat.', { hint: 'Select one above the conversation.' });
}

function requireMessage(messages: readonly ChatMessage[], id: string): void {
  if (messages.some((message) => message.id === id)) return;
  throw new HyenaError('not-found', 'This message is no longer in the chat.');
}
