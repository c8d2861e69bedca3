/** So often a growing text is spoken. */
const spokenMilliseconds = 5000;
const mostCharacters = 400;

/** Gives a text that grows to a screen reader at a pace that it can speak: whole sentences, every few seconds. */
export class Announcer {
  #announced = 0;
  #time: number | null = null;

  /**
   * @param text so far
   * @param ended whether nothing follows
   * @returns what to speak now; null: nothing
   */
  feed(text: string, now: number, ended: boolean): string | null {
    this.#time ??= now;
    const rest = text.slice(this.#announced);
    if (rest.trim() === '' || (!ended && now - this.#time < spokenMilliseconds)) return null;
    const sentence = Math.max(
      ...['. ', '! ', '? ', '。', '！', '？', '\n'].map((end) => rest.lastIndexOf(end) + end.length),
    );
    const length = ended ? rest.length : sentence > 2 ? sentence : rest.lastIndexOf(' ') + 1;
    if (length <= 0) return null;
    this.#announced += length;
    this.#time = now;
    const spoken = rest.slice(0, length).trim();
    return spoken.length <= mostCharacters ? spoken : `${spoken.slice(0, mostCharacters)} …`;
  }
}
