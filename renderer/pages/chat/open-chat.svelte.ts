import { branchOf, siblingsOf } from '../../../main/contract/logic/chat-tree.ts';
import type { ChatChanges, ChatContext, ChatMessage, ChatProgress, ChatView } from '../../../main/contract/chats.ts';
import type { ErrorReport } from '../../../main/contract/errors.ts';
import type { Message } from '../../../main/contract/message.ts';
import { reportOf } from '../../connection/client.ts';
import type { AppState } from '../../state/app-state.svelte.ts';

/** How long a person has stopped typing before the context is measured. */
const measureMilliseconds = 500;
const draftKey = (id: string) => `hyena-studio.chat-draft.${id}`;

/** Without the keys that are left as they are. */
const given = (changes: ChatChanges): Partial<ChatView> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));

/** A chat as this window follows it: the text of an answer grows by itself, whoever began it. */
export class OpenChat {
  readonly id: string;
  readonly #app: AppState;
  readonly #leave: () => void;
  #view = $state.raw<ChatView | null>(null);
  /** The message that is written now; apart from the others, so that its growth touches nothing else. */
  #growing = $state('');
  #progress = $state.raw<ChatProgress | null>(null);
  #failure = $state.raw<ErrorReport | null>(null);
  #context = $state.raw<ChatContext | null>(null);
  #contextFailure = $state.raw<ErrorReport | null>(null);
  #measuring = $state(false);
  #draft = $state('');
  #busy = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #measured = 0;
  #changes: Promise<void> = Promise.resolve();
  /** Changes of settings that the host has not taken yet, the earliest first. */
  #waiting: readonly ChatChanges[] = [];
  readonly #branch = $derived(this.#view ? branchOf(this.#view.messages, this.#view.leaf) : []);

  constructor(app: AppState, id: string) {
    this.#app = app;
    this.id = id;
    this.#draft = sessionStorage.getItem(draftKey(id)) ?? '';
    this.#leave = app.client.join(
      'chats.follow',
      () => ({ chat: id }),
      (event) => {
        if (event.type === 'chat') this.#take(event.chat);
        else if (event.type === 'progress') this.#progress = event;
        else if (event.message === this.#view?.writing && event.at <= this.#growing.length)
          this.#growing = this.#growing.slice(0, event.at) + event.text;
      },
      (error) => (this.#failure = reportOf(error)),
    );
  }

  /** Null until it is known. */
  get view(): ChatView | null {
    return this.#view;
  }
  /** The branch that is looked at. */
  get branch(): readonly ChatMessage[] {
    return this.#branch;
  }
  get progress(): ChatProgress | null {
    return this.#view?.writing ? this.#progress : null;
  }
  /** Why the chat cannot be shown. */
  get failure(): ErrorReport | null {
    return this.#failure;
  }
  get writing(): boolean {
    return (this.#view?.writing ?? null) !== null;
  }
  /** Something was asked for and has not been answered yet. */
  get busy(): boolean {
    return this.#busy;
  }
  /** How the context was filled when it was last measured. */
  get context(): ChatContext | null {
    return this.#context;
  }
  /** What a person should know of the model that answers, as it was loaded: that a better checkpoint is damaged, say. */
  get notices(): readonly Message[] {
    return this.#context !== null && this.#context.run === this.#view?.run ? this.#context.notices : [];
  }
  get contextFailure(): ErrorReport | null {
    return this.#contextFailure;
  }
  get measuring(): boolean {
    return this.#measuring;
  }
  /** What is being written by the person; kept over a reload. */
  get draft(): string {
    return this.#draft;
  }
  set draft(text: string) {
    this.#draft = text;
    if (text === '') sessionStorage.removeItem(draftKey(this.id));
    else sessionStorage.setItem(draftKey(this.id), text);
    this.measureSoon();
  }

  textOf(message: ChatMessage): string {
    return message.id === this.#view?.writing ? this.#growing : message.text;
  }

  /** Whether nothing can be written after the last message of the branch: the context has no room left. */
  isFull({ answer }: ChatMessage): boolean {
    if (answer?.reason === 'length' && answer.context?.room === answer.tokens) return true;
    return this.#context !== null && this.#context.run === this.#view?.run && this.#context.use.room < 1;
  }

  siblings(message: ChatMessage): ChatMessage[] {
    return siblingsOf(this.#view?.messages ?? [], message);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#measured = -1;
    this.#leave();
  }

  /** Says something at the end of the branch, or after another message, and has it answered. */
  async say(text: string, parent: string | null = this.#view?.leaf ?? null): Promise<boolean> {
    return await this.#do(() => this.#app.ask('chats.say', { chat: this.id, parent, text }));
  }

  /** Another answer to a message, or more of an answer. */
  async answer(to: string | null): Promise<boolean> {
    return await this.#do(() => this.#app.ask('chats.answer', { chat: this.id, to }));
  }

  async stop(): Promise<void> {
    await this.#app.ask('chats.stop', { chat: this.id });
  }

  async choose(message: string): Promise<void> {
    await this.#do(() => this.#app.ask('chats.choose', { chat: this.id, message }));
  }

  /** Changes settings: at once here, and one after the other there. */
  change(changes: ChatChanges): Promise<void> {
    this.#waiting = [...this.#waiting, changes];
    if (this.#view) this.#view = { ...this.#view, ...given(changes) };
    this.#changes = this.#changes.then(async () => {
      const view = await this.#app.ask('chats.change', { chat: this.id, changes });
      this.#waiting = this.#waiting.slice(1);
      if (view) return this.measureSoon();
      // It was refused: what holds is what the host has.
      const kept = await this.#app.ask('chats.show', { chat: this.id });
      if (kept) this.#take(kept);
    });
    return this.#changes;
  }

  /** Asks how full the context is, when the person has paused. */
  measureSoon(delay = measureMilliseconds): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#measure(), delay);
  }

  async #measure(): Promise<void> {
    const { run } = this.#view ?? {};
    if (!run || this.writing || this.#measured < 0 || !this.#app.run(run)) return;
    const turn = ++this.#measured;
    this.#measuring = true;
    try {
      const context = await this.#app.client.request('chats.context', { chat: this.id, draft: this.#draft });
      if (turn !== this.#measured) return;
      this.#context = context;
      this.#contextFailure = null;
    } catch (error) {
      if (turn === this.#measured) this.#contextFailure = reportOf(error);
    } finally {
      if (turn === this.#measured) this.#measuring = false;
    }
  }

  /** Does something that answers with the chat as it is then. */
  async #do(work: () => Promise<ChatView | undefined>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    try {
      const view = await work();
      return view !== undefined;
    } finally {
      this.#busy = false;
    }
  }

  #take(view: ChatView): void {
    const before = this.#view;
    const message = view.messages.find(({ id }) => id === view.writing);
    this.#growing = message?.text ?? '';
    if (view.writing !== before?.writing) this.#progress = null;
    // What the host tells now may be older than what a person has changed since, by a slider for example.
    this.#view = this.#waiting.reduce<ChatView>((latest, changes) => ({ ...latest, ...given(changes) }), view);
    this.#failure = null;
    this.measureSoon(before ? measureMilliseconds : 0);
  }
}
