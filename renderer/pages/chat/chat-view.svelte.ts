const key = 'hyena-studio.chat-view';

/** How a chat with a model that continues text is shown: as one text, or as turns with their versions. */
export class ChatViewChoice {
  #value = $state<'text' | 'turns'>(localStorage.getItem(key) === 'turns' ? 'turns' : 'text');

  get value(): 'text' | 'turns' {
    return this.#value;
  }
  set value(value: 'text' | 'turns') {
    this.#value = value;
    localStorage.setItem(key, value);
  }
}
