import type { DataMessages } from './data-en.ts';

/** What the window says of data, in German. */
export const data: DataMessages = {
  'add.columns': 'Text einer Zeile',
  'add.columns.text': 'Eine Spalte',
  'add.columns.dialogue': 'Prompt und Antwort',
  'add.columns.template': 'Vorlage',
  'add.columns.prompt': 'Prompt',
  'add.columns.reply': 'Antwort',
  'add.columns.system': 'Systemnachricht',
  'add.columns.none': 'keine',
  'add.columns.dialogue.help': 'Jede Zeile wird ein Chat. Nur die Antworten zählen für den Verlust.',
  'add.columns.template.help': '{column} steht für den Wert einer Spalte, {open} und {close} für Klammern.',
  'add.columns.available': 'Spalten in den Dateien',
  'add.obstacle.columns': 'Zuerst die Spalten wählen: Prompt und Antwort, oder eine Vorlage, die eine Spalte nennt.',
  'add.obstacle.unread': 'Mit diesen Spalten wurde kein Text gefunden; es gibt nichts hinzuzufügen.',
};
