import type { GuideMessages } from './guide-en.ts';

/** What the window says of itself: help beside terms, and the tour, in German. */
export const guide: GuideMessages = {
  'help.what': 'Was bedeutet „{term}“?',
  'tour.title': 'Rundgang',
  'tour.start': 'Rundgang beginnen',
  'tour.offer': 'Rundgang in drei Schritten',
  'tour.step': 'Schritt {step} von {steps}',
  'tour.skip': 'Rundgang überspringen',
  'tour.back': 'Zurück',
  'tour.next': 'Weiter',
  'tour.done': 'Fertig',
  'tour.data': 'Mit Text beginnen',
  'tour.data.text':
    'Hier Dateien oder Ordner hinzufügen. Sie werden für Training und Validierung aufgeteilt, in Token zerlegt und bleiben auf diesem Rechner.',
  'tour.training': 'Ein Modell trainieren',
  'tour.training.text':
    'Auf der Seite Modell eine Größe wählen und starten. Hier fällt der Verlust, erscheinen Proben, und hier wird pausiert oder gestoppt: Ein Checkpoint bleibt immer.',
  'tour.chat': 'Es verwenden',
  'tour.chat.text':
    'Mit einem Modell chatten, oder ein langes Dokument daneben öffnen und die Stellen finden, um die es in einer Frage geht.',
};
