import type { Catalogue } from '../language.ts';
import { itData } from './it-data.ts';
import { itDevices } from './it-devices.ts';
import { itImports } from './it-imports.ts';
import { itExport } from './it-export.ts';
import { itStorage } from './it-storage.ts';
import { itLab } from './it-lab.ts';
import { itSequences } from './it-sequences.ts';

/** What host and workers report, by its English: see main/contract/message.ts. */
export const it: Catalogue = {
  'A model of the layers {0} reads at most {1} tokens.': 'Un modello con i layer {0} legge al massimo {1} token.',
  'Each step of this run uses {0} sequences, which is not a multiple of a batch size of {1}.':
    'Un passo di questa esecuzione impara da {0} sequenze, che non si dividono in lotti da {1}.',
  'The nearest valid batch size is {0}.': 'Il valore valido più vicino è {0}.',
  '{0} cannot be changed after a run has started.': '{0} non si può cambiare a esecuzione iniziata.',
  "These keys can be changed: {0}. To change others, start a new run, optionally from this run's weights: hyena train --from RUN":
    'Si può cambiare: {0}. Per il resto addestrare una nuova esecuzione, volendo dai pesi di questa: hyena train --from RUN',
  ...itData,
  ...itDevices,
  ...itImports,
  ...itExport,
  ...itStorage,
  ...itLab,
  ...itSequences,
  "'{0}' is not a valid name for a data set.": "'{0}' non può essere il nome di un dataset.",
  "'{0}' is not a valid name for a run.": "'{0}' non può essere il nome di un’esecuzione.",
  "'{0}' is not a valid name for a run. {1}": "'{0}' non è un nome valido per un’esecuzione. {1}",
  "'{0}' is already being set up.": "L'installazione di '{0}' è già in corso.",
  "'{0}' does not have the form key=value.": "'{0}' non ha la forma chiave=valore.",
  "'{0}' is not a valid chat id.": "'{0}' non è l'id di una chat.",
  'Malformed message: {0}.': 'Un messaggio non ha la forma giusta: {0}.',
  'Blocked a message from {0}.': 'Un messaggio di {0} è stato rifiutato.',
  "A model is processing '{0}'.": "Un modello sta lavorando su '{0}'.",
  'A model folder must contain {0}.': 'Un modello richiede {0} in una sola cartella.',
  "A model that starts from the weights of '{0}' must have the same architecture: {1}.":
    "Un modello che parte dai pesi di '{0}' ne mantiene la forma: {1}.",
  "Blocked a page's request for permission: {0}.": 'Una pagina ha chiesto il permesso {0}; è stato negato.',
  "Blocked a page's request to {0}.": 'Una pagina ha chiesto {0}; la richiesta è stata rifiutata.',
  "Blocked a page's navigation to {0}.": 'Una pagina ha provato ad andare a {0}; è stato rifiutato.',
  'Blocked a page from embedding another page.': "Una pagina ha provato a contenerne un'altra; è stato rifiutato.",
  'Blocked a page from opening {0}.': 'Una pagina ha provato ad aprire {0}; è stato rifiutato.',
  'A run folder contains run.json; a model folder contains {0}.': 'Un’esecuzione ha run.json, un modello ha {0}.',
  'A run is training and may be using this device.': 'Un’esecuzione è in training e forse lo sta usando per calcolare.',
  'A run is training; a benchmark during training would be meaningless.':
    'Un’esecuzione è in training; una misura accanto non direbbe nulla.',
  "A sequence length of {0} exceeds the model's context length (l_max) of {1}.":
    'Una lunghezza di sequenza di {0} supera la lunghezza del contesto del modello (l_max), che è di {1}.',
  'Stream {0} is already subscribed.': "C'è già un flusso aperto con il numero {0}.",
  'A token must be 1 to 512 printable ASCII characters without spaces.':
    'Un token ha da 1 a 512 lettere, cifre e segni ASCII, senza spazi.',
  'After step {0} the validation loss is not finite.': 'Dopo il passo {0} la loss di validazione non è finita.',
  'A profile needs the native device; this is {0}.': 'Un profilo richiede il dispositivo native; questo è {0}.',
  'Choose the device native.': 'Scegli il dispositivo native.',
  'After {0} tokens, the logits deviate by {1} of the largest logit; the tolerance is {2}.':
    'Dopo {0} token i logit si scostano di {1} del logit più grande; la tolleranza è {2}.',
  'Give this user write permission for that folder, or choose another library folder.':
    "Dai a questo utente il permesso di scrivere in quella cartella, o scegli un'altra cartella per la libreria.",
  'Another window is generating an answer in this chat.':
    "Un'altra finestra sta generando una risposta in questa chat.",
  'An answer is being generated in this chat.': 'In questa chat si sta generando una risposta.',
  'Another device may work.': 'Forse funziona un altro dispositivo.',
  'Another model is generating.': 'Un altro modello sta generando.',
  'Another program has locked {0} for too long.': 'Un altro programma trattiene {0} da molto tempo.',
  'At step {0} {1}, after {2|one: one earlier recovery|other: {2} earlier recoveries}.':
    'Al passo {0} {1}, dopo che l’esecuzione era già stata recuperata {2|one: una volta|other: {2} volte}.',
  'At step {0} {1}, and recovery is disabled (max_recoveries is 0).':
    'Al passo {0} {1}, e nessun recupero è ammesso (max_recoveries è 0).',
  'Start with the root or the drive letter.': "Inizia dalla radice o dall'unità.",
  'Cancel that job first.': 'Prima annulla quel lavoro.',
  'Choose another port with --port, or omit --port to use any free one.':
    "Scegline un'altra con --port, o ometti l'opzione per usarne una libera qualsiasi.",
  'Select one above the conversation.': 'Scegline uno sopra la conversazione.',
  'Choose the files again.': 'Sceglili di nuovo.',
  'Available data sets: {0}.': 'Insiemi di dati: {0}.',
  'Delete {0}.': 'Elimina {0}.',
  'Did you mean {0}?': 'Intendevi {0}?',
  'Free some disk space, then resume from the last checkpoint.': "Libera spazio, poi continua dall'ultimo checkpoint.",
  'Use --prompt TEXT, --prompt-file FILE or --document DOC.':
    'Indica --prompt TEXT, --prompt-file FILE o --document DOC.',
  'Rename the file to a shorter name.': 'Dai al file un nome più breve.',
  'The library location is set by the environment variable HYENA_HOME.': 'HYENA_HOME decide dove si trova la libreria.',
  'Hyena Studio was restarted, and this page is not connected to it.':
    'Hyena Studio è stato riavviato e questa pagina non vi è connessa.',
  'Unless it was killed manually, use a smaller batch, a shorter sequence length or gradient checkpointing.':
    "Se nessuno l'ha terminato a mano, usa un batch più piccolo, una lunghezza di sequenza minore o il gradient checkpointing.",
  'Start it again.': 'Si può avviare di nuovo.',
  'It must contain a single object such as {"model": {"d_model": 128}, "training": {"max_steps": 100}}.':
    'Contiene un oggetto come {"model": {"d_model": 128}, "training": {"max_steps": 100}}.',
  'It is intact there.': 'Lì è tutto intero.',
  'Stopped on request.': 'È stato chiesto di fermarsi.',
  'Its filters were trained for {0} tokens and now span {1}.':
    'I suoi filtri erano fatti per {0} token e ora ne coprono {1}.',
  'Last output: {0}': 'Ultimo output: {0}',
  'Leave these keys unchanged. Only {0} may differ.':
    'Lascia queste chiavi come sono. Solo {0} possono essere diverse.',
  'Leave vocab_size empty.': 'Lascia vocab_size vuoto.',
  'Line {0} is damaged and was skipped.': 'La riga {0} è danneggiata e viene omessa.',
  'Too many streams: at most {0} can be subscribed.': 'Sono stati aperti più di {0} flussi.',
  'Use an id instead: {0}.': 'Indicane uno con il suo id: {0}.',
  'No model is selected for this chat.': 'Per questa chat non è stato scelto un modello.',
  'The validation split contains no answers, so none of its tokens count; evaluation is disabled.':
    'Nessun token del testo di validazione conta: non contiene risposte, e non viene valutato nulla.',
  'The client is no longer waiting for this answer.': 'Nessuno aspetta questa risposta.',
  'None of the {0} tokens of {1} counts: it contains no answers.':
    'Nessuno dei {0} token di {1} conta: non contiene risposte.',
  'Checkpoints are intact in the moved folder; nothing newer was saved.':
    'Nulla di nuovo. Ciò che è stato spostato altrove contiene ancora i checkpoint.',
  'The data set was not created; temporary files will be removed when the next one is added.':
    'Del dataset non è rimasto nulla; ciò che era a metà viene rimosso quando aggiungi il prossimo.',
  'The document was not imported.': 'Del documento non è stato importato nulla.',
  'The partial file was discarded.': 'Di questo file non è rimasto nulla.',
  'Nothing was changed.': 'Nulla è stato cambiato.',
  'Nothing was copied.': 'Nulla è stato copiato.',
  'Nothing was deleted.': 'Nulla è stato eliminato.',
  'Nothing was kept.': 'Nulla è stato conservato.',
  'Nothing was removed from {0}.': 'Nulla è stato rimosso da {0}.',
  'Nothing was removed.': 'Nulla è stato rimosso.',
  'Nothing was written.': 'Nulla è stato scritto.',
  'No checkpoint was available.': "Non è rimasto nulla: non c'era un checkpoint.",
  'Of {0} training tokens, {1} contribute to the loss ({2}): only answers count; the rest is context.':
    'Dei {0} token di training se ne imparano {1} ({2}): contano solo le risposte, e il resto sono domande.',
  'Open the new address that was printed at startup.': "Apri il nuovo indirizzo che ha mostrato all'avvio.",
  'Pause the run first.': 'Prima metti in pausa l’esecuzione.',
  'Port {0} is already in use by another program.': 'La porta {0} è occupata da un altro programma.',
  'Port {0} is already in use.': 'La porta {0} è occupata.',
  'Available presets: {0}.': 'Preset disponibili: {0}.',
  'Process {0} on {1} has been training this run since {2}.':
    'Il processo {0} su {1} addestra questa esecuzione dal {2}.',
  "Process {0} on {1} is already training '{2}'.": 'Il processo {0} su {1} sta già addestrando {2}.',
  'Put the folder back, or connect its drive again, and resume the run.':
    'Rimetti la cartella al suo posto, o ricollega la sua unità, e riprendi l’esecuzione.',
  'Raise l_max or lower sequence_length.': 'Aumenta l_max o riduci sequence_length.',
  'Refused with {0}: {1}': 'Rifiutato con {0}: {1}',
  'Reload the page.': 'Ricarica la pagina.',
  'Remove it and import the file again.': 'Rimuovilo e importa di nuovo il file.',
  'Restore it from the trash, then restart Hyena Studio.': 'Ripristinalo da lì, poi riavvia il programma.',
  'Runs continue; nothing is lost.': 'Le esecuzioni continuano; nulla è andato perso.',
  'Score a longer text.': 'Valuta un testo più lungo.',
  'Score chats with answers.': 'Valuta chat con risposte.',
  'Choose a folder with write permission, or set the environment variable HYENA_HOME to one.':
    'Imposta HYENA_HOME su una cartella in cui puoi scrivere.',
  "Several documents are named '{0}'.": "Ci sono più documenti di nome '{0}'.",
  'Shorten the message, or select a shorter part of the document.':
    'Accorcia il messaggio o usa una parte più breve del documento.',
  'Shorten the message.': 'Accorcia il messaggio.',
  'Start a run with a lower learning rate, a longer warmup or a lower grad_clip.':
    'Avvia un’esecuzione con un tasso di apprendimento minore, un avvio più lungo o un grad_clip minore.',
  'Stop it first.': 'Prima fermala.',
  'Stop it there first.': 'Prima fermala lì.',
  'Stop that process first. If it no longer exists, delete {0}.':
    'Prima fermala lì. Se quel processo non esiste, elimina {0}.',
  'Stop the run first.': 'Prima ferma l’esecuzione.',
  'Stopped before it started.': 'Fermato prima di iniziare.',
  'The benchmark was cancelled.': 'La misura è stata annullata.',
  'The budget is {0} tokens but the data set has {1}: the run makes {2} passes over it and will overfit. Add data, train for fewer steps, or let the run stop early.':
    'Il budget è di {0} token e il dataset ne ha {1}: l’esecuzione lo percorre {2} volte e andrà in overfitting. Aggiungi dati, addestra per meno passi o lascia che l’esecuzione finisca prima.',
  'The chat is unchanged.': 'La chat non è cambiata.',
  'The client disconnected.': "Il client non c'è più.",
  'Cannot start the compute process: {0}': 'Non è stato possibile avviare il processo di calcolo: {0}',
  'The compute process crashed ({0}).': 'Il processo di calcolo si è arrestato in modo anomalo ({0}).',
  'The compute process exited without a result (exit code {0}).':
    'Il processo di calcolo è finito senza rispondere (codice di uscita {0}).',
  'The compute process exited without a result ({0}).': 'Il processo di calcolo è finito senza rispondere ({0}).',
  'The compute process stopped responding and was terminated.':
    'Il processo di calcolo non rispondeva più ed è stato terminato.',
  'The compute process ran out of memory.': 'Il processo di calcolo ha esaurito la memoria.',
  'The compute process sent a malformed message: {0}':
    'Il processo di calcolo ha comunicato qualcosa che non ha la forma giusta: {0}',
  'The compute process was terminated ({0}) before it started.':
    'Il processo di calcolo è stato terminato ({0}) prima di iniziare.',
  'The compute process was killed by the system, usually because memory ran out.':
    'Il sistema ha terminato il processo di calcolo, di solito perché la memoria era esaurita.',
  'The compute process was terminated on request.': 'Il processo di calcolo è stato terminato su richiesta.',
  "The model's config.json is not valid JSON.": 'Il config.json del modello non è JSON.',
  'Cannot read the configuration {0}: {1}': 'La configurazione {0} non si può leggere: {1}',
  'Invalid configuration: {0}.': 'La configurazione: {0}.',
  'The connection to Hyena Studio was lost.': 'La connessione a Hyena Studio si è interrotta.',
  "The context of '{0}' already has {1} tokens.": "Il contesto di '{0}' è già di {1} token.",
  'The damaged checkpoint was kept as {0}; delete it when you no longer need it.':
    'Il checkpoint danneggiato è stato conservato come {0}; eliminalo quando non ti serve.',
  "Data set '{0}' and run '{1}' have different tokenizers.":
    "Il dataset '{0}' ha un tokenizer diverso da quello dell’esecuzione '{1}'.",
  "Data set '{0}' is not the one that run '{1}' started with.":
    "Il dataset '{0}' non è quello con cui l’esecuzione '{1}' è iniziata.",
  "Data set '{0}' is not the one that run '{1}' was trained on.":
    "Il dataset '{0}' non è quello su cui è stata addestrata l’esecuzione '{1}'.",
  "Data set '{0}' was created with a different tokenizer than this model.":
    "Il dataset '{0}' è stato creato con un tokenizer diverso da quello di questo modello.",
  'The data set has no validation split; evaluation is disabled.':
    'Il dataset non ha testo di validazione: non viene valutato nulla.',
  'The device or its driver may be hanging.': 'Forse il dispositivo o il suo driver si è bloccato.',
  'The disk is full: {0}': 'Il disco è pieno: {0}',
  'The document is unchanged.': 'Il documento resta.',
  'The existing run is unchanged.': 'L’esecuzione esistente non è cambiata.',
  'The first file was kept.': 'Il primo resta.',
  'The job was stopped on request.': "È stato chiesto di fermare l'operazione.",
  'The last entry is incomplete and was skipped.': "L'ultima voce è troncata a metà e viene omessa.",
  'The library and its runs are unaffected.': 'La libreria e le sue esecuzioni restano intatte.',
  'Cannot use {0} as the library folder: {1}': 'La libreria non può stare in {0}: {1}',
  'The library location is unchanged.': "La libreria resta dov'è.",
  'Cannot take over the lock.': 'Non è stato possibile rilevare il blocco.',
  'The model was unloaded.': 'Il modello è stato chiuso.',
  'The name of an uploaded file is too long.': 'Il nome di un file caricato è troppo lungo.',
  'The name of an uploaded file points outside the upload folder.': 'Il nome di un file caricato porta altrove.',
  'The existing task is unaffected.': "L'altra continua.",
  'The places of the document': "L'elenco dei punti del documento",
  'The notes of the document': 'Le note del documento',
  'The tokens of the answer': 'I token della risposta',
  'Hyena Studio is shutting down.': 'Il programma si sta chiudendo.',
  'Cannot read the prompt: {0}': 'Il testo iniziale non si può leggere: {0}',
  'Cannot save the queue: {0}': 'Non è stato possibile salvare la coda: {0}',
  'The queue remains in memory and will be lost when Hyena Studio exits.':
    'La coda resta in memoria e si perde quando il programma termina.',
  'The record': 'Il registro',
  'The record in the trash': 'Il registro nel cestino',
  'The record of the data set': 'Il registro del dataset',
  'The record of the run': 'Il registro dell’esecuzione',
  'Cannot serve the request.': 'Non è stato possibile soddisfare la richiesta.',
  'Malformed request {0}: {1}.': 'La richiesta {0} non ha la forma giusta: {1}.',
  "Run '{0}' has already been trained.": "L’esecuzione '{0}' è già stata addestrata.",
  "Run '{0}' has no checkpoint to start from.":
    "L’esecuzione '{0}' non ha ancora un checkpoint: non c'è nulla da cui partire.",
  'The run ended during its warmup: the learning rate never reached {0}. Shorten the warmup, or train longer.':
    'L’esecuzione è finita durante il riscaldamento: il tasso di apprendimento non ha mai raggiunto {0}. Accorcia il riscaldamento o addestra più a lungo.',
  'The run resumes from its checkpoint of step {0}.': 'L’esecuzione continua dal suo checkpoint del passo {0}.',
  'The run restarts from the beginning because no checkpoint had been saved.':
    "L’esecuzione riparte da capo, perché non c'era ancora un checkpoint.",
  "Run '{0}' is being trained by process {1} on {2}.": 'Il processo {1} su {2} sta addestrando l’esecuzione {0}.',
  "Run '{0}' is training on data set '{1}'.": 'L’esecuzione {0} è in training su {1}.',
  'The state of the run': 'Lo stato dell’esecuzione',
  'No permission to write to {0}.': 'Il sistema non permette di scrivere in {0}.',
  "The stored text of document '{0}' has changed since import.": "Il testo del documento '{0}' non è quello importato.",
  'Invalid token.': 'Token non valido.',
  'Cannot read the token file: {0}': 'Il file del token non si può leggere: {0}',
  'The upload was interrupted.': 'Il caricamento è stato interrotto.',
  'The upload was refused ({0}).': 'Il caricamento è stato rifiutato ({0}).',
  "The warmup takes {0} of the run's {1} steps. Shorten the warmup to at most {2}, or train for more steps.":
    'Il riscaldamento occupa {0} dei {1} passi dell’esecuzione. Accorcia il riscaldamento a {2} passi al massimo, o addestra per più passi.',
  'The warmup takes {0} steps but the run has only {1}: it ends at {2} of the learning rate {3}. Shorten the warmup to at most {4}, or train for more steps.':
    'Il riscaldamento dura {0} passi e tutta l’esecuzione {1}: finisce al {2} del tasso di apprendimento di {3}. Accorcia il riscaldamento a {4} passi al massimo, o addestra per più passi.',
  "Weights loaded from run '{0}' after step {1}.": 'I pesi sono quelli dell’esecuzione {0} dopo il passo {1}.',
  'The window reconnects automatically.': 'La finestra si riconnette da sola.',
  'Wrong {0} of the convolution: got {1}, expected {2} at element {3}.':
    "La convoluzione dà un valore errato ({0}): {1} invece di {2} all'elemento {3}.",
  'Task {0} already exists.': "C'è già un'operazione {0}.",
  "Run '{0}' already exists.": "C'è già un’esecuzione di nome '{0}'.",
  "No file or document named '{0}'.": "Non c'è né un file né un documento '{0}'.",
  'Unknown key {0} in {1}.': 'La chiave {0} non esiste in {1}.',
  'Unknown key: {0}.': 'La chiave {0} non esiste.',
  'Unknown preset: {0}.': 'Preset sconosciuto: {0}.',
  'No prompt given.': 'Manca il testo iniziale.',
  "Unknown request: '{0}'.": "La richiesta '{0}' non esiste.",
  "Run '{0}' not found in {1}.": "Non c'è un’esecuzione di nome '{0}' in {1}.",
  "Unknown stream: '{0}'.": "Il flusso '{0}' non esiste.",
  'This chat no longer exists.': "Quella chat non c'è più.",
  'This message is no longer in the chat.': 'Quel messaggio non è più in questa chat.',
  'Item not found in the trash.': "Nel cestino non c'è nulla del genere.",
  'No trained model found.': "Non c'è ancora un modello addestrato.",
  'The document has no text at that place.': "In quel punto non c'è nulla del documento.",
  'No checkpoint had been saved.': "Non c'era ancora un checkpoint.",
  'These files were chosen before Hyena Studio restarted.':
    'Questi file sono stati scelti prima che il programma venisse riavviato.',
  'This data set is small: its answers have {0} {0|one: token|other: tokens}. The model will memorise them rather than learn to answer.':
    'Questo dataset è piccolo: le sue risposte hanno {0} token. Il modello le memorizzerà invece di imparare a rispondere.',
  'This device computes incorrect results. Use another device and report this.':
    'Questo dispositivo calcola in modo errato: usane un altro e segnala il problema.',
  'This upload already has a file or folder with that name.':
    "Tra ciò che hai trascinato c'è già un file o una cartella con quel nome.",
  'This upload has no file with that name.': "Tra ciò che hai trascinato non c'è un file con quel nome.",
  "This message does not fit into the model's context of {0} tokens.":
    "Questo messaggio non ci sta: il modello vede {0} token all'indietro.",
  'Train a model first.': 'Prima addestra un modello.',
  'Train a new run on this data set.': 'Addestra una nuova esecuzione su di esso.',
  'Train on chats with more or longer answers, or with a longer sequence_length.':
    'Addestra su chat con più risposte o risposte più lunghe, o con una sequence_length maggiore.',
  'Try again. If no other program is using the library, delete that file.':
    'Riprova; se nessun altro programma usa la libreria, elimina quel file.',
  'Unset that variable, then choose a folder here.': 'Elimina quella variabile, poi scegli qui.',
  'Use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'Usa un batch più piccolo, una lunghezza di sequenza minore o il gradient checkpointing.',
  'Use another port, or 0 for any free one.': "Usane un'altra, o 0 per una qualsiasi.",
  'Wait for its answer, or stop it.': 'Aspetta la sua risposta, o fermala.',
  'Wait for some jobs to finish, or cancel them.': 'Aspetta che alcune finiscano, o annullale.',
  'The deleted item is no longer in the trash.': 'Ciò che è stato eliminato non è più nel cestino.',
  'Downloaded files were kept; the device was not enabled.':
    'Ciò che è stato scaricato resta; il dispositivo non è stato attivato.',
  'Example: d_model=128.': 'Scrivi per esempio d_model=128.',
  'Your message and the partial answer were kept.':
    'Il tuo messaggio e la risposta, fin dove era scritta, sono stati conservati.',
  'Your message was kept.': 'Il tuo messaggio è stato conservato.',
  'a number': 'un numero',
  'a whole number': 'un numero intero',
  'range|from {0} to {1}': 'da {0} a {1}',
  'range|above {0} up to {1}': 'maggiore di {0} e fino a {1}',
  'range|from {0} below {1}': 'da {0} fino a meno di {1}',
  'range|above {0} below {1}': 'maggiore di {0} e minore di {1}',
  'range|above {0}': 'maggiore di {0}',
  batches: 'batch',
  'range|below {0}': 'fino a meno di {0}',
  channels: 'canali',
  epochs: 'epoche',
  evaluations: 'valutazioni',
  'range|from {0}': 'da {0}',
  'Names may contain only letters, digits, dots, hyphens, underscores and spaces.':
    'I nomi possono contenere solo lettere, cifre, punti, trattini, trattini bassi e spazi.',
  minutes: 'minuti',
  'must be odd: one time feature plus sine and cosine pairs':
    'deve essere dispari: un tratto di tempo e coppie di seno e coseno',
  'Names must contain at least one letter or digit.': 'I nomi devono contenere almeno una lettera o cifra.',
  'Names are limited to {0} bytes of UTF-8; this one has {1}.':
    'I nomi hanno al massimo {0} byte in UTF-8; questo ne ha {1}.',
  'Names are limited to {0} characters; this one has {1}.': 'I nomi hanno al massimo {0} caratteri; questo ne ha {1}.',
  'Names must not end with a dot, a space or a joiner.':
    'I nomi non devono finire con un punto, uno spazio o un carattere di unione.',
  'Names must start with a letter or digit.': 'I nomi devono iniziare con una lettera o cifra.',
  nats: 'nat',
  sequences: 'sequenze',
  steps: 'passi',
  'value|text': 'testo',
  'the gradient norm is infinite': 'la norma del gradiente è infinita',
  'the gradient norm is NaN': 'la norma del gradiente non è un numero',
  'the loss is infinite': 'la loss è infinita',
  'the loss is NaN': 'la loss non è un numero',
  'the loss jumped to {0}, {1} times its average of {2}': 'la loss è balzata a {0}, {1} volte la sua media di {2}',
  'range|to {0}': 'a {0}',
  tokens: 'token',
  'training.sequence_length ({0}) exceeds model.l_max ({1}), the context length.':
    'training.sequence_length ({0}) è maggiore di model.l_max ({1}), la lunghezza del contesto.',
  'training.sequence_length_start ({0}) exceeds the full sequence length ({1}).':
    'training.sequence_length_start ({0}) è maggiore di {1}, la lunghezza piena.',
  "vocab_size is {0}, but the tokenizer of data set '{1}' has {2} tokens.":
    "vocab_size è {0}, ma il tokenizer di '{1}' ha {2} token.",
  windows: 'finestre',
  '{0} consecutive batches had no tokens that count in the loss.':
    '{0} batch di seguito non contenevano token da imparare.',
  "Cannot move {0} to the system's trash: {1}": '{0} non si può spostare nel cestino del sistema: {1}',
  'Cannot display {0}: {1}': '{0} non si può mostrare: {1}',
  '{0} does not contain a JSON object.': '{0} non contiene un oggetto.',
  '{0} has {1} {1|one: token|other: tokens}, too few to predict anything.':
    "{0} contiene {1} token: non c'è nulla da prevedere.",
  '{0} in {1} is not an object.': '{0} in {1} non è un oggetto.',
  '{0} has not been imported into the library.': '{0} è un file che non è ancora nella libreria.',
  "Cannot delete '{0}' while it is training.": '{0} è in training, quindi non si può eliminare.',
  "Cannot rename '{0}' while it is training.": '{0} è in training, quindi non si può rinominare.',
  '{0} not found: the run folder was removed or moved during training.':
    "{0} non c'è più: la cartella dell’esecuzione è stata rimossa o spostata durante il training.",
  "{0} has already been moved to the system's trash.": '{0} è ormai nel cestino del sistema.',
  '{0} is missing. Expected: {1}.': 'Manca {0}: ammette {1}.',
  '{0} is not an absolute path.': '{0} non è un percorso assoluto.',
  '{0} is not JSON: {1}': '{0} non è JSON: {1}',
  '{0} is not a complete model: {1} not found.': '{0} non è un modello completo: non si trova {1}.',
  "'{0}' is not training in this process.": '{0} non è in training qui.',
  '{0} is not a run folder or a model folder.': '{0} non è la cartella di un’esecuzione né di un modello.',
  'Too many jobs: {0} {0|one: job is|other: jobs are} already queued.':
    "{0|one: C'è|other: Ci sono} già {0} {0|one: operazione|other: operazioni} in attesa.",
  '{0} more {0|one: request was|other: requests were} refused.':
    "{0|one: Un'altra richiesta è stata rifiutata|other: Altre {0} richieste sono state rifiutate}.",
  '{0} must be {1}; got {2}.': '{0} deve essere {1}; il valore dato è {2}.',
  '{0} or {1}': '{0} o {1}',
  '{0} {0|one: request of this window is|other: requests of this window are} still pending.':
    '{0} {0|one: richiesta di questa finestra non ha|other: richieste di questa finestra non hanno} ancora risposta.',
  '{0} {1} is not valid JSON.': '{0} {1} non è JSON.',
  '{0} {1} has an unexpected format: {2}': '{0} {1} non è come previsto: {2}',
  '{0} {1}. Expected: {2}; got {3}.': '{0} {1}; ammette {2}; il valore dato è {3}.',
  '{0}, or none': '{0}, o none (vuoto)',
  '{0}; the batch was skipped': '{0}; il batch viene omesso',
  'Names may contain only letters, digits, dots, hyphens and underscores.':
    'I nomi possono contenere solo lettere, cifre, punti, trattini e trattini bassi.',
  'Invalid character: {0}': 'Carattere non valido: {0}',
  'The name {0} is reserved by Windows.': 'Il nome {0} è riservato da Windows.',
  'Add files to create it.': 'Aggiungi file per crearlo.',
  'Use the path of a file, or the title or id of a document in the library.':
    "Indica il percorso di un file, o il titolo o l'id di un documento della libreria.",
  'Choose a longer context.': 'Scegli un contesto più lungo.',
  'Train a model to create a run.': 'Addestra un modello per creare un’esecuzione.',
  'Resume its training first.': 'Riprendi prima il suo addestramento.',
  'Use a library folder on a disk with a trash, or delete it permanently.':
    'Usa una cartella della libreria su un disco con un cestino, o eliminalo definitivamente.',
  'The checkpoint of step {0} was kept.': 'Il checkpoint del passo {0} è stato conservato.',
  'Resume the run.': 'Riprendi l’esecuzione.',
  "'{0}' was removed from the queue: {1}": "'{0}' è stata tolta dalla coda: {1}",
  'Choose a data set of the library.': 'Scegli un dataset della libreria.',
  'Choose a document of the library.': 'Scegli un documento della libreria.',
  'Import the document first.': 'Importa prima il documento.',
  'Choose another name, resume the existing run, or remove it.':
    'Scegli un altro nome, riprendi l’esecuzione esistente, o rimuovila.',
  'Choose a run of the library.': 'Scegli un’esecuzione della libreria.',
  "Add the text again with the run's tokenizer.": 'Aggiungi di nuovo il testo con il tokenizer dell’esecuzione.',
  'Import it first.': 'Importalo prima.',
  'Wrong {0} of attention: got {1}, expected {2}.': "L'attenzione dà un valore errato ({0}): {1} invece di {2}.",
  'Wrong {0} of attention: got {1}, expected {2} at element {3}.':
    "L'attenzione dà un valore errato ({0}): {1} invece di {2} all'elemento {3}.",
  'Width {0} is not divisible by {1} heads.': 'La larghezza {0} non è divisibile per {1} teste.',
  'Choose a width that is a multiple of {0}, or change the number of heads.':
    'Scegli una larghezza multipla di {0}, o cambia il numero di teste.',
  "The model's context holds {0} of {1} tokens: {2} of the document. Select another part, or extend the model's context to {3} tokens.":
    "Il contesto del modello contiene {0} di {1} token: {2} del documento. Scegli un'altra parte, o estendi il contesto del modello a {3} token.",
  'Request a shorter summary, or use a model with a longer context.':
    'Chiedi un riassunto più breve, o usa un modello con un contesto più lungo.',
  'Train a model on documents paired with summaries.': 'Addestra un modello su documenti con i loro riassunti.',
  'Score the source file instead.': 'Valuta invece il file di origine.',
  'To score it anyway, choose it explicitly.': 'Per valutarlo comunque, sceglilo esplicitamente.',
  'Resume it.': 'Riprendila.',
  'Free some disk space, then resume the run.': 'Libera spazio sul disco, poi riprendi l’esecuzione.',
  'Resume with less memory per step; the training stays the same otherwise.':
    "Riprendi con meno memoria per passo; per il resto l'addestramento non cambia.",
  'Resume on another device, or train a new run with a shorter sequence_length or a smaller model.':
    'Riprendi su un altro dispositivo, o addestra una nuova esecuzione con una sequence_length più corta o un modello più piccolo.',
  'model.{0} {1}.': 'model.{0} {1}.',
  'Your library is unchanged.': 'La tua libreria non è cambiata.',
  'Cannot read the library setting in {0}.': 'Impossibile leggere l’impostazione della libreria in {0}.',
  'Set the folder as {"library": "/absolute/path"}, or delete the file to use {0}.':
    'Indica la cartella come {"library": "/absolute/path"}, o elimina il file per usare {0}.',
  'model.layers: {0} is neither a mixer nor mixer*count.': 'model.layers: {0} non è né un mixer né mixer*numero.',
  'model.layers: mixer {0} not found.': 'model.layers: mixer {0} non trovato.',
  'Available mixers: {0}.': 'Mixer disponibili: {0}.',
  'model.layers: {0} must have 1 to {1} layers.': 'model.layers: {0} deve avere da 1 a {1} layer.',
  'A {0} layer has no filters to plot.': 'Un layer {0} non ha filtri da mostrare.',
  'belongs to the mixer {0}, which model.layers does not use': 'appartiene al mixer {0}, che model.layers non usa',
  'applies only to rotary positions': 'vale solo per le posizioni rotatorie',
  'model.{0} is {1}, which does not divide model.d_model, {2}.': 'model.{0} è {1} e non divide model.d_model, {2}.',
  'model.mamba_head_dim is {0}, which does not divide the {1} inner channels.':
    'model.mamba_head_dim è {0}, che non divide i {1} canali interni.',
  'model.ssm_state must be even, but is {0}.': 'model.ssm_state deve essere pari, ma è {0}.',
  'model.n_head must divide model.d_model: {0} channels cannot be split into {1} heads.':
    'model.n_head deve dividere model.d_model: {0} canali non si possono ripartire in {1} head.',
  'model.n_kv_head must divide model.n_head: {0} heads cannot share {1}.':
    'model.n_kv_head deve dividere model.n_head: {0} head non possono condividerne {1}.',
  'Rotary positions need heads of even width: {0} heads of {1} channels have {2} each.':
    'Le posizioni rotatorie (RoPE) richiedono head di larghezza pari: con {1} canali, {0} head ne hanno {2} ciascuna.',
  'Generate with the exact model instead.': 'Genera con il modello esatto.',
  'A model with layers {0} has no filters to distil: only those of Hyena layers are replaced.':
    'Un modello con i layer {0} non ha filtri da distillare: si sostituiscono solo quelli di hyena.',
  "'{0}' reads texts of any length and was already trained on sequences of {1} tokens.":
    "'{0}' legge testi di qualsiasi lunghezza ed è già stato addestrato su sequenze di {1} token.",
  heads: 'head',
};
