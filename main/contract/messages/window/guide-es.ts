import type { GuideMessages } from './guide-en.ts';

/** What the window says of itself: help beside terms, and the tour, in Spanish. */
export const guide: GuideMessages = {
  'help.what': '¿Qué significa «{term}»?',
  'tour.title': 'Recorrido',
  'tour.start': 'Empezar el recorrido',
  'tour.offer': 'Recorrido en tres pasos',
  'tour.step': 'Paso {step} de {steps}',
  'tour.skip': 'Omitir el recorrido',
  'tour.back': 'Atrás',
  'tour.next': 'Siguiente',
  'tour.done': 'Listo',
  'tour.data': 'Empieza con texto',
  'tour.data.text':
    'Añade aquí archivos o carpetas. Se dividen para entrenamiento y validación, se tokenizan y se quedan en este equipo.',
  'tour.training': 'Entrena un modelo',
  'tour.training.text':
    'Elige un tamaño en la página Modelo y empieza. Aquí ves bajar la pérdida, lees muestras y pausas o detienes: siempre se guarda un punto de control.',
  'tour.chat': 'Úsalo',
  'tour.chat.text':
    'Chatea con un modelo, o abre al lado un documento largo y encuentra los pasajes de los que trata una pregunta.',
};
