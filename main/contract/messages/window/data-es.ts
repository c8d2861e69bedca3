import type { DataMessages } from './data-en.ts';

/** What the window says of data, in Spanish. */
export const data: DataMessages = {
  'add.columns': 'Texto de una fila',
  'add.columns.text': 'Una columna',
  'add.columns.dialogue': 'Pregunta y respuesta',
  'add.columns.template': 'Plantilla',
  'add.columns.prompt': 'Pregunta',
  'add.columns.reply': 'Respuesta',
  'add.columns.system': 'Mensaje del sistema',
  'add.columns.none': 'ninguna',
  'add.columns.dialogue.help': 'Cada fila se convierte en un chat. Solo las respuestas cuentan en la pérdida.',
  'add.columns.template.help': '{column} representa el valor de una columna; {open} y {close}, las llaves.',
  'add.columns.available': 'Columnas de los archivos',
  'add.obstacle.columns':
    'Elige primero las columnas: una pregunta y una respuesta, o una plantilla que nombre una columna.',
  'add.obstacle.unread': 'No se encontró texto con estas columnas, así que no hay nada que añadir.',
};
