import type { Catalogue } from '../told.ts';
import { esData } from './es-data.ts';
import { esDevices } from './es-devices.ts';

/** What host and workers tell, by its English: see main/contract/told.ts. */
export const es: Catalogue = {
  'A step of this run learns from {0} sequences, which batches of {1} do not divide.':
    'Un paso de esta ejecución aprende de {0} secuencias, que no se reparten en lotes de {1}.',
  'The nearest that does is {0}.': 'El tamaño válido más cercano es {0}.',
  'Go on with less memory a step, and the same training otherwise: hyena resume {0} {1}':
    'Seguir con menos memoria por paso y, por lo demás, el mismo entrenamiento: hyena resume {0} {1}',
  'Go on with it on another device (hyena resume {0} --device NAME), or train anew with a shorter sequence_length or a smaller model.':
    'Seguir en otro dispositivo (hyena resume {0} --device NAME), o entrenar de nuevo con una sequence_length más corta o un modelo más pequeño.',
  '{0} cannot be changed once a run has begun.': '{0} no se puede cambiar una vez empezada la ejecución.',
  "What can: {0}. For the rest train a new run, from this one's weights if you like: hyena train --from RUN":
    'Se puede cambiar: {0}. Para lo demás, entrenar una ejecución nueva, si se quiere con los pesos de esta: hyena train --from RUN',
  ...esData,
  ...esDevices,
  "'{0}' cannot be the name of a data set.": "'{0}' no puede ser el nombre de un conjunto de datos.",
  "'{0}' cannot be the name of a run.": "'{0}' no puede ser el nombre de una ejecución.",
  "'{0}' cannot be the name of a run: it {1}.": "'{0}' no puede ser el nombre de una ejecución: {1}.",
  "'{0}' is being set up already.": "'{0}' ya se está instalando.",
  "'{0}' is not of the form key=value.": "'{0}' no tiene la forma clave=valor.",
  "'{0}' is not the id of a chat.": "'{0}' no es el id de un chat.",
  'A message is malformed: {0}.': 'Un mensaje no tiene la forma correcta: {0}.',
  'A message of {0} was refused.': 'Se rechazó un mensaje de {0}.',
  "A model is at work on '{0}'.": "Un modelo está trabajando con '{0}'.",
  'A model needs {0} in one folder.': 'Un modelo necesita {0} en una misma carpeta.',
  "A model that starts from the weights of '{0}' has its shape: {1}.":
    "Un modelo que parte de los pesos de '{0}' tiene su misma forma: {1}.",
  'A name {0}.': 'Un nombre {0}.',
  'A page asked for the permission {0}; it was denied.': 'Una página pidió el permiso {0}; se le denegó.',
  'A page asked for {0}; it was refused.': 'Una página pidió {0}; se rechazó.',
  'A page tried to go to {0}; it was refused.': 'Una página intentó ir a {0}; se rechazó.',
  'A page tried to hold another page; it was refused.': 'Una página intentó contener otra página; se rechazó.',
  'A page tried to open {0}; it was refused.': 'Una página intentó abrir {0}; se rechazó.',
  'A run has run.json, a model has {0}.': 'Una ejecución tiene run.json; un modelo, {0}.',
  'A run is training and may compute on it.': 'Se está entrenando una ejecución que puede estar calculando en él.',
  'A run is training; a benchmark beside it would tell nothing.':
    'Una ejecución está entrenando; medir a la vez no diría nada.',
  "A sequence length of {0} is more than the model's context length (l_max) of {1}.":
    'Una longitud de secuencia de {0} supera la longitud de contexto del modelo (l_max), que es de {1}.',
  'A stream is joined under {0} already.': 'Ya hay un flujo abierto con el número {0}.',
  'A token has 1 to 512 letters, digits and signs of ASCII, without spaces.':
    'Un token tiene de 1 a 512 letras, cifras y signos ASCII, sin espacios.',
  "Add the text again with the run's own: hyena data add PATH --name NAME --tokenizer {0}":
    'Añade el texto de nuevo con el de la ejecución: hyena data add PATH --name NAME --tokenizer {0}',
  'After step {0} the validation loss is not finite.': 'Tras el paso {0}, la pérdida de validación no es finita.',
  'After {0} tokens the scores are off by {1} of the largest; allowed are {2}.':
    'Tras {0} tokens, las puntuaciones se desvían {1} veces la mayor; se admiten {2}.',
  'Allow this user to write to that folder, or choose another folder for the library.':
    'Da a este usuario permiso para escribir en esa carpeta, o elige otra carpeta para la biblioteca.',
  'An answer is being written in this chat by another window.':
    'Otra ventana está escribiendo una respuesta en este chat.',
  'An answer is being written in this chat.': 'En este chat se está escribiendo una respuesta.',
  'Another device may work: hyena devices lists them.': 'Quizá funcione otro dispositivo: hyena devices los muestra.',
  'Another model is writing.': 'Otro modelo está escribiendo.',
  'Another program has held {0} for long.': 'Otro programa retiene {0} desde hace tiempo.',
  'At step {0} {1}, after the run had been recovered once before.':
    'En el paso {0}, {1}, después de que la ejecución ya se hubiera recuperado una vez.',
  'At step {0} {1}, after the run had been recovered {2} times before.':
    'En el paso {0}, {1}, después de que la ejecución ya se hubiera recuperado {2} veces.',
  'At step {0} {1}, and no recovery is allowed (max_recoveries is 0).':
    'En el paso {0}, {1}, y no se permite ninguna recuperación (max_recoveries es 0).',
  'Begin with the root or the drive.': 'Empieza por la raíz o la unidad.',
  'Cancel that first.': 'Cancela eso antes.',
  'Choose another name, go on with it (hyena resume {0}), or remove it (hyena runs remove {1}).':
    'Elige otro nombre, sigue con ella (hyena resume {0}) o elimínala (hyena runs remove {1}).',
  'Choose another with --port, or leave it out for any free one.':
    'Elige otro con --port, u omítelo para usar cualquiera que esté libre.',
  'Choose one above the conversation.': 'Elige uno encima de la conversación.',
  'Choose them again.': 'Elígelos de nuevo.',
  'Data sets: {0}.': 'Conjuntos de datos: {0}.',
  'Delete {0}.': 'Elimina {0}.',
  'Did you mean {0}?': '¿Querías decir {0}?',
  'Free some space, then go on from the last checkpoint.': 'Libera espacio y sigue desde el último punto de control.',
  'Free some space, then: hyena resume {0}': 'Libera espacio y después: hyena resume {0}',
  'Give --prompt TEXT, --prompt-file FILE or --document DOC.':
    'Indica --prompt TEXT, --prompt-file FILE o --document DOC.',
  'Give the file a shorter name.': 'Da al archivo un nombre más corto.',
  'Give the path of a file, or what hyena documents list shows.':
    'Indica la ruta de un archivo o algo de lo que muestra hyena documents list.',
  'Go on with it: hyena resume {0}': 'Sigue con ella: hyena resume {0}',
  'Go on: hyena resume {0}': 'Para seguir: hyena resume {0}',
  'HYENA_HOME says where the library is.': 'HYENA_HOME decide dónde está la biblioteca.',
  'Hyena Studio was restarted, and this page is not connected to it.':
    'Hyena Studio se reinició y esta página no está conectada con él.',
  'If nobody ended it by hand, use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'Si nadie lo terminó a mano, usa un lote más pequeño o una longitud de secuencia menor, o activa el recálculo.',
  'Import it first: hyena read {0}': 'Impórtalo antes: hyena read {0}',
  'In the terminal, remove --permanently deletes it for good.':
    'En la terminal, remove --permanently elimina definitivamente.',
  'It can be started again.': 'Se puede volver a iniciar.',
  'It holds one object such as {"model": {"d_model": 128}, "training": {"max_steps": 100}}.':
    'Contiene un objeto como {"model": {"d_model": 128}, "training": {"max_steps": 100}}.',
  'It is whole there.': 'Allí está completo.',
  'It was asked to stop.': 'Se pidió que se detuviera.',
  'Its filters were made for {0} tokens and now span {1}.':
    'Sus filtros se hicieron para {0} tokens y ahora abarcan {1}.',
  'Its last words: {0}': 'Lo último que dijo: {0}',
  'Leave these keys as they are. Only {0} may differ.': 'Deja estas claves como están. Solo pueden ser distintas {0}.',
  'Leave vocab_size empty.': 'Deja vocab_size vacío.',
  'Line {0} is damaged and is left out.': 'La línea {0} está dañada y se omite.',
  'More than {0} streams were joined.': 'Se abrieron más de {0} flujos.',
  'Name a longer one: hyena extend {0} --context {1}': 'Indica uno más largo: hyena extend {0} --context {1}',
  'Name it to score it all the same: hyena eval {0} --data {1}':
    'Indícalo para evaluarlo de todos modos: hyena eval {0} --data {1}',
  'Name one by its id: {0}.': 'Indica uno por su id: {0}.',
  'No model is chosen for this chat.': 'No se ha elegido ningún modelo para este chat.',
  'No token of the validation text counts: it holds no answer, and nothing is evaluated.':
    'No cuenta ningún token del texto de validación: no contiene ninguna respuesta, y no se evalúa nada.',
  'Nobody waits for this answer.': 'Nadie espera esta respuesta.',
  'None of the {0} tokens of {1} counts: it holds no answer.':
    'No cuenta ninguno de los {0} tokens de {1}: no contiene ninguna respuesta.',
  'Nothing new. What was moved elsewhere still holds the checkpoints.':
    'No se guardó nada nuevo. Lo que se movió a otro lugar aún contiene los puntos de control.',
  'Nothing of the data set; what was half made is removed with the next one.':
    'Del conjunto de datos no se guardó nada; lo que quedó a medias se elimina al añadir el siguiente.',
  'Nothing of the document was imported.': 'No se importó nada del documento.',
  'Nothing of this file was kept.': 'De este archivo no se guardó nada.',
  'Nothing was changed.': 'No se cambió nada.',
  'Nothing was copied.': 'No se copió nada.',
  'Nothing was deleted.': 'No se eliminó nada.',
  'Nothing was kept.': 'No se guardó nada.',
  'Nothing was removed from {0}.': 'No se ha eliminado nada de {0}.',
  'Nothing was removed.': 'No se ha eliminado nada.',
  'Nothing was written.': 'No se ha escrito nada.',
  'Nothing: there was no checkpoint.': 'No se conservó nada: no había ningún punto de control.',
  'Of the {0} training tokens {1} are learned ({2}): only answers count, and questions make up the rest.':
    'De los {0} tokens de entrenamiento se aprenden {1} ({2}): solo cuentan las respuestas, y el resto son preguntas.',
  'Open the new address that it printed when it started.': 'Abre la dirección nueva que mostró al iniciarse.',
  'Pause the run first.': 'Pausa antes la ejecución.',
  'Port {0} is taken by another program.': 'Otro programa ocupa el puerto {0}.',
  'Port {0} is taken.': 'El puerto {0} está ocupado.',
  'Presets: {0}.': 'Puntos de partida: {0}.',
  'Process {0} on {1} has been training this run since {2}.': 'El proceso {0} en {1} entrena esta ejecución desde {2}.',
  'Process {0} on {1} trains {2} already.': 'El proceso {0} en {1} ya está entrenando {2}.',
  'Put the folder back, or connect its drive again, and resume the run.':
    'Devuelve la carpeta a su lugar, o vuelve a conectar su unidad, y reanuda la ejecución.',
  'Raise l_max or lower sequence_length.': 'Aumenta l_max o reduce sequence_length.',
  'Refused with {0}: {1}': 'Rechazado con {0}: {1}',
  'Reload the page.': 'Recarga la página.',
  'Remove it and import the file again.': 'Elimínalo y vuelve a importar el archivo.',
  'Restore it there, then start the program again.': 'Restáuralo allí y vuelve a iniciar el programa.',
  'Runs go on; nothing is lost.': 'Las ejecuciones siguen; no se pierde nada.',
  'Score a longer text.': 'Evalúa un texto más largo.',
  'Score chats with answers.': 'Evalúa chats con respuestas.',
  'Score the file that it was made of: hyena eval RUN --file PATH.':
    'Evalúa el archivo a partir del que se hizo: hyena eval RUN --file PATH.',
  'Set HYENA_HOME to a folder that you may write to.': 'Asigna a HYENA_HOME una carpeta en la que puedas escribir.',
  "Several documents are called '{0}'.": "Hay varios documentos llamados '{0}'.",
  'Shorten the message, or use a shorter part of the document.':
    'Acorta el mensaje o usa una parte más corta del documento.',
  'Shorten the message.': 'Acorta el mensaje.',
  'Start a run with a lower learning rate, a longer warmup or a lower grad_clip.':
    'Empieza una ejecución con una tasa de aprendizaje menor, un calentamiento más largo o un grad_clip menor.',
  'Stop it first.': 'Detenla antes.',
  'Stop it there first.': 'Detenla antes allí.',
  'Stop it there first. If no such process exists, delete {0}.':
    'Detenla antes allí. Si ese proceso no existe, elimina {0}.',
  'Stop the run first.': 'Detén antes la ejecución.',
  'Stopped before it started.': 'Se detuvo antes de empezar.',
  'The benchmark was cancelled.': 'Se canceló la medición.',
  'The budget is {0} tokens and the data set has {1}: the run reads it {2} times and learns it by heart. Add data, train for fewer steps, or set early_stopping_patience.':
    'El presupuesto es de {0} tokens y el conjunto de datos tiene {1}: la ejecución lo lee {2} veces y se lo aprende de memoria. Añade datos, entrena menos pasos o define early_stopping_patience.',
  'The chat is unchanged.': 'El chat no ha cambiado.',
  'The checkpoint of step {0}: {1}': 'Se conserva el punto de control del paso {0}: {1}',
  'The client is gone.': 'El cliente ya no está.',
  'The compute process could not be started: {0}': 'No se pudo iniciar el proceso de cálculo: {0}',
  'The compute process crashed ({0}).': 'El proceso de cálculo se cerró inesperadamente ({0}).',
  'The compute process ended without an answer (exit code {0}).':
    'El proceso de cálculo terminó sin responder (código de salida {0}).',
  'The compute process ended without an answer ({0}).': 'El proceso de cálculo terminó sin responder ({0}).',
  'The compute process gave no sign of life any more and was ended.':
    'El proceso de cálculo dejó de dar señales de vida y se terminó.',
  'The compute process ran out of memory.': 'El proceso de cálculo se quedó sin memoria.',
  'The compute process told something malformed: {0}':
    'El proceso de cálculo comunicó algo que no tiene la forma correcta: {0}',
  'The compute process was ended ({0}) before it had begun.':
    'El proceso de cálculo se terminó ({0}) antes de empezar.',
  'The compute process was killed from outside, as systems do when memory runs out.':
    'El proceso de cálculo se terminó desde fuera, como hacen los sistemas cuando se acaba la memoria.',
  'The compute process was terminated on request.': 'El proceso de cálculo se terminó a petición.',
  'The config.json of the model is not JSON.': 'El config.json del modelo no es JSON.',
  'The configuration {0} cannot be read: {1}': 'No se puede leer la configuración {0}: {1}',
  'The configuration: {0}.': 'La configuración: {0}.',
  'The connection to Hyena Studio was lost.': 'Se perdió la conexión con Hyena Studio.',
  "The context of '{0}' is {1} tokens already.": "El contexto de '{0}' ya es de {1} tokens.",
  'The damaged checkpoint was kept as {0}; delete it when you do not need it.':
    'El punto de control dañado se conservó como {0}; elimínalo cuando no lo necesites.',
  "The data set '{0}' has another tokenizer than the run '{1}'.":
    "El conjunto de datos '{0}' tiene otro tokenizador que la ejecución '{1}'.",
  "The data set '{0}' is not the one that the run '{1}' was begun with.":
    "El conjunto de datos '{0}' no es aquel con el que empezó la ejecución '{1}'.",
  "The data set '{0}' is not the one that the run '{1}' was trained on.":
    "El conjunto de datos '{0}' no es aquel con el que se entrenó la ejecución '{1}'.",
  "The data set '{0}' was made with another tokenizer than this model.":
    "El conjunto de datos '{0}' se hizo con otro tokenizador que este modelo.",
  'The data set has no validation text: nothing is evaluated.':
    'El conjunto de datos no tiene texto de validación: no se evalúa nada.',
  'The device or its driver may hang.': 'Puede que el dispositivo o su controlador se haya bloqueado.',
  'The disk is full: {0}': 'El disco está lleno: {0}',
  'The document.': 'El documento se conserva.',
  'The existing run is unchanged.': 'La ejecución existente no ha cambiado.',
  'The first one was kept.': 'Se conservó el primero.',
  'The job was asked to stop.': 'Se pidió detener la tarea.',
  'The last entry was cut off in the middle and is left out.': 'La última entrada quedó cortada a la mitad y se omite.',
  'The library and its runs are not affected.': 'La biblioteca y sus ejecuciones no se ven afectadas.',
  'The library cannot be kept in {0}: {1}': 'La biblioteca no puede estar en {0}: {1}',
  'The library stays where it is.': 'La biblioteca se queda donde está.',
  'The lock could not be taken over.': 'No se pudo tomar el control del bloqueo.',
  'The model was closed.': 'El modelo se ha cerrado.',
  'The name of an uploaded file is too long.': 'El nombre de un archivo subido es demasiado largo.',
  'The name of an uploaded file leads elsewhere.': 'El nombre de un archivo subido lleva a otro lugar.',
  'The other one goes on.': 'La otra sigue su curso.',
  'The places of the document': 'La lista de lugares del documento',
  'The program is being closed.': 'El programa se está cerrando.',
  'The prompt cannot be read: {0}': 'No se puede leer el texto inicial: {0}',
  'The queue could not be saved: {0}': 'No se pudo guardar la cola: {0}',
  'The queue is kept in memory and is lost when the program ends.':
    'La cola se conserva en memoria y se pierde cuando termina el programa.',
  'The record': 'El registro',
  'The record in the trash': 'El registro de la papelera',
  'The record of the data set': 'El registro del conjunto de datos',
  'The record of the run': 'El registro de la ejecución',
  'The request could not be served.': 'No se pudo atender la petición.',
  'The request {0} is malformed: {1}.': 'La petición {0} no tiene la forma correcta: {1}.',
  "The run '{0}' has been trained already.": "La ejecución '{0}' ya se ha entrenado.",
  "The run '{0}' has no checkpoint yet: there is nothing to start from.":
    "La ejecución '{0}' aún no tiene ningún punto de control: no hay de dónde partir.",
  'The run ended within its warmup: the learning rate never reached {0}. Set warmup_steps to fewer steps, or train for longer.':
    'La ejecución terminó durante su calentamiento: la tasa de aprendizaje nunca llegó a {0}. Reduce warmup_steps, o entrena más tiempo.',
  'The run goes on from its checkpoint of step {0}.': 'La ejecución sigue desde su punto de control del paso {0}.',
  'The run goes on from its start, for there was no checkpoint yet.':
    'La ejecución sigue desde su comienzo, porque aún no había ningún punto de control.',
  'The run {0} is being trained by process {1} on {2}.': 'El proceso {1} en {2} está entrenando la ejecución {0}.',
  'The run {0} is being trained on {1}.': 'La ejecución {0} se está entrenando con {1}.',
  'The same command goes on.': 'La misma orden sigue desde ahí.',
  'The state of the run': 'El estado de la ejecución',
  'The system does not allow writing to {0}.': 'El sistema no permite escribir en {0}.',
  "The text of the document '{0}' is not what was imported.": "El texto del documento '{0}' no es el que se importó.",
  'The token cannot be used.': 'Este token no se puede usar.',
  'The token file cannot be read: {0}': 'No se puede leer el archivo del token: {0}',
  'The upload was interrupted.': 'Se interrumpió la subida.',
  'The upload was refused ({0}).': 'Se rechazó la subida ({0}).',
  'The warmup takes {0} of the {1} steps of the run. Set warmup_steps to {2} at most, or train for more steps.':
    'El calentamiento ocupa {0} de los {1} pasos de la ejecución. Fija warmup_steps en {2} como máximo, o entrena más pasos.',
  'The warmup takes {0} steps and the whole run {1}: it ends at {2} of the learning rate of {3}. Set warmup_steps to {4} at most, or train for more steps.':
    'El calentamiento dura {0} pasos y toda la ejecución {1}: termina al {2} de la tasa de aprendizaje de {3}. Fija warmup_steps en {4} como máximo, o entrena más pasos.',
  'The weights are those of the run {0} after step {1}.': 'Los pesos son los de la ejecución {0} tras el paso {1}.',
  'The window connects again by itself.': 'La ventana vuelve a conectarse sola.',
  'The {0} of the convolution is wrong: {1} instead of {2} at element {3}.':
    'La convolución da un valor erróneo ({0}): {1} en lugar de {2} en el elemento {3}.',
  'There is a task {0} already.': 'Ya hay una tarea {0}.',
  "There is already a run named '{0}'.": "Ya hay una ejecución llamada '{0}'.",
  "There is neither a file nor a document '{0}'.": "No hay ningún archivo ni documento '{0}'.",
  'There is no key {0} in {1}.': 'No existe la clave {0} en {1}.',
  'There is no key {0}.': 'No existe la clave {0}.',
  'There is no preset {0}.': 'No hay ningún punto de partida {0}.',
  'There is no prompt.': 'Falta el texto inicial.',
  "There is no request '{0}'.": "No existe la petición '{0}'.",
  "There is no run named '{0}' in {1}.": "No hay ninguna ejecución llamada '{0}' en {1}.",
  "There is no stream '{0}'.": "No existe el flujo '{0}'.",
  'There is no such chat any more.': 'Ese chat ya no existe.',
  'There is no such message in this chat any more.': 'Ese mensaje ya no está en este chat.',
  'There is no such thing in the trash.': 'Eso no está en la papelera.',
  'There is no trained model yet.': 'Aún no hay ningún modelo entrenado.',
  'There is none yet. Add files: hyena data add PATH --name {0}':
    'Aún no hay ninguno. Añade archivos: hyena data add PATH --name {0}',
  'There is none yet: hyena train makes one.': 'Aún no hay ninguna: hyena train crea una.',
  'There is nothing of the document at that place.': 'En ese lugar no hay nada del documento.',
  'There was no checkpoint yet.': 'Aún no había ningún punto de control.',
  'These files were chosen before the program was started anew.':
    'Estos archivos se eligieron antes de que el programa volviera a iniciarse.',
  'This data is small: its answers have {0} tokens. The model will repeat them rather than learn to answer.':
    'Estos datos son pocos: sus respuestas tienen {0} tokens. El modelo las repetirá en lugar de aprender a responder.',
  'This device computes wrongly: use another one, and report this.':
    'Este dispositivo calcula mal: usa otro y avisa del problema.',
  'This drop already has a file or folder of that name.':
    'Entre lo soltado ya hay un archivo o una carpeta con ese nombre.',
  'This drop has no file of that name.': 'Entre lo soltado no hay ningún archivo con ese nombre.',
  'This message does not fit: the model looks back at {0} tokens.':
    'Este mensaje no cabe: el modelo ve {0} tokens hacia atrás.',
  'Train a model first.': 'Entrena antes un modelo.',
  'Train a new run on it.': 'Entrena una ejecución nueva con él.',
  'Train it first: hyena resume {0}': 'Entrénala antes: hyena resume {0}',
  'Train on chats with more or longer answers, or with a longer sequence_length.':
    'Entrena con chats que tengan más respuestas o más largas, o con una sequence_length mayor.',
  'Try again; if no other program uses the library, delete that file.':
    'Inténtalo de nuevo; si ningún otro programa usa la biblioteca, elimina ese archivo.',
  'Unset it, then choose here.': 'Quita esa variable y elige después aquí.',
  'Use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'Usa un lote más pequeño o una longitud de secuencia menor, o activa el recálculo.',
  'Use another, or 0 for any.': 'Usa otro, o 0 para uno cualquiera.',
  'Wait for its answer, or stop it.': 'Espera su respuesta o detenla.',
  'Wait for some of them to finish, or cancel them.': 'Espera a que terminen algunas, o cancélalas.',
  'What was deleted is no longer in the trash.': 'Lo que se eliminó ya no está en la papelera.',
  'What was fetched; the device was not made available.': 'Lo descargado se conserva; el dispositivo no se activó.',
  'Write for example --set d_model=128.': 'Escribe, por ejemplo, --set d_model=128.',
  'Your message and the answer as far as it was written were kept.':
    'Se han conservado tu mensaje y la respuesta hasta donde se escribió.',
  'Your message was kept.': 'Tu mensaje se ha conservado.',
  'a number': 'un número',
  'a whole number': 'un número entero',
  'above {0}': 'mayor que {0}',
  batches: 'lotes',
  'below {0}': 'hasta menos de {0}',
  channels: 'canales',
  epochs: 'épocas',
  evaluations: 'evaluaciones',
  'from {0}': 'desde {0}',
  'hyena runs list shows the runs there are.': 'hyena runs list muestra las ejecuciones que hay.',
  'hyena train --help lists every key with its bounds.': 'hyena train --help muestra todas las claves con sus límites.',
  'letters, digits, dots, hyphens and underscores': 'letras, cifras, puntos, guiones y guiones bajos',
  'letters, digits, dots, hyphens, underscores and spaces': 'letras, cifras, puntos, guiones, guiones bajos y espacios',
  'may have {0}; {1} is none of them': 'puede tener {0}; {1} no está entre ellos',
  minutes: 'minutos',
  'must be odd: one time feature and pairs of sine and cosine':
    'debe ser impar: un rasgo de tiempo y pares de seno y coseno',
  'must have at least one letter or digit': 'debe tener al menos una letra o cifra',
  'must have at most {0} bytes as UTF-8; this one has {1}': 'debe tener como máximo {0} bytes en UTF-8; este tiene {1}',
  'must have at most {0} characters; this one has {1}': 'debe tener como máximo {0} caracteres; este tiene {1}',
  'must not be one that Windows reserves for itself, such as {0}':
    'no debe ser uno de los que Windows se reserva, como {0}',
  'must not end with a dot, a space or a joiner': 'no debe terminar en un punto, un espacio o un carácter de unión',
  'must start with a letter or digit': 'debe empezar por una letra o cifra',
  nats: 'nats',
  sequences: 'secuencias',
  steps: 'pasos',
  text: 'texto',
  'the gradient norm is infinite': 'la norma del gradiente es infinita',
  'the gradient norm is not a number': 'la norma del gradiente no es un número',
  'the loss is infinite': 'la pérdida es infinita',
  'the loss is not a number': 'la pérdida no es un número',
  'the loss jumped to {0}, {1} times its average of {2}': 'la pérdida saltó a {0}, {1} veces su media de {2}',
  'to {0}': 'hasta {0}',
  tokens: 'tokens',
  'training.sequence_length ({0}) is longer than model.l_max ({1}), the longest sequence the filters are defined for.':
    'training.sequence_length ({0}) es mayor que model.l_max ({1}), la secuencia más larga para la que están definidos los filtros.',
  'training.sequence_length_start ({0}) is longer than {1}, the full length.':
    'training.sequence_length_start ({0}) es mayor que {1}, la longitud completa.',
  'up to {0}': 'hasta {0}',
  "vocab_size is {0}, but the tokenizer of '{1}' has {2} tokens.":
    "vocab_size es {0}, pero el tokenizador de '{1}' tiene {2} tokens.",
  windows: 'ventanas',
  '{0} batches in a row held no learned token.': '{0} lotes seguidos no contenían ningún token que se aprenda.',
  "{0} cannot be moved to the system's trash: {1}": '{0} no se puede mover a la papelera del sistema: {1}',
  '{0} cannot be shown: {1}': 'No se puede mostrar {0}: {1}',
  '{0} does not hold an object.': '{0} no contiene un objeto.',
  '{0} holds {1} tokens: there is nothing to predict.': '{0} contiene {1} tokens: no hay nada que predecir.',
  '{0} in {1} is not an object.': '{0} en {1} no es un objeto.',
  '{0} is a file that is not in the library yet.': '{0} es un archivo que aún no está en la biblioteca.',
  '{0} is being trained, so it cannot be deleted.': '{0} se está entrenando, así que no se puede eliminar.',
  '{0} is being trained, so it cannot be renamed.': '{0} se está entrenando, así que no se le puede cambiar el nombre.',
  '{0} is gone: the folder of the run was removed or moved while it trained.':
    '{0} ya no está: la carpeta de la ejecución se eliminó o se movió mientras entrenaba.',
  "{0} is in the system's trash by now.": '{0} ya está en la papelera del sistema.',
  '{0} is missing: it takes {1}.': 'Falta {0}: admite {1}.',
  '{0} is no whole path.': '{0} no es una ruta completa.',
  '{0} is not JSON: {1}': '{0} no es JSON: {1}',
  '{0} is not a whole model: {1} not found.': '{0} no es un modelo completo: no se encuentra {1}.',
  '{0} is not being trained here.': '{0} no se está entrenando aquí.',
  '{0} is not the folder of a run or of a model.': '{0} no es la carpeta de una ejecución ni de un modelo.',
  '{0} jobs are waiting already.': 'Ya hay {0} tareas en espera.',
  '{0} more requests were refused.': 'Se rechazaron otras {0} peticiones.',
  '{0} must be {1}; {2} was given.': '{0} debe ser {1}; se ha dado {2}.',
  '{0} or {1}': '{0} o {1}',
  '{0} requests of this window are not answered yet.': '{0} peticiones de esta ventana aún no tienen respuesta.',
  '{0} {1} is not JSON.': '{0} {1} no es JSON.',
  '{0} {1} is not as expected: {2}': '{0} {1} no es como se esperaba: {2}',
  '{0} {1}; it takes {2}; {3} was given.': '{0} {1}; admite {2}; se ha dado {3}.',
  '{0}, or none': '{0}, o none (vacío)',
  '{0}; the batch is left out': '{0}; el lote se omite',
};
