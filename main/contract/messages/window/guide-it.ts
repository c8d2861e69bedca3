import type { GuideMessages } from './guide-en.ts';

/** What the window says of itself: help beside terms, and the tour, in Italian. */
export const guide: GuideMessages = {
  'help.what': 'Che cosa significa «{term}»?',
  'tour.title': 'Visita guidata',
  'tour.start': 'Inizia la visita',
  'tour.offer': 'Visita in tre passi',
  'tour.step': 'Passo {step} di {steps}',
  'tour.skip': 'Salta la visita',
  'tour.back': 'Indietro',
  'tour.next': 'Avanti',
  'tour.done': 'Fine',
  'tour.data': 'Comincia dal testo',
  'tour.data.text':
    'Aggiungi qui file o cartelle. Vengono divisi per addestramento e validazione, tokenizzati, e restano su questo computer.',
  'tour.training': 'Addestra un modello',
  'tour.training.text':
    'Scegli una dimensione nella pagina Modello e avvia. Qui vedi scendere la perdita, leggi i campioni e metti in pausa o fermi: un checkpoint resta sempre.',
  'tour.chat': 'Usalo',
  'tour.chat.text':
    'Chatta con un modello, o apri accanto un documento lungo e trova i passaggi di cui parla una domanda.',
};
