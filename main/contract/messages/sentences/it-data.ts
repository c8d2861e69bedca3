import type { Catalogue } from '../language.ts';

/**
 * What readers, tokenizers, data sets, documents and checkpoints report, by its English: see
 * main/contract/message.ts.
 */
export const itData: Catalogue = {
  "'{0}' is not a valid name for a data set. {1}": "'{0}' non è un nome valido per un dataset. {1}",
  "'{0}' contains neither text nor chat messages.": "'{0}' non contiene né testo né messaggi di chat.",
  "'{0}' is not a valid entry of a byte-level vocabulary": "'{0}' non è una voce di un vocabolario di byte",
  "'{0}' is not a valid document id.": "'{0}' non è l'id di un documento.",
  "'{0}' must specify a vocabulary size from {1} to {2}.":
    "'{0}' non indica una dimensione del vocabolario da {1} a {2}.",
  '(and {0} more)': '(e altri {0})',
  'Document without text.': 'Un documento senza alcun testo.',
  'System file, ignored.': 'File di sistema, ignorato.',
  'Folder of installed or generated files, ignored.': 'Cartella di file installati o generati, ignorata.',
  'A later part is UTF-8 and was read as UTF-8.': 'Una parte successiva è in UTF-8 ed è stata letta così.',
  'Link to a folder. Add that folder directly.': 'Un collegamento a una cartella; aggiungi la cartella stessa.',
  'A map of {0} characters does not fit in memory.': 'Una mappa di {0} caratteri non starebbe nella memoria.',
  'Symbolic link; its target was skipped.': 'Un collegamento simbolico; ciò a cui porta non è stato letto.',
  'Add chats with answers.': 'Aggiungi chat con risposte.',
  'Add more text.': 'Aggiungi altro testo.',
  "Adding '{0}' was cancelled.": "L'aggiunta di '{0}' è stata annullata.",
  'Characters skipped: {0}. They are not in the vocabulary, and it has no unknown token. Choose another tokenizer to keep them.':
    'Caratteri omessi: {0}. Il vocabolario non li ha, e non ha nemmeno un token per quelli sconosciuti. Scegli un altro tokenizer per conservarli.',
  'Chats are read from {0}. Ignored fields: {1}.': 'Le chat vengono lette da {0}. Si omette: {1}.',
  'Check the path.': 'Controlla il percorso.',
  'Select a part of at most {0} characters.': 'Scegli una parte di al massimo {0} caratteri.',
  'Select a part.': 'Scegli una parte.',
  'Choose a sequence length of at most {0}, or add more text.':
    'Scegli una lunghezza di sequenza di al massimo {0}, o aggiungi altro testo.',
  'Choose a short name such as moby-dick.': 'Scegli un nome breve, come moby-dick.',
  'Choose another name, or remove the existing data set first.':
    'Scegli un altro nome, o rimuovi prima quello vecchio.',
  'Choose another template.': 'Scegli un altro modello di testo.',
  'Text columns: {0}.': 'Le colonne con testo sono {0}.',
  'Convert the file to UTF-8 first.': 'Prima convertilo in UTF-8.',
  'Convert the file to F32, F16 or BF16.': 'Converti il file in F32, F16 o BF16.',
  "Data set '{0}' has {1} training tokens, fewer than one sequence of {2} plus its next token.":
    "Il dataset '{0}' ha {1} token per il training, meno di una sequenza di {2} e del token che la segue.",
  'Split the file, or convert it to plain text first.': 'Dividilo, o convertilo prima in testo semplice.',
  'Split it; texts this long belong in a data set.': 'Dividilo; ciò che nessuno legge in una volta va in un dataset.',
  "Elements {0} to {1} are out of range: tensor '{2}' has {3}.":
    "Gli elementi da {0} a {1} sono fuori dal tensore '{2}', che ne ha {3}.",
  'Free some disk space or choose a library on another disk, then add the data set again.':
    'Libera spazio, o scegli una libreria su un altro disco, e aggiungilo di nuovo.',
  "Use a percentage of the text such as '40%', or the label of a page, chapter or heading.":
    "Indica una quota del testo, come '40%', o il nome di una delle sue pagine, dei suoi capitoli o dei suoi titoli.",
  'Use the tokenizer.json file of a model.': 'Indica il file di nome tokenizer.json di un modello.',
  '{0} {0|one: row repeats the header and was|other: rows repeat the header and were} skipped (first: line {1}).':
    'Righe che ripetono l’intestazione e sono state omesse: {0} (la prima alla riga {1}).',
  '{0} {0|one: character was encoded as a surrogate pair|other: characters were encoded as surrogate pairs} (CESU-8) and {0|one: was|other: were} decoded.':
    'Caratteri codificati come coppie di surrogati (CESU-8) e decodificati: {0}.',
  'Web archives are not supported. Save the page as HTML.':
    'Gli archivi web non sono supportati. Salva la pagina come HTML.',
  '{0} {0|one: running header, footer or page number was|other: running headers, footers and page numbers were} removed.':
    'Intestazioni, piè di pagina e numeri di pagina omessi: {0}.',
  '{0} {0|one: chat was|other: chats were} not in the order of the turn numbers or times and {0|one: was|other: were} reordered.':
    'Chat i cui messaggi non seguivano l’ordine dei turni o degli orari e sono stati riordinati: {0}.',
  '{0} {0|one: chat is|other: chats are} interleaved with more than {1} others and {0|one: was|other: were} divided. Sort the file by chat.':
    'Chat mescolate con più di {1} altre, che sono state divise: {0}. Ordina il file per chat.',
  '{0} {0|one: row is a list|other: rows are lists} of texts; the texts of each row were joined into one document.':
    'Righe che sono elenchi di testi: {0}; i testi di ogni riga sono stati uniti in un documento.',
  'Text is read from {0}.': 'Il testo viene letto da {0}.',
  '{0} {0|one: header or footer was|other: headers and footers were} skipped.':
    'Intestazioni e piè di pagina omessi: {0}.',
  'Hidden file, ignored.': 'File nascosto, ignorato.',
  'If you trust the archive, unpack it and add the folder.': 'Se ti fidi, estrailo da te e aggiungi la cartella.',
  'Import a .txt, .md, .pdf, .epub, .docx, .html or source code file.':
    'Importa .txt, .md, .pdf, .epub, .docx, .html o codice sorgente.',
  'Reinstall Hyena Studio.': 'Installalo di nuovo.',
  'The file starts as text but contains binary data later.': 'Inizia come testo, ma più avanti contiene dati binari.',
  'Cannot open the file ({0}).': 'Non si può aprire ({0}).',
  'The archive has more entries than its directory states.': 'Ha più voci di quante ne dichiara.',
  'The file has no text column.': 'Non ha colonne di testo.',
  'The file has no rows.': 'Non ha righe.',
  'The archive has {0} entries; the limit is {1}.': 'Ha {0} voci; se ne leggono al massimo {1}.',
  'The file contains no text.': 'Non contiene testo.',
  'The encoding is EBCDIC (mainframes), which is not supported.':
    'La codifica è EBCDIC (mainframe), che non è supportata.',
  '7z archives are not supported. Unpack it first.': 'È un archivio 7z; prima estrailo.',
  'GIF images are not supported.': 'Le immagini GIF non sono supportate.',
  'JPEG images are not supported.': 'Le immagini JPEG non sono supportate.',
  'PNG images are not supported.': 'Le immagini PNG non sono supportate.',
  'RAR archives are not supported. Unpack it first.': 'È un archivio RAR; prima estrailo.',
  'Presentations are not supported. Save it as .pdf.': 'È una presentazione; salvala come .pdf.',
  'Programs are not supported.': 'I programmi non sono supportati.',
  'Spreadsheets are not supported. Save it as .csv.': 'È un foglio di calcolo; salvalo come .csv.',
  'OpenDocument texts are not supported. Save it as .docx.': 'È un testo OpenDocument; salvalo come .docx.',
  'RTF documents are not supported. Save it as .docx.': 'È un documento RTF; salvalo come .docx.',
  'The file is an object without rows of text. Available fields: {0}. Choose the text field, or save the texts as JSON Lines.':
    'È un oggetto senza righe di testo. I suoi campi sono {0}. Indica il campo che contiene il testo, o salva i testi come righe JSON.',
  'Legacy Office documents are not supported. Save it as .docx.':
    'È un vecchio documento di Office; salvalo come .docx.',
  'The file is empty.': 'È vuoto.',
  'The file is encrypted.': 'È cifrato.',
  'The file exceeds the {0} MiB limit for this format.': 'Supera i {0} MiB fino a cui si legge questo formato.',
  'Not valid JSON. {0}': 'Non è JSON. {0}',
  'Not JSON: the file contains binary data.': 'Non è JSON: contiene dati binari.',
  'Not a Parquet file, or damaged: {0}.': 'Non è un file Parquet, o è danneggiato: {0}.',
  'Not a Word document.': 'Non è un documento Word.',
  'Not an HTML page: the file contains binary data.': 'Non è una pagina: contiene dati binari.',
  'Not a table: the file contains binary data.': 'Non è una tabella: contiene dati binari.',
  'Not a text file: it contains binary data.': 'Non è testo: contiene dati binari.',
  'Compression method {0} is not supported. Unpack the archive and add the folder.':
    "È compresso con il metodo {0}, che non viene letto; estrai l'archivio e aggiungi la cartella.",
  'Duplicate of an earlier file.': 'È lo stesso file di uno precedente.',
  'Nested {0} archives deep; the limit is {1}.': 'Si trova {0} archivi in profondità; se ne aprono al massimo {1}.',
  'The archive unpacks to more than {0} times its size (possible zip bomb).':
    'Una volta estratto, l’archivio supera {0} volte la sua dimensione (possibile zip bomb).',
  'Available columns: {0}.': 'Le sue colonne sono {0}.',
  'The archived data is damaged (checksum mismatch).':
    "I suoi dati nell'archivio sono danneggiati (la somma di controllo è diversa).",
  'The archived data is damaged ({0}).': "I suoi dati nell'archivio sono danneggiati ({0}).",
  'Elements are nested more than {0} levels deep.': 'I suoi elementi sono annidati per più di {0} livelli.',
  'No encoding is stated; the file was read as {0}.': 'La sua codifica non è indicata; è stato letto come {0}.',
  'Available fields: {0}.': 'I suoi campi sono {0}.',
  "The archive's directory is damaged after {0} of {1} entries ({2}); the remaining files were skipped.":
    'Il suo elenco dei file è danneggiato dopo {0} di {1} ({2}); gli altri non sono stati letti.',
  'Part {0} is larger than {1} MiB.': 'La sua parte {0} supera {1} MiB.',
  'Part {0} is not text.': 'La sua parte {0} non è testo.',
  'The path points outside the archive; only the text was read.':
    "Il suo percorso esce dall'archivio; è stato letto solo il suo testo.",
  'Messages contain unsupported fields, which were ignored: {0} ({1} {1|one: time|other: times}, first: row {2}).':
    'Ci sono messaggi con campi che non vengono letti: {0} ({1} {1|one: volta|other: volte}, la prima nella riga {2}).',
  'Choose a single file; folders belong in a data set.': 'Indica un solo file; una cartella va in un dataset.',
  'Choose the field that contains the text.': 'Indica il campo che contiene il testo.',
  'Not a file or a folder.': 'Né un file né una cartella.',
  'No checkpoint of the run is intact. {0}': 'Nessun checkpoint dell’esecuzione è intatto. {0}',
  'No data set was created.': 'Non è stato creato nessun dataset.',
  'No rows of text found; the file was read as plain text, like a configuration file. Available fields: {0}.':
    'Non vi sono state trovate righe di testo, quindi è stato letto così come è scritto, come un file di configurazione. I suoi campi sono {0}.',
  'No text found in the rows.': 'Nelle righe non è stato trovato testo.',
  'The tokenizer has no end-of-text token: a model trained with it will not learn to end its answers. Put a tokenizer_config.json with eos_token next to tokenizer.json, or choose another tokenizer.':
    'Nel tokenizer non è stato trovato un token di fine testo: un modello addestrato con esso non impara a terminare le risposte. Metti tokenizer_config.json con eos_token accanto a tokenizer.json, o scegli un altro tokenizer.',
  'The tokenizer has no end-of-text token: the {0} documents are concatenated without a separator, and a model trained on them will not learn to end its answers. Put a tokenizer_config.json with eos_token next to tokenizer.json, or choose another tokenizer.':
    'Nel tokenizer non è stato trovato un token di fine testo: i {0} documenti si susseguono senza separatore, e un modello addestrato su di essi non impara a terminare le risposte. Metti tokenizer_config.json con eos_token accanto a tokenizer.json, o scegli un altro tokenizer.',
  '{0|one: The only page is an image, probably a scan, and contains|other: All {0} pages are images, probably scans, and contain} no text.':
    "{0|one: La sua unica pagina non ha testo: è un'immagine, come quella|other: Nessuna delle sue {0} pagine ha testo: sono immagini, come quelle} di una scansione.",
  "None of the {0} training tokens of '{1}' contributes to the loss: it contains questions without answers.":
    "Nessuno dei {0} token di training di '{1}' viene imparato: contiene domande senza risposta.",
  'The document has no text before that place.': "Prima di quel punto non c'è nulla del documento.",
  'Nothing was imported.': 'Nulla è stato importato.',
  'Damaged pages were skipped: {0}.': 'Alcune pagine danneggiate sono state omesse: {0}.',
  'Reading stopped after {0} {0|one: document|other: documents}: {1}':
    'La lettura si è fermata dopo {0} {0|one: documento|other: documenti}: {1}',
  'Run OCR first, for example with ocrmypdf --force-ocr.':
    'Prima riconosci il suo testo (OCR), per esempio con ocrmypdf --force-ocr.',
  'Run OCR first, for example with ocrmypdf.': 'Prima riconosci il suo testo (OCR), per esempio con ocrmypdf.',
  'Remove the data set and add its files again.': 'Rimuovi il dataset e aggiungi di nuovo i suoi file.',
  'Roles were guessed in {0} {0|one: message|other: messages}: {1}.':
    'Il ruolo di {0} {0|one: messaggio|other: messaggi} è stato dedotto: {1}.',
  'Save a copy without a password.': 'Salvane una copia senza password.',
  'With any model, you can extract sentences from the document instead.':
    'Con qualsiasi modello si possono scegliere frasi del documento stesso.',
  'Several columns are named {0}; duplicates were numbered: {1}.':
    'Più colonne hanno il nome {0}; le successive sono numerate: {1}.',
  'Several files in the archive have this name; the last one was used, as when unpacking.':
    "Più file nell'archivio hanno questo nome; è stato letto l'ultimo, quello che resta dopo l'estrazione.",
  'Shorten the prompt, or use a model with a longer context.':
    'Accorcia il prompt, o usa un modello con un contesto più lungo.',
  "Tensor '{0}' in {1} has type {2}, which is not supported.":
    "Il tensore '{0}' di {1} è di tipo {2}, che non viene letto.",
  "Tensor '{0}' in {1} has type {2}, which is not a floating-point type.":
    "Il tensore '{0}' di {1} è {2}, non in virgola mobile.",
  'Text in fonts without a Unicode mapping was skipped on {0} {0|one: page|other: pages}: {1}. Run OCR, for example with ocrmypdf --force-ocr.':
    'Il testo in caratteri di cui il file non indica le lettere è stato omesso, in {0} {0|one: pagina|other: pagine}: {1}. Riconoscilo (OCR), per esempio con ocrmypdf --force-ocr.',
  'The PDF is damaged: {0}': 'Il PDF è danneggiato: {0}',
  'The PDF is password-protected.': 'Il PDF è protetto da una password.',
  'The Parquet file is damaged: {0}.': 'Il file Parquet è danneggiato: {0}.',
  'The Word document contains no text.': 'Il documento Word non ha testo.',
  'The archive has no {0}.': "Nell'archivio non c'è {0}.",
  'The archive is damaged: {0}.': "L'archivio è danneggiato: {0}.",
  'The book contains no text; its pages may be images.': 'Il libro non ha testo; forse le sue pagine sono immagini.',
  'The book is copy-protected (DRM) and cannot be read.': 'Il libro è protetto dalla copia e non si può leggere.',
  'container.xml not found in the book.': 'Al libro manca il suo container.xml.',
  "The book's package file was not found.": 'Al libro manca il suo file di pacchetto.',
  'The book lists no chapters.': 'Il libro non indica alcun capitolo.',
  'Token id {0} is out of range: the bytes tokenizer has ids 0 to 255.':
    'Il tokenizer bytes ha gli id da 0 a 255, non {0}.',
  'Chapter {0} was skipped: {1}': 'Il capitolo {0} è stato omesso: {1}',
  'Checkpoint {0} is damaged: {1}.': 'Il checkpoint {0} è danneggiato: {1}.',
  "Column '{0}' contains no text.": "La colonna '{0}' non contiene testo.",
  'Column {0} is compressed with {1}, which is not supported. Rewrite the file with Snappy, gzip or Zstandard.':
    'La colonna {0} è compressa con {1}, che non viene letto. Scrivi di nuovo il file con Snappy, gzip o Zstandard.',
  'Cannot read the columns {0}: {1}. Rewrite the file, or save it as JSON Lines.':
    'Le colonne {0} non si possono leggere: {1}. Scrivi di nuovo il file, o salvalo come righe JSON.',
  'The configuration': 'La configurazione',
  'The conversation is unchanged.': 'La conversazione non è cambiata.',
  "Place '{0}' not found in the document.": "Il documento non ha un punto '{0}'.",
  '{0} file {0|one: name has|other: names have} no stated encoding and {0|one: was|other: were} read as {1}.':
    'La codifica di {0} dei suoi nomi non è indicata; {0|one: è stato letto|other: sono stati letti} come {1}.',
  'The existing data set is unchanged.': 'Il dataset esistente non è cambiato.',
  'The file is a single object; {0} {0|one: row was|other: rows were} found in it by ids or columns ({1}).':
    'Il file è un solo oggetto; vi {0|one: è stata trovata {0} riga|other: sono state trovate {0} righe} per id o colonne ({1}).',
  'The file may be truncated or damaged. Copy or download it again.':
    'Forse il file è troncato o danneggiato: copialo o scaricalo di nuovo.',
  'Your source files are unchanged; no data set was created.':
    'I file letti non sono cambiati; non è stato creato nessun dataset.',
  'The distilled filters were saved.': 'I filtri sono stati distillati e vengono conservati.',
  'The first row is not a header; the columns were named {0}.':
    "La prima riga non è un'intestazione; le colonne si chiamano {0}.",
  'Cannot open the folder ({0}).': 'La cartella non si può aprire ({0}).',
  'The folder is empty.': 'La cartella non contiene file.',
  'The fonts have no Unicode mapping (on {0} of {1} {1|one: page|other: pages}), so the text cannot be read.':
    'I caratteri del suo testo non indicano le loro lettere (in {0} pagine su {1}): il testo non si può leggere.',
  'The saved prefix cache in {0} is damaged (checksum mismatch).':
    'La cache del prefisso salvata in {0} è danneggiata (la somma di controllo non corrisponde).',
  'The saved prefix cache in {0} is incomplete: layer {1} not found.':
    'La cache del prefisso salvata in {0} è incompleta: manca lo strato {1}.',
  'The manifest': 'Il manifesto',
  'The map file': 'Il file della mappa',
  "Model '{0}' was not trained to write summaries; it only continues text.":
    "Il modello '{0}' non è stato addestrato a scrivere riassunti: continua il testo.",
  "Cannot use the model's chat template: {0}":
    'Il modello di testo per le chat proprio del modello non si può usare: {0}',
  "The model's logits are not finite.": 'I logit del modello non sono finiti.',
  "The model's logits are NaN.": 'I logit del modello sono NaN.',
  'Using the checkpoint of step {0} instead: {1}': 'Al suo posto si usa quello del passo {0}: {1}',
  'The compressed data is damaged ({0}).': 'I dati compressi sono danneggiati ({0}).',
  'The page contains no text.': 'La pagina non ha testo.',
  'The installation is incomplete: resources/{0} not found.': 'Al programma manca il suo file resources/{0}.',
  "The prompt has {0} tokens, but this model's context has {1}, including the answer.":
    'Il testo iniziale ha {0} token, ma il contesto di questo modello è di {1}, risposta compresa.',
  "The prompt has {0} tokens, but this model's context has {1}.":
    'Il testo iniziale ha {0} token, ma il contesto di questo modello è di {1}.',
  "The metadata of data set '{0}' is damaged ({1}).": "Il registro del dataset '{0}' ({1}) è danneggiato.",
  'The record of the document': 'Il registro del documento',
  'Rows are read from {0}.': 'Le righe vengono lette da {0}.',
  'Rows are read from {0}. Ignored fields: {1}.': 'Le righe vengono lette da {0}. Accanto a esse si omette: {1}.',
  "Run '{0}' has no checkpoint.": "L’esecuzione '{0}' non ha ancora un checkpoint.",
  'The metadata of a saved prefix cache': 'I metadati di una cache del prefisso salvata',
  'The text yields only {0} tokens instead of {1}: no further pair occurs more than once.':
    "Il testo dà {0} token invece di {1}: nient'altro vi compare due volte.",
  'The text will be prefilled again.': 'Il prefill del testo viene ripetuto.',
  'Text is read from {0}. Ignored fields: {1}.': 'Il testo viene letto da {0}. Si omette: {1}.',
  "The document's text file was truncated while it was being read.":
    'Il testo del documento si è accorciato durante la lettura.',
  'Cannot use tokenizer {0}: entry {1} of added_tokens is not a token with an id from 0 to {2}.':
    'Il tokenizer {0} non si può usare: la voce {1} del suo added_tokens non è un token con un id da 0 a {2}.',
  'Cannot use tokenizer {0}: {1}': 'Il tokenizer {0} non si può usare: {1}',
  'Tokenizer {0} is inconsistent: {1}.': 'Il tokenizer {0} non è coerente: {1}.',
  'Tokenizer {0} has no vocabulary.': 'Il tokenizer {0} non ha un vocabolario.',
  'Tokenizer {0} has ids 0 to {1}; id {2} is out of range.': 'Il tokenizer {0} ha gli id da 0 a {1}, non {2}.',
  'Column {0} is not marked as text; its bytes were read as UTF-8.':
    'Il tipo di {0} non dice che sia testo; i suoi byte sono stati letti come UTF-8.',
  'The vocabulary of {0} does not cover all 256 byte values.': 'Al vocabolario di {0} mancano alcuni dei 256 byte.',
  'No rows found.': 'Non ci sono righe.',
  "Data set '{0}' already exists.": "C'è già un dataset '{0}'.",
  "Field '{0}' not found in the first rows.": "Nelle prime righe non c'è '{0}'.",
  "No field '{0}' with text. Available fields: {1}.": "Non c'è un '{0}' con testo. I suoi campi sono {1}.",
  "Data set '{0}' not found.": "Non c'è un dataset '{0}'.",
  'Document {0} not found.': "Non c'è un documento {0}.",
  'File or folder {0} not found.': "Non c'è un file o una cartella {0}.",
  'File {0} not found.': "Non c'è un file {0}.",
  "Text column '{0}' not found; the file has no text columns.":
    "Non c'è una colonna di testo '{0}'; non ce n'è nessuna.",
  "Text column '{0}' not found. Text columns: {1}.": "Non c'è una colonna di testo '{0}'; quelle che ci sono: {1}.",
  'No text found in {0}.': "Non c'è testo in {0}.",
  "Unknown tokenizer: '{0}'.": "Non c'è un tokenizer '{0}'.",
  'No text at this place.': "Lì non c'è nulla da leggere.",
  'Nothing to summarise in this document.': 'In questo documento non c’è nulla da riassumere.',
  "This model's context of {0} tokens is too short for a text and its summary.":
    'Il contesto di questo modello, di {0} token, non ha spazio per un testo e il suo riassunto.',
  "The model's vocabulary has no token that could continue the answer as valid JSON.":
    'Il vocabolario di questo modello non ha un token con cui la risposta possa continuare come JSON.',
  'Token {0} is not in the vocabulary: valid ids are 0 to {1}.':
    'Il token {0} non è nel vocabolario: gli id vanno da 0 a {1}.',
  'Train again under another name.': 'Addestrala da capo con un altro nome.',
  'Unpack the file and import one of the documents.': 'Estrailo e importa uno di essi.',
  'Use an earlier checkpoint of the run.': 'Usa un checkpoint precedente dell’esecuzione.',
  'Example: bpe:4096, which is 256 bytes, an end-of-text token, and 3839 learned tokens.':
    'Scrivi per esempio bpe:4096: 256 byte, la fine del testo e ciò che viene appreso.',
  'a column has an unexpected name': 'una colonna ha un altro nome',
  'a page is truncated within its levels': 'una pagina finisce dentro i suoi livelli',
  'a page has fewer levels than values': 'una pagina ha meno livelli che valori',
  'a run of values has no valid length': 'una serie di valori non ha lunghezza',
  'a run of values is longer than its page': 'una serie di valori è più lunga della sua pagina',
  'a run of values is too long': 'una serie di valori è troppo lunga',
  'add_prefix_space and prepend_scheme contradict each other': 'add_prefix_space e prepend_scheme si contraddicono',
  'content is empty': 'content è vuoto',
  'it produces more than {0} characters.': 'genera più di {0} caratteri.',
  'the header length is {0} bytes in a file of {1}': "dichiara un'intestazione di {0} byte in un file di {1}",
  'the file was truncated while it was being read': 'è finito durante la lettura',
  'it has more than {0} characters.': 'ha più di {0} caratteri.',
  'the file has only {0} {0|one: byte|other: bytes}': 'ha {0} byte',
  'not a text file.': 'non è testo.',
  'it creates a range of more than {0} numbers.': 'crea un intervallo di più di {0} numeri.',
  'it takes more than {0} seconds.': 'richiede più di {0} secondi.',
  'it takes more than {0} steps.': 'richiede più di {0} passi.',
  '__metadata__ is not an object': 'il suo __metadata__ non è un oggetto',
  'the header does not start with {': 'la sua intestazione non inizia con {',
  "the header has the duplicate key '{0}'": "la sua intestazione ha due volte la chiave '{0}'",
  'the header is not valid JSON': 'la sua intestazione non è JSON',
  'the header is not valid UTF-8': 'la sua intestazione non è UTF-8',
  'the header is not a JSON object': 'la sua intestazione non è un oggetto JSON',
  "the metadata value '{0}' is not a string": "il suo metadato '{0}' non è una stringa",
  'the tensors end at byte {0}, but the file has {1} bytes':
    'i suoi tensori finiscono al byte {0}, ma il file ha {1} byte',
  '{0} does not list {1}': 'il suo {0} non elenca {1}',
  '{0} is missing or unreadable': 'il suo {0} manca o è illeggibile',
  'line {0}: {1}': 'riga {0}: {1}',
  'merges is not a list': 'merges non è un elenco',
  'precompiled_charsmap is damaged': 'precompiled_charsmap è danneggiato',
  "there is a gap before tensor '{0}'": "il tensore '{0}' lascia un vuoto prima di sé",
  "tensor '{0}' of shape [{1}] does not match its offsets [{2}]":
    "il tensore '{0}' di forma [{1}] non corrisponde alle sue posizioni [{2}]",
  "tensor '{0}' overlaps the previous tensor": "il tensore '{0}' si sovrappone al precedente",
  "the entry for tensor '{0}' is malformed ({1})": "la voce del tensore '{0}' non ha la forma giusta ({1})",
  'vocabulary entry {0} is not a token with a score': 'la voce {0} del vocabolario non è un pezzo con il suo punteggio',
  "token '{0}' has the invalid id {1}": "l'id di '{0}' è {1}",
  "id {0} of token '{1}' is too large for a vocabulary of {2} tokens":
    "l'id {0} di '{1}' è molto oltre i suoi {2} token",
  'the levels of a page are longer than the page': 'i livelli di una pagina sono più lunghi della pagina',
  "a merge uses '{0}', which is not in the vocabulary": "le fusioni usano '{0}', che non è nel vocabolario",
  'pattern {0} is not supported ({1})': 'il modello di ricerca {0} non si può usare ({1})',
  "token '{0}' has id {1}; ids must be 0 to {2}": "il token '{0}' ha l'id {1}; gli id vanno da 0 a {2}",
  'the vocabulary has no entry for id {0}': "il vocabolario non ha una voce per l'id {0}",
  'the vocabulary has {0} tokens; the maximum is {1}': 'il vocabolario ha {0} pezzi, più di {1}',
  "the {0} '{1}' has the setting {2}: {3}": "la parte {0} '{1}' ha l'impostazione {2}: {3}",
  "the {0} '{1}' is not supported": "la parte {0} '{1}' non è supportata",
  "the {0} '{1}': {2}": "la parte {0} '{1}': {2}",
  'the {0} is not an object': 'la parte {0} non è un oggetto',
  'unknown keys: {0}.': 'chiavi sconosciute: {0}.',
  'value {0}: {1}': 'valore {0}: {1}',
  'vocab is not a list': 'vocab non è un elenco',
  'vocab is not an object': 'vocab non è un oggetto',
  'vocab_size is missing.': 'manca vocab_size.',
  '{0} Pages were read in file-name order.': "{0} Le sue pagine sono state lette nell'ordine dei loro nomi.",
  '{0} {0|one: byte sequence is not valid UTF-8 and was|other: byte sequences are not valid UTF-8 and were} kept unchanged.':
    "{0} {0|one: sequenza di byte non è UTF-8 valido; è stata lasciata com'è|other: sequenze di byte non sono UTF-8 valido; sono state lasciate come sono}.",
  '{0} byte {0|one: sequence is|other: sequences are} not valid {1} and {0|one: was|other: were} replaced with U+FFFD.':
    '{0} {0|one: sequenza di byte non è {1} valido; è stata sostituita|other: sequenze di byte non sono {1} valido; sono state sostituite} con U+FFFD.',
  '{0} cannot be read ({1})': '{0} non si può leggere ({1})',
  'Cannot read {0}: {1}': '{0} non si può leggere: {1}',
  '{0} listed {0|one: chapter was|other: chapters were} not found in the book: {1}.':
    '{0} {0|one: capitolo indicato dal libro non vi si trova|other: capitoli indicati dal libro non vi si trovano}: {1}.',
  '{0} {0|one: chat has|other: chats have} no roles; turns were read as alternating questions and answers (first: row {1}).':
    '{0} {0|one: chat non indica ruoli; i suoi|other: chat non indicano ruoli; i loro} turni sono stati letti alternando domanda e risposta (la prima è la riga {1}).',
  '{0} {0|one: comment was|other: comments were} removed.':
    '{0} {0|one: commento è stato omesso|other: commenti sono stati omessi}.',
  '{0} {0|one: conversation is|other: conversations are} stored newest first; messages were reordered from oldest to newest (first: row {1}).':
    '{0} {0|one: conversazione è scritta dal messaggio più recente; è stata letta|other: conversazioni sono scritte dal messaggio più recente; sono state lette} dal più vecchio (la prima è la riga {1}).',
  '{0} {0|one: conversation has|other: conversations have} no assistant answers; each was read as one text with speaker names before the messages: {1}.':
    '{0} {0|one: conversazione non contiene|other: conversazioni non contengono} risposte di un assistente; ognuna è stata letta come un solo testo, con i nomi prima dei messaggi: {1}.',
  '{0} does not describe a Hyena model: {1}': '{0} non descrive un modello Hyena: {1}',
  '{0} embedded {0|one: object (chart, legacy equation, file) was|other: objects (charts, legacy equations, files) were} removed.':
    '{0} {0|one: oggetto incorporato (un grafico, una vecchia equazione, un file) è stato omesso|other: oggetti incorporati (grafici, vecchie equazioni, file) sono stati omessi}.',
  '{0} {0|one: entry among the messages is not a message and was|other: entries among the messages are not messages and were} skipped (first: row {1}).':
    '{0} {0|one: voce tra i messaggi non è un messaggio ed è stata omessa|other: voci tra i messaggi non sono messaggi e sono state omesse} (la prima nella riga {1}).',
  '{0} system {0|one: file was|other: files were} skipped: {1}.':
    '{0} file che i sistemi lasciano nelle cartelle {0|one: è stato omesso|other: sono stati omessi}: {1}.',
  '{0} alternative {0|one: answer was|other: answers were} skipped; the first answer to each question was used (first: row {1}).':
    "{0|one: Un'altra risposta alla stessa domanda è stata omessa|other: Altre {0} risposte alle stesse domande sono state omesse}; si impara la prima di ognuna (il primo caso nella riga {1}).",
  '{0} alternative {0|one: answer was|other: answers were} skipped; the one preferred by {1} was used (first: row {2}).':
    "{0|one: Un'altra risposta alla stessa domanda è stata omessa|other: Altre {0} risposte alle stesse domande sono state omesse}; si impara quella preferita secondo {1} (il primo caso nella riga {2}).",
  '{0} has {1} bytes, expected {2}': '{0} ha {1} byte, ma ne erano stati scritti {2}',
  '{0} hidden {0|one: passage was|other: passages were} removed.':
    '{0} {0|one: passo nascosto è stato omesso|other: passi nascosti sono stati omessi}.',
  '{0} contains more than {1} characters.': '{0} contiene più di {1} caratteri.',
  "{0} has no tensor named '{1}'.": "{0} non contiene un tensore di nome '{1}'.",
  '{0} contains no text.': '{0} non contiene testo.',
  '{0} contains {1} documents.': '{0} contiene {1} documenti.',
  '{0} is nested too deep.': '{0} ha troppi livelli annidati.',
  '{0} is not a valid merge': '{0} non è una fusione',
  '{0} is not a tokenizer.json in the Hugging Face format.': '{0} non è un tokenizer.json nel formato di Hugging Face.',
  '{0} is not a tokenizer: {1}.': '{0} non è un tokenizer: {1}.',
  '{0} is not a file.': '{0} non è un file.',
  '{0} is not a valid safetensors file: {1}.': '{0} non è un file safetensors valido: {1}.',
  '{0} is not text.': '{0} non è testo.',
  'the checksum of {0} does not match': '{0} non è ciò che era stato scritto (la somma di controllo è diversa)',
  '{0} is too large for a tokenizer file.': '{0} è troppo grande per essere un tokenizer.',
  '{0} {0|one: line is not UTF-8, unlike the rest, and was|other: lines are not UTF-8, unlike the rest, and were} read as {1}.':
    '{0} {0|one: riga non è in UTF-8 come il resto; è stata letta|other: righe non sono in UTF-8 come il resto; sono state lette} come {1}.',
  '{0} {0|one: line is|other: lines are} not strict JSON (NaN, comments, trailing commas, single quotes) but {0|one: was|other: were} accepted; first: line {1}.':
    "{0} {0|one: riga non è|other: righe non sono} JSON rigoroso (NaN, commenti, virgole finali, apici singoli) e {0|one: è stata letta|other: sono state lette} secondo l'intenzione; la prima è la riga {1}.",
  '{0} {0|one: line before the table was|other: lines before the table were} skipped.':
    '{0} {0|one: riga prima della tabella è stata omessa|other: righe prima della tabella sono state omesse}.',
  '{0} {0|one: line is|other: lines are} not valid JSON and {0|one: was|other: were} skipped; {1}':
    '{0} {0|one: riga che non è JSON è stata omessa|other: righe che non sono JSON sono state omesse}; {1}',
  '{0} note {0|one: reference was|other: references were} removed.':
    '{0} {0|one: richiamo di nota è stato omesso|other: richiami di nota sono stati omessi}.',
  '{0} {0|one: message has a role|other: messages have roles} other than user or assistant: {1}. {0|one: It was kept under a heading with its name and does|other: They were kept under headings with their names and do} not count in the loss (first: row {2}).':
    "{0} {0|one: messaggio non è né domanda né risposta: {1}. È stato conservato sotto un'intestazione con questo nome e non viene imparato|other: messaggi non sono né domande né risposte: {1}. Sono stati conservati sotto intestazioni con questi nomi e non vengono imparati} (il primo nella riga {2}).",
  '{0} {0|one: message on another branch was|other: messages on other branches were} skipped; each chat was read along its last branch (first: row {1}).':
    '{0} {0|one: messaggio di un altro ramo è stato omesso|other: messaggi di altri rami sono stati omessi}; ogni chat è stata letta lungo il suo ultimo ramo (il primo nella riga {1}).',
  '{0} {0|one: message without text was|other: messages without text were} skipped (first: row {1}).':
    '{0} {0|one: messaggio senza testo è stato omesso|other: messaggi senza testo sono stati omessi} (il primo nella riga {1}).',
  '{0} of {1} {1|one: page|other: pages} {0|one: contains|other: contain} no text.':
    '{0} {0|one: pagina su {1} non ha|other: pagine su {1} non hanno} testo.',
  '{0} of {1} {1|one: row|other: rows} {0|one: has answers|other: have answers} marked as undesirable and {0|one: was|other: were} skipped (first: row {2}).':
    '{0} {0|one: riga su {1} è stata omessa: le sue|other: righe su {1} sono state omesse: le loro} risposte sono segnate come indesiderabili (la prima è la riga {2}).',
  '{0} of {1} {1|one: row|other: rows} {0|one: contains|other: contain} chats without answers and {0|one: was|other: were} skipped (first: row {2}).':
    '{0} {0|one: riga su {1} è stata omessa: le sue|other: righe su {1} sono state omesse: le loro} chat non contengono risposte (la prima è la riga {2}).',
  '{0} of {1} {1|one: row|other: rows} {0|one: contains|other: contain} no text and {0|one: was|other: were} skipped (first: row {2}).':
    '{0} {0|one: riga su {1} è stata omessa: non contiene|other: righe su {1} sono state omesse: non contengono} testo (la prima è la riga {2}).',
  '{0} {0|one: page contains no text; it may be an image|other: pages contain no text; they may be images}.':
    "{0} {0|one: pagina non contiene testo; forse è un'immagine|other: pagine non contengono testo; forse sono immagini}.",
  "{0} {0|one: page|other: pages} outside the book's reading order {0|one: was|other: were} skipped: {1}.":
    "{0} {0|one: pagina che non fa parte dell'ordine di lettura del libro è stata omessa|other: pagine che non fanno parte dell'ordine di lettura del libro sono state omesse}: {1}.",
  '{0} {0|one: message part is not text and was|other: message parts are not text and were} skipped: {1} (first: row {2}).':
    '{0} {0|one: parte di un messaggio non è testo ed è stata omessa|other: parti di messaggi non sono testo e sono state omesse}: {1} (la prima nella riga {2}).',
  '{0} {0|one: passage|other: passages} marked as deleted {0|one: was|other: were} removed.':
    '{0} {0|one: passo segnato come eliminato è stato omesso|other: passi segnati come eliminati sono stati omessi}.',
  '{0} ruby {0|one: annotation was|other: annotations were} removed.':
    '{0} {0|one: lettura accanto ai caratteri (ruby) è stata omessa|other: letture accanto ai caratteri (ruby) sono state omesse}.',
  '{0} rejected {0|one: answer|other: answers} ({1}) {0|one: was|other: were} skipped; only preferred answers were used.':
    '{0} {0|one: risposta rifiutata ({1}) è stata omessa; si impara quella preferita|other: risposte rifiutate ({1}) sono state omesse; si imparano quelle preferite}.',
  '{0} {0|one: row is a single message; it was|other: rows are single messages; they were} joined into {1} {1|one: chat|other: chats}.':
    '{0} {0|one: riga è un messaggio singolo; è stata unita|other: righe sono messaggi singoli; sono state unite} in {1} chat.',
  '{0} {0|one: row has|other: rows have} fewer cells than the table has columns (first: line {1}).':
    '{0} {0|one: riga ha|other: righe hanno} meno celle delle colonne della tabella (la prima è la riga {1}).',
  '{0} {0|one: row has|other: rows have} more cells than the table has columns; extra cells were joined to the last column (first: line {1}).':
    "{0} {0|one: riga ha|other: righe hanno} più celle delle colonne della tabella; ciò che avanza è nell'ultima colonna (la prima è la riga {1}).",
  '{0} {0|one: row has different fields and was|other: rows have different fields and were} read from {1} (first: row {2}).':
    '{0} {0|one: riga ha campi diversi dalle prime ed è stata letta|other: righe hanno campi diversi dalle prime e sono state lette} da {1} (la prima è la riga {2}).',
  '{0} {0|one: row has|other: rows have} an unclosed quote; each was read as one line including the quote (first: line {1}).':
    '{0} {0|one: riga contiene|other: righe contengono} una virgoletta non chiusa; ognuna è stata letta come una sola riga di testo, virgoletta compresa (la prima è la riga {1}).',
  '{0} {0|one: row contains a list|other: rows contain lists} of texts in {1}; the texts of each row were joined into one document.':
    '{0} {0|one: riga contiene un elenco|other: righe contengono elenchi} di testi in {1}; i testi di una riga sono stati uniti in un documento.',
  '{0} {0|one: string was|other: strings were} double-encoded UTF-8 (as in Facebook exports) and {0|one: was|other: were} decoded.':
    "{0} {0|one: stringa era scritta come i byte del suo UTF-8|other: stringhe erano scritte come i byte del loro UTF-8} (come le esporta Facebook) e {0|one: è stata letta|other: sono state lette} secondo l'intenzione.",
  '{0} symbol-font {0|one: character was|other: characters were} removed.':
    '{0} {0|one: simbolo di un carattere senza lettere è stato omesso|other: simboli di caratteri senza lettere sono stati omessi}.',
  '{0} {0|one: table of contents was|other: tables of contents were} removed.':
    '{0} {0|one: indice del contenuto è stato omesso|other: indici del contenuto sono stati omessi}.',
  '{0} {0|one: value is|other: values are} not strict JSON (NaN, comments, trailing commas, single quotes) but {0|one: was|other: were} accepted; first: value {1}.':
    "{0} {0|one: valore non è|other: valori non sono} JSON rigoroso (NaN, commenti, virgole finali, apici singoli) e {0|one: è stato letto|other: sono stati letti} secondo l'intenzione; il primo è il valore {1}.",
  '{0} {0|one: value is|other: values are} not valid JSON and {0|one: was|other: were} skipped; {1}':
    '{0} {0|one: valore che non è JSON è stato omesso|other: valori che non sono JSON sono stati omessi}; {1}',
  'a shard was truncated': 'un frammento è stato troncato',
  '{0} not found': '{0} non trovato',
  "Data set '{0}' is damaged: {1}.": "Il dataset '{0}' è danneggiato: {1}.",
  'Supported: plain text, Markdown, HTML, PDF, EPUB, Word, JSON, CSV, Parquet, FASTA, source code, and zip archives of these.':
    'Sono supportati: testo semplice, Markdown, HTML, PDF, EPUB, Word, JSON, CSV, Parquet, FASTA, codice sorgente e archivi zip di questi.',
  'invalid column offset': 'posizione di colonna non valida',
  'invalid compressed size of a column': 'dimensione compressa di una colonna non valida',
  'invalid row count of a row group': 'numero di righe di un gruppo non valido',
  'a row group and the file have different columns': 'un gruppo di righe e il file hanno colonne diverse',
  'invalid value count of a column': 'numero di valori di una colonna non valido',
  'a column and its row group have different row counts': 'una colonna e il suo gruppo hanno numeri di righe diversi',
  'invalid uncompressed size of a column': 'dimensione non compressa di una colonna non valida',
  'invalid compressed size of a page': 'dimensione compressa di una pagina non valida',
  'invalid uncompressed size of a page': 'dimensione non compressa di una pagina non valida',
  'invalid dictionary size': 'dimensione di dizionario non valida',
  'invalid value count of a page': 'numero di valori di una pagina non valido',
  'invalid null count of a page': 'numero di valori nulli di una pagina non valido',
  'invalid row count of a page': 'numero di righe di una pagina non valido',
  'invalid level length of a page': 'lunghezza dei livelli di una pagina non valida',
  'unsupported page type {0}': 'tipo di pagina non supportato: {0}',
  'invalid bit width {0} in a page': 'larghezza di bit non valida in una pagina: {0}',
  'The archive has more than {0} entries.': "L'archivio ha più di {0} voci.",
  'The archive is damaged after {0} {0|one: entry|other: entries} ({1}); the remaining files were skipped.':
    "L'archivio è danneggiato dopo {0} {0|one: voce|other: voci} ({1}); gli altri file non sono stati letti.",
  'Hard link to another file, skipped.': 'Un collegamento fisico a un altro file; non è stato letto.',
  'Sparse files are not supported. Unpack the archive and add the folder.':
    "I file sparse non si leggono. Estrai l'archivio e aggiungi la cartella.",
  'The archive ends within this file.': "L'archivio finisce all'interno di questo file.",
  '{0} {0|one: character looks|other: characters look} like UTF-8 that a program read as Windows-1252 (Ã© for é) and {0|one: was|other: were} kept unchanged. If so, save the file in its original encoding.':
    '{0} {0|one: carattere sembra|other: caratteri sembrano} UTF-8 letto da un programma come Windows-1252 (Ã© per é); il testo non è stato cambiato. Se è così, salva il file nella sua codifica originale.',
  'Nothing was started.': 'Non è stato avviato nulla.',
  'Training needs about {0} of memory; {1} can be used.':
    "L'addestramento richiede circa {0} di memoria; se ne possono usare {1}.",
  'Use a smaller batch_size or gradient_checkpointing=true. To start it anyway, add --ignore-memory.':
    'Usa un batch_size più piccolo o gradient_checkpointing=true. Per avviarlo comunque, aggiungi --ignore-memory.',
  'Choose either one text column, or columns that are put together.':
    'Scegli una colonna di testo oppure colonne da combinare, non entrambe.',
  "Column '{0}' not found.": "Non c'è una colonna '{0}'.",
  'The columns are incomplete or not written correctly.': 'Le colonne sono incomplete o scritte in modo errato.',
  'Write prompt=NAME,reply=NAME, and system=NAME if there is one.':
    "Scrivi prompt=NOME,reply=NOME e, se c'è, system=NOME.",
  'Write {0} for the value of a column.': 'Scrivi {0} per il valore di una colonna.',
  "Runs were trained on the text as it was before. It was kept as '{0}', and they use that.":
    "Alcune esecuzioni sono state addestrate sul testo precedente. È stato conservato come '{0}' e lo usano.",
  'The data set is unchanged.': 'Il dataset è invariato.',
  "Data set '{0}' was generated; it has no files.": "Il dataset '{0}' è stato generato; non ha file.",
  "Data set '{0}' was generated; it has no text.": "Il dataset '{0}' è stato generato; non ha testo.",
  '{0} of the chosen {0|one: files is|other: files are} no longer there: {1}.':
    '{0|one: Manca {0} dei file scelti|other: Mancano {0} dei file scelti}: {1}.',
  'Put the files back, or add the files as a new data set.':
    'Rimetti i file al loro posto o aggiungili come nuovo dataset.',
  'The export was cancelled.': "L'esportazione è stata annullata.",
  'The file {0} already exists.': 'Il file {0} esiste già.',
  'Choose another file.': 'Scegli un altro file.',
  'The template names no column.': 'Il modello non nomina alcuna colonna.',
};
