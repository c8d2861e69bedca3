import type { Catalogue } from '../language.ts';

/**
 * What readers, tokenizers, data sets, documents and checkpoints report, by its English: see
 * main/contract/message.ts.
 */
export const esData: Catalogue = {
  "'{0}' is not a valid name for a data set. {1}": "'{0}' no es un nombre válido para un conjunto de datos. {1}",
  "'{0}' contains neither text nor chat messages.": "'{0}' no contiene ni texto ni mensajes de chat.",
  "'{0}' is not a valid entry of a byte-level vocabulary": "'{0}' no es una entrada de un vocabulario de bytes",
  "'{0}' is not a valid document id.": "'{0}' no es el id de un documento.",
  "'{0}' must specify a vocabulary size from {1} to {2}.": "'{0}' no indica un tamaño de vocabulario de {1} a {2}.",
  '(and {0} more)': '(y {0} más)',
  'Document without text.': 'Un documento sin ningún texto.',
  'System file, ignored.': 'Archivo del sistema, ignorado.',
  'Folder of installed or generated files, ignored.': 'Carpeta de archivos instalados o generados, ignorada.',
  'A later part is UTF-8 and was read as UTF-8.': 'Una parte posterior está en UTF-8 y se leyó así.',
  'Link to a folder. Add that folder directly.': 'Un enlace a una carpeta; añade la carpeta misma.',
  'A map of {0} characters does not fit in memory.': 'Un mapa de {0} caracteres no cabría en la memoria.',
  'Symbolic link; its target was skipped.': 'Enlace simbólico; su destino se omitió.',
  'Add chats with answers.': 'Añade chats con respuestas.',
  'Add more text.': 'Añade más texto.',
  "Adding '{0}' was cancelled.": "Se canceló la adición de '{0}'.",
  'Characters skipped: {0}. They are not in the vocabulary, and it has no unknown token. Choose another tokenizer to keep them.':
    'Caracteres omitidos: {0}. El vocabulario no los tiene, ni tampoco un token para los desconocidos. Elige otro tokenizador para conservarlos.',
  'Chats are read from {0}. Ignored fields: {1}.': 'Los chats se leen de {0}. Campos ignorados: {1}.',
  'Check the path.': 'Comprueba la ruta.',
  'Select a part of at most {0} characters.': 'Elige una parte de {0} caracteres como máximo.',
  'Select a part.': 'Elige una parte.',
  'Choose a sequence length of at most {0}, or add more text.':
    'Elige una longitud de secuencia de {0} como máximo, o añade más texto.',
  'Choose a short name such as moby-dick.': 'Elige un nombre corto, como moby-dick.',
  'Choose another name, or remove the existing data set first.': 'Elige otro nombre, o elimina antes el anterior.',
  'Choose another template.': 'Elige otra plantilla.',
  'Text columns: {0}.': 'Las columnas con texto son {0}.',
  'Convert the file to UTF-8 first.': 'Conviértelo antes a UTF-8.',
  'Convert the file to F32, F16 or BF16.': 'Convierte el archivo a F32, F16 o BF16.',
  "Data set '{0}' has {1} training tokens, fewer than one sequence of {2} plus its next token.":
    "El conjunto de datos '{0}' tiene {1} tokens para entrenar, menos que una secuencia de {2} y el token que la sigue.",
  'Split the file, or convert it to plain text first.': 'Divide el archivo, o conviértelo antes en texto sin formato.',
  'Split it; texts this long belong in a data set.': 'Divídelo; los textos tan largos van en un conjunto de datos.',
  "Elements {0} to {1} are out of range: tensor '{2}' has {3}.":
    "Los elementos de {0} a {1} quedan fuera del tensor '{2}', que tiene {3}.",
  'Free some disk space or choose a library on another disk, then add the data set again.':
    'Libera espacio, o elige una biblioteca en otro disco, y añádelo de nuevo.',
  "Use a percentage of the text such as '40%', or the label of a page, chapter or heading.":
    "Indica una parte del texto, como '40%', o el nombre de una de sus páginas, capítulos o títulos.",
  'Use the tokenizer.json file of a model.': 'Indica el archivo llamado tokenizer.json de un modelo.',
  '{0} {0|one: row repeats the header and was|other: rows repeat the header and were} skipped (first: line {1}).':
    'Filas que repiten el encabezado y se omitieron: {0} (la primera, en la línea {1}).',
  '{0} {0|one: character was encoded as a surrogate pair|other: characters were encoded as surrogate pairs} (CESU-8) and {0|one: was|other: were} decoded.':
    'Caracteres codificados como pares sustitutos (CESU-8) que se decodificaron: {0}.',
  'Web archives are not supported. Save the page as HTML.':
    'Los archivos web no se admiten. Guarda la página como HTML.',
  '{0} {0|one: running header, footer or page number was|other: running headers, footers and page numbers were} removed.':
    'Encabezados, pies y números de página omitidos: {0}.',
  '{0} {0|one: chat was|other: chats were} not in the order of the turn numbers or times and {0|one: was|other: were} reordered.':
    'Chats cuyos mensajes no seguían el orden de los turnos o las horas y se reordenaron: {0}.',
  '{0} {0|one: chat is|other: chats are} interleaved with more than {1} others and {0|one: was|other: were} divided. Sort the file by chat.':
    'Chats mezclados con más de {1} otros, que se dividieron: {0}. Ordena el archivo por chat.',
  '{0} {0|one: row is a list|other: rows are lists} of texts; the texts of each row were joined into one document.':
    'Filas que son listas de textos: {0}; los textos de cada fila se unieron en un documento.',
  'Text is read from {0}.': 'El texto se lee de {0}.',
  '{0} {0|one: header or footer was|other: headers and footers were} skipped.':
    'Encabezados y pies de página omitidos: {0}.',
  'Hidden file, ignored.': 'Archivo oculto, ignorado.',
  'If you trust the archive, unpack it and add the folder.': 'Si te fías, desempaquétalo y añade la carpeta.',
  'Import a .txt, .md, .pdf, .epub, .docx, .html or source code file.':
    'Importa .txt, .md, .pdf, .epub, .docx, .html o código fuente.',
  'Reinstall Hyena Studio.': 'Reinstala Hyena Studio.',
  'The file starts as text but contains binary data later.':
    'Empieza como texto, pero más adelante contiene datos binarios.',
  'Cannot open the file ({0}).': 'No se puede abrir ({0}).',
  'The archive has more entries than its directory states.':
    'El archivo comprimido tiene más entradas de las que indica su directorio.',
  'The file has no text column.': 'No tiene ninguna columna de texto.',
  'The file has no rows.': 'No tiene filas.',
  'The archive has {0} entries; the limit is {1}.': 'El archivo comprimido tiene {0} entradas; el límite es {1}.',
  'The file contains no text.': 'No contiene texto.',
  'The encoding is EBCDIC (mainframes), which is not supported.':
    'La codificación es EBCDIC (mainframes), que no se admite.',
  '7z archives are not supported. Unpack it first.': 'Los archivos comprimidos 7z no se admiten. Desempaquétalo antes.',
  'GIF images are not supported.': 'Las imágenes GIF no se admiten.',
  'JPEG images are not supported.': 'Las imágenes JPEG no se admiten.',
  'PNG images are not supported.': 'Las imágenes PNG no se admiten.',
  'RAR archives are not supported. Unpack it first.':
    'Los archivos comprimidos RAR no se admiten. Desempaquétalo antes.',
  'Presentations are not supported. Save it as .pdf.': 'Las presentaciones no se admiten. Guárdala como .pdf.',
  'Programs are not supported.': 'Los programas no se admiten.',
  'Spreadsheets are not supported. Save it as .csv.': 'Las hojas de cálculo no se admiten. Guárdala como .csv.',
  'OpenDocument texts are not supported. Save it as .docx.':
    'Los textos OpenDocument no se admiten. Guárdalo como .docx.',
  'RTF documents are not supported. Save it as .docx.': 'Los documentos RTF no se admiten. Guárdalo como .docx.',
  'The file is an object without rows of text. Available fields: {0}. Choose the text field, or save the texts as JSON Lines.':
    'Es un objeto sin filas de texto. Sus campos son {0}. Indica el campo que contiene el texto, o guarda los textos como líneas JSON.',
  'Legacy Office documents are not supported. Save it as .docx.':
    'Los documentos antiguos de Office no se admiten. Guárdalo como .docx.',
  'The file is empty.': 'Está vacío.',
  'The file is encrypted.': 'Está cifrado.',
  'The file exceeds the {0} MiB limit for this format.': 'Supera los {0} MiB hasta los que se lee este formato.',
  'Not valid JSON. {0}': 'No es JSON. {0}',
  'Not JSON: the file contains binary data.': 'No es JSON: contiene datos binarios.',
  'Not a Parquet file, or damaged: {0}.': 'No es un archivo Parquet, o está dañado: {0}.',
  'Not a Word document.': 'No es un documento de Word.',
  'Not an HTML page: the file contains binary data.': 'No es una página HTML: contiene datos binarios.',
  'Not a table: the file contains binary data.': 'No es una tabla: contiene datos binarios.',
  'Not a text file: it contains binary data.': 'No es texto: contiene datos binarios.',
  'Compression method {0} is not supported. Unpack the archive and add the folder.':
    'El método de compresión {0} no se admite. Desempaqueta el archivo y añade la carpeta.',
  'Duplicate of an earlier file.': 'Es el mismo archivo que otro anterior.',
  'Nested {0} archives deep; the limit is {1}.': 'Está a {0} archivos comprimidos de profundidad; el límite es {1}.',
  'The archive unpacks to more than {0} times its size (possible zip bomb).':
    'Al desempaquetarlo ocupa más de {0} veces su tamaño (posible bomba zip).',
  'Available columns: {0}.': 'Columnas disponibles: {0}.',
  'The archived data is damaged (checksum mismatch).':
    'Los datos del archivo comprimido están dañados (la suma de comprobación no coincide).',
  'The archived data is damaged ({0}).': 'Sus datos en el archivo comprimido están dañados ({0}).',
  'Elements are nested more than {0} levels deep.': 'Sus elementos están anidados en más de {0} niveles.',
  'No encoding is stated; the file was read as {0}.': 'No se indica su codificación; se leyó como {0}.',
  'Available fields: {0}.': 'Campos disponibles: {0}.',
  "The archive's directory is damaged after {0} of {1} entries ({2}); the remaining files were skipped.":
    'Su lista de archivos está dañada tras {0} de {1} ({2}); los demás no se leyeron.',
  'Part {0} is larger than {1} MiB.': 'Su parte {0} supera los {1} MiB.',
  'Part {0} is not text.': 'Su parte {0} no es texto.',
  'The path points outside the archive; only the text was read.':
    'Su ruta sale del archivo comprimido; solo se leyó su texto.',
  'Messages contain unsupported fields, which were ignored: {0} ({1} {1|one: time|other: times}, first: row {2}).':
    'Hay mensajes con campos que no se leen: {0} ({1} {1|one: vez|other: veces}, la primera en la fila {2}).',
  'Choose a single file; folders belong in a data set.':
    'Indica un solo archivo; una carpeta va en un conjunto de datos.',
  'Choose the field that contains the text.': 'Indica el campo que contiene el texto.',
  'Not a file or a folder.': 'Ni archivo ni carpeta.',
  'No checkpoint of the run is intact. {0}': 'Ningún punto de control de la ejecución está intacto. {0}',
  'No data set was created.': 'No se creó ningún conjunto de datos.',
  'No rows of text found; the file was read as plain text, like a configuration file. Available fields: {0}.':
    'No se encontraron en él filas de texto, así que se leyó tal como está escrito, como un archivo de configuración. Sus campos son {0}.',
  'No text found in the rows.': 'No se encontró texto en las filas.',
  'The tokenizer has no end-of-text token: a model trained with it will not learn to end its answers. Put a tokenizer_config.json with eos_token next to tokenizer.json, or choose another tokenizer.':
    'No se encontró en el tokenizador ningún token de fin de texto: un modelo entrenado con él no aprende a terminar sus respuestas. Pon tokenizer_config.json con eos_token junto a tokenizer.json, o elige otro tokenizador.',
  'The tokenizer has no end-of-text token: the {0} documents are concatenated without a separator, and a model trained on them will not learn to end its answers. Put a tokenizer_config.json with eos_token next to tokenizer.json, or choose another tokenizer.':
    'No se encontró en el tokenizador ningún token de fin de texto: los {0} documentos van seguidos sin separador, y un modelo entrenado con ellos no aprende a terminar sus respuestas. Pon tokenizer_config.json con eos_token junto a tokenizer.json, o elige otro tokenizador.',
  '{0|one: The only page is an image, probably a scan, and contains|other: All {0} pages are images, probably scans, and contain} no text.':
    '{0|one: Su única página no tiene texto: es una imagen, como la|other: Ninguna de sus {0} páginas tiene texto: son imágenes, como las} de un escáner.',
  "None of the {0} training tokens of '{1}' contributes to the loss: it contains questions without answers.":
    "Ninguno de los {0} tokens de entrenamiento de '{1}' cuenta en la pérdida: contiene preguntas sin respuesta.",
  'The document has no text before that place.': 'No hay nada del documento antes de ese lugar.',
  'Nothing was imported.': 'No se importó nada.',
  'Damaged pages were skipped: {0}.': 'Se omitieron páginas por estar dañadas: {0}.',
  'Reading stopped after {0} {0|one: document|other: documents}: {1}':
    'La lectura se detuvo tras {0} {0|one: documento|other: documentos}: {1}',
  'Run OCR first, for example with ocrmypdf --force-ocr.':
    'Reconoce antes su texto (OCR), por ejemplo con ocrmypdf --force-ocr.',
  'Run OCR first, for example with ocrmypdf.': 'Reconoce antes su texto (OCR), por ejemplo con ocrmypdf.',
  'Remove the data set and add its files again.': 'Elimina el conjunto de datos y vuelve a añadir sus archivos.',
  'Roles were guessed in {0} {0|one: message|other: messages}: {1}.':
    'Se dedujo el papel de {0} {0|one: mensaje|other: mensajes}: {1}.',
  'Save a copy without a password.': 'Guarda una copia sin la contraseña.',
  'With any model, you can extract sentences from the document instead.':
    'En su lugar puedes extraer frases del documento con cualquier modelo.',
  'Several columns are named {0}; duplicates were numbered: {1}.':
    'Varias columnas se llaman {0}; las posteriores llevan número: {1}.',
  'Several files in the archive have this name; the last one was used, as when unpacking.':
    'Varios archivos del archivo comprimido tienen este nombre; se leyó el último, el que queda al desempaquetar.',
  'Shorten the prompt, or use a model with a longer context.':
    'Acorta el texto inicial, o usa un modelo con un contexto más largo.',
  "Tensor '{0}' in {1} has type {2}, which is not supported.": "El tensor '{0}' de {1} es de tipo {2}, que no se lee.",
  "Tensor '{0}' in {1} has type {2}, which is not a floating-point type.":
    "El tensor '{0}' de {1} es {2}, no de coma flotante.",
  'Text in fonts without a Unicode mapping was skipped on {0} {0|one: page|other: pages}: {1}. Run OCR, for example with ocrmypdf --force-ocr.':
    'Se omitió el texto en fuentes cuyas letras el archivo no indica, en {0} {0|one: página|other: páginas}: {1}. Reconócelo (OCR), por ejemplo con ocrmypdf --force-ocr.',
  'The PDF is damaged: {0}': 'El PDF está dañado: {0}',
  'The PDF is password-protected.': 'El PDF está protegido con una contraseña.',
  'The Parquet file is damaged: {0}.': 'El archivo Parquet está dañado: {0}.',
  'The Word document contains no text.': 'El documento de Word no tiene texto.',
  'The archive has no {0}.': 'En el archivo comprimido no está {0}.',
  'The archive is damaged: {0}.': 'El archivo comprimido está dañado: {0}.',
  'The book contains no text; its pages may be images.':
    'El libro no tiene texto; puede que sus páginas sean imágenes.',
  'The book is copy-protected (DRM) and cannot be read.': 'El libro está protegido contra copia y no se puede leer.',
  'container.xml not found in the book.': 'Al libro le falta su container.xml.',
  "The book's package file was not found.": 'Al libro le falta su archivo de paquete.',
  'The book lists no chapters.': 'El libro no indica ningún capítulo.',
  'Token id {0} is out of range: the bytes tokenizer has ids 0 to 255.':
    'El tokenizador bytes tiene los id de 0 a 255, no {0}.',
  'Chapter {0} was skipped: {1}': 'Se omitió el capítulo {0}: {1}',
  'Checkpoint {0} is damaged: {1}.': 'El punto de control {0} está dañado: {1}.',
  "Column '{0}' contains no text.": "La columna '{0}' no contiene texto.",
  'Column {0} is compressed with {1}, which is not supported. Rewrite the file with Snappy, gzip or Zstandard.':
    'La columna {0} está comprimida con {1}, que no se lee. Vuelve a escribir el archivo con Snappy, gzip o Zstandard.',
  'Cannot read the columns {0}: {1}. Rewrite the file, or save it as JSON Lines.':
    'No se pueden leer las columnas {0}: {1}. Vuelve a escribir el archivo, o guárdalo como líneas JSON.',
  'The configuration': 'La configuración',
  'The conversation is unchanged.': 'La conversación no ha cambiado.',
  "Place '{0}' not found in the document.": "El documento no tiene ningún lugar '{0}'.",
  '{0} file {0|one: name has|other: names have} no stated encoding and {0|one: was|other: were} read as {1}.':
    'No se indica la codificación de {0} de sus nombres; {0|one: se leyó|other: se leyeron} como {1}.',
  'The existing data set is unchanged.': 'El conjunto de datos existente no ha cambiado.',
  'The file is a single object; {0} {0|one: row was|other: rows were} found in it by ids or columns ({1}).':
    'El archivo es un solo objeto; en él {0|one: se encontró {0} fila|other: se encontraron {0} filas} por ids o columnas ({1}).',
  'The file may be truncated or damaged. Copy or download it again.':
    'Puede que el archivo esté cortado o dañado: cópialo o descárgalo de nuevo.',
  'Your source files are unchanged; no data set was created.':
    'Los archivos leídos no han cambiado; no se creó ningún conjunto de datos.',
  'The distilled filters were saved.': 'Los filtros destilados se guardaron.',
  'The first row is not a header; the columns were named {0}.':
    'La primera fila no es un encabezado; las columnas se llaman {0}.',
  'Cannot open the folder ({0}).': 'No se puede abrir la carpeta ({0}).',
  'The folder is empty.': 'La carpeta no contiene archivos.',
  'The fonts have no Unicode mapping (on {0} of {1} {1|one: page|other: pages}), so the text cannot be read.':
    'Las fuentes de su texto no indican sus letras (en {0} de {1} {1|one: página|other: páginas}): el texto no se puede leer.',
  'The saved prefix cache in {0} is damaged (checksum mismatch).':
    'La caché de prefijo guardada en {0} está dañada (la suma de comprobación no coincide).',
  'The saved prefix cache in {0} is incomplete: layer {1} not found.':
    'La caché de prefijo guardada en {0} está incompleta: falta la capa {1}.',
  'The manifest': 'El manifiesto',
  'The map file': 'El archivo del mapa',
  "Model '{0}' was not trained to write summaries; it only continues text.":
    "El modelo '{0}' no se entrenó para escribir resúmenes; solo continúa texto.",
  "Cannot use the model's chat template: {0}": 'No se puede usar la plantilla de chat propia del modelo: {0}',
  "The model's logits are not finite.": 'Los logits del modelo no son finitos.',
  "The model's logits are NaN.": 'Los logits del modelo son NaN.',
  'Using the checkpoint of step {0} instead: {1}': 'En su lugar se usa el del paso {0}: {1}',
  'The compressed data is damaged ({0}).': 'Los datos comprimidos están dañados ({0}).',
  'The page contains no text.': 'La página no tiene texto.',
  'The installation is incomplete: resources/{0} not found.': 'La instalación está incompleta: falta resources/{0}.',
  "The prompt has {0} tokens, but this model's context has {1}, including the answer.":
    'El texto inicial tiene {0} tokens, pero el contexto de este modelo es de {1}, incluida la respuesta.',
  "The prompt has {0} tokens, but this model's context has {1}.":
    'El texto inicial tiene {0} tokens, pero el contexto de este modelo es de {1}.',
  "The metadata of data set '{0}' is damaged ({1}).": "Los metadatos del conjunto de datos '{0}' están dañados ({1}).",
  'The record of the document': 'El registro del documento',
  'Rows are read from {0}.': 'Las filas se leen de {0}.',
  'Rows are read from {0}. Ignored fields: {1}.': 'Las filas se leen de {0}. Campos ignorados: {1}.',
  "Run '{0}' has no checkpoint.": "La ejecución '{0}' aún no tiene ningún punto de control.",
  'The metadata of a saved prefix cache': 'Los metadatos de una caché de prefijo guardada',
  'The text yields only {0} tokens instead of {1}: no further pair occurs more than once.':
    'El texto solo da {0} tokens en lugar de {1}: ningún otro par aparece más de una vez.',
  'The text will be prefilled again.': 'Se repite el prefill del texto.',
  'Text is read from {0}. Ignored fields: {1}.': 'El texto se lee de {0}. Campos ignorados: {1}.',
  "The document's text file was truncated while it was being read.":
    'El texto del documento se acortó mientras se leía.',
  'Cannot use tokenizer {0}: entry {1} of added_tokens is not a token with an id from 0 to {2}.':
    'No se puede usar el tokenizador {0}: la entrada {1} de su added_tokens no es un token con un id de 0 a {2}.',
  'Cannot use tokenizer {0}: {1}': 'No se puede usar el tokenizador {0}: {1}',
  'Tokenizer {0} is inconsistent: {1}.': 'El tokenizador {0} no es coherente: {1}.',
  'Tokenizer {0} has no vocabulary.': 'El tokenizador {0} no tiene vocabulario.',
  'Tokenizer {0} has ids 0 to {1}; id {2} is out of range.': 'El tokenizador {0} tiene los id de 0 a {1}, no {2}.',
  'Column {0} is not marked as text; its bytes were read as UTF-8.':
    'El tipo de {0} no dice que sea texto; sus bytes se leyeron como UTF-8.',
  'The vocabulary of {0} does not cover all 256 byte values.':
    'Al vocabulario de {0} le faltan algunos de los 256 bytes.',
  'No rows found.': 'No hay filas.',
  "Data set '{0}' already exists.": "Ya hay un conjunto de datos '{0}'.",
  "Field '{0}' not found in the first rows.": "No hay ningún '{0}' en las primeras filas.",
  "No field '{0}' with text. Available fields: {1}.": "No hay ningún '{0}' con texto. Sus campos son {1}.",
  "Data set '{0}' not found.": "No hay ningún conjunto de datos '{0}'.",
  'Document {0} not found.': 'No hay ningún documento {0}.',
  'File or folder {0} not found.': 'No hay ningún archivo ni carpeta {0}.',
  'File {0} not found.': 'No hay ningún archivo {0}.',
  "Text column '{0}' not found; the file has no text columns.":
    "No hay ninguna columna de texto '{0}'; no hay ninguna.",
  "Text column '{0}' not found. Text columns: {1}.": "No hay ninguna columna de texto '{0}'; las que hay son {1}.",
  'No text found in {0}.': 'No hay texto en {0}.',
  "Unknown tokenizer: '{0}'.": "Tokenizador desconocido: '{0}'.",
  'No text at this place.': 'Ahí no hay nada que leer.',
  'Nothing to summarise in this document.': 'En este documento no hay nada que resumir.',
  "This model's context of {0} tokens is too short for a text and its summary.":
    'El contexto de este modelo, de {0} tokens, no tiene sitio para un texto y su resumen.',
  "The model's vocabulary has no token that could continue the answer as valid JSON.":
    'El vocabulario de este modelo no tiene ningún token con el que la respuesta pueda continuar como JSON.',
  'Token {0} is not in the vocabulary: valid ids are 0 to {1}.':
    'El token {0} no está en el vocabulario: los id van de 0 a {1}.',
  'Train again under another name.': 'Entrénala de nuevo con otro nombre.',
  'Unpack the file and import one of the documents.': 'Desempaquétalo e importa uno de ellos.',
  'Use an earlier checkpoint of the run.': 'Usa un punto de control anterior de la ejecución.',
  'Example: bpe:4096, which is 256 bytes, an end-of-text token, and 3839 learned tokens.':
    'Escribe, por ejemplo, bpe:4096: 256 bytes, el fin de texto y lo que se aprenda.',
  'a column has an unexpected name': 'una columna tiene otro nombre',
  'a page is truncated within its levels': 'una página termina dentro de sus niveles',
  'a page has fewer levels than values': 'una página tiene menos niveles que valores',
  'a run of values has no valid length': 'una serie de valores no tiene longitud',
  'a run of values is longer than its page': 'una serie de valores es más larga que su página',
  'a run of values is too long': 'una serie de valores es demasiado larga',
  'add_prefix_space and prepend_scheme contradict each other': 'add_prefix_space y prepend_scheme se contradicen',
  'content is empty': 'content está vacío',
  'it produces more than {0} characters.': 'genera más de {0} caracteres.',
  'the header length is {0} bytes in a file of {1}': 'dice tener una cabecera de {0} bytes en un archivo de {1}',
  'the file was truncated while it was being read': 'se acabó mientras se leía',
  'it has more than {0} characters.': 'tiene más de {0} caracteres.',
  'the file has only {0} {0|one: byte|other: bytes}': 'tiene {0} {0|one: byte|other: bytes}',
  'not a text file.': 'no es texto.',
  'it creates a range of more than {0} numbers.': 'crea un rango de más de {0} números.',
  'it takes more than {0} seconds.': 'tarda más de {0} segundos.',
  'it takes more than {0} steps.': 'necesita más de {0} pasos.',
  '__metadata__ is not an object': 'su __metadata__ no es un objeto',
  'the header does not start with {': 'su cabecera no empieza por {',
  "the header has the duplicate key '{0}'": "su cabecera tiene dos veces la clave '{0}'",
  'the header is not valid JSON': 'su cabecera no es JSON',
  'the header is not valid UTF-8': 'su cabecera no es UTF-8',
  'the header is not a JSON object': 'su cabecera no es un objeto JSON',
  "the metadata value '{0}' is not a string": "su metadato '{0}' no es una cadena de texto",
  'the tensors end at byte {0}, but the file has {1} bytes':
    'sus tensores terminan en el byte {0}, pero el archivo tiene {1} bytes',
  '{0} does not list {1}': 'su {0} no menciona {1}',
  '{0} is missing or unreadable': 'su {0} falta o no se puede leer',
  'line {0}: {1}': 'línea {0}: {1}',
  'merges is not a list': 'merges no es una lista',
  'precompiled_charsmap is damaged': 'precompiled_charsmap está dañado',
  "there is a gap before tensor '{0}'": "el tensor '{0}' deja un hueco delante",
  "tensor '{0}' of shape [{1}] does not match its offsets [{2}]":
    "el tensor '{0}' de forma [{1}] no encaja con sus posiciones [{2}]",
  "tensor '{0}' overlaps the previous tensor": "el tensor '{0}' se solapa con el anterior",
  "the entry for tensor '{0}' is malformed ({1})": "la entrada del tensor '{0}' no tiene la forma correcta ({1})",
  'vocabulary entry {0} is not a token with a score': 'la entrada {0} del vocabulario no es un token con su puntuación',
  "token '{0}' has the invalid id {1}": "el id de '{0}' es {1}",
  "id {0} of token '{1}' is too large for a vocabulary of {2} tokens":
    "el id {0} de '{1}' queda mucho más allá de sus {2} tokens",
  'the levels of a page are longer than the page': 'los niveles de una página son más largos que la página',
  "a merge uses '{0}', which is not in the vocabulary": "las fusiones usan '{0}', que no está en el vocabulario",
  'pattern {0} is not supported ({1})': 'no se puede usar el patrón {0} ({1})',
  "token '{0}' has id {1}; ids must be 0 to {2}": "el token '{0}' tiene el id {1}; los id van de 0 a {2}",
  'the vocabulary has no entry for id {0}': 'el vocabulario no tiene ninguna entrada para el id {0}',
  'the vocabulary has {0} tokens; the maximum is {1}': 'el vocabulario tiene {0} tokens; el máximo es {1}',
  "the {0} '{1}' has the setting {2}: {3}": "la parte {0} '{1}' tiene el ajuste {2}: {3}",
  "the {0} '{1}' is not supported": "la parte {0} '{1}' no se admite",
  "the {0} '{1}': {2}": "la parte {0} '{1}': {2}",
  'the {0} is not an object': 'la parte {0} no es un objeto',
  'unknown keys: {0}.': 'claves desconocidas: {0}.',
  'value {0}: {1}': 'valor {0}: {1}',
  'vocab is not a list': 'vocab no es una lista',
  'vocab is not an object': 'vocab no es un objeto',
  'vocab_size is missing.': 'falta vocab_size.',
  '{0} Pages were read in file-name order.': '{0} Sus páginas se leyeron en el orden de sus nombres.',
  '{0} {0|one: byte sequence is not valid UTF-8 and was|other: byte sequences are not valid UTF-8 and were} kept unchanged.':
    '{0} {0|one: secuencia de bytes no es UTF-8 válido; se conservó|other: secuencias de bytes no son UTF-8 válido; se conservaron} tal cual.',
  '{0} byte {0|one: sequence is|other: sequences are} not valid {1} and {0|one: was|other: were} replaced with U+FFFD.':
    '{0} {0|one: secuencia de bytes no es {1} válido; se sustituyó|other: secuencias de bytes no son {1} válido; se sustituyeron} por U+FFFD.',
  '{0} cannot be read ({1})': 'no se puede leer {0} ({1})',
  'Cannot read {0}: {1}': 'No se puede leer {0}: {1}',
  '{0} listed {0|one: chapter was|other: chapters were} not found in the book: {1}.':
    '{0} {0|one: capítulo que el libro indica no está|other: capítulos que el libro indica no están} en él: {1}.',
  '{0} {0|one: chat has|other: chats have} no roles; turns were read as alternating questions and answers (first: row {1}).':
    '{0} {0|one: chat no indica|other: chats no indican} papeles; sus turnos se leyeron alternando pregunta y respuesta (el primero es la fila {1}).',
  '{0} {0|one: comment was|other: comments were} removed.':
    '{0|one: Se omitió {0} comentario|other: Se omitieron {0} comentarios}.',
  '{0} {0|one: conversation is|other: conversations are} stored newest first; messages were reordered from oldest to newest (first: row {1}).':
    '{0} {0|one: conversación está escrita|other: conversaciones están escritas} de lo más nuevo a lo más antiguo; {0|one: se leyó|other: se leyeron} desde el mensaje más antiguo (la primera es la fila {1}).',
  '{0} {0|one: conversation has|other: conversations have} no assistant answers; each was read as one text with speaker names before the messages: {1}.':
    '{0} {0|one: conversación no contiene|other: conversaciones no contienen} respuestas de un asistente; cada una se leyó como un solo texto, con los nombres delante de los mensajes: {1}.',
  '{0} does not describe a Hyena model: {1}': '{0} no describe un modelo Hyena: {1}',
  '{0} embedded {0|one: object (chart, legacy equation, file) was|other: objects (charts, legacy equations, files) were} removed.':
    '{0|one: Se omitió {0} objeto incrustado (un gráfico, una ecuación antigua, un archivo)|other: Se omitieron {0} objetos incrustados (gráficos, ecuaciones antiguas, archivos)}.',
  '{0} {0|one: entry among the messages is not a message and was|other: entries among the messages are not messages and were} skipped (first: row {1}).':
    '{0|one: Se omitió {0} entrada entre los mensajes que no es un mensaje|other: Se omitieron {0} entradas entre los mensajes que no son mensajes} (la primera en la fila {1}).',
  '{0} system {0|one: file was|other: files were} skipped: {1}.':
    '{0|one: Se omitió {0} archivo|other: Se omitieron {0} archivos} de los que los sistemas dejan en las carpetas: {1}.',
  '{0} alternative {0|one: answer was|other: answers were} skipped; the first answer to each question was used (first: row {1}).':
    '{0|one: Se omitió otra respuesta a la misma pregunta|other: Se omitieron otras {0} respuestas a las mismas preguntas}; se aprende la primera de cada una (el primer caso, en la fila {1}).',
  '{0} alternative {0|one: answer was|other: answers were} skipped; the one preferred by {1} was used (first: row {2}).':
    '{0|one: Se omitió otra respuesta a la misma pregunta|other: Se omitieron otras {0} respuestas a las mismas preguntas}; se aprende la preferida según {1} (el primer caso, en la fila {2}).',
  '{0} has {1} bytes, expected {2}': '{0} tiene {1} bytes, se esperaban {2}',
  '{0} hidden {0|one: passage was|other: passages were} removed.':
    '{0|one: Se omitió {0} pasaje oculto|other: Se omitieron {0} pasajes ocultos}.',
  '{0} contains more than {1} characters.': '{0} tiene más de {1} caracteres.',
  "{0} has no tensor named '{1}'.": "{0} no contiene ningún tensor llamado '{1}'.",
  '{0} contains no text.': '{0} no contiene texto.',
  '{0} contains {1} documents.': '{0} contiene {1} documentos.',
  '{0} is nested too deep.': '{0} tiene demasiados niveles anidados.',
  '{0} is not a valid merge': '{0} no es una fusión válida',
  '{0} is not a tokenizer.json in the Hugging Face format.':
    '{0} no es un tokenizer.json con el formato de Hugging Face.',
  '{0} is not a tokenizer: {1}.': '{0} no es un tokenizador: {1}.',
  '{0} is not a file.': '{0} no es un archivo.',
  '{0} is not a valid safetensors file: {1}.': '{0} no es un archivo safetensors válido: {1}.',
  '{0} is not text.': '{0} no es texto.',
  'the checksum of {0} does not match': 'la suma de comprobación de {0} no coincide',
  '{0} is too large for a tokenizer file.': '{0} es demasiado grande para un archivo de tokenizador.',
  '{0} {0|one: line is not UTF-8, unlike the rest, and was|other: lines are not UTF-8, unlike the rest, and were} read as {1}.':
    '{0} {0|one: línea no está en UTF-8 como el resto; se leyó|other: líneas no están en UTF-8 como el resto; se leyeron} como {1}.',
  '{0} {0|one: line is|other: lines are} not strict JSON (NaN, comments, trailing commas, single quotes) but {0|one: was|other: were} accepted; first: line {1}.':
    '{0} {0|one: línea no es|other: líneas no son} JSON estricto (NaN, comentarios, comas al final, comillas simples) y {0|one: se leyó|other: se leyeron} según su intención; la primera es la línea {1}.',
  '{0} {0|one: line before the table was|other: lines before the table were} skipped.':
    '{0|one: Se omitió {0} línea anterior|other: Se omitieron {0} líneas anteriores} a la tabla.',
  '{0} {0|one: line is|other: lines are} not valid JSON and {0|one: was|other: were} skipped; {1}':
    '{0|one: Se omitió {0} línea que no es|other: Se omitieron {0} líneas que no son} JSON; {1}',
  '{0} note {0|one: reference was|other: references were} removed.':
    '{0|one: Se omitió {0} llamada|other: Se omitieron {0} llamadas} de nota.',
  '{0} {0|one: message has a role|other: messages have roles} other than user or assistant: {1}. {0|one: It was kept under a heading with its name and does|other: They were kept under headings with their names and do} not count in the loss (first: row {2}).':
    '{0} {0|one: mensaje no es pregunta ni respuesta: {1}. Se conservó bajo un encabezado con ese nombre y no se aprende|other: mensajes no son preguntas ni respuestas: {1}. Se conservaron bajo encabezados con esos nombres y no se aprenden} (el primero en la fila {2}).',
  '{0} {0|one: message on another branch was|other: messages on other branches were} skipped; each chat was read along its last branch (first: row {1}).':
    '{0|one: Se omitió {0} mensaje de otra rama|other: Se omitieron {0} mensajes de otras ramas}; cada chat se leyó por su última rama (el primero en la fila {1}).',
  '{0} {0|one: message without text was|other: messages without text were} skipped (first: row {1}).':
    '{0|one: Se omitió {0} mensaje|other: Se omitieron {0} mensajes} sin texto (el primero en la fila {1}).',
  '{0} of {1} {1|one: page|other: pages} {0|one: contains|other: contain} no text.':
    '{0} de {1} {1|one: página|other: páginas} no {0|one: tiene|other: tienen} texto.',
  '{0} of {1} {1|one: row|other: rows} {0|one: has answers|other: have answers} marked as undesirable and {0|one: was|other: were} skipped (first: row {2}).':
    '{0|one: Se omitió|other: Se omitieron} {0} de {1} {1|one: fila|other: filas}: sus respuestas están marcadas como no deseables (la primera es la fila {2}).',
  '{0} of {1} {1|one: row|other: rows} {0|one: contains|other: contain} chats without answers and {0|one: was|other: were} skipped (first: row {2}).':
    '{0|one: Se omitió|other: Se omitieron} {0} de {1} {1|one: fila|other: filas}: sus chats no contienen ninguna respuesta (la primera es la fila {2}).',
  '{0} of {1} {1|one: row|other: rows} {0|one: contains|other: contain} no text and {0|one: was|other: were} skipped (first: row {2}).':
    '{0|one: Se omitió|other: Se omitieron} {0} de {1} {1|one: fila|other: filas}: no {0|one: contiene|other: contienen} texto (la primera es la fila {2}).',
  '{0} {0|one: page contains no text; it may be an image|other: pages contain no text; they may be images}.':
    '{0} {0|one: página no contiene texto; puede que sea una imagen|other: páginas no contienen texto; puede que sean imágenes}.',
  "{0} {0|one: page|other: pages} outside the book's reading order {0|one: was|other: were} skipped: {1}.":
    '{0|one: Se omitió {0} página que no forma|other: Se omitieron {0} páginas que no forman} parte del orden de lectura del libro: {1}.',
  '{0} {0|one: message part is not text and was|other: message parts are not text and were} skipped: {1} (first: row {2}).':
    '{0|one: Se omitió {0} parte de un mensaje que no es|other: Se omitieron {0} partes de mensajes que no son} texto: {1} (la primera en la fila {2}).',
  '{0} {0|one: passage|other: passages} marked as deleted {0|one: was|other: were} removed.':
    '{0|one: Se omitió {0} pasaje marcado como eliminado|other: Se omitieron {0} pasajes marcados como eliminados}.',
  '{0} ruby {0|one: annotation was|other: annotations were} removed.':
    '{0|one: Se omitió {0} lectura|other: Se omitieron {0} lecturas} junto a caracteres (ruby).',
  '{0} rejected {0|one: answer|other: answers} ({1}) {0|one: was|other: were} skipped; only preferred answers were used.':
    '{0|one: Se omitió {0} respuesta rechazada ({1}); se aprende la preferida|other: Se omitieron {0} respuestas rechazadas ({1}); se aprenden las preferidas}.',
  '{0} {0|one: row is a single message; it was|other: rows are single messages; they were} joined into {1} {1|one: chat|other: chats}.':
    '{0} {0|one: fila es un mensaje suelto; se unió|other: filas son mensajes sueltos; se unieron} en {1} {1|one: chat|other: chats}.',
  '{0} {0|one: row has|other: rows have} fewer cells than the table has columns (first: line {1}).':
    '{0} {0|one: fila tiene|other: filas tienen} menos celdas que columnas la tabla (la primera es la línea {1}).',
  '{0} {0|one: row has|other: rows have} more cells than the table has columns; extra cells were joined to the last column (first: line {1}).':
    '{0} {0|one: fila tiene|other: filas tienen} más celdas que columnas la tabla; lo que sobra está en la última columna (la primera es la línea {1}).',
  '{0} {0|one: row has different fields and was|other: rows have different fields and were} read from {1} (first: row {2}).':
    '{0} {0|one: fila tiene otros campos que las primeras y se leyó|other: filas tienen otros campos que las primeras y se leyeron} de {1} (la primera es la fila {2}).',
  '{0} {0|one: row has|other: rows have} an unclosed quote; each was read as one line including the quote (first: line {1}).':
    '{0} {0|one: fila contiene|other: filas contienen} una comilla sin cerrar; cada una se leyó como una línea, con la comilla (la primera es la línea {1}).',
  '{0} {0|one: row contains a list|other: rows contain lists} of texts in {1}; the texts of each row were joined into one document.':
    '{0} {0|one: fila contiene una lista|other: filas contienen listas} de textos en {1}; los textos de cada fila se unieron en un documento.',
  '{0} {0|one: string was|other: strings were} double-encoded UTF-8 (as in Facebook exports) and {0|one: was|other: were} decoded.':
    '{0} {0|one: cadena de texto estaba escrita|other: cadenas de texto estaban escritas} como los bytes de su UTF-8 (como las exporta Facebook) y {0|one: se leyó|other: se leyeron} según su intención.',
  '{0} symbol-font {0|one: character was|other: characters were} removed.':
    '{0|one: Se omitió {0} símbolo de una fuente|other: Se omitieron {0} símbolos de fuentes} sin letras.',
  '{0} {0|one: table of contents was|other: tables of contents were} removed.':
    '{0|one: Se omitió {0} índice|other: Se omitieron {0} índices} de contenido.',
  '{0} {0|one: value is|other: values are} not strict JSON (NaN, comments, trailing commas, single quotes) but {0|one: was|other: were} accepted; first: value {1}.':
    '{0} {0|one: valor no es|other: valores no son} JSON estricto (NaN, comentarios, comas al final, comillas simples) y {0|one: se leyó|other: se leyeron} según su intención; el primero es el valor {1}.',
  '{0} {0|one: value is|other: values are} not valid JSON and {0|one: was|other: were} skipped; {1}':
    '{0|one: Se omitió {0} valor que no es|other: Se omitieron {0} valores que no son} JSON; {1}',
  'a shard was truncated': 'un fragmento quedó truncado',
  '{0} not found': 'no se encuentra {0}',
  "Data set '{0}' is damaged: {1}.": "El conjunto de datos '{0}' está dañado: {1}.",
  'Supported: plain text, Markdown, HTML, PDF, EPUB, Word, JSON, CSV, Parquet, FASTA, source code, and zip archives of these.':
    'Se admiten: texto sin formato, Markdown, HTML, PDF, EPUB, Word, JSON, CSV, Parquet, FASTA, código fuente y archivos zip con ellos.',
  'invalid column offset': 'posición de columna no válida',
  'invalid compressed size of a column': 'tamaño comprimido de una columna no válido',
  'invalid row count of a row group': 'número de filas de un grupo no válido',
  'a row group and the file have different columns': 'un grupo de filas y el archivo tienen columnas distintas',
  'invalid value count of a column': 'número de valores de una columna no válido',
  'a column and its row group have different row counts': 'una columna y su grupo tienen números de filas distintos',
  'invalid uncompressed size of a column': 'tamaño sin comprimir de una columna no válido',
  'invalid compressed size of a page': 'tamaño comprimido de una página no válido',
  'invalid uncompressed size of a page': 'tamaño sin comprimir de una página no válido',
  'invalid dictionary size': 'tamaño de diccionario no válido',
  'invalid value count of a page': 'número de valores de una página no válido',
  'invalid null count of a page': 'número de valores nulos de una página no válido',
  'invalid row count of a page': 'número de filas de una página no válido',
  'invalid level length of a page': 'longitud de los niveles de una página no válida',
  'unsupported page type {0}': 'tipo de página no admitido: {0}',
  'invalid bit width {0} in a page': 'anchura de bits no válida en una página: {0}',
  'The archive has more than {0} entries.': 'El archivo comprimido tiene más de {0} entradas.',
  'The archive is damaged after {0} {0|one: entry|other: entries} ({1}); the remaining files were skipped.':
    'El archivo comprimido está dañado tras {0} {0|one: entrada|other: entradas} ({1}); los demás archivos no se leyeron.',
  'Hard link to another file, skipped.': 'Un enlace físico a otro archivo; no se leyó.',
  'Sparse files are not supported. Unpack the archive and add the folder.':
    'No se leen archivos dispersos. Desempaqueta el archivo comprimido y añade la carpeta.',
  'The archive ends within this file.': 'El archivo comprimido termina en medio de este archivo.',
  '{0} {0|one: character looks|other: characters look} like UTF-8 that a program read as Windows-1252 (Ã© for é) and {0|one: was|other: were} kept unchanged. If so, save the file in its original encoding.':
    '{0} {0|one: carácter parece|other: caracteres parecen} UTF-8 que un programa leyó como Windows-1252 (Ã© por é); el texto no se cambió. Si es así, guarda el archivo en su codificación original.',
  'Nothing was started.': 'No se ha iniciado nada.',
  'Training needs about {0} of memory; {1} can be used.':
    'El entrenamiento necesita unos {0} de memoria; se pueden usar {1}.',
  'Use a smaller batch_size or gradient_checkpointing=true. To start it anyway, add --ignore-memory.':
    'Usa un batch_size menor o gradient_checkpointing=true. Para iniciarlo de todos modos, añade --ignore-memory.',
  'Choose either one text column, or columns that are put together.':
    'Elige una columna de texto o columnas que se combinan, no ambas cosas.',
  "Column '{0}' not found.": "No hay ninguna columna '{0}'.",
  'The columns are incomplete or not written correctly.': 'Las columnas están incompletas o mal escritas.',
  'Write prompt=NAME,reply=NAME, and system=NAME if there is one.':
    'Escribe prompt=NOMBRE,reply=NOMBRE y, si existe, system=NOMBRE.',
  'Write {0} for the value of a column.': 'Escribe {0} para el valor de una columna.',
  "Runs were trained on the text as it was before. It was kept as '{0}', and they use that.":
    "Hay ejecuciones entrenadas con el texto anterior. Se conservó como '{0}', y lo usan.",
  'The data set is unchanged.': 'El conjunto de datos no ha cambiado.',
  "Data set '{0}' was generated; it has no files.": "El conjunto de datos '{0}' se generó; no tiene archivos.",
  "Data set '{0}' was generated; it has no text.": "El conjunto de datos '{0}' se generó; no tiene texto.",
  '{0} of the chosen {0|one: files is|other: files are} no longer there: {1}.':
    '{0|one: Falta {0} de los archivos elegidos|other: Faltan {0} de los archivos elegidos}: {1}.',
  'Put the files back, or add the files as a new data set.':
    'Devuelve los archivos a su sitio o añádelos como un conjunto de datos nuevo.',
  'The export was cancelled.': 'La exportación se canceló.',
  'The file {0} already exists.': 'El archivo {0} ya existe.',
  'Choose another file.': 'Elige otro archivo.',
  'The template names no column.': 'La plantilla no nombra ninguna columna.',
};
