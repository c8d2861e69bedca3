import type { ErrorReport } from '../../main/contract/errors.ts';
import { toEnglish } from '../../main/contract/message.ts';

export interface Notice {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  /** Of an error its English, which tells it from another. */
  text: string;
  /** When it came, milliseconds. */
  time: number;
  error: ErrorReport | null;
  action: { label: string; run: () => void } | null;
}

const shownMilliseconds = 6000;
const keptNotices = 100;

/** Short messages at the edge of the window; what can be undone says so there. Errors stay until they are put away. */
export class Notices {
  #notices = $state.raw<readonly Notice[]>([]);
  #next = 1;
  /** Of this window, the newest first; what could be undone then is undone elsewhere by now. */
  #history = $state.raw<readonly Notice[]>([]);

  get all(): readonly Notice[] {
    return this.#notices;
  }
  /** What was said in this window, the newest first. */
  get history(): readonly Notice[] {
    return this.#history;
  }

  /** @returns the number by which it can be put away */
  notify(text: string, tone: Notice['tone'] = 'plain', action: Notice['action'] = null): number {
    const notice = this.#add({ text, tone, action, error: null });
    setTimeout(() => this.dismiss(notice.id), action ? 2 * shownMilliseconds : shownMilliseconds);
    return notice.id;
  }

  /** @param shown the page says the same, so that the notice need not stay over it */
  fail(error: ErrorReport, shown = false): void {
    const text = toEnglish(error.message);
    if (this.#notices.some((notice) => notice.error && notice.text === text)) return;
    const { id } = this.#add({ text, tone: 'bad', action: null, error });
    if (shown) setTimeout(() => this.dismiss(id), shownMilliseconds);
  }

  dismiss(id: number): void {
    this.#notices = this.#notices.filter((notice) => notice.id !== id);
  }

  #add(notice: Omit<Notice, 'id' | 'time'>): Notice {
    const added = { ...notice, id: this.#next++, time: Date.now() };
    this.#notices = [...this.#notices.slice(-3), added];
    this.#history = [added, ...this.#history].slice(0, keptNotices);
    return added;
  }
}
