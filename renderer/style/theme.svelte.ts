import type { Preferences } from '../../main/contract/preferences.ts';

/** What canvases need of the theme, which style sheets cannot give them. */
interface CanvasColours {
  dark: boolean;
  text: string;
  quiet: string;
  line: string;
  surface: string;
  accent: string;
  face: string;
}

const unknown: CanvasColours = {
  dark: false,
  text: '#222',
  quiet: '#666',
  line: '#ddd',
  surface: '#fff',
  accent: '#d90',
  face: 'sans-serif',
};

/** The theme in force: what was chosen, or the system's as it changes. */
class Theme {
  #canvas = $state.raw(unknown);
  #chosen: Preferences['theme'] = 'system';
  readonly #dark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;
  readonly #contrast = typeof matchMedia === 'function' ? matchMedia('(prefers-contrast: more)') : null;

  constructor() {
    this.#dark?.addEventListener('change', () => this.apply(this.#chosen));
    this.#contrast?.addEventListener('change', () => this.apply(this.#chosen));
    // Paper is white; charts, which print as they were drawn, are told so before they are.
    addEventListener('beforeprint', () => this.#show('light'));
    addEventListener('afterprint', () => this.apply(this.#chosen));
  }

  get canvas(): CanvasColours {
    return this.#canvas;
  }

  apply(chosen: Preferences['theme']): void {
    this.#chosen = chosen;
    const system = this.#contrast?.matches ? 'contrast' : this.#dark?.matches ? 'dark' : 'light';
    this.#show(chosen === 'system' ? system : chosen);
  }

  #show(theme: Exclude<Preferences['theme'], 'system'>): void {
    document.documentElement.dataset.theme = theme;
    const style = getComputedStyle(document.documentElement);
    const read = (name: string) => style.getPropertyValue(name).trim();
    this.#canvas = {
      dark: theme !== 'light',
      text: read('--text'),
      quiet: read('--quiet'),
      line: read('--line'),
      surface: read('--surface'),
      accent: read('--accent'),
      face: read('--face'),
    };
  }
}

export const theme = new Theme();
