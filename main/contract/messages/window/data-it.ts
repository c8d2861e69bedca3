import type { DataMessages } from './data-en.ts';

/** What the window says of data, in Italian. */
export const data: DataMessages = {
  'add.columns': 'Testo di una riga',
  'add.columns.text': 'Una colonna',
  'add.columns.dialogue': 'Prompt e risposta',
  'add.columns.template': 'Modello',
  'add.columns.prompt': 'Prompt',
  'add.columns.reply': 'Risposta',
  'add.columns.system': 'Messaggio di sistema',
  'add.columns.none': 'nessuna',
  'add.columns.dialogue.help': 'Ogni riga diventa una chat. Solo le risposte contano nella perdita.',
  'add.columns.template.help': '{column} sta per il valore di una colonna, {open} e {close} per le graffe.',
  'add.columns.available': 'Colonne nei file',
  'add.obstacle.columns':
    'Scegli prima le colonne: un prompt e una risposta, oppure un modello che nomini una colonna.',
  'add.obstacle.unread': "Con queste colonne non è stato trovato testo, quindi non c'è nulla da aggiungere.",
};
