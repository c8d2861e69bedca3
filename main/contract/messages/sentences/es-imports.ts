import type { Catalogue } from '../language.ts';

/** What imports of published models tell, by its English: see main/contract/message.ts. */
export const esImports: Catalogue = {
  'model.first_mlp is {0}, but model.mlp, {1}, has no gate.':
    'model.first_mlp es {0}, pero model.mlp, {1}, no tiene puerta.',
  'The model was not imported; temporary files will be removed when the next one is.':
    'El modelo no se importó; los archivos temporales se eliminarán en la próxima importación.',
  "'{0}' has shape [{1}], but [{2}] is needed ({3})": "'{0}' tiene la forma [{1}], pero se necesita [{2}] ({3})",
  'If it is one of these, name it.': 'Si es una de estas, indícala.',
  'This is not a model of a known family ({0}).': 'Este modelo no es de ninguna familia conocida ({0}).',
  'Choose a folder with the weights of the model.': 'Elige una carpeta que contenga los pesos del modelo.',
  '{0} is not the configuration of a known family ({1}).': '{0} no es la configuración de una familia conocida ({1}).',
  'its configuration is out of bounds ({0})': 'su configuración está fuera de los límites ({0})',
  'This model cannot be imported: {0}.': 'Este modelo no se puede importar: {0}.',
  '{0} is {1}, which is not supported': '{0} es {1}, y eso no se admite',
  "it contains '{0}', which is unknown for {1}": "contiene '{0}', que {1} no conoce",
  "'{0}' has shape [{1}], which does not fit": "'{0}' tiene la forma [{1}], que no encaja",
  'the configuration does not state {0}': 'la configuración no indica {0}',
  "'{0}' and '{1}' are two tensors for one place": "'{0}' y '{1}' son dos tensores para un mismo lugar",
  'All files of a model must be in one folder. Copy or download the missing ones.':
    'Todos los archivos de un modelo deben estar en una carpeta. Copia o descarga los que faltan.',
  "The model is not complete: tensor '{0}' not found.": "El modelo no está completo: no se encontró el tensor '{0}'.",
  "its sine layers have different frequencies ('{0}')": "sus capas de seno tienen frecuencias propias ('{0}')",
  '{0} says {1} {2}, the tensors have {3}; the tensors count.':
    '{0} dice {1} {2}, los tensores tienen {3}; valen los tensores.',
  'The filters have no exponential window, as in the published evaluation. If the file was trained with one, set modulate to true.':
    'Los filtros no tienen ventana exponencial, como en la evaluación publicada. Si el archivo se entrenó con una, pon modulate en true.',
  'The window is shifted by 0.05, as in the released inference code; the training code had no shift. To import the model without it, set modulation_shift to 0.':
    'La ventana está desplazada 0,05, como en el código de inferencia publicado; el código de entrenamiento no tenía desplazamiento. Para importar el modelo sin él, pon modulation_shift en 0.',
  'The filters are read channel by channel, as safari writes them. If the file was written by its standalone program, choose order-major filters.':
    'Los filtros se leen canal a canal, como los escribe safari. Si el archivo lo escribió su programa independiente, elige filtros por orden (order-major).',
  'The licence of LFM2 permits commercial use only to those whose yearly revenue is below 10 million US dollars, and asks that it be passed on with the model.':
    'La licencia de LFM2 permite el uso comercial solo a quienes ingresan menos de 10 millones de dólares estadounidenses al año, y exige que acompañe al modelo.',
  'No configuration found: {0} heads and the rotary base were read off the file, epsilon and activation are those of {1}.':
    'No hay configuración: {0} cabezas y la base rotatoria se leyeron del archivo; el épsilon y la activación son los de {1}.',
  'No configuration found: {0} heads were assumed.': 'No hay configuración: se supusieron {0} cabezas.',
  "Its input projections were trained in FP8, which is not computed here. By NVIDIA's account the 7B models do without; the scores of the 1B model are then near random.":
    'Sus proyecciones de entrada se entrenaron en FP8, que aquí no se calcula. Según NVIDIA, los modelos 7B no lo necesitan; las puntuaciones del modelo 1B son entonces casi aleatorias.',
  'Read the licence and accept it.': 'Lee la licencia y acéptala.',
  'The model has the licence {0}, whose terms must be accepted first. {1}':
    'El modelo tiene la licencia {0}, cuyas condiciones hay que aceptar antes. {1}',
  'Download the model, then import its folder.': 'Descarga el modelo y después importa su carpeta.',
  'The weights of {0} are not here.': 'Los pesos de {0} no están aquí.',
  '{0} long {0|one: filter is|other: filters are} shared by {1} channels in the file; here each channel has a copy, which counts as parameters.':
    'En el archivo, {1} canales comparten {0} {0|one: filtro largo|other: filtros largos}; aquí cada canal tiene una copia, que cuenta como parámetros.',
  'The import was stopped.': 'La importación se detuvo.',
  'Nothing was imported; the source is unchanged.': 'No se importó nada; el origen no ha cambiado.',
  '{0} is truncated: {1} bytes are needed, but the file has {2}.':
    '{0} está truncado: se necesitan {1} bytes, pero el archivo tiene {2}.',
  '{0} is damaged: {1}.': '{0} está dañado: {1}.',
  'the entry {0} is malformed': 'la entrada {0} no es válida',
  'its directory cannot be read': 'su directorio no se puede leer',
  'Unpack the archive and import the folder.': 'Descomprime el archivo e importa la carpeta.',
  '{0} in {1} is compressed; tensors must be stored.':
    '{0} en {1} está comprimido; los tensores deben estar sin comprimir.',
  '{0} is too large: {1} bytes.': '{0} es demasiado grande: {1} bytes.',
  'File {0} not found in {1}.': 'No hay {0} en {1}.',
  '{0} is not one of the known models.': '{0} no es uno de los modelos conocidos.',
  'The model is not complete: {0} not found.': 'El modelo no está completo: no se encontró {0}.',
  'A model has a file that ends in .safetensors, .ckpt, .pt, .pth or .bin.':
    'Un modelo tiene un archivo que termina en .safetensors, .ckpt, .pt, .pth o .bin.',
  'No weights found in {0}.': 'No hay pesos en {0}.',
  'Choose one of the files instead of the folder.': 'Elige uno de los archivos en lugar de la carpeta.',
  '{0} has several files of weights: {1}.': '{0} tiene varios archivos de pesos: {1}.',
  '{0} is not an index of files.': '{0} no es un índice de archivos.',
  '{0} is not valid JSON: {1}': '{0} no es JSON válido: {1}',
  'Use the tokenizer.json file of this model.': 'Usa el archivo tokenizer.json de este modelo.',
  'tokenizer.json has {0} tokens, but the model has {1}.': 'tokenizer.json tiene {0} tokens, pero el modelo tiene {1}.',
  'tokenizer.model is not read; put the tokenizer.json of the model beside it. Until then texts are numbers of tokens, with spaces between.':
    'tokenizer.model no se lee; pon a su lado el tokenizer.json del modelo. Hasta entonces, los textos son números de tokens separados por espacios.',
  'No tokenizer.json found: texts are numbers of tokens, with spaces between.':
    'No hay tokenizer.json: los textos son números de tokens separados por espacios.',
  '{0} is nested too deeply.': '{0} está anidado a demasiada profundidad.',
  "Tensor '{0}' has type {1}, which is not supported.": "El tensor '{0}' es de tipo {1}, que no se admite.",
  'Save it again after contiguous().': 'Guárdalo de nuevo después de contiguous().',
  "Tensor '{0}' is too large to be read across its rows.":
    "El tensor '{0}' es demasiado grande para leerlo a través de sus filas.",
  "Tensor '{0}' occurs twice, the second time in {1}.": "El tensor '{0}' aparece dos veces, la segunda en {1}.",
  "{0}: tensor '{1}' of shape [{2}] does not fit the numbers that are stored for it.":
    "{0}: el tensor '{1}' de forma [{2}] no encaja con los números guardados para él.",
  'Nothing in the file was run, and nothing was imported.': 'No se ejecutó nada del archivo ni se importó nada.',
  'A file of weights has no need of it. Do not open the file with other programs; get the weights as safetensors.':
    'Un archivo de pesos no lo necesita. No abras el archivo con otros programas; consigue los pesos como safetensors.',
  '{0} was refused: it asks for {1}, which is neither a tensor nor a known record.':
    'Se rechazó {0}: pide {1}, que no es ni un tensor ni un registro conocido.',
  'the description of its tensors is damaged at byte {0}': 'la descripción de sus tensores está dañada en el byte {0}',
  '{0} is not a valid PyTorch file: {1}.': '{0} no es un archivo válido de PyTorch: {1}.',
  'it has no data.pkl': 'no tiene data.pkl',
  "the numbers of tensor '{0}' are missing": "faltan los números del tensor '{0}'",
  'its beginning is unknown': 'su comienzo es desconocido',
  'Open it in PyTorch and save it again with torch.save.': 'Ábrelo en PyTorch y guárdalo de nuevo con torch.save.',
  '{0} has the oldest format of PyTorch, a tar file.': '{0} tiene el formato más antiguo de PyTorch, un archivo tar.',
  'Save it again in PyTorch on another machine, or as safetensors.':
    'Guárdalo de nuevo en PyTorch en otro equipo, o como safetensors.',
  '{0} was written on a big-endian machine, which is not supported.':
    '{0} se escribió en un equipo big-endian, lo que no se admite.',
  'the numbers of storage {0} do not fit': 'los números del almacenamiento {0} no encajan',
  'A file of weights is a dictionary of tensors, or has one as state_dict.':
    'Un archivo de pesos es un diccionario de tensores, o tiene uno como state_dict.',
  '{0} contains no tensors with names.': '{0} no contiene tensores con nombre.',
  "'{0}' does not have the form hf:OWNER/NAME or hf:OWNER/NAME@REVISION.":
    "'{0}' no tiene la forma hf:OWNER/NAME ni hf:OWNER/NAME@REVISION.",
  'Accept its terms on the page of the model, and store an access token of yours in the settings.':
    'Acepta sus condiciones en la página del modelo y guarda un token de acceso tuyo en los ajustes.',
  '{0} is not open to everyone, or does not exist ({1}).': '{0} no está abierto a todos, o no existe ({1}).',
  'Check the name and the revision.': 'Comprueba el nombre y la revisión.',
  'The hub has no {0}.': 'El hub no tiene {0}.',
  'The hub refused {0}: {1}.': 'El hub rechazó {0}: {1}.',
  'Check the connection, or import a folder that was downloaded by other means.':
    'Comprueba la conexión, o importa una carpeta descargada por otros medios.',
  'The hub cannot be reached: {0}': 'No se puede conectar con el hub: {0}',
  "The hub's answer about {0} cannot be read.": 'No se puede leer la respuesta del hub sobre {0}.',
  'Its tokenizer is downloaded with it.': 'Su tokenizador se descarga con él.',
  'The run is unchanged.': 'La ejecución no ha cambiado.',
  'A weight of the model is not a finite number and cannot be quantised.':
    'Un peso del modelo no es un número finito y no se puede cuantizar.',
  'its list of quantised weights is malformed': 'su lista de pesos cuantizados está mal formada',
  "the numbers or the scales of tensor '{0}' do not fit its shape":
    "los números o las escalas del tensor '{0}' no corresponden a su forma",
  "The weights of run '{0}' are {1}: only adapters can be trained for them.":
    "Los pesos de la ejecución '{0}' son {1}: solo se pueden entrenar adaptadores para ellos.",
  'Set an adapter rank, or import the model again with fp32 or bf16 weights and train from that.':
    'Indica un rango de adaptadores, o importa el modelo de nuevo con pesos fp32 o bf16 y entrena a partir de él.',
  "Set an adapter rank, or train from run '{0}', from which it was created.":
    "Indica un rango de adaptadores, o entrena a partir de la ejecución '{0}', de la que procede.",
  'The memory of this machine does not suffice to compute with it in this type.':
    'La memoria de este equipo no basta para calcular con él en este tipo.',
  'Quantise the run from which it was created.': 'Cuantice la ejecución de la que procede.',
  "The weights of run '{0}' are {1} already.": "Los pesos de la ejecución '{0}' ya son {1}.",
  'Quantising was stopped.': 'La cuantización se detuvo.',
  'Nothing was written; the run is unchanged.': 'No se escribió nada; la ejecución no ha cambiado.',
  'Merge them into the weights first.': 'Fusiónalos antes con los pesos.',
  "Run '{0}' consists of adapters, which are not quantised.":
    "La ejecución '{0}' consta de adaptadores, que no se cuantizan.",
};
