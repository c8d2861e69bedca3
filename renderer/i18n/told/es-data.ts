import type { Catalogue } from '../told.ts';

/** What readers, tokenizers, data sets, documents and checkpoints tell, by its English: see main/contract/told.ts. */
export const esData: Catalogue = {
  "'{0}' cannot name a data set: it {1}.": "'{0}' no puede dar nombre a un conjunto de datos: {1}.",
  "'{0}' holds neither text nor chat messages.": "'{0}' no contiene ni texto ni mensajes de chat.",
  "'{0}' is no entry of a byte-level vocabulary": "'{0}' no es una entrada de un vocabulario de bytes",
  "'{0}' is not the id of a document.": "'{0}' no es el id de un documento.",
  "'{0}' names no vocabulary size from {1} to {2}.": "'{0}' no indica un tamaño de vocabulario de {1} a {2}.",
  '(and {0} more)': '(y {0} más)',
  'A document without any text.': 'Un documento sin ningún texto.',
  'A file that systems leave in folders.': 'Un archivo de los que los sistemas dejan en las carpetas.',
  'A folder of installed or generated files.': 'Una carpeta de archivos instalados o generados.',
  'A later part of it is UTF-8 and was read as that.': 'Una parte posterior está en UTF-8 y se leyó así.',
  'A link to a folder; add that folder itself.': 'Un enlace a una carpeta; añade la carpeta misma.',
  'A map of {0} characters would not fit the memory.': 'Un mapa de {0} caracteres no cabría en la memoria.',
  'A symbolic link; what it leads to was not read.': 'Un enlace simbólico; no se leyó aquello a lo que lleva.',
  'Add chats with answers.': 'Añade chats con respuestas.',
  'Add more text.': 'Añade más texto.',
  "Adding '{0}' was cancelled.": "Se canceló la adición de '{0}'.",
  'Ask for a shorter summary, or give the model a longer context: hyena extend {0} --context N.':
    'Pide un resumen más corto o dale al modelo un contexto más largo: hyena extend {0} --context N.',
  'Characters left out: {0}. The vocabulary has neither them nor a token for unknown ones. Choose another tokenizer to keep them.':
    'Caracteres omitidos: {0}. El vocabulario no los tiene, ni tampoco un token para los desconocidos. Elige otro tokenizador para conservarlos.',
  'Chats are read from {0}. Left out: {1}.': 'Los chats se leen de {0}. Se omite: {1}.',
  'Check the path.': 'Comprueba la ruta.',
  'Choose a part of at most {0} characters.': 'Elige una parte de {0} caracteres como máximo.',
  'Choose a part.': 'Elige una parte.',
  'Choose a sequence length of at most {0}, or add more text.':
    'Elige una longitud de secuencia de {0} como máximo, o añade más texto.',
  'Choose a short name such as moby-dick.': 'Elige un nombre corto, como moby-dick.',
  'Choose another name, or remove the old one first.': 'Elige otro nombre, o elimina antes el anterior.',
  'Choose another template.': 'Elige otra plantilla.',
  'Columns with text are {0}.': 'Las columnas con texto son {0}.',
  'Convert it to UTF-8 first.': 'Conviértelo antes a UTF-8.',
  'Convert the file to F32, F16 or BF16.': 'Convierte el archivo a F32, F16 o BF16.',
  "Data set '{0}' has {1} tokens for training, fewer than one sequence of {2} and the token after it.":
    "El conjunto de datos '{0}' tiene {1} tokens para entrenar, menos que una secuencia de {2} y el token que la sigue.",
  "Data set '{0}' is damaged: {1}: {2}.": "El conjunto de datos '{0}' está dañado: {1}: {2}.",
  'Divide it, or convert it to plain text first.': 'Divídelo, o conviértelo antes en texto sin más.',
  'Divide it; what no person reads at once goes into a data set.':
    'Divídelo; lo que nadie lee de una vez va a un conjunto de datos.',
  "Elements {0} to {1} lie outside of tensor '{2}', which has {3}.":
    "Los elementos de {0} a {1} quedan fuera del tensor '{2}', que tiene {3}.",
  'Free some space, or choose a library on another disk, and add it again.':
    'Libera espacio, o elige una biblioteca en otro disco, y añádelo de nuevo.',
  "Give a share of the text, as '40%', or the label of one of its pages, chapters or headings.":
    "Indica una parte del texto, como '40%', o el nombre de una de sus páginas, capítulos o títulos.",
  'Give the file called tokenizer.json of a model.': 'Indica el archivo llamado tokenizer.json de un modelo.',
  'Hidden.': 'Oculto.',
  'If you trust it, unpack it yourself and add the folder.': 'Si te fías, desempaquétalo y añade la carpeta.',
  'Import .txt, .md, .pdf, .epub, .docx, .html or source code.':
    'Importa .txt, .md, .pdf, .epub, .docx, .html o código fuente.',
  'Import it: hyena read FILE': 'Impórtalo: hyena read FILE',
  'Install it again.': 'Vuelve a instalarlo.',
  'It begins as text, but holds binary data further on.':
    'Empieza como texto, pero más adelante contiene datos binarios.',
  'It cannot be opened ({0}).': 'No se puede abrir ({0}).',
  'It has more entries than it says.': 'Tiene más entradas de las que dice.',
  'It has no column of text.': 'No tiene ninguna columna de texto.',
  'It has no rows.': 'No tiene filas.',
  'It has {0} entries; {1} are the most that are read.': 'Tiene {0} entradas; se leen {1} como máximo.',
  'It holds no text.': 'No contiene texto.',
  'It is EBCDIC, the encoding of mainframes, which is not read.':
    'Es EBCDIC, la codificación de los mainframes, que no se lee.',
  'It is a 7z archive; unpack it first.': 'Es un archivo comprimido 7z; desempaquétalo antes.',
  'It is a GIF image.': 'Es una imagen GIF.',
  'It is a JPEG image.': 'Es una imagen JPEG.',
  'It is a PNG image.': 'Es una imagen PNG.',
  'It is a RAR archive; unpack it first.': 'Es un archivo comprimido RAR; desempaquétalo antes.',
  'It is a presentation; save it as .pdf.': 'Es una presentación; guárdala como .pdf.',
  'It is a program.': 'Es un programa.',
  'It is a spreadsheet; save it as .csv.': 'Es una hoja de cálculo; guárdala como .csv.',
  'It is a tar archive; unpack it first.': 'Es un archivo tar; desempaquétalo antes.',
  'It is an OpenDocument text; save it as .docx.': 'Es un texto OpenDocument; guárdalo como .docx.',
  'It is an RTF document; save it as .docx.': 'Es un documento RTF; guárdalo como .docx.',
  'It is an object without rows of text. Its fields are {0}. Name the field that holds the text, or save the texts as JSON lines.':
    'Es un objeto sin filas de texto. Sus campos son {0}. Indica el campo que contiene el texto, o guarda los textos como líneas JSON.',
  'It is an old Office document; save it as .docx.': 'Es un documento antiguo de Office; guárdalo como .docx.',
  'It is empty.': 'Está vacío.',
  'It is encrypted.': 'Está cifrado.',
  'It is larger than the {0} MiB that this format is read up to.':
    'Supera los {0} MiB hasta los que se lee este formato.',
  'It is not JSON. {0}': 'No es JSON. {0}',
  'It is not JSON: it holds binary data.': 'No es JSON: contiene datos binarios.',
  'It is not a Parquet file, or damaged: {0}.': 'No es un archivo Parquet, o está dañado: {0}.',
  'It is not a Word document.': 'No es un documento de Word.',
  'It is not a page: it holds binary data.': 'No es una página: contiene datos binarios.',
  'It is not a table: it holds binary data.': 'No es una tabla: contiene datos binarios.',
  'It is not text: it holds binary data.': 'No es texto: contiene datos binarios.',
  'It is packed by Zstandard; unpack it first.': 'Está comprimido con Zstandard; desempaquétalo antes.',
  'It is packed by bzip2; unpack it first.': 'Está comprimido con bzip2; desempaquétalo antes.',
  'It is packed by the method {0}, which is not read; unpack the archive and add the folder.':
    'Está comprimido con el método {0}, que no se lee; desempaqueta el archivo comprimido y añade la carpeta.',
  'It is packed by xz; unpack it first.': 'Está comprimido con xz; desempaquétalo antes.',
  'It is the same file as one before.': 'Es el mismo archivo que otro anterior.',
  'It lies {0} archives deep; {1} are the most that are opened.':
    'Está a {0} archivos comprimidos de profundidad; se abren {1} como máximo.',
  'It unpacks to more than {0} times its size, as archives do that are made to do harm.':
    'Al desempaquetarlo ocupa más de {0} veces su tamaño, como los archivos comprimidos hechos para causar daño.',
  'Its columns are {0}.': 'Sus columnas son {0}.',
  'Its data in the archive is damaged (the checksum differs).':
    'Sus datos en el archivo comprimido están dañados (la suma de comprobación es otra).',
  'Its data in the archive is damaged ({0}).': 'Sus datos en el archivo comprimido están dañados ({0}).',
  'Its elements are nested more than {0} deep.': 'Sus elementos están anidados en más de {0} niveles.',
  'Its encoding is not stated; it was read as {0}.': 'No se indica su codificación; se leyó como {0}.',
  'Its fields are {0}.': 'Sus campos son {0}.',
  'Its list of files is damaged after {0} of {1} ({2}); the others were not read.':
    'Su lista de archivos está dañada tras {0} de {1} ({2}); los demás no se leyeron.',
  'Its part {0} is larger than {1} MiB.': 'Su parte {0} supera los {1} MiB.',
  'Its part {0} is not text.': 'Su parte {0} no es texto.',
  'Its path leads out of the archive; only its text was read.':
    'Su ruta sale del archivo comprimido; solo se leyó su texto.',
  'Messages hold fields that are not read: {0} ({1} times, the first in row {2}).':
    'Hay mensajes con campos que no se leen: {0} ({1} veces, la primera en la fila {2}).',
  'Name one file; a folder goes into a data set.': 'Indica un solo archivo; una carpeta va en un conjunto de datos.',
  'Name the field that holds the text.': 'Indica el campo que contiene el texto.',
  'Neither a file nor a folder.': 'Ni archivo ni carpeta.',
  'No checkpoint of the run is sound. {0}': 'Ningún punto de control de la ejecución está intacto. {0}',
  'No data set was made.': 'No se creó ningún conjunto de datos.',
  'No rows of text were found in it, so it was read as the text it is written in, as a configuration file. Its fields are {0}.':
    'No se encontraron en él filas de texto, así que se leyó tal como está escrito, como un archivo de configuración. Sus campos son {0}.',
  'No text was found in the rows.': 'No se encontró texto en las filas.',
  'No token for the end of a text was found in the tokenizer: a model trained with it does not learn to end its answers. Put tokenizer_config.json with eos_token beside tokenizer.json, or choose another tokenizer.':
    'No se encontró en el tokenizador ningún token de fin de texto: un modelo entrenado con él no aprende a terminar sus respuestas. Pon tokenizer_config.json con eos_token junto a tokenizer.json, o elige otro tokenizador.',
  'No token for the end of a text was found in the tokenizer: the {0} documents follow each other without a separator, and a model trained on them does not learn to end its answers. Put tokenizer_config.json with eos_token beside tokenizer.json, or choose another tokenizer.':
    'No se encontró en el tokenizador ningún token de fin de texto: los {0} documentos van seguidos sin separador, y un modelo entrenado con ellos no aprende a terminar sus respuestas. Pon tokenizer_config.json con eos_token junto a tokenizer.json, o elige otro tokenizador.',
  'None of its {0} pages has text: they are pictures, as of a scan.':
    'Ninguna de sus {0} páginas tiene texto: son imágenes, como las de un escáner.',
  "None of the {0} training tokens of '{1}' is learned: it holds questions without answers.":
    "No se aprende ninguno de los {0} tokens de entrenamiento de '{1}': contiene preguntas sin respuesta.",
  'Nothing of it was kept; the files that were read are unchanged.':
    'No se guardó nada; los archivos leídos no han cambiado.',
  'Nothing of the document lies before that place.': 'No hay nada del documento antes de ese lugar.',
  'Nothing was imported.': 'No se importó nada.',
  'Pages were left out as damaged: {0}.': 'Se omitieron páginas por estar dañadas: {0}.',
  'Reading stopped after {0} documents: {1}': 'La lectura se detuvo tras {0} documentos: {1}',
  'Recognise its text first (OCR), for example with ocrmypdf --force-ocr.':
    'Reconoce antes su texto (OCR), por ejemplo con ocrmypdf --force-ocr.',
  'Recognise its text first (OCR), for example with ocrmypdf.':
    'Reconoce antes su texto (OCR), por ejemplo con ocrmypdf.',
  'Remove it and import the file again: hyena documents remove {0}':
    'Elimínalo y vuelve a importar el archivo: hyena documents remove {0}',
  'Remove the data set and add its files again.': 'Elimina el conjunto de datos y vuelve a añadir sus archivos.',
  'Roles were guessed in {0} messages: {1}.': 'Se dedujo el papel de {0} mensajes: {1}.',
  'Save a copy without the password.': 'Guarda una copia sin la contraseña.',
  'Sentences of the document itself can be chosen with any model.':
    'Con cualquier modelo se pueden elegir frases del propio documento.',
  'Several columns have the name {0}; the later ones are numbered: {1}.':
    'Varias columnas se llaman {0}; las posteriores llevan número: {1}.',
  'Several files in the archive have this name; the last was read, as unpacking leaves it.':
    'Varios archivos del archivo comprimido tienen este nombre; se leyó el último, el que queda al desempaquetar.',
  'Shorten the prompt, or give the model a longer context: hyena extend RUN --context N.':
    'Acorta el texto inicial o dale al modelo un contexto más largo: hyena extend RUN --context N.',
  'Tar archives are not read.': 'Los archivos tar no se leen.',
  "Tensor '{0}' of {1} has the type {2}, which is not read.": "El tensor '{0}' de {1} es de tipo {2}, que no se lee.",
  "Tensor '{0}' of {1} is {2}, not floating point.": "El tensor '{0}' de {1} es {2}, no de coma flotante.",
  'Text in fonts whose letters the file does not name was left out, on {0} pages: {1}. Recognise it (OCR), for example with ocrmypdf --force-ocr.':
    'Se omitió el texto en fuentes cuyas letras el archivo no indica, en {0} páginas: {1}. Reconócelo (OCR), por ejemplo con ocrmypdf --force-ocr.',
  'The PDF is damaged: {0}': 'El PDF está dañado: {0}',
  'The PDF is locked with a password.': 'El PDF está protegido con una contraseña.',
  'The Parquet file is damaged: {0}.': 'El archivo Parquet está dañado: {0}.',
  'The Word document has no text.': 'El documento de Word no tiene texto.',
  'The archive has no {0}.': 'En el archivo comprimido no está {0}.',
  'The archive is damaged: {0}.': 'El archivo comprimido está dañado: {0}.',
  'The book has no text; its pages may be pictures.': 'El libro no tiene texto; puede que sus páginas sean imágenes.',
  'The book is protected against copying and cannot be read.':
    'El libro está protegido contra copia y no se puede leer.',
  'The book lacks its container.xml.': 'Al libro le falta su container.xml.',
  'The book lacks its package file.': 'Al libro le falta su archivo de paquete.',
  'The book names no chapters.': 'El libro no indica ningún capítulo.',
  'The bytes tokenizer has the ids 0 to 255, not {0}.': 'El tokenizador bytes tiene los id de 0 a 255, no {0}.',
  'The chapter {0} was left out: {1}': 'Se omitió el capítulo {0}: {1}',
  'The checkpoint {0} is damaged: {1}.': 'El punto de control {0} está dañado: {1}.',
  "The column '{0}' holds no text.": "La columna '{0}' no contiene texto.",
  'The column {0} is compressed by {1}, which is not read. Write the file again with Snappy, gzip or Zstandard.':
    'La columna {0} está comprimida con {1}, que no se lee. Vuelve a escribir el archivo con Snappy, gzip o Zstandard.',
  'The columns {0} cannot be read: {1}. Write the file again, or save it as JSON lines.':
    'No se pueden leer las columnas {0}: {1}. Vuelve a escribir el archivo, o guárdalo como líneas JSON.',
  'The configuration': 'La configuración',
  'The conversation is unchanged.': 'La conversación no ha cambiado.',
  "The document has no place '{0}'.": "El documento no tiene ningún lugar '{0}'.",
  'The encoding of {0} names in it is not stated; they were read as {1}.':
    'No se indica la codificación de {0} de sus nombres; se leyeron como {1}.',
  'The existing data set is unchanged.': 'El conjunto de datos existente no ha cambiado.',
  'The file is one object; {0} rows were found in it by ids or columns ({1}).':
    'El archivo es un solo objeto; en él se encontraron {0} filas por ids o columnas ({1}).',
  'The file may be cut off or damaged: copy or download it again.':
    'Puede que el archivo esté cortado o dañado: cópialo o descárgalo de nuevo.',
  'The files that were read are unchanged; no data set was made.':
    'Los archivos leídos no han cambiado; no se creó ningún conjunto de datos.',
  'The filters were distilled and are kept.': 'Los filtros se han destilado y se conservan.',
  'The first row is not a heading; the columns are called {0}.':
    'La primera fila no es un encabezado; las columnas se llaman {0}.',
  'The folder cannot be opened ({0}).': 'No se puede abrir la carpeta ({0}).',
  'The folder holds no files.': 'La carpeta no contiene archivos.',
  'The fonts of its text do not name their letters (on {0} of {1} pages): the text cannot be read.':
    'Las fuentes de su texto no indican sus letras (en {0} de {1} páginas): el texto no se puede leer.',
  'The kept reading in {0} is not what was written (its checksum differs).':
    'La lectura guardada en {0} no es lo que se escribió (su suma de comprobación es otra).',
  'The kept reading in {0} lacks layer {1}.': 'A la lectura guardada en {0} le falta la capa {1}.',
  'The manifest': 'El manifiesto',
  'The map': 'El mapa',
  "The model '{0}' was not trained to write summaries: it continues text.":
    "El modelo '{0}' no se entrenó para escribir resúmenes: continúa texto.",
  'The model reads {0} of {1} tokens at once: {2} of the document. --from chooses the part; hyena extend {3} --context {4} makes a model that reads further.':
    'El modelo lee de una vez {0} de {1} tokens: {2} del documento. --from elige la parte; hyena extend {3} --context {4} crea un modelo que lee más lejos.',
  "The model's own chat template cannot be used: {0}": 'No se puede usar la plantilla de chat propia del modelo: {0}',
  "The model's scores are not finite.": 'Las puntuaciones del modelo no son finitas.',
  "The model's scores are not numbers.": 'Las puntuaciones del modelo no son números.',
  'The one of step {0} is used instead: {1}': 'En su lugar se usa el del paso {0}: {1}',
  'The packed data is damaged ({0}).': 'Los datos comprimidos están dañados ({0}).',
  'The page has no text.': 'La página no tiene texto.',
  'The program lacks its file resources/{0}.': 'Al programa le falta su archivo resources/{0}.',
  "The prompt has {0} tokens, but this model's context is {1}, with the answer.":
    'El texto inicial tiene {0} tokens, pero el contexto de este modelo es de {1}, incluida la respuesta.',
  "The prompt has {0} tokens, but this model's context is {1}.":
    'El texto inicial tiene {0} tokens, pero el contexto de este modelo es de {1}.',
  "The record of data set '{0}' ({1}) is damaged.": "El registro del conjunto de datos '{0}' ({1}) está dañado.",
  'The record of the document': 'El registro del documento',
  'The rows are read from {0}.': 'Las filas se leen de {0}.',
  'The rows are read from {0}. Left out beside them: {1}.': 'Las filas se leen de {0}. Además se omite: {1}.',
  "The run '{0}' has no checkpoint yet.": "La ejecución '{0}' aún no tiene ningún punto de control.",
  'The seal of a kept reading': 'El sello de una lectura guardada',
  'The text gives {0} tokens instead of {1}: nothing more in it occurs twice.':
    'El texto da {0} tokens en lugar de {1}: nada más se repite en él.',
  'The text is read anew.': 'El texto se lee de nuevo.',
  'The text is read from {0}. Left out: {1}.': 'El texto se lee de {0}. Se omite: {1}.',
  'The text of the document became shorter while it was read.': 'El texto del documento se acortó mientras se leía.',
  'The tokenizer {0} cannot be used: the entry {1} of its added_tokens is not a token with an id from 0 to {2}.':
    'No se puede usar el tokenizador {0}: la entrada {1} de su added_tokens no es un token con un id de 0 a {2}.',
  'The tokenizer {0} cannot be used: {1}': 'No se puede usar el tokenizador {0}: {1}',
  'The tokenizer {0} does not hold together: {1}.': 'El tokenizador {0} no es coherente: {1}.',
  'The tokenizer {0} has no vocabulary.': 'El tokenizador {0} no tiene vocabulario.',
  'The tokenizer {0} has the ids 0 to {1}, not {2}.': 'El tokenizador {0} tiene los id de 0 a {1}, no {2}.',
  'The type of {0} does not say that it is text; its bytes were read as UTF-8.':
    'El tipo de {0} no dice que sea texto; sus bytes se leyeron como UTF-8.',
  'The vocabulary of {0} lacks some of the 256 bytes.': 'Al vocabulario de {0} le faltan algunos de los 256 bytes.',
  'There are no rows.': 'No hay filas.',
  "There is already a data set '{0}'.": "Ya hay un conjunto de datos '{0}'.",
  "There is no '{0}' in the first rows.": "No hay ningún '{0}' en las primeras filas.",
  "There is no '{0}' with text. Its fields are {1}.": "No hay ningún '{0}' con texto. Sus campos son {1}.",
  "There is no data set '{0}'.": "No hay ningún conjunto de datos '{0}'.",
  'There is no document {0}.': 'No hay ningún documento {0}.',
  'There is no file or folder {0}.': 'No hay ningún archivo ni carpeta {0}.',
  'There is no file {0}.': 'No hay ningún archivo {0}.',
  "There is no text column '{0}'; there are none.": "No hay ninguna columna de texto '{0}'; no hay ninguna.",
  "There is no text column '{0}'; there are {1}.": "No hay ninguna columna de texto '{0}'; las que hay son {1}.",
  'There is no text in {0}.': 'No hay texto en {0}.',
  "There is no tokenizer '{0}'.": "No hay ningún tokenizador '{0}'.",
  'There is nothing to read there.': 'Ahí no hay nada que leer.',
  'There is nothing to summarise in this document.': 'En este documento no hay nada que resumir.',
  "This model's context of {0} tokens has no room for a text and its summary.":
    'El contexto de este modelo, de {0} tokens, no tiene sitio para un texto y su resumen.',
  "This model's vocabulary has no token with which the answer could continue as JSON.":
    'El vocabulario de este modelo no tiene ningún token con el que la respuesta pueda continuar como JSON.',
  'Token {0} is not in the vocabulary: ids are 0 to {1}.':
    'El token {0} no está en el vocabulario: los id van de 0 a {1}.',
  'Train it anew under another name.': 'Entrénala de nuevo con otro nombre.',
  'Train one on documents with their summaries (docs/data.md): hyena train --from {0} --data NAME.':
    'Entrena uno con documentos y sus resúmenes (docs/data.md): hyena train --from {0} --data NAME.',
  'Unpack it and add the folder.': 'Desempaquétalo y añade la carpeta.',
  'Unpack it and import one of them.': 'Desempaquétalo e importa uno de ellos.',
  'Use an earlier checkpoint of the run.': 'Usa un punto de control anterior de la ejecución.',
  'Write bytes, gpt2, bpe:SIZE, or the path of a tokenizer.json.':
    'Escribe bytes, gpt2, bpe:SIZE o la ruta de un tokenizer.json.',
  'Write for example bpe:4096: 256 bytes, the end of text, and what is learned.':
    'Escribe, por ejemplo, bpe:4096: 256 bytes, el fin de texto y lo que se aprenda.',
  '`hyena data list` shows those that are there.': '`hyena data list` muestra los que hay.',
  'a column has another name': 'una columna tiene otro nombre',
  'a column has another number of rows than its group': 'una columna tiene otro número de filas que su grupo',
  'a group has other columns than the file': 'un grupo tiene otras columnas que el archivo',
  'a page ends within its levels': 'una página termina dentro de sus niveles',
  'a page has fewer levels than values': 'una página tiene menos niveles que valores',
  'a page has numbers of {0} bits': 'una página tiene números de {0} bits',
  'a page is of the kind {0}': 'una página es de la clase {0}',
  'a run of values has no length': 'una serie de valores no tiene longitud',
  'a run of values is longer than its page': 'una serie de valores es más larga que su página',
  'a run of values is too long': 'una serie de valores es demasiado larga',
  'a shard': 'un fragmento',
  'add_prefix_space and prepend_scheme contradict each other': 'add_prefix_space y prepend_scheme se contradicen',
  'content is empty': 'content está vacío',
  'docs/data.md lists what can be read.': 'docs/data.md indica qué se puede leer.',
  'hyena documents list shows them.': 'hyena documents list los muestra.',
  'it builds more than {0} characters.': 'genera más de {0} caracteres.',
  'it claims a header of {0} bytes in a file of {1}': 'dice tener una cabecera de {0} bytes en un archivo de {1}',
  'it ended while it was being read': 'se acabó mientras se leía',
  'it has become shorter': 'es más corto que antes',
  'it has more than {0} characters.': 'tiene más de {0} caracteres.',
  'it has {0} bytes': 'tiene {0} bytes',
  'it has {0} bytes instead of {1}': 'tiene {0} bytes en lugar de {1}',
  'it is missing': 'falta',
  'it is not text.': 'no es texto.',
  'it makes a range of more than {0} numbers.': 'crea un rango de más de {0} números.',
  'it takes more than {0} seconds.': 'tarda más de {0} segundos.',
  'it takes more than {0} steps.': 'necesita más de {0} pasos.',
  'its __metadata__ is not an object': 'su __metadata__ no es un objeto',
  'its checksum differs': 'su suma de comprobación es otra',
  'its header does not begin with {': 'su cabecera no empieza por {',
  "its header has the key '{0}' twice": "su cabecera tiene dos veces la clave '{0}'",
  'its header is not JSON': 'su cabecera no es JSON',
  'its header is not UTF-8': 'su cabecera no es UTF-8',
  'its header is not a JSON object': 'su cabecera no es un objeto JSON',
  "its metadata '{0}' is not a string": "su metadato '{0}' no es una cadena de texto",
  'its tensors end at byte {0}, but the file has {1} bytes':
    'sus tensores terminan en el byte {0}, pero el archivo tiene {1} bytes',
  'its {0} does not list {1}': 'su {0} no menciona {1}',
  'its {0} is missing or unreadable': 'su {0} falta o no se puede leer',
  'line {0}: {1}': 'línea {0}: {1}',
  'merges is not a list': 'merges no es una lista',
  'precompiled_charsmap is damaged': 'precompiled_charsmap está dañado',
  "tensor '{0}' leaves a gap before it": "el tensor '{0}' deja un hueco delante",
  "tensor '{0}' of shape [{1}] does not fit its offsets [{2}]":
    "el tensor '{0}' de forma [{1}] no encaja con sus posiciones [{2}]",
  "tensor '{0}' overlaps the one before it": "el tensor '{0}' se solapa con el anterior",
  "the entry of tensor '{0}' is malformed ({1})": "la entrada del tensor '{0}' no tiene la forma correcta ({1})",
  'the entry {0} of the vocabulary is not a piece with its score':
    'la entrada {0} del vocabulario no es una pieza con su puntuación',
  "the id of '{0}' is {1}": "el id de '{0}' es {1}",
  "the id {0} of '{1}' is far beyond its {2} tokens": "el id {0} de '{1}' queda mucho más allá de sus {2} tokens",
  'the length of a column': 'la longitud de una columna',
  'the length of a page': 'la longitud de una página',
  'the length of the levels in a page': 'la longitud de los niveles de una página',
  'the levels of a page are longer than the page': 'los niveles de una página son más largos que la página',
  "the merges use '{0}', which is not in the vocabulary": "las fusiones usan '{0}', que no está en el vocabulario",
  'the number of empty values in a page': 'el número de valores vacíos de una página',
  'the number of rows in a group': 'el número de filas de un grupo',
  'the number of rows in a page': 'el número de filas de una página',
  'the number of values in a column': 'el número de valores de una columna',
  'the number of values in a page': 'el número de valores de una página',
  'the number of words in a dictionary': 'el número de palabras de un diccionario',
  'the pattern {0} cannot be used ({1})': 'no se puede usar el patrón {0} ({1})',
  'the place of a column': 'el lugar de una columna',
  'the size of a column': 'el tamaño de una columna',
  'the size of a page': 'el tamaño de una página',
  "the token '{0}' has the id {1}; ids are 0 to {2}": "el token '{0}' tiene el id {1}; los id van de 0 a {2}",
  'the vocabulary has no entry for the id {0}': 'el vocabulario no tiene ninguna entrada para el id {0}',
  'the vocabulary has {0} pieces, more than {1}': 'el vocabulario tiene {0} piezas, más de {1}',
  "the {0} '{1}' has the setting {2}: {3}": "la parte {0} '{1}' tiene el ajuste {2}: {3}",
  "the {0} '{1}' is not supported": "la parte {0} '{1}' no se admite",
  "the {0} '{1}': {2}": "la parte {0} '{1}': {2}",
  'the {0} is not an object': 'la parte {0} no es un objeto',
  'unknown keys {0}.': 'claves desconocidas: {0}.',
  'value {0}: {1}': 'valor {0}: {1}',
  'vocab is not a list': 'vocab no es una lista',
  'vocab is not an object': 'vocab no es un objeto',
  'vocab_size is missing.': 'falta vocab_size.',
  '{0} Its pages were read in the order of their names.': '{0} Sus páginas se leyeron en el orden de sus nombres.',
  '{0} byte sequences are not valid UTF-8; they were kept as they are.':
    '{0} secuencias de bytes no son UTF-8 válido; se conservaron tal cual.',
  '{0} byte sequences are not valid {1}; they became U+FFFD.':
    '{0} secuencias de bytes no son {1} válido; se sustituyeron por U+FFFD.',
  '{0} cannot be read ({1})': 'no se puede leer {0} ({1})',
  '{0} cannot be read: {1}': 'No se puede leer {0}: {1}',
  '{0} chapters that the book names are not in it: {1}.': '{0} capítulos que el libro indica no están en él: {1}.',
  '{0} chats name no roles; their turns were read as question and answer in alternation (the first is row {1}).':
    '{0} chats no indican papeles; sus turnos se leyeron alternando pregunta y respuesta (el primero es la fila {1}).',
  '{0} comments were left out.': 'Se omitieron {0} comentarios.',
  '{0} conversations are written newest first; they were read from the oldest message (the first is row {1}).':
    '{0} conversaciones están escritas de lo más nuevo a lo más antiguo; se leyeron desde el mensaje más antiguo (la primera es la fila {1}).',
  '{0} conversations hold no answers of an assistant; each was read as one text with the names before the messages: {1}.':
    '{0} conversaciones no contienen respuestas de un asistente; cada una se leyó como un solo texto, con los nombres delante de los mensajes: {1}.',
  '{0} describes no Hyena model: {1}': '{0} no describe un modelo Hyena: {1}',
  '{0} embedded objects (charts, older equations, files) were left out.':
    'Se omitieron {0} objetos incrustados (gráficos, ecuaciones antiguas, archivos).',
  '{0} entries among the messages are not messages and were left out (the first in row {1}).':
    'Se omitieron {0} entradas entre los mensajes que no son mensajes (la primera en la fila {1}).',
  '{0} files that systems leave in folders were left out: {1}.':
    'Se omitieron {0} archivos de los que los sistemas dejan en las carpetas: {1}.',
  '{0} further answers to the same questions were left out; the first one is learned (the first in row {1}).':
    'Se omitieron otras {0} respuestas a las mismas preguntas; se aprende la primera de cada una (el primer caso, en la fila {1}).',
  '{0} further answers to the same questions were left out; the one that {1} prefers is learned (the first in row {2}).':
    'Se omitieron otras {0} respuestas a las mismas preguntas; se aprende la preferida según {1} (el primer caso, en la fila {2}).',
  '{0} has {1} bytes where {2} were written': '{0} tiene {1} bytes, pero se escribieron {2}',
  '{0} hidden passages were left out.': 'Se omitieron {0} pasajes ocultos.',
  '{0} holds more than {1} characters.': '{0} tiene más de {1} caracteres.',
  "{0} holds no tensor named '{1}'.": "{0} no contiene ningún tensor llamado '{1}'.",
  '{0} holds no text.': '{0} no contiene texto.',
  '{0} holds {1} documents.': '{0} contiene {1} documentos.',
  '{0} is nested too deep.': '{0} tiene demasiados niveles anidados.',
  '{0} is no merge': '{0} no es una fusión',
  "{0} is no tokenizer.json of Hugging Face's layout.": '{0} no es un tokenizer.json con el formato de Hugging Face.',
  '{0} is no tokenizer: {1}.': '{0} no es un tokenizador: {1}.',
  '{0} is not a file.': '{0} no es un archivo.',
  '{0} is not a merge': '{0} no es una fusión',
  '{0} is not a valid safetensors file: {1}.': '{0} no es un archivo safetensors válido: {1}.',
  '{0} is not text.': '{0} no es texto.',
  '{0} is not what was written (its checksum differs)':
    '{0} no es lo que se escribió (su suma de comprobación es otra)',
  '{0} is too large to be a tokenizer.': '{0} es demasiado grande para ser un tokenizador.',
  '{0} is {1}': '{0} es {1}',
  '{0} lines are not UTF-8 as the rest is; they were read as {1}.':
    '{0} líneas no están en UTF-8 como el resto; se leyeron como {1}.',
  '{0} lines are not strict JSON (NaN, comments, commas at the end, single quotes) and were read as they are meant; the first is line {1}.':
    '{0} líneas no son JSON estricto (NaN, comentarios, comas al final, comillas simples) y se leyeron según su intención; la primera es la línea {1}.',
  '{0} lines before the table were left out.': 'Se omitieron {0} líneas anteriores a la tabla.',
  '{0} lines that are not JSON were left out; {1}': 'Se omitieron {0} líneas que no son JSON; {1}',
  '{0} marks that lead to notes were left out.': 'Se omitieron {0} llamadas de nota.',
  '{0} messages are neither questions nor answers: {1}. They were kept under headings of these names and are not learned (the first in row {2}).':
    '{0} mensajes no son preguntas ni respuestas: {1}. Se conservaron bajo encabezados con esos nombres y no se aprenden (el primero en la fila {2}).',
  '{0} messages of other branches were left out; each chat was read along its last branch (the first in row {1}).':
    'Se omitieron {0} mensajes de otras ramas; cada chat se leyó por su última rama (el primero en la fila {1}).',
  '{0} messages without text were left out (the first in row {1}).':
    'Se omitieron {0} mensajes sin texto (el primero en la fila {1}).',
  '{0} of {1} pages have no text.': '{0} de {1} páginas no tienen texto.',
  '{0} of {1} rows were left out: their answers are marked as undesirable (the first is row {2}).':
    'Se omitieron {0} de {1} filas: sus respuestas están marcadas como no deseables (la primera es la fila {2}).',
  '{0} of {1} rows were left out: their chats hold no answer (the first is row {2}).':
    'Se omitieron {0} de {1} filas: sus chats no contienen ninguna respuesta (la primera es la fila {2}).',
  '{0} of {1} rows were left out: they hold no text (the first is row {2}).':
    'Se omitieron {0} de {1} filas: no contienen texto (la primera es la fila {2}).',
  '{0} pages hold no text; they may be pictures.': '{0} páginas no contienen texto; puede que sean imágenes.',
  "{0} pages that are not part of the book's reading order were left out: {1}.":
    'Se omitieron {0} páginas que no forman parte del orden de lectura del libro: {1}.',
  '{0} parts of messages are not text and were left out: {1} (the first in row {2}).':
    'Se omitieron {0} partes de mensajes que no son texto: {1} (la primera en la fila {2}).',
  '{0} passages that are marked as deleted were left out.': 'Se omitieron {0} pasajes marcados como eliminados.',
  '{0} readings beside characters (ruby) were left out.': 'Se omitieron {0} lecturas junto a caracteres (ruby).',
  '{0} rejected answers ({1}) were left out; the preferred ones are learned.':
    'Se omitieron {0} respuestas rechazadas ({1}); se aprenden las preferidas.',
  '{0} rows are single messages; they were joined to {1} chats.':
    '{0} filas son mensajes sueltos; se unieron en {1} chats.',
  '{0} rows have fewer cells than the table has columns (the first is line {1}).':
    '{0} filas tienen menos celdas que columnas la tabla (la primera es la línea {1}).',
  '{0} rows have more cells than the table has columns; the last column holds what is over (the first is line {1}).':
    '{0} filas tienen más celdas que columnas la tabla; lo que sobra está en la última columna (la primera es la línea {1}).',
  '{0} rows have other fields than the first ones and were read from {1} (the first is row {2}).':
    '{0} filas tienen otros campos que las primeras y se leyeron de {1} (la primera es la fila {2}).',
  '{0} rows hold a quote that is not closed; each was read as one line, with the quote (the first is line {1}).':
    '{0} filas contienen una comilla sin cerrar; cada una se leyó como una línea, con la comilla (la primera es la línea {1}).',
  '{0} rows hold lists of texts in {1}; the texts of a row were joined to one document.':
    '{0} filas contienen listas de textos en {1}; los textos de cada fila se unieron en un documento.',
  '{0} strings were written as the bytes of their UTF-8 (as Facebook exports them) and were read as they are meant.':
    '{0} cadenas de texto estaban escritas como los bytes de su UTF-8 (como las exporta Facebook) y se leyeron según su intención.',
  '{0} symbols of fonts without letters were left out.': 'Se omitieron {0} símbolos de fuentes sin letras.',
  '{0} tables of contents were left out.': 'Se omitieron {0} índices de contenido.',
  '{0} values are not strict JSON (NaN, comments, commas at the end, single quotes) and were read as they are meant; the first is value {1}.':
    '{0} valores no son JSON estricto (NaN, comentarios, comas al final, comillas simples) y se leyeron según su intención; el primero es el valor {1}.',
  '{0} values that are not JSON were left out; {1}': 'Se omitieron {0} valores que no son JSON; {1}',
};
