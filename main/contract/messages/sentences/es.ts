import type { Catalogue } from '../language.ts';
import { esData } from './es-data.ts';
import { esDevices } from './es-devices.ts';
import { esImports } from './es-imports.ts';
import { esExport } from './es-export.ts';
import { esStorage } from './es-storage.ts';
import { esLab } from './es-lab.ts';
import { esSequences } from './es-sequences.ts';

/** What host and workers report, by its English: see main/contract/message.ts. */
export const es: Catalogue = {
  'A model of the layers {0} reads at most {1} tokens.': 'Un modelo con las capas {0} lee como máximo {1} tokens.',
  'Each step of this run uses {0} sequences, which is not a multiple of a batch size of {1}.':
    'Cada paso de esta ejecución usa {0} secuencias, que no es un múltiplo de un tamaño de lote de {1}.',
  'The nearest valid batch size is {0}.': 'El tamaño válido más cercano es {0}.',
  '{0} cannot be changed after a run has started.': '{0} no se puede cambiar una vez empezada la ejecución.',
  "These keys can be changed: {0}. To change others, start a new run, optionally from this run's weights: hyena train --from RUN":
    'Se puede cambiar: {0}. Para lo demás, entrenar una ejecución nueva, si se quiere con los pesos de esta: hyena train --from RUN',
  ...esData,
  ...esDevices,
  ...esImports,
  ...esExport,
  ...esStorage,
  ...esLab,
  ...esSequences,
  "'{0}' is not a valid name for a data set.": "'{0}' no puede ser el nombre de un conjunto de datos.",
  "'{0}' is not a valid name for a run.": "'{0}' no puede ser el nombre de una ejecución.",
  "'{0}' is not a valid name for a run. {1}": "'{0}' no es un nombre válido para una ejecución. {1}",
  "'{0}' is already being set up.": "'{0}' ya se está instalando.",
  "'{0}' does not have the form key=value.": "'{0}' no tiene la forma clave=valor.",
  "'{0}' is not a valid chat id.": "'{0}' no es el id de un chat.",
  'Malformed message: {0}.': 'Un mensaje no tiene la forma correcta: {0}.',
  'Blocked a message from {0}.': 'Se rechazó un mensaje de {0}.',
  "A model is processing '{0}'.": "Un modelo está trabajando con '{0}'.",
  'A model folder must contain {0}.': 'Un modelo necesita {0} en una misma carpeta.',
  "A model that starts from the weights of '{0}' must have the same architecture: {1}.":
    "Un modelo que parte de los pesos de '{0}' debe tener la misma arquitectura: {1}.",
  "Blocked a page's request for permission: {0}.": 'Una página pidió el permiso {0}; se le denegó.',
  "Blocked a page's request to {0}.": 'Una página pidió {0}; se rechazó.',
  "Blocked a page's navigation to {0}.": 'Una página intentó ir a {0}; se rechazó.',
  'Blocked a page from embedding another page.': 'Una página intentó contener otra página; se rechazó.',
  'Blocked a page from opening {0}.': 'Una página intentó abrir {0}; se rechazó.',
  'A run folder contains run.json; a model folder contains {0}.': 'Una ejecución tiene run.json; un modelo, {0}.',
  'A run is training and may be using this device.':
    'Una ejecución se está entrenando y puede que use este dispositivo.',
  'A run is training; a benchmark during training would be meaningless.':
    'Una ejecución se está entrenando; una medición al mismo tiempo no tendría sentido.',
  "A sequence length of {0} exceeds the model's context length (l_max) of {1}.":
    'Una longitud de secuencia de {0} supera la longitud de contexto del modelo (l_max), que es de {1}.',
  'Stream {0} is already subscribed.': 'Ya hay un flujo abierto con el número {0}.',
  'A token must be 1 to 512 printable ASCII characters without spaces.':
    'Un token tiene de 1 a 512 letras, cifras y signos ASCII, sin espacios.',
  'After step {0} the validation loss is not finite.': 'Tras el paso {0}, la pérdida de validación no es finita.',
  'A profile needs the native device; this is {0}.': 'Un perfil necesita el dispositivo native; este es {0}.',
  'Choose the device native.': 'Elige el dispositivo native.',
  'After {0} tokens, the logits deviate by {1} of the largest logit; the tolerance is {2}.':
    'Tras {0} tokens, los logits se desvían en {1} del mayor logit; la tolerancia es {2}.',
  'Give this user write permission for that folder, or choose another library folder.':
    'Da a este usuario permiso para escribir en esa carpeta, o elige otra carpeta para la biblioteca.',
  'Another window is generating an answer in this chat.': 'Otra ventana está generando una respuesta en este chat.',
  'An answer is being generated in this chat.': 'En este chat se está generando una respuesta.',
  'Another device may work.': 'Puede que funcione otro dispositivo.',
  'Another model is generating.': 'Otro modelo está generando.',
  'Another program has locked {0} for too long.': 'Otro programa retiene {0} desde hace tiempo.',
  'At step {0} {1}, after {2|one: one earlier recovery|other: {2} earlier recoveries}.':
    'En el paso {0}, {1}, después de que la ejecución ya se hubiera recuperado {2|one: una vez|other: {2} veces}.',
  'At step {0} {1}, and recovery is disabled (max_recoveries is 0).':
    'En el paso {0}, {1}, y no se permite ninguna recuperación (max_recoveries es 0).',
  'Start with the root or the drive letter.': 'Empieza por la raíz o la unidad.',
  'Cancel that job first.': 'Cancela eso antes.',
  'Choose another port with --port, or omit --port to use any free one.':
    'Elige otro con --port, u omítelo para usar cualquiera que esté libre.',
  'Select one above the conversation.': 'Elige uno encima de la conversación.',
  'Choose the files again.': 'Elígelos de nuevo.',
  'Available data sets: {0}.': 'Conjuntos de datos disponibles: {0}.',
  'Delete {0}.': 'Elimina {0}.',
  'Did you mean {0}?': '¿Querías decir {0}?',
  'Free some disk space, then resume from the last checkpoint.':
    'Libera espacio y sigue desde el último punto de control.',
  'Use --prompt TEXT, --prompt-file FILE or --document DOC.':
    'Indica --prompt TEXT, --prompt-file FILE o --document DOC.',
  'Rename the file to a shorter name.': 'Da al archivo un nombre más corto.',
  'The library location is set by the environment variable HYENA_HOME.':
    'La variable de entorno HYENA_HOME fija dónde está la biblioteca.',
  'Hyena Studio was restarted, and this page is not connected to it.':
    'Hyena Studio se reinició y esta página no está conectada con él.',
  'Unless it was killed manually, use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'Si nadie lo terminó a mano, usa un lote más pequeño, una longitud de secuencia menor o gradient checkpointing.',
  'Start it again.': 'Iníciala de nuevo.',
  'It must contain a single object such as {"model": {"d_model": 128}, "training": {"max_steps": 100}}.':
    'Contiene un objeto como {"model": {"d_model": 128}, "training": {"max_steps": 100}}.',
  'It is intact there.': 'Allí está completo.',
  'Stopped on request.': 'Se detuvo a petición.',
  'Its filters were trained for {0} tokens and now span {1}.':
    'Sus filtros se hicieron para {0} tokens y ahora abarcan {1}.',
  'Last output: {0}': 'Última salida: {0}',
  'Leave these keys unchanged. Only {0} may differ.': 'Deja estas claves como están. Solo pueden ser distintas {0}.',
  'Leave vocab_size empty.': 'Deja vocab_size vacío.',
  'Line {0} is damaged and was skipped.': 'La línea {0} está dañada y se omite.',
  'Too many streams: at most {0} can be subscribed.': 'Se abrieron más de {0} flujos.',
  'Use an id instead: {0}.': 'Indica uno por su id: {0}.',
  'No model is selected for this chat.': 'No se ha elegido ningún modelo para este chat.',
  'The validation split contains no answers, so none of its tokens count; evaluation is disabled.':
    'El texto de validación no contiene ninguna respuesta, así que ninguno de sus tokens cuenta; la evaluación queda desactivada.',
  'The client is no longer waiting for this answer.': 'El cliente ya no espera esta respuesta.',
  'None of the {0} tokens of {1} counts: it contains no answers.':
    'No cuenta ninguno de los {0} tokens de {1}: no contiene ninguna respuesta.',
  'Checkpoints are intact in the moved folder; nothing newer was saved.':
    'Los puntos de control siguen intactos en la carpeta que se movió; no se guardó nada más nuevo.',
  'The data set was not created; temporary files will be removed when the next one is added.':
    'Del conjunto de datos no se guardó nada; lo que quedó a medias se elimina al añadir el siguiente.',
  'The document was not imported.': 'No se importó nada del documento.',
  'The partial file was discarded.': 'De este archivo no se guardó nada.',
  'Nothing was changed.': 'No se cambió nada.',
  'Nothing was copied.': 'No se copió nada.',
  'Nothing was deleted.': 'No se eliminó nada.',
  'Nothing was kept.': 'No se guardó nada.',
  'Nothing was removed from {0}.': 'No se ha eliminado nada de {0}.',
  'Nothing was removed.': 'No se ha eliminado nada.',
  'Nothing was written.': 'No se ha escrito nada.',
  'No checkpoint was available.': 'No se conservó nada: no había ningún punto de control.',
  'Of {0} training tokens, {1} contribute to the loss ({2}): only answers count; the rest is context.':
    'De {0} tokens de entrenamiento, {1} cuentan en la pérdida ({2}): solo cuentan las respuestas; el resto es contexto.',
  'Open the new address that was printed at startup.': 'Abre la dirección nueva que mostró al iniciarse.',
  'Pause the run first.': 'Pausa antes la ejecución.',
  'Port {0} is already in use by another program.': 'Otro programa ocupa el puerto {0}.',
  'Port {0} is already in use.': 'El puerto {0} está ocupado.',
  'Available presets: {0}.': 'Preajustes disponibles: {0}.',
  'Process {0} on {1} has been training this run since {2}.': 'El proceso {0} en {1} entrena esta ejecución desde {2}.',
  "Process {0} on {1} is already training '{2}'.": 'El proceso {0} en {1} ya está entrenando {2}.',
  'Put the folder back, or connect its drive again, and resume the run.':
    'Devuelve la carpeta a su lugar, o vuelve a conectar su unidad, y reanuda la ejecución.',
  'Raise l_max or lower sequence_length.': 'Aumenta l_max o reduce sequence_length.',
  'Refused with {0}: {1}': 'Rechazado con {0}: {1}',
  'Reload the page.': 'Recarga la página.',
  'Remove it and import the file again.': 'Elimínalo y vuelve a importar el archivo.',
  'Restore it from the trash, then restart Hyena Studio.':
    'Restáuralo desde la papelera y vuelve a iniciar Hyena Studio.',
  'Runs continue; nothing is lost.': 'Las ejecuciones siguen; no se pierde nada.',
  'Score a longer text.': 'Evalúa un texto más largo.',
  'Score chats with answers.': 'Evalúa chats con respuestas.',
  'Choose a folder with write permission, or set the environment variable HYENA_HOME to one.':
    'Elige una carpeta con permiso de escritura, o asígnala a la variable de entorno HYENA_HOME.',
  "Several documents are named '{0}'.": "Hay varios documentos llamados '{0}'.",
  'Shorten the message, or select a shorter part of the document.':
    'Acorta el mensaje o usa una parte más corta del documento.',
  'Shorten the message.': 'Acorta el mensaje.',
  'Start a run with a lower learning rate, a longer warmup or a lower grad_clip.':
    'Empieza una ejecución con una tasa de aprendizaje menor, un calentamiento más largo o un grad_clip menor.',
  'Stop it first.': 'Detenla antes.',
  'Stop it there first.': 'Detenla antes allí.',
  'Stop that process first. If it no longer exists, delete {0}.':
    'Detén antes ese proceso. Si ya no existe, elimina {0}.',
  'Stop the run first.': 'Detén antes la ejecución.',
  'Stopped before it started.': 'Se detuvo antes de empezar.',
  'The benchmark was cancelled.': 'Se canceló la medición.',
  'The budget is {0} tokens but the data set has {1}: the run makes {2} passes over it and will overfit. Add data, train for fewer steps, or let the run stop early.':
    'El presupuesto es de {0} tokens y el conjunto de datos tiene {1}: la ejecución lo recorre {2} veces y habrá sobreajuste. Añade datos, entrena menos pasos o deja que la ejecución termine antes.',
  'The chat is unchanged.': 'El chat no ha cambiado.',
  'The client disconnected.': 'El cliente se desconectó.',
  'Cannot start the compute process: {0}': 'No se pudo iniciar el proceso de cálculo: {0}',
  'The compute process crashed ({0}).': 'El proceso de cálculo se cerró inesperadamente ({0}).',
  'The compute process exited without a result (exit code {0}).':
    'El proceso de cálculo terminó sin dar un resultado (código de salida {0}).',
  'The compute process exited without a result ({0}).': 'El proceso de cálculo terminó sin dar un resultado ({0}).',
  'The compute process stopped responding and was terminated.': 'El proceso de cálculo dejó de responder y se terminó.',
  'The compute process ran out of memory.': 'El proceso de cálculo se quedó sin memoria.',
  'The compute process sent a malformed message: {0}':
    'El proceso de cálculo envió un mensaje con formato incorrecto: {0}',
  'The compute process was terminated ({0}) before it started.':
    'El proceso de cálculo se terminó ({0}) antes de empezar.',
  'The compute process was killed by the system, usually because memory ran out.':
    'El sistema terminó el proceso de cálculo, normalmente por falta de memoria.',
  'The compute process was terminated on request.': 'El proceso de cálculo se terminó a petición.',
  "The model's config.json is not valid JSON.": 'El config.json del modelo no es JSON válido.',
  'Cannot read the configuration {0}: {1}': 'No se puede leer la configuración {0}: {1}',
  'Invalid configuration: {0}.': 'Configuración no válida: {0}.',
  'The connection to Hyena Studio was lost.': 'Se perdió la conexión con Hyena Studio.',
  "The context of '{0}' already has {1} tokens.": "El contexto de '{0}' ya es de {1} tokens.",
  'The damaged checkpoint was kept as {0}; delete it when you no longer need it.':
    'El punto de control dañado se conservó como {0}; elimínalo cuando no lo necesites.',
  "Data set '{0}' and run '{1}' have different tokenizers.":
    "El conjunto de datos '{0}' tiene otro tokenizador que la ejecución '{1}'.",
  "Data set '{0}' is not the one that run '{1}' started with.":
    "El conjunto de datos '{0}' no es aquel con el que empezó la ejecución '{1}'.",
  "Data set '{0}' is not the one that run '{1}' was trained on.":
    "El conjunto de datos '{0}' no es aquel con el que se entrenó la ejecución '{1}'.",
  "Data set '{0}' was created with a different tokenizer than this model.":
    "El conjunto de datos '{0}' se hizo con otro tokenizador que este modelo.",
  'The data set has no validation split; evaluation is disabled.':
    'El conjunto de datos no tiene texto de validación; la evaluación queda desactivada.',
  'The device or its driver may be hanging.': 'Puede que el dispositivo o su controlador se haya bloqueado.',
  'The disk is full: {0}': 'El disco está lleno: {0}',
  'The document is unchanged.': 'El documento no ha cambiado.',
  'The existing run is unchanged.': 'La ejecución existente no ha cambiado.',
  'The first file was kept.': 'Se conservó el primero.',
  'The job was stopped on request.': 'Se pidió detener la tarea.',
  'The last entry is incomplete and was skipped.': 'La última entrada quedó cortada a la mitad y se omite.',
  'The library and its runs are unaffected.': 'La biblioteca y sus ejecuciones no se ven afectadas.',
  'Cannot use {0} as the library folder: {1}': 'La biblioteca no puede estar en {0}: {1}',
  'The library location is unchanged.': 'La biblioteca se queda donde está.',
  'Cannot take over the lock.': 'No se pudo tomar el control del bloqueo.',
  'The model was unloaded.': 'El modelo se ha descargado de la memoria.',
  'The name of an uploaded file is too long.': 'El nombre de un archivo subido es demasiado largo.',
  'The name of an uploaded file points outside the upload folder.':
    'El nombre de un archivo subido lleva a otro lugar.',
  'The existing task is unaffected.': 'La tarea existente no se ve afectada.',
  'The places of the document': 'La lista de lugares del documento',
  'The notes of the document': 'Las notas del documento',
  'The tokens of the answer': 'Los tokens de la respuesta',
  'Hyena Studio is shutting down.': 'Hyena Studio se está cerrando.',
  'Cannot read the prompt: {0}': 'No se puede leer el texto inicial: {0}',
  'Cannot save the queue: {0}': 'No se pudo guardar la cola: {0}',
  'The queue remains in memory and will be lost when Hyena Studio exits.':
    'La cola queda en memoria y se perderá cuando se cierre Hyena Studio.',
  'The record': 'El registro',
  'The record in the trash': 'El registro de la papelera',
  'The record of the data set': 'El registro del conjunto de datos',
  'The record of the run': 'El registro de la ejecución',
  'Cannot serve the request.': 'No se pudo atender la petición.',
  'Malformed request {0}: {1}.': 'La petición {0} no tiene la forma correcta: {1}.',
  "Run '{0}' has already been trained.": "La ejecución '{0}' ya se ha entrenado.",
  "Run '{0}' has no checkpoint to start from.":
    "La ejecución '{0}' no tiene ningún punto de control desde el que empezar.",
  'The run ended during its warmup: the learning rate never reached {0}. Shorten the warmup, or train longer.':
    'La ejecución terminó durante su calentamiento: la tasa de aprendizaje nunca llegó a {0}. Acorta el calentamiento o entrena más tiempo.',
  'The run resumes from its checkpoint of step {0}.': 'La ejecución sigue desde su punto de control del paso {0}.',
  'The run restarts from the beginning because no checkpoint had been saved.':
    'La ejecución vuelve a empezar desde el principio, porque no se había guardado ningún punto de control.',
  "Run '{0}' is being trained by process {1} on {2}.": 'El proceso {1} en {2} está entrenando la ejecución {0}.',
  "Run '{0}' is training on data set '{1}'.": 'La ejecución {0} se está entrenando con {1}.',
  'The state of the run': 'El estado de la ejecución',
  'No permission to write to {0}.': 'Sin permiso para escribir en {0}.',
  "The stored text of document '{0}' has changed since import.":
    "El texto del documento '{0}' no es el que se importó.",
  'Invalid token.': 'Token no válido.',
  'Cannot read the token file: {0}': 'No se puede leer el archivo del token: {0}',
  'The upload was interrupted.': 'Se interrumpió la subida.',
  'The upload was refused ({0}).': 'Se rechazó la subida ({0}).',
  "The warmup takes {0} of the run's {1} steps. Shorten the warmup to at most {2}, or train for more steps.":
    'El calentamiento ocupa {0} de los {1} pasos de la ejecución. Acorta el calentamiento a {2} pasos como máximo, o entrena más pasos.',
  'The warmup takes {0} steps but the run has only {1}: it ends at {2} of the learning rate {3}. Shorten the warmup to at most {4}, or train for more steps.':
    'El calentamiento dura {0} pasos y toda la ejecución {1}: termina al {2} de la tasa de aprendizaje de {3}. Acorta el calentamiento a {4} pasos como máximo, o entrena más pasos.',
  "Weights loaded from run '{0}' after step {1}.": 'Los pesos son los de la ejecución {0} tras el paso {1}.',
  'The window reconnects automatically.': 'La ventana se reconecta automáticamente.',
  'Wrong {0} of the convolution: got {1}, expected {2} at element {3}.':
    'La convolución da un valor erróneo ({0}): {1} en lugar de {2} en el elemento {3}.',
  'Task {0} already exists.': 'Ya hay una tarea {0}.',
  "Run '{0}' already exists.": "Ya hay una ejecución llamada '{0}'.",
  "No file or document named '{0}'.": "No hay ningún archivo ni documento '{0}'.",
  'Unknown key {0} in {1}.': 'Clave desconocida {0} en {1}.',
  'Unknown key: {0}.': 'Clave desconocida: {0}.',
  'Unknown preset: {0}.': 'Preajuste desconocido: {0}.',
  'No prompt given.': 'Falta el texto inicial.',
  "Unknown request: '{0}'.": "Petición desconocida: '{0}'.",
  "Run '{0}' not found in {1}.": "No hay ninguna ejecución llamada '{0}' en {1}.",
  "Unknown stream: '{0}'.": "Flujo desconocido: '{0}'.",
  'This chat no longer exists.': 'Ese chat ya no existe.',
  'This message is no longer in the chat.': 'Ese mensaje ya no está en este chat.',
  'Item not found in the trash.': 'No se encuentra en la papelera.',
  'No trained model found.': 'Aún no hay ningún modelo entrenado.',
  'The document has no text at that place.': 'En ese lugar no hay nada del documento.',
  'No checkpoint had been saved.': 'Aún no había ningún punto de control.',
  'These files were chosen before Hyena Studio restarted.':
    'Estos archivos se eligieron antes de que el programa volviera a iniciarse.',
  'This data set is small: its answers have {0} {0|one: token|other: tokens}. The model will memorise them rather than learn to answer.':
    'Este conjunto de datos es pequeño: sus respuestas tienen {0} {0|one: token|other: tokens}. El modelo las memorizará en lugar de aprender a responder.',
  'This device computes incorrect results. Use another device and report this.':
    'Este dispositivo calcula resultados incorrectos. Usa otro e informa del problema.',
  'This upload already has a file or folder with that name.':
    'Esta subida ya contiene un archivo o una carpeta con ese nombre.',
  'This upload has no file with that name.': 'Esta subida no contiene ningún archivo con ese nombre.',
  "This message does not fit into the model's context of {0} tokens.":
    'Este mensaje no cabe en el contexto del modelo, de {0} tokens.',
  'Train a model first.': 'Entrena antes un modelo.',
  'Train a new run on this data set.': 'Entrena una ejecución nueva con él.',
  'Train on chats with more or longer answers, or with a longer sequence_length.':
    'Entrena con chats que tengan más respuestas o más largas, o con una sequence_length mayor.',
  'Try again. If no other program is using the library, delete that file.':
    'Inténtalo de nuevo; si ningún otro programa usa la biblioteca, elimina ese archivo.',
  'Unset that variable, then choose a folder here.': 'Quita esa variable y elige después aquí.',
  'Use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'Usa un lote más pequeño, una longitud de secuencia menor o gradient checkpointing.',
  'Use another port, or 0 for any free one.': 'Usa otro, o 0 para uno cualquiera.',
  'Wait for its answer, or stop it.': 'Espera su respuesta o detenla.',
  'Wait for some jobs to finish, or cancel them.': 'Espera a que terminen algunas, o cancélalas.',
  'The deleted item is no longer in the trash.': 'Lo que se eliminó ya no está en la papelera.',
  'Downloaded files were kept; the device was not enabled.': 'Lo descargado se conserva; el dispositivo no se activó.',
  'Example: d_model=128.': 'Escribe, por ejemplo, d_model=128.',
  'Your message and the partial answer were kept.':
    'Se han conservado tu mensaje y la respuesta hasta donde se escribió.',
  'Your message was kept.': 'Tu mensaje se ha conservado.',
  'a number': 'un número',
  'a whole number': 'un número entero',
  'range|from {0} to {1}': 'desde {0} hasta {1}',
  'range|above {0} up to {1}': 'mayor que {0} y hasta {1}',
  'range|from {0} below {1}': 'desde {0} hasta menos de {1}',
  'range|above {0} below {1}': 'mayor que {0} y menor que {1}',
  'range|above {0}': 'mayor que {0}',
  batches: 'lotes',
  'range|below {0}': 'hasta menos de {0}',
  channels: 'canales',
  epochs: 'épocas',
  evaluations: 'evaluaciones',
  'range|from {0}': 'desde {0}',
  'Names may contain only letters, digits, dots, hyphens, underscores and spaces.':
    'Los nombres solo pueden contener letras, cifras, puntos, guiones, guiones bajos y espacios.',
  minutes: 'minutos',
  'must be odd: one time feature plus sine and cosine pairs':
    'debe ser impar: un rasgo de tiempo y pares de seno y coseno',
  'Names must contain at least one letter or digit.': 'Los nombres deben contener al menos una letra o cifra.',
  'Names are limited to {0} bytes of UTF-8; this one has {1}.':
    'Los nombres tienen un máximo de {0} bytes en UTF-8; este tiene {1}.',
  'Names are limited to {0} characters; this one has {1}.':
    'Los nombres tienen un máximo de {0} caracteres; este tiene {1}.',
  'Names must not end with a dot, a space or a joiner.':
    'Los nombres no deben terminar en un punto, un espacio o un carácter de unión.',
  'Names must start with a letter or digit.': 'Los nombres deben empezar por una letra o cifra.',
  nats: 'nats',
  sequences: 'secuencias',
  steps: 'pasos',
  'value|text': 'texto',
  'the gradient norm is infinite': 'la norma del gradiente es infinita',
  'the gradient norm is NaN': 'la norma del gradiente es NaN',
  'the loss is infinite': 'la pérdida es infinita',
  'the loss is NaN': 'la pérdida es NaN',
  'the loss jumped to {0}, {1} times its average of {2}': 'la pérdida saltó a {0}, {1} veces su media de {2}',
  'range|to {0}': 'hasta {0}',
  tokens: 'tokens',
  'training.sequence_length ({0}) exceeds model.l_max ({1}), the context length.':
    'training.sequence_length ({0}) es mayor que model.l_max ({1}), la longitud del contexto.',
  'training.sequence_length_start ({0}) exceeds the full sequence length ({1}).':
    'training.sequence_length_start ({0}) es mayor que {1}, la longitud completa.',
  "vocab_size is {0}, but the tokenizer of data set '{1}' has {2} tokens.":
    "vocab_size es {0}, pero el tokenizador de '{1}' tiene {2} tokens.",
  windows: 'ventanas',
  '{0} consecutive batches had no tokens that count in the loss.':
    '{0} lotes seguidos no contenían ningún token que cuente en la pérdida.',
  "Cannot move {0} to the system's trash: {1}": '{0} no se puede mover a la papelera del sistema: {1}',
  'Cannot display {0}: {1}': 'No se puede mostrar {0}: {1}',
  '{0} does not contain a JSON object.': '{0} no contiene un objeto JSON.',
  '{0} has {1} {1|one: token|other: tokens}, too few to predict anything.':
    '{0} contiene {1} {1|one: token|other: tokens}: no hay nada que predecir.',
  '{0} in {1} is not an object.': '{0} en {1} no es un objeto.',
  '{0} has not been imported into the library.': '{0} es un archivo que aún no está en la biblioteca.',
  "Cannot delete '{0}' while it is training.": '{0} se está entrenando, así que no se puede eliminar.',
  "Cannot rename '{0}' while it is training.": '{0} se está entrenando, así que no se le puede cambiar el nombre.',
  '{0} not found: the run folder was removed or moved during training.':
    '{0} ya no está: la carpeta de la ejecución se eliminó o se movió mientras entrenaba.',
  "{0} has already been moved to the system's trash.": '{0} ya está en la papelera del sistema.',
  '{0} is missing. Expected: {1}.': 'Falta {0}. Se espera: {1}.',
  '{0} is not an absolute path.': '{0} no es una ruta absoluta.',
  '{0} is not JSON: {1}': '{0} no es JSON: {1}',
  '{0} is not a complete model: {1} not found.': '{0} no es un modelo completo: no se encuentra {1}.',
  "'{0}' is not training in this process.": "'{0}' no se está entrenando en este proceso.",
  '{0} is not a run folder or a model folder.': '{0} no es la carpeta de una ejecución ni de un modelo.',
  'Too many jobs: {0} {0|one: job is|other: jobs are} already queued.':
    'Ya hay {0} {0|one: tarea|other: tareas} en espera.',
  '{0} more {0|one: request was|other: requests were} refused.':
    '{0|one: Se rechazó otra petición|other: Se rechazaron otras {0} peticiones}.',
  '{0} must be {1}; got {2}.': '{0} debe ser {1}; se ha dado {2}.',
  '{0} or {1}': '{0} o {1}',
  '{0} {0|one: request of this window is|other: requests of this window are} still pending.':
    '{0} {0|one: petición de esta ventana aún no tiene|other: peticiones de esta ventana aún no tienen} respuesta.',
  '{0} {1} is not valid JSON.': '{0} {1} no es JSON válido.',
  '{0} {1} has an unexpected format: {2}': '{0} {1} no es como se esperaba: {2}',
  '{0} {1}. Expected: {2}; got {3}.': '{0} {1}. Se espera: {2}; se ha dado {3}.',
  '{0}, or none': '{0}, o none (vacío)',
  '{0}; the batch was skipped': '{0}; el lote se omite',
  'Names may contain only letters, digits, dots, hyphens and underscores.':
    'Los nombres solo pueden contener letras, cifras, puntos, guiones y guiones bajos.',
  'Invalid character: {0}': 'Carácter no válido: {0}',
  'The name {0} is reserved by Windows.': 'Windows reserva el nombre {0}.',
  'Add files to create it.': 'Añade archivos para crearlo.',
  'Use the path of a file, or the title or id of a document in the library.':
    'Indica la ruta de un archivo, o el título o el id de un documento de la biblioteca.',
  'Choose a longer context.': 'Elige un contexto más largo.',
  'Train a model to create a run.': 'Entrena un modelo para crear una ejecución.',
  'Resume its training first.': 'Reanuda primero su entrenamiento.',
  'Use a library folder on a disk with a trash, or delete it permanently.':
    'Usa una carpeta de biblioteca en un disco con papelera, o elimínalo de forma permanente.',
  'The checkpoint of step {0} was kept.': 'Se conserva el punto de control del paso {0}.',
  'Resume the run.': 'Reanuda la ejecución.',
  "'{0}' was removed from the queue: {1}": "'{0}' se quitó de la cola: {1}",
  'Choose a data set of the library.': 'Elige un conjunto de datos de la biblioteca.',
  'Choose a document of the library.': 'Elige un documento de la biblioteca.',
  'Import the document first.': 'Importa primero el documento.',
  'Choose another name, resume the existing run, or remove it.':
    'Elige otro nombre, reanuda la ejecución existente o quítala.',
  'Choose a run of the library.': 'Elige una ejecución de la biblioteca.',
  "Add the text again with the run's tokenizer.": 'Vuelve a añadir el texto con el tokenizador de la ejecución.',
  'Import it first.': 'Impórtalo primero.',
  'Wrong {0} of attention: got {1}, expected {2}.': 'La atención da un valor erróneo ({0}): {1} en lugar de {2}.',
  'Wrong {0} of attention: got {1}, expected {2} at element {3}.':
    'La atención da un valor erróneo ({0}): {1} en lugar de {2} en el elemento {3}.',
  'Width {0} is not divisible by {1} heads.': 'La anchura {0} no es divisible entre {1} cabezas.',
  'Choose a width that is a multiple of {0}, or change the number of heads.':
    'Elige una anchura múltiplo de {0}, o cambia el número de cabezas.',
  "The model's context holds {0} of {1} tokens: {2} of the document. Select another part, or extend the model's context to {3} tokens.":
    'En el contexto del modelo caben {0} de {1} tokens: {2} del documento. Elige otra parte, o amplía el contexto del modelo a {3} tokens.',
  'Request a shorter summary, or use a model with a longer context.':
    'Pide un resumen más corto, o usa un modelo con un contexto más largo.',
  'Train a model on documents paired with summaries.': 'Entrena un modelo con documentos y sus resúmenes.',
  'Score the source file instead.': 'Evalúa en su lugar el archivo de origen.',
  'To score it anyway, choose it explicitly.': 'Para evaluarlo de todos modos, elígelo expresamente.',
  'Resume it.': 'Reanúdala.',
  'Free some disk space, then resume the run.': 'Libera espacio en el disco y reanuda la ejecución.',
  'Resume with less memory per step; the training stays the same otherwise.':
    'Reanuda con menos memoria por paso; el resto del entrenamiento no cambia.',
  'Resume on another device, or train a new run with a shorter sequence_length or a smaller model.':
    'Reanuda en otro dispositivo, o entrena una ejecución nueva con un sequence_length más corto o un modelo más pequeño.',
  'model.{0} {1}.': 'model.{0} {1}.',
  'Your library is unchanged.': 'Tu biblioteca no ha cambiado.',
  'Cannot read the library setting in {0}.': 'No se puede leer el ajuste de la biblioteca en {0}.',
  'Set the folder as {"library": "/absolute/path"}, or delete the file to use {0}.':
    'Indica la carpeta como {"library": "/absolute/path"}, o elimina el archivo para usar {0}.',
  'model.layers: {0} is neither a mixer nor mixer*count.': 'model.layers: {0} no es ni un mixer ni mixer*número.',
  'model.layers: mixer {0} not found.': 'model.layers: no se encontró el mixer {0}.',
  'Available mixers: {0}.': 'Mixers disponibles: {0}.',
  'model.layers: {0} must have 1 to {1} layers.': 'model.layers: {0} debe tener de 1 a {1} capas.',
  'A {0} layer has no filters to plot.': 'Una capa {0} no tiene filtros que mostrar.',
  'belongs to the mixer {0}, which model.layers does not use': 'pertenece al mixer {0}, que model.layers no usa',
  'applies only to rotary positions': 'solo se aplica a las posiciones rotatorias',
  'model.{0} is {1}, which does not divide model.d_model, {2}.': 'model.{0} es {1} y no divide model.d_model, {2}.',
  'model.mamba_head_dim is {0}, which does not divide the {1} inner channels.':
    'model.mamba_head_dim es {0}, que no divide los {1} canales internos.',
  'model.ssm_state must be even, but is {0}.': 'model.ssm_state debe ser par, pero es {0}.',
  'model.n_head must divide model.d_model: {0} channels cannot be split into {1} heads.':
    'model.n_head debe dividir model.d_model: {0} canales no se pueden repartir en {1} cabezas.',
  'model.n_kv_head must divide model.n_head: {0} heads cannot share {1}.':
    'model.n_kv_head debe dividir model.n_head: {0} cabezas no pueden compartir {1}.',
  'Rotary positions need heads of even width: {0} heads of {1} channels have {2} each.':
    'Las posiciones rotatorias (RoPE) necesitan cabezas de ancho par: con {1} canales, {0} cabezas tienen {2} cada una.',
  'Generate with the exact model instead.': 'Genera con el modelo exacto.',
  'A model with layers {0} has no filters to distil: only those of Hyena layers are replaced.':
    'Un modelo con las capas {0} no tiene filtros que destilar: solo se sustituyen los de hyena.',
  "'{0}' reads texts of any length and was already trained on sequences of {1} tokens.":
    "'{0}' lee textos de cualquier longitud y ya se entrenó con secuencias de {1} tokens.",
  heads: 'cabezas',
};
