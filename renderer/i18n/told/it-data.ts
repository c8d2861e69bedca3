import type { Catalogue } from '../told.ts';

/** What readers, tokenizers, data sets, documents and checkpoints tell, by its English: see main/contract/told.ts. */
export const itData: Catalogue = {
  "'{0}' cannot name a data set: it {1}.": "'{0}' non può dare il nome a un insieme di dati: {1}.",
  "'{0}' holds neither text nor chat messages.": "'{0}' non contiene né testo né messaggi di chat.",
  "'{0}' is no entry of a byte-level vocabulary": "'{0}' non è una voce di un vocabolario di byte",
  "'{0}' is not the id of a document.": "'{0}' non è l'id di un documento.",
  "'{0}' names no vocabulary size from {1} to {2}.": "'{0}' non indica una dimensione del vocabolario da {1} a {2}.",
  '(and {0} more)': '(e altri {0})',
  'A document without any text.': 'Un documento senza alcun testo.',
  'A file that systems leave in folders.': 'Un file di quelli che i sistemi lasciano nelle cartelle.',
  'A folder of installed or generated files.': 'Una cartella di file installati o generati.',
  'A later part of it is UTF-8 and was read as that.': 'Una parte successiva è in UTF-8 ed è stata letta così.',
  'A link to a folder; add that folder itself.': 'Un collegamento a una cartella; aggiungi la cartella stessa.',
  'A map of {0} characters would not fit the memory.': 'Una mappa di {0} caratteri non starebbe nella memoria.',
  'A symbolic link; what it leads to was not read.': 'Un collegamento simbolico; ciò a cui porta non è stato letto.',
  'Add chats with answers.': 'Aggiungi chat con risposte.',
  'Add more text.': 'Aggiungi altro testo.',
  "Adding '{0}' was cancelled.": "L'aggiunta di '{0}' è stata annullata.",
  'Ask for a shorter summary, or give the model a longer context: hyena extend {0} --context N.':
    'Chiedi un riassunto più breve o dai al modello un contesto più lungo: hyena extend {0} --context N.',
  'Characters left out: {0}. The vocabulary has neither them nor a token for unknown ones. Choose another tokenizer to keep them.':
    'Caratteri omessi: {0}. Il vocabolario non li ha, e non ha nemmeno un token per quelli sconosciuti. Scegli un altro tokenizzatore per conservarli.',
  'Chats are read from {0}. Left out: {1}.': 'Le chat vengono lette da {0}. Si omette: {1}.',
  'Check the path.': 'Controlla il percorso.',
  'Choose a part of at most {0} characters.': 'Scegli una parte di al massimo {0} caratteri.',
  'Choose a part.': 'Scegli una parte.',
  'Choose a sequence length of at most {0}, or add more text.':
    'Scegli una lunghezza di sequenza di al massimo {0}, o aggiungi altro testo.',
  'Choose a short name such as moby-dick.': 'Scegli un nome breve, come moby-dick.',
  'Choose another name, or remove the old one first.': 'Scegli un altro nome, o rimuovi prima quello vecchio.',
  'Choose another template.': 'Scegli un altro modello di testo.',
  'Columns with text are {0}.': 'Le colonne con testo sono {0}.',
  'Convert it to UTF-8 first.': 'Prima convertilo in UTF-8.',
  'Convert the file to F32, F16 or BF16.': 'Converti il file in F32, F16 o BF16.',
  "Data set '{0}' has {1} tokens for training, fewer than one sequence of {2} and the token after it.":
    "L'insieme di dati '{0}' ha {1} token per il training, meno di una sequenza di {2} e del token che la segue.",
  "Data set '{0}' is damaged: {1}: {2}.": "L'insieme di dati '{0}' è danneggiato: {1}: {2}.",
  'Divide it, or convert it to plain text first.': 'Dividilo, o convertilo prima in testo semplice.',
  'Divide it; what no person reads at once goes into a data set.':
    'Dividilo; ciò che nessuno legge in una volta va in un insieme di dati.',
  "Elements {0} to {1} lie outside of tensor '{2}', which has {3}.":
    "Gli elementi da {0} a {1} sono fuori dal tensore '{2}', che ne ha {3}.",
  'Free some space, or choose a library on another disk, and add it again.':
    'Libera spazio, o scegli una libreria su un altro disco, e aggiungilo di nuovo.',
  "Give a share of the text, as '40%', or the label of one of its pages, chapters or headings.":
    "Indica una quota del testo, come '40%', o il nome di una delle sue pagine, dei suoi capitoli o dei suoi titoli.",
  'Give the file called tokenizer.json of a model.': 'Indica il file di nome tokenizer.json di un modello.',
  'Hidden.': 'Nascosto.',
  'If you trust it, unpack it yourself and add the folder.': 'Se ti fidi, estrailo da te e aggiungi la cartella.',
  'Import .txt, .md, .pdf, .epub, .docx, .html or source code.':
    'Importa .txt, .md, .pdf, .epub, .docx, .html o codice sorgente.',
  'Import it: hyena read FILE': 'Importalo: hyena read FILE',
  'Install it again.': 'Installalo di nuovo.',
  'It begins as text, but holds binary data further on.': 'Inizia come testo, ma più avanti contiene dati binari.',
  'It cannot be opened ({0}).': 'Non si può aprire ({0}).',
  'It has more entries than it says.': 'Ha più voci di quante ne dichiara.',
  'It has no column of text.': 'Non ha colonne di testo.',
  'It has no rows.': 'Non ha righe.',
  'It has {0} entries; {1} are the most that are read.': 'Ha {0} voci; se ne leggono al massimo {1}.',
  'It holds no text.': 'Non contiene testo.',
  'It is EBCDIC, the encoding of mainframes, which is not read.':
    'È EBCDIC, la codifica dei mainframe, che non viene letta.',
  'It is a 7z archive; unpack it first.': 'È un archivio 7z; prima estrailo.',
  'It is a GIF image.': "È un'immagine GIF.",
  'It is a JPEG image.': "È un'immagine JPEG.",
  'It is a PNG image.': "È un'immagine PNG.",
  'It is a RAR archive; unpack it first.': 'È un archivio RAR; prima estrailo.',
  'It is a presentation; save it as .pdf.': 'È una presentazione; salvala come .pdf.',
  'It is a program.': 'È un programma.',
  'It is a spreadsheet; save it as .csv.': 'È un foglio di calcolo; salvalo come .csv.',
  'It is a tar archive; unpack it first.': 'È un archivio tar; prima estrailo.',
  'It is an OpenDocument text; save it as .docx.': 'È un testo OpenDocument; salvalo come .docx.',
  'It is an RTF document; save it as .docx.': 'È un documento RTF; salvalo come .docx.',
  'It is an object without rows of text. Its fields are {0}. Name the field that holds the text, or save the texts as JSON lines.':
    'È un oggetto senza righe di testo. I suoi campi sono {0}. Indica il campo che contiene il testo, o salva i testi come righe JSON.',
  'It is an old Office document; save it as .docx.': 'È un vecchio documento di Office; salvalo come .docx.',
  'It is empty.': 'È vuoto.',
  'It is encrypted.': 'È cifrato.',
  'It is larger than the {0} MiB that this format is read up to.':
    'Supera i {0} MiB fino a cui si legge questo formato.',
  'It is not JSON. {0}': 'Non è JSON. {0}',
  'It is not JSON: it holds binary data.': 'Non è JSON: contiene dati binari.',
  'It is not a Parquet file, or damaged: {0}.': 'Non è un file Parquet, o è danneggiato: {0}.',
  'It is not a Word document.': 'Non è un documento Word.',
  'It is not a page: it holds binary data.': 'Non è una pagina: contiene dati binari.',
  'It is not a table: it holds binary data.': 'Non è una tabella: contiene dati binari.',
  'It is not text: it holds binary data.': 'Non è testo: contiene dati binari.',
  'It is packed by Zstandard; unpack it first.': 'È compresso con Zstandard; prima estrailo.',
  'It is packed by bzip2; unpack it first.': 'È compresso con bzip2; prima estrailo.',
  'It is packed by the method {0}, which is not read; unpack the archive and add the folder.':
    "È compresso con il metodo {0}, che non viene letto; estrai l'archivio e aggiungi la cartella.",
  'It is packed by xz; unpack it first.': 'È compresso con xz; prima estrailo.',
  'It is the same file as one before.': 'È lo stesso file di uno precedente.',
  'It lies {0} archives deep; {1} are the most that are opened.':
    'Si trova {0} archivi in profondità; se ne aprono al massimo {1}.',
  'It unpacks to more than {0} times its size, as archives do that are made to do harm.':
    'Una volta estratto supera {0} volte la sua dimensione, come fanno gli archivi creati per nuocere.',
  'Its columns are {0}.': 'Le sue colonne sono {0}.',
  'Its data in the archive is damaged (the checksum differs).':
    "I suoi dati nell'archivio sono danneggiati (la somma di controllo è diversa).",
  'Its data in the archive is damaged ({0}).': "I suoi dati nell'archivio sono danneggiati ({0}).",
  'Its elements are nested more than {0} deep.': 'I suoi elementi sono annidati per più di {0} livelli.',
  'Its encoding is not stated; it was read as {0}.': 'La sua codifica non è indicata; è stato letto come {0}.',
  'Its fields are {0}.': 'I suoi campi sono {0}.',
  'Its list of files is damaged after {0} of {1} ({2}); the others were not read.':
    'Il suo elenco dei file è danneggiato dopo {0} di {1} ({2}); gli altri non sono stati letti.',
  'Its part {0} is larger than {1} MiB.': 'La sua parte {0} supera {1} MiB.',
  'Its part {0} is not text.': 'La sua parte {0} non è testo.',
  'Its path leads out of the archive; only its text was read.':
    "Il suo percorso esce dall'archivio; è stato letto solo il suo testo.",
  'Messages hold fields that are not read: {0} ({1} times, the first in row {2}).':
    'Ci sono messaggi con campi che non vengono letti: {0} ({1} volte, la prima nella riga {2}).',
  'Name one file; a folder goes into a data set.': 'Indica un solo file; una cartella va in un insieme di dati.',
  'Name the field that holds the text.': 'Indica il campo che contiene il testo.',
  'Neither a file nor a folder.': 'Né un file né una cartella.',
  'No checkpoint of the run is sound. {0}': 'Nessun salvataggio della prova è intatto. {0}',
  'No data set was made.': 'Non è stato creato nessun insieme di dati.',
  'No rows of text were found in it, so it was read as the text it is written in, as a configuration file. Its fields are {0}.':
    'Non vi sono state trovate righe di testo, quindi è stato letto così come è scritto, come un file di configurazione. I suoi campi sono {0}.',
  'No text was found in the rows.': 'Nelle righe non è stato trovato testo.',
  'No token for the end of a text was found in the tokenizer: a model trained with it does not learn to end its answers. Put tokenizer_config.json with eos_token beside tokenizer.json, or choose another tokenizer.':
    'Nel tokenizzatore non è stato trovato un token di fine testo: un modello addestrato con esso non impara a terminare le risposte. Metti tokenizer_config.json con eos_token accanto a tokenizer.json, o scegli un altro tokenizzatore.',
  'No token for the end of a text was found in the tokenizer: the {0} documents follow each other without a separator, and a model trained on them does not learn to end its answers. Put tokenizer_config.json with eos_token beside tokenizer.json, or choose another tokenizer.':
    'Nel tokenizzatore non è stato trovato un token di fine testo: i {0} documenti si susseguono senza separatore, e un modello addestrato su di essi non impara a terminare le risposte. Metti tokenizer_config.json con eos_token accanto a tokenizer.json, o scegli un altro tokenizzatore.',
  'None of its {0} pages has text: they are pictures, as of a scan.':
    'Nessuna delle sue {0} pagine ha testo: sono immagini, come quelle di una scansione.',
  "None of the {0} training tokens of '{1}' is learned: it holds questions without answers.":
    "Nessuno dei {0} token di training di '{1}' viene imparato: contiene domande senza risposta.",
  'Nothing of it was kept; the files that were read are unchanged.':
    'Non è rimasto nulla; i file letti non sono cambiati.',
  'Nothing of the document lies before that place.': "Prima di quel punto non c'è nulla del documento.",
  'Nothing was imported.': 'Nulla è stato importato.',
  'Pages were left out as damaged: {0}.': 'Alcune pagine danneggiate sono state omesse: {0}.',
  'Reading stopped after {0} documents: {1}': 'La lettura si è fermata dopo {0} documenti: {1}',
  'Recognise its text first (OCR), for example with ocrmypdf --force-ocr.':
    'Prima riconosci il suo testo (OCR), per esempio con ocrmypdf --force-ocr.',
  'Recognise its text first (OCR), for example with ocrmypdf.':
    'Prima riconosci il suo testo (OCR), per esempio con ocrmypdf.',
  'Remove it and import the file again: hyena documents remove {0}':
    'Rimuovilo e importa di nuovo il file: hyena documents remove {0}',
  'Remove the data set and add its files again.': "Rimuovi l'insieme di dati e aggiungi di nuovo i suoi file.",
  'Roles were guessed in {0} messages: {1}.': 'Il ruolo di {0} messaggi è stato dedotto: {1}.',
  'Save a copy without the password.': 'Salvane una copia senza password.',
  'Sentences of the document itself can be chosen with any model.':
    'Con qualsiasi modello si possono scegliere frasi del documento stesso.',
  'Several columns have the name {0}; the later ones are numbered: {1}.':
    'Più colonne hanno il nome {0}; le successive sono numerate: {1}.',
  'Several files in the archive have this name; the last was read, as unpacking leaves it.':
    "Più file nell'archivio hanno questo nome; è stato letto l'ultimo, quello che resta dopo l'estrazione.",
  'Shorten the prompt, or give the model a longer context: hyena extend RUN --context N.':
    'Accorcia il testo iniziale, o dai al modello un contesto più lungo: hyena extend RUN --context N.',
  'Tar archives are not read.': 'Gli archivi tar non vengono letti.',
  "Tensor '{0}' of {1} has the type {2}, which is not read.":
    "Il tensore '{0}' di {1} è di tipo {2}, che non viene letto.",
  "Tensor '{0}' of {1} is {2}, not floating point.": "Il tensore '{0}' di {1} è {2}, non in virgola mobile.",
  'Text in fonts whose letters the file does not name was left out, on {0} pages: {1}. Recognise it (OCR), for example with ocrmypdf --force-ocr.':
    'Il testo in caratteri di cui il file non indica le lettere è stato omesso, in {0} pagine: {1}. Riconoscilo (OCR), per esempio con ocrmypdf --force-ocr.',
  'The PDF is damaged: {0}': 'Il PDF è danneggiato: {0}',
  'The PDF is locked with a password.': 'Il PDF è protetto da una password.',
  'The Parquet file is damaged: {0}.': 'Il file Parquet è danneggiato: {0}.',
  'The Word document has no text.': 'Il documento Word non ha testo.',
  'The archive has no {0}.': "Nell'archivio non c'è {0}.",
  'The archive is damaged: {0}.': "L'archivio è danneggiato: {0}.",
  'The book has no text; its pages may be pictures.': 'Il libro non ha testo; forse le sue pagine sono immagini.',
  'The book is protected against copying and cannot be read.': 'Il libro è protetto dalla copia e non si può leggere.',
  'The book lacks its container.xml.': 'Al libro manca il suo container.xml.',
  'The book lacks its package file.': 'Al libro manca il suo file di pacchetto.',
  'The book names no chapters.': 'Il libro non indica alcun capitolo.',
  'The bytes tokenizer has the ids 0 to 255, not {0}.': 'Il tokenizzatore bytes ha gli id da 0 a 255, non {0}.',
  'The chapter {0} was left out: {1}': 'Il capitolo {0} è stato omesso: {1}',
  'The checkpoint {0} is damaged: {1}.': 'Il salvataggio {0} è danneggiato: {1}.',
  "The column '{0}' holds no text.": "La colonna '{0}' non contiene testo.",
  'The column {0} is compressed by {1}, which is not read. Write the file again with Snappy, gzip or Zstandard.':
    'La colonna {0} è compressa con {1}, che non viene letto. Scrivi di nuovo il file con Snappy, gzip o Zstandard.',
  'The columns {0} cannot be read: {1}. Write the file again, or save it as JSON lines.':
    'Le colonne {0} non si possono leggere: {1}. Scrivi di nuovo il file, o salvalo come righe JSON.',
  'The configuration': 'La configurazione',
  'The conversation is unchanged.': 'La conversazione non è cambiata.',
  "The document has no place '{0}'.": "Il documento non ha un punto '{0}'.",
  'The encoding of {0} names in it is not stated; they were read as {1}.':
    'La codifica di {0} dei suoi nomi non è indicata; sono stati letti come {1}.',
  'The existing data set is unchanged.': "L'insieme di dati esistente non è cambiato.",
  'The file is one object; {0} rows were found in it by ids or columns ({1}).':
    'Il file è un solo oggetto; vi sono state trovate {0} righe per id o colonne ({1}).',
  'The file may be cut off or damaged: copy or download it again.':
    'Forse il file è troncato o danneggiato: copialo o scaricalo di nuovo.',
  'The files that were read are unchanged; no data set was made.':
    'I file letti non sono cambiati; non è stato creato nessun insieme di dati.',
  'The filters were distilled and are kept.': 'I filtri sono stati distillati e vengono conservati.',
  'The first row is not a heading; the columns are called {0}.':
    "La prima riga non è un'intestazione; le colonne si chiamano {0}.",
  'The folder cannot be opened ({0}).': 'La cartella non si può aprire ({0}).',
  'The folder holds no files.': 'La cartella non contiene file.',
  'The fonts of its text do not name their letters (on {0} of {1} pages): the text cannot be read.':
    'I caratteri del suo testo non indicano le loro lettere (in {0} pagine su {1}): il testo non si può leggere.',
  'The kept reading in {0} is not what was written (its checksum differs).':
    'La lettura conservata in {0} non è ciò che era stato scritto (la somma di controllo è diversa).',
  'The kept reading in {0} lacks layer {1}.': 'Alla lettura conservata in {0} manca lo strato {1}.',
  'The manifest': 'Il manifesto',
  'The map': 'La mappa',
  "The model '{0}' was not trained to write summaries: it continues text.":
    "Il modello '{0}' non è stato addestrato a scrivere riassunti: continua il testo.",
  'The model reads {0} of {1} tokens at once: {2} of the document. --from chooses the part; hyena extend {3} --context {4} makes a model that reads further.':
    'Il modello legge in una volta {0} di {1} token: {2} del documento. --from sceglie la parte; hyena extend {3} --context {4} crea un modello che legge più lontano.',
  "The model's own chat template cannot be used: {0}":
    'Il modello di testo per le chat proprio del modello non si può usare: {0}',
  "The model's scores are not finite.": 'I punteggi del modello non sono finiti.',
  "The model's scores are not numbers.": 'I punteggi del modello non sono numeri.',
  'The one of step {0} is used instead: {1}': 'Al suo posto si usa quello del passo {0}: {1}',
  'The packed data is damaged ({0}).': 'I dati compressi sono danneggiati ({0}).',
  'The page has no text.': 'La pagina non ha testo.',
  'The program lacks its file resources/{0}.': 'Al programma manca il suo file resources/{0}.',
  "The prompt has {0} tokens, but this model's context is {1}, with the answer.":
    'Il testo iniziale ha {0} token, ma il contesto di questo modello è di {1}, risposta compresa.',
  "The prompt has {0} tokens, but this model's context is {1}.":
    'Il testo iniziale ha {0} token, ma il contesto di questo modello è di {1}.',
  "The record of data set '{0}' ({1}) is damaged.": "Il registro dell'insieme di dati '{0}' ({1}) è danneggiato.",
  'The record of the document': 'Il registro del documento',
  'The rows are read from {0}.': 'Le righe vengono lette da {0}.',
  'The rows are read from {0}. Left out beside them: {1}.':
    'Le righe vengono lette da {0}. Accanto a esse si omette: {1}.',
  "The run '{0}' has no checkpoint yet.": "La prova '{0}' non ha ancora un salvataggio.",
  'The seal of a kept reading': 'Il sigillo di una lettura conservata',
  'The text gives {0} tokens instead of {1}: nothing more in it occurs twice.':
    "Il testo dà {0} token invece di {1}: nient'altro vi compare due volte.",
  'The text is read anew.': 'Il testo viene letto di nuovo.',
  'The text is read from {0}. Left out: {1}.': 'Il testo viene letto da {0}. Si omette: {1}.',
  'The text of the document became shorter while it was read.':
    'Il testo del documento si è accorciato durante la lettura.',
  'The tokenizer {0} cannot be used: the entry {1} of its added_tokens is not a token with an id from 0 to {2}.':
    'Il tokenizzatore {0} non si può usare: la voce {1} del suo added_tokens non è un token con un id da 0 a {2}.',
  'The tokenizer {0} cannot be used: {1}': 'Il tokenizzatore {0} non si può usare: {1}',
  'The tokenizer {0} does not hold together: {1}.': 'Il tokenizzatore {0} non è coerente: {1}.',
  'The tokenizer {0} has no vocabulary.': 'Il tokenizzatore {0} non ha un vocabolario.',
  'The tokenizer {0} has the ids 0 to {1}, not {2}.': 'Il tokenizzatore {0} ha gli id da 0 a {1}, non {2}.',
  'The type of {0} does not say that it is text; its bytes were read as UTF-8.':
    'Il tipo di {0} non dice che sia testo; i suoi byte sono stati letti come UTF-8.',
  'The vocabulary of {0} lacks some of the 256 bytes.': 'Al vocabolario di {0} mancano alcuni dei 256 byte.',
  'There are no rows.': 'Non ci sono righe.',
  "There is already a data set '{0}'.": "C'è già un insieme di dati '{0}'.",
  "There is no '{0}' in the first rows.": "Nelle prime righe non c'è '{0}'.",
  "There is no '{0}' with text. Its fields are {1}.": "Non c'è un '{0}' con testo. I suoi campi sono {1}.",
  "There is no data set '{0}'.": "Non c'è un insieme di dati '{0}'.",
  'There is no document {0}.': "Non c'è un documento {0}.",
  'There is no file or folder {0}.': "Non c'è un file o una cartella {0}.",
  'There is no file {0}.': "Non c'è un file {0}.",
  "There is no text column '{0}'; there are none.": "Non c'è una colonna di testo '{0}'; non ce n'è nessuna.",
  "There is no text column '{0}'; there are {1}.": "Non c'è una colonna di testo '{0}'; quelle che ci sono: {1}.",
  'There is no text in {0}.': "Non c'è testo in {0}.",
  "There is no tokenizer '{0}'.": "Non c'è un tokenizzatore '{0}'.",
  'There is nothing to read there.': "Lì non c'è nulla da leggere.",
  'There is nothing to summarise in this document.': 'In questo documento non c’è nulla da riassumere.',
  "This model's context of {0} tokens has no room for a text and its summary.":
    'Il contesto di questo modello, di {0} token, non ha spazio per un testo e il suo riassunto.',
  "This model's vocabulary has no token with which the answer could continue as JSON.":
    'Il vocabolario di questo modello non ha un token con cui la risposta possa continuare come JSON.',
  'Token {0} is not in the vocabulary: ids are 0 to {1}.':
    'Il token {0} non è nel vocabolario: gli id vanno da 0 a {1}.',
  'Train it anew under another name.': 'Addestrala da capo con un altro nome.',
  'Train one on documents with their summaries (docs/data.md): hyena train --from {0} --data NAME.':
    'Addestrane uno con documenti e i loro riassunti (docs/data.md): hyena train --from {0} --data NAME.',
  'Unpack it and add the folder.': 'Estrailo e aggiungi la cartella.',
  'Unpack it and import one of them.': 'Estrailo e importa uno di essi.',
  'Use an earlier checkpoint of the run.': 'Usa un salvataggio precedente della prova.',
  'Write bytes, gpt2, bpe:SIZE, or the path of a tokenizer.json.':
    'Scrivi bytes, gpt2, bpe:SIZE, o il percorso di un tokenizer.json.',
  'Write for example bpe:4096: 256 bytes, the end of text, and what is learned.':
    'Scrivi per esempio bpe:4096: 256 byte, la fine del testo e ciò che viene appreso.',
  '`hyena data list` shows those that are there.': '`hyena data list` elenca quelli che ci sono.',
  'a column has another name': 'una colonna ha un altro nome',
  'a column has another number of rows than its group': 'una colonna ha un numero di righe diverso dal suo gruppo',
  'a group has other columns than the file': 'un gruppo ha colonne diverse da quelle del file',
  'a page ends within its levels': 'una pagina finisce dentro i suoi livelli',
  'a page has fewer levels than values': 'una pagina ha meno livelli che valori',
  'a page has numbers of {0} bits': 'una pagina ha numeri di {0} bit',
  'a page is of the kind {0}': 'una pagina è del tipo {0}',
  'a run of values has no length': 'una serie di valori non ha lunghezza',
  'a run of values is longer than its page': 'una serie di valori è più lunga della sua pagina',
  'a run of values is too long': 'una serie di valori è troppo lunga',
  'a shard': 'un frammento',
  'add_prefix_space and prepend_scheme contradict each other': 'add_prefix_space e prepend_scheme si contraddicono',
  'content is empty': 'content è vuoto',
  'docs/data.md lists what can be read.': 'docs/data.md elenca ciò che si può leggere.',
  'hyena documents list shows them.': 'hyena documents list li elenca.',
  'it builds more than {0} characters.': 'genera più di {0} caratteri.',
  'it claims a header of {0} bytes in a file of {1}': "dichiara un'intestazione di {0} byte in un file di {1}",
  'it ended while it was being read': 'è finito durante la lettura',
  'it has become shorter': 'è più corto di prima',
  'it has more than {0} characters.': 'ha più di {0} caratteri.',
  'it has {0} bytes': 'ha {0} byte',
  'it has {0} bytes instead of {1}': 'ha {0} byte invece di {1}',
  'it is missing': 'manca',
  'it is not text.': 'non è testo.',
  'it makes a range of more than {0} numbers.': 'crea un intervallo di più di {0} numeri.',
  'it takes more than {0} seconds.': 'richiede più di {0} secondi.',
  'it takes more than {0} steps.': 'richiede più di {0} passi.',
  'its __metadata__ is not an object': 'il suo __metadata__ non è un oggetto',
  'its checksum differs': 'la somma di controllo è diversa',
  'its header does not begin with {': 'la sua intestazione non inizia con {',
  "its header has the key '{0}' twice": "la sua intestazione ha due volte la chiave '{0}'",
  'its header is not JSON': 'la sua intestazione non è JSON',
  'its header is not UTF-8': 'la sua intestazione non è UTF-8',
  'its header is not a JSON object': 'la sua intestazione non è un oggetto JSON',
  "its metadata '{0}' is not a string": "il suo metadato '{0}' non è una stringa",
  'its tensors end at byte {0}, but the file has {1} bytes':
    'i suoi tensori finiscono al byte {0}, ma il file ha {1} byte',
  'its {0} does not list {1}': 'il suo {0} non elenca {1}',
  'its {0} is missing or unreadable': 'il suo {0} manca o è illeggibile',
  'line {0}: {1}': 'riga {0}: {1}',
  'merges is not a list': 'merges non è un elenco',
  'precompiled_charsmap is damaged': 'precompiled_charsmap è danneggiato',
  "tensor '{0}' leaves a gap before it": "il tensore '{0}' lascia un vuoto prima di sé",
  "tensor '{0}' of shape [{1}] does not fit its offsets [{2}]":
    "il tensore '{0}' di forma [{1}] non corrisponde alle sue posizioni [{2}]",
  "tensor '{0}' overlaps the one before it": "il tensore '{0}' si sovrappone al precedente",
  "the entry of tensor '{0}' is malformed ({1})": "la voce del tensore '{0}' non ha la forma giusta ({1})",
  'the entry {0} of the vocabulary is not a piece with its score':
    'la voce {0} del vocabolario non è un pezzo con il suo punteggio',
  "the id of '{0}' is {1}": "l'id di '{0}' è {1}",
  "the id {0} of '{1}' is far beyond its {2} tokens": "l'id {0} di '{1}' è molto oltre i suoi {2} token",
  'the length of a column': 'la lunghezza di una colonna',
  'the length of a page': 'la lunghezza di una pagina',
  'the length of the levels in a page': 'la lunghezza dei livelli in una pagina',
  'the levels of a page are longer than the page': 'i livelli di una pagina sono più lunghi della pagina',
  "the merges use '{0}', which is not in the vocabulary": "le fusioni usano '{0}', che non è nel vocabolario",
  'the number of empty values in a page': 'il numero di valori vuoti in una pagina',
  'the number of rows in a group': 'il numero di righe in un gruppo',
  'the number of rows in a page': 'il numero di righe in una pagina',
  'the number of values in a column': 'il numero di valori in una colonna',
  'the number of values in a page': 'il numero di valori in una pagina',
  'the number of words in a dictionary': 'il numero di parole in un dizionario',
  'the pattern {0} cannot be used ({1})': 'il modello di ricerca {0} non si può usare ({1})',
  'the place of a column': 'il posto di una colonna',
  'the size of a column': 'la dimensione di una colonna',
  'the size of a page': 'la dimensione di una pagina',
  "the token '{0}' has the id {1}; ids are 0 to {2}": "il token '{0}' ha l'id {1}; gli id vanno da 0 a {2}",
  'the vocabulary has no entry for the id {0}': "il vocabolario non ha una voce per l'id {0}",
  'the vocabulary has {0} pieces, more than {1}': 'il vocabolario ha {0} pezzi, più di {1}',
  "the {0} '{1}' has the setting {2}: {3}": "la parte {0} '{1}' ha l'impostazione {2}: {3}",
  "the {0} '{1}' is not supported": "la parte {0} '{1}' non è supportata",
  "the {0} '{1}': {2}": "la parte {0} '{1}': {2}",
  'the {0} is not an object': 'la parte {0} non è un oggetto',
  'unknown keys {0}.': 'chiavi sconosciute: {0}.',
  'value {0}: {1}': 'valore {0}: {1}',
  'vocab is not a list': 'vocab non è un elenco',
  'vocab is not an object': 'vocab non è un oggetto',
  'vocab_size is missing.': 'manca vocab_size.',
  '{0} Its pages were read in the order of their names.':
    "{0} Le sue pagine sono state lette nell'ordine dei loro nomi.",
  '{0} byte sequences are not valid UTF-8; they were kept as they are.':
    '{0} sequenze di byte non sono UTF-8 valido; sono state lasciate come sono.',
  '{0} byte sequences are not valid {1}; they became U+FFFD.':
    '{0} sequenze di byte non sono {1} valido; sono state sostituite con U+FFFD.',
  '{0} cannot be read ({1})': '{0} non si può leggere ({1})',
  '{0} cannot be read: {1}': '{0} non si può leggere: {1}',
  '{0} chapters that the book names are not in it: {1}.': '{0} capitoli indicati dal libro non vi si trovano: {1}.',
  '{0} chats name no roles; their turns were read as question and answer in alternation (the first is row {1}).':
    '{0} chat non indicano ruoli; i loro turni sono stati letti alternando domanda e risposta (la prima è la riga {1}).',
  '{0} comments were left out.': '{0} commenti sono stati omessi.',
  '{0} conversations are written newest first; they were read from the oldest message (the first is row {1}).':
    '{0} conversazioni sono scritte dal messaggio più recente; sono state lette dal più vecchio (la prima è la riga {1}).',
  '{0} conversations hold no answers of an assistant; each was read as one text with the names before the messages: {1}.':
    '{0} conversazioni non contengono risposte di un assistente; ognuna è stata letta come un solo testo, con i nomi prima dei messaggi: {1}.',
  '{0} describes no Hyena model: {1}': '{0} non descrive un modello Hyena: {1}',
  '{0} embedded objects (charts, older equations, files) were left out.':
    '{0} oggetti incorporati (grafici, vecchie equazioni, file) sono stati omessi.',
  '{0} entries among the messages are not messages and were left out (the first in row {1}).':
    '{0} voci tra i messaggi non sono messaggi e sono state omesse (la prima nella riga {1}).',
  '{0} files that systems leave in folders were left out: {1}.':
    '{0} file che i sistemi lasciano nelle cartelle sono stati omessi: {1}.',
  '{0} further answers to the same questions were left out; the first one is learned (the first in row {1}).':
    'Altre {0} risposte alle stesse domande sono state omesse; si impara la prima di ognuna (il primo caso nella riga {1}).',
  '{0} further answers to the same questions were left out; the one that {1} prefers is learned (the first in row {2}).':
    'Altre {0} risposte alle stesse domande sono state omesse; si impara quella preferita secondo {1} (il primo caso nella riga {2}).',
  '{0} has {1} bytes where {2} were written': '{0} ha {1} byte, ma ne erano stati scritti {2}',
  '{0} hidden passages were left out.': '{0} passi nascosti sono stati omessi.',
  '{0} holds more than {1} characters.': '{0} contiene più di {1} caratteri.',
  "{0} holds no tensor named '{1}'.": "{0} non contiene un tensore di nome '{1}'.",
  '{0} holds no text.': '{0} non contiene testo.',
  '{0} holds {1} documents.': '{0} contiene {1} documenti.',
  '{0} is nested too deep.': '{0} ha troppi livelli annidati.',
  '{0} is no merge': '{0} non è una fusione',
  "{0} is no tokenizer.json of Hugging Face's layout.": '{0} non è un tokenizer.json nel formato di Hugging Face.',
  '{0} is no tokenizer: {1}.': '{0} non è un tokenizzatore: {1}.',
  '{0} is not a file.': '{0} non è un file.',
  '{0} is not a merge': '{0} non è una fusione',
  '{0} is not a valid safetensors file: {1}.': '{0} non è un file safetensors valido: {1}.',
  '{0} is not text.': '{0} non è testo.',
  '{0} is not what was written (its checksum differs)':
    '{0} non è ciò che era stato scritto (la somma di controllo è diversa)',
  '{0} is too large to be a tokenizer.': '{0} è troppo grande per essere un tokenizzatore.',
  '{0} is {1}': '{0} è {1}',
  '{0} lines are not UTF-8 as the rest is; they were read as {1}.':
    '{0} righe non sono in UTF-8 come il resto; sono state lette come {1}.',
  '{0} lines are not strict JSON (NaN, comments, commas at the end, single quotes) and were read as they are meant; the first is line {1}.':
    "{0} righe non sono JSON rigoroso (NaN, commenti, virgole finali, apici singoli) e sono state lette secondo l'intenzione; la prima è la riga {1}.",
  '{0} lines before the table were left out.': '{0} righe prima della tabella sono state omesse.',
  '{0} lines that are not JSON were left out; {1}': '{0} righe che non sono JSON sono state omesse; {1}',
  '{0} marks that lead to notes were left out.': '{0} richiami di nota sono stati omessi.',
  '{0} messages are neither questions nor answers: {1}. They were kept under headings of these names and are not learned (the first in row {2}).':
    '{0} messaggi non sono né domande né risposte: {1}. Sono stati conservati sotto intestazioni con questi nomi e non vengono imparati (il primo nella riga {2}).',
  '{0} messages of other branches were left out; each chat was read along its last branch (the first in row {1}).':
    '{0} messaggi di altri rami sono stati omessi; ogni chat è stata letta lungo il suo ultimo ramo (il primo nella riga {1}).',
  '{0} messages without text were left out (the first in row {1}).':
    '{0} messaggi senza testo sono stati omessi (il primo nella riga {1}).',
  '{0} of {1} pages have no text.': '{0} pagine su {1} non hanno testo.',
  '{0} of {1} rows were left out: their answers are marked as undesirable (the first is row {2}).':
    '{0} righe su {1} sono state omesse: le loro risposte sono segnate come indesiderabili (la prima è la riga {2}).',
  '{0} of {1} rows were left out: their chats hold no answer (the first is row {2}).':
    '{0} righe su {1} sono state omesse: le loro chat non contengono risposte (la prima è la riga {2}).',
  '{0} of {1} rows were left out: they hold no text (the first is row {2}).':
    '{0} righe su {1} sono state omesse: non contengono testo (la prima è la riga {2}).',
  '{0} pages hold no text; they may be pictures.': '{0} pagine non contengono testo; forse sono immagini.',
  "{0} pages that are not part of the book's reading order were left out: {1}.":
    "{0} pagine che non fanno parte dell'ordine di lettura del libro sono state omesse: {1}.",
  '{0} parts of messages are not text and were left out: {1} (the first in row {2}).':
    '{0} parti di messaggi non sono testo e sono state omesse: {1} (la prima nella riga {2}).',
  '{0} passages that are marked as deleted were left out.': '{0} passi segnati come eliminati sono stati omessi.',
  '{0} readings beside characters (ruby) were left out.': '{0} letture accanto ai caratteri (ruby) sono state omesse.',
  '{0} rejected answers ({1}) were left out; the preferred ones are learned.':
    '{0} risposte rifiutate ({1}) sono state omesse; si imparano quelle preferite.',
  '{0} rows are single messages; they were joined to {1} chats.':
    '{0} righe sono messaggi singoli; sono state unite in {1} chat.',
  '{0} rows have fewer cells than the table has columns (the first is line {1}).':
    '{0} righe hanno meno celle delle colonne della tabella (la prima è la riga {1}).',
  '{0} rows have more cells than the table has columns; the last column holds what is over (the first is line {1}).':
    "{0} righe hanno più celle delle colonne della tabella; ciò che avanza è nell'ultima colonna (la prima è la riga {1}).",
  '{0} rows have other fields than the first ones and were read from {1} (the first is row {2}).':
    '{0} righe hanno campi diversi dalle prime e sono state lette da {1} (la prima è la riga {2}).',
  '{0} rows hold a quote that is not closed; each was read as one line, with the quote (the first is line {1}).':
    '{0} righe contengono una virgoletta non chiusa; ognuna è stata letta come una sola riga di testo, virgoletta compresa (la prima è la riga {1}).',
  '{0} rows hold lists of texts in {1}; the texts of a row were joined to one document.':
    '{0} righe contengono elenchi di testi in {1}; i testi di una riga sono stati uniti in un documento.',
  '{0} strings were written as the bytes of their UTF-8 (as Facebook exports them) and were read as they are meant.':
    "{0} stringhe erano scritte come i byte del loro UTF-8 (come le esporta Facebook) e sono state lette secondo l'intenzione.",
  '{0} symbols of fonts without letters were left out.': '{0} simboli di caratteri senza lettere sono stati omessi.',
  '{0} tables of contents were left out.': '{0} indici del contenuto sono stati omessi.',
  '{0} values are not strict JSON (NaN, comments, commas at the end, single quotes) and were read as they are meant; the first is value {1}.':
    "{0} valori non sono JSON rigoroso (NaN, commenti, virgole finali, apici singoli) e sono stati letti secondo l'intenzione; il primo è il valore {1}.",
  '{0} values that are not JSON were left out; {1}': '{0} valori che non sono JSON sono stati omessi; {1}',
};
