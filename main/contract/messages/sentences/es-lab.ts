import type { Catalogue } from '../language.ts';

/** What the laboratory reports, by its English: see main/contract/message.ts. */
export const esLab: Catalogue = {
  "Recipe '{0}' not found.": "No se ha encontrado la receta '{0}'.",
  'Recipes: {0}.': 'Recetas: {0}.',
  'The recipe {0} needs a file: {1}.': 'La receta {0} necesita un archivo: {1}.',
  'It is at {0}.': 'Está en {0}.',
  'Remove it, or choose another seed.': 'Elimínela o elija otra semilla.',
  "Run '{0}' exists, and does not belong to the recipe {1}.":
    "La ejecución '{0}' existe y no pertenece a la receta {1}.",
  'Cannot read the recipe {0}: {1}': 'No se puede leer la receta {0}: {1}',
  'Compare it with a recipe that comes with the program.': 'Compárelo con una receta incluida en el programa.',
  '{0} is not a recipe: {1}: {2}': '{0} no es una receta: {1}: {2}',
  'Remove the data set first.': 'Elimine primero el conjunto de datos.',
  "Data set '{0}' exists, and is not the one of the recipe {1}.":
    "El conjunto de datos '{0}' existe y no es el de la receta {1}.",
  'The task {0} has no setting {1}.': 'La tarea {0} no tiene el ajuste {1}.',
  'Its settings are {0}.': 'Sus ajustes son {0}.',
  'Example: length=128.': 'Ejemplo: length=128.',
  'Use bytes, characters, gpt2, bpe:SIZE, or the path to a tokenizer.json.':
    'Use bytes, characters, gpt2, bpe:TAMAÑO o la ruta de un tokenizer.json.',
  'The recipe {0} has no contestant {1}.': 'La receta {0} no tiene el participante {1}.',
  'Its contestants are {0}.': 'Sus participantes son {0}.',
  "The rows of '{0}' have {1} tokens, but sequences of {2} were requested.":
    "Las filas de '{0}' tienen {1} tokens, pero se han pedido secuencias de {2}.",
  'Set sequence_length to {0}, without a sequence length warmup.':
    'Ponga sequence_length en {0}, sin calentamiento de la longitud.',
  '{0} is {1}, but these settings allow {2} at most.': '{0} es {1}, pero estos ajustes permiten como máximo {2}.',
  '{0} is {1}, but must be even.': '{0} es {1}, pero debe ser par.',
  'Choose fewer or shorter rows.': 'Elija menos filas o más cortas.',
  '{0} rows of {1} tokens exceed {2} tokens.': '{0} filas de {1} tokens superan los {2} tokens.',
  'Choose fewer rows, or longer ones.': 'Elija menos filas o más largas.',
  'These settings have no more than about {0} different rows.': 'Con estos ajustes solo hay unas {0} filas distintas.',
  'Choose another tokenizer, such as bytes.': 'Elija otro tokenizador, por ejemplo bytes.',
  'The text has {0} different characters.': 'El texto tiene {0} caracteres distintos.',
  'The evaluation {0} needs a file: {1}.': 'La evaluación {0} necesita un archivo: {1}.',
  '{0}, line {1}: not JSON.': '{0}, línea {1}: no es JSON.',
  'Files without labels cannot be scored; use the validation file.':
    'Los archivos sin etiquetas no se pueden puntuar; use el archivo de validación.',
  '{0}, line {1}: {2}: {3}.': '{0}, línea {1}: {2}: {3}.',
  '{0}, line {1}: the right answer is not a choice.': '{0}, línea {1}: la respuesta correcta no es una opción.',
  '{0} has no questions.': '{0} no tiene preguntas.',
  '{0}, line {1}: no text in it.': '{0}, línea {1}: sin texto.',
  '{0}, line {1}: a single word.': '{0}, línea {1}: una sola palabra.',
  '{0} has no passages.': '{0} no tiene pasajes.',
  'Choose fewer shots.': 'Elija menos ejemplos.',
  '{0} has {1} questions, too few for {2} solved ones.': '{0} tiene {1} preguntas, demasiado pocas para {2} resueltas.',
  "{0}: '{1}' is neither a range nor a list of values.": "{0}: '{1}' no es ni un intervalo ni una lista de valores.",
  'Examples: 1e-4..1e-2, 1e-4..1e-2/5, or 64,128,256.': 'Ejemplos: 1e-4..1e-2, 1e-4..1e-2/5 o 64,128,256.',
  'A sweep cannot change {0}.': 'Un barrido no puede cambiar {0}.',
  'The sweep names {0} twice.': 'El barrido nombra {0} dos veces.',
  'A sweep has at most {0} runs; these are {1}.': 'Un barrido tiene como máximo {0} ejecuciones; estas son {1}.',
  'Successive halving needs a budget in steps, tokens or epochs.':
    'La reducción sucesiva necesita un presupuesto en pasos, tokens o épocas.',
  'Set max_steps, max_tokens or max_epochs.': 'Defina max_steps, max_tokens o max_epochs.',
  "Experiment '{0}' not found.": "No se encontró el experimento '{0}'.",
  "An experiment named '{0}' already exists.": "Ya existe un experimento llamado '{0}'.",
  'The experiment': 'El experimento',
  'Draw some of them at random, or give fewer values.': 'Elija algunas al azar o indique menos valores.',
};
