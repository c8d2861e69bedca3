import type { MessageKey } from '../i18n/i18n.svelte.ts';

/**
 * Keys that do something anywhere in the window. A sequence is two keys after each other. Letters never stop or pause
 * work: a person who types where no field has the focus must not lose a training by it.
 */
export interface Shortcut {
  /** With `mod`: the key held down with Ctrl, or with Command on a Mac. */
  keys: readonly string[];
  label: MessageKey;
  command: string;
}

export const shortcuts: readonly Shortcut[] = [
  { keys: ['g', 'd'], label: 'shortcuts.data', command: 'go:data' },
  { keys: ['g', 'm'], label: 'shortcuts.model', command: 'go:model' },
  { keys: ['g', 't'], label: 'shortcuts.training', command: 'go:training' },
  { keys: ['g', 'r'], label: 'shortcuts.runs', command: 'go:runs' },
  { keys: ['g', 'o'], label: 'shortcuts.models', command: 'go:models' },
  { keys: ['g', 'c'], label: 'shortcuts.chat', command: 'go:chat' },
  { keys: ['g', 'e'], label: 'shortcuts.sequence', command: 'go:sequence' },
  { keys: ['g', 'l'], label: 'shortcuts.lab', command: 'go:lab' },
  { keys: ['g', 'v'], label: 'shortcuts.devices', command: 'go:devices' },
  { keys: ['g', 's'], label: 'shortcuts.settings', command: 'go:settings' },
  { keys: ['mod', 'K'], label: 'shortcuts.palette', command: 'palette' },
  { keys: ['n'], label: 'shortcuts.new', command: 'new' },
  { keys: ['mod', '.'], label: 'shortcuts.pause', command: 'pause' },
  { keys: ['mod', '⇧', '.'], label: 'shortcuts.stop', command: 'stop' },
  { keys: ['u'], label: 'shortcuts.undo', command: 'undo' },
  { keys: ['?'], label: 'shortcuts.help', command: 'help' },
];

const sequenceMilliseconds = 1200;

/** A pressed key, as far as shortcuts look at it. */
export type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The command of keys that are held down together, or null. A full stop by its place: with Shift its sign differs by layout. */
export function heldCommand({ key, code, ctrlKey, metaKey, altKey, shiftKey }: PressedKey): string | null {
  if (altKey || ctrlKey === metaKey) return null;
  if (key.toLowerCase() === 'k' && !shiftKey) return 'palette';
  if (!(key === '.' || code === 'Period')) return null;
  return shiftKey ? 'stop' : 'pause';
}

/** What is written on a key of this system. */
export const keyName = (key: string, mac = /mac/i.test(navigator.platform)): string =>
  key === 'mod' ? (mac ? '⌘' : 'Ctrl') : key;

/** Recognises shortcuts from the keys that are pressed. */
export class KeySequence {
  #first: string | null = null;
  #time = 0;

  /** The command of a shortcut that this key completes, or null. */
  press(key: string, time: number): string | null {
    const first = this.#first !== null && time - this.#time <= sequenceMilliseconds ? this.#first : null;
    this.#first = null;
    if (first !== null) {
      const pair = shortcuts.find(({ keys }) => keys.length === 2 && keys[0] === first && keys[1] === key);
      if (pair) return pair.command;
    }
    const single = shortcuts.find(({ keys }) => keys.length === 1 && keys[0] === key);
    if (single) return single.command;
    if (shortcuts.some(({ keys }) => keys.length === 2 && keys[0] === key)) {
      this.#first = key;
      this.#time = time;
    }
    return null;
  }
}

/** Whether a key belongs to what has the focus: a field that is written in, a list that is chosen from. */
export function writesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
