import type { Catalogue } from '../told.ts';
import { itData } from './it-data.ts';
import { itDevices } from './it-devices.ts';

/** What host and workers tell, by its English: see main/contract/told.ts. */
export const it: Catalogue = {
  'A step of this run learns from {0} sequences, which batches of {1} do not divide.':
    'Un passo di questa esecuzione impara da {0} sequenze, che non si dividono in lotti da {1}.',
  'The nearest that does is {0}.': 'Il valore valido più vicino è {0}.',
  'Go on with less memory a step, and the same training otherwise: hyena resume {0} {1}':
    'Continuare con meno memoria per passo e per il resto lo stesso addestramento: hyena resume {0} {1}',
  'Go on with it on another device (hyena resume {0} --device NAME), or train anew with a shorter sequence_length or a smaller model.':
    'Continuare su un altro dispositivo (hyena resume {0} --device NAME), oppure addestrare di nuovo con una sequence_length più corta o un modello più piccolo.',
  '{0} cannot be changed once a run has begun.': '{0} non si può cambiare a esecuzione iniziata.',
  "What can: {0}. For the rest train a new run, from this one's weights if you like: hyena train --from RUN":
    'Si può cambiare: {0}. Per il resto addestrare una nuova esecuzione, volendo dai pesi di questa: hyena train --from RUN',
  ...itData,
  ...itDevices,
  "'{0}' cannot be the name of a data set.": "'{0}' non può essere il nome di un insieme di dati.",
  "'{0}' cannot be the name of a run.": "'{0}' non può essere il nome di una prova.",
  "'{0}' cannot be the name of a run: it {1}.": "'{0}' non può essere il nome di una prova: {1}.",
  "'{0}' is being set up already.": "L'installazione di '{0}' è già in corso.",
  "'{0}' is not of the form key=value.": "'{0}' non ha la forma chiave=valore.",
  "'{0}' is not the id of a chat.": "'{0}' non è l'id di una chat.",
  'A message is malformed: {0}.': 'Un messaggio non ha la forma giusta: {0}.',
  'A message of {0} was refused.': 'Un messaggio di {0} è stato rifiutato.',
  "A model is at work on '{0}'.": "Un modello sta lavorando su '{0}'.",
  'A model needs {0} in one folder.': 'Un modello richiede {0} in una sola cartella.',
  "A model that starts from the weights of '{0}' has its shape: {1}.":
    "Un modello che parte dai pesi di '{0}' ne mantiene la forma: {1}.",
  'A name {0}.': 'Un nome {0}.',
  'A page asked for the permission {0}; it was denied.': 'Una pagina ha chiesto il permesso {0}; è stato negato.',
  'A page asked for {0}; it was refused.': 'Una pagina ha chiesto {0}; la richiesta è stata rifiutata.',
  'A page tried to go to {0}; it was refused.': 'Una pagina ha provato ad andare a {0}; è stato rifiutato.',
  'A page tried to hold another page; it was refused.':
    "Una pagina ha provato a contenerne un'altra; è stato rifiutato.",
  'A page tried to open {0}; it was refused.': 'Una pagina ha provato ad aprire {0}; è stato rifiutato.',
  'A run has run.json, a model has {0}.': 'Una prova ha run.json, un modello ha {0}.',
  'A run is training and may compute on it.': 'Una prova è in training e forse lo sta usando per calcolare.',
  'A run is training; a benchmark beside it would tell nothing.':
    'Una prova è in training; una misura accanto non direbbe nulla.',
  "A sequence length of {0} is more than the model's context length (l_max) of {1}.":
    'Una lunghezza di sequenza di {0} supera la lunghezza del contesto del modello (l_max), che è di {1}.',
  'A stream is joined under {0} already.': "C'è già un flusso aperto con il numero {0}.",
  'A token has 1 to 512 letters, digits and signs of ASCII, without spaces.':
    'Un token ha da 1 a 512 lettere, cifre e segni ASCII, senza spazi.',
  "Add the text again with the run's own: hyena data add PATH --name NAME --tokenizer {0}":
    'Aggiungi di nuovo il testo con quello della prova: hyena data add PATH --name NAME --tokenizer {0}',
  'After step {0} the validation loss is not finite.': 'Dopo il passo {0} la perdita di validazione non è finita.',
  'After {0} tokens the scores are off by {1} of the largest; allowed are {2}.':
    'Dopo {0} token i punteggi si scostano di {1} volte il più grande; sono ammesse {2}.',
  'Allow this user to write to that folder, or choose another folder for the library.':
    "Dai a questo utente il permesso di scrivere in quella cartella, o scegli un'altra cartella per la libreria.",
  'An answer is being written in this chat by another window.':
    'Un’altra finestra sta scrivendo una risposta in questa chat.',
  'An answer is being written in this chat.': 'In questa chat si sta scrivendo una risposta.',
  'Another device may work: hyena devices lists them.': 'Forse un altro dispositivo funziona: hyena devices li elenca.',
  'Another model is writing.': 'Un altro modello sta scrivendo.',
  'Another program has held {0} for long.': 'Un altro programma trattiene {0} da molto tempo.',
  'At step {0} {1}, after the run had been recovered once before.':
    'Al passo {0} {1}, dopo che la prova era già stata recuperata una volta.',
  'At step {0} {1}, after the run had been recovered {2} times before.':
    'Al passo {0} {1}, dopo che la prova era già stata recuperata {2} volte.',
  'At step {0} {1}, and no recovery is allowed (max_recoveries is 0).':
    'Al passo {0} {1}, e nessun recupero è ammesso (max_recoveries è 0).',
  'Begin with the root or the drive.': "Inizia dalla radice o dall'unità.",
  'Cancel that first.': 'Prima annulla quel lavoro.',
  'Choose another name, go on with it (hyena resume {0}), or remove it (hyena runs remove {1}).':
    'Scegli un altro nome, continuala (hyena resume {0}), o rimuovila (hyena runs remove {1}).',
  'Choose another with --port, or leave it out for any free one.':
    "Scegline un'altra con --port, o ometti l'opzione per usarne una libera qualsiasi.",
  'Choose one above the conversation.': 'Scegline uno sopra la conversazione.',
  'Choose them again.': 'Sceglili di nuovo.',
  'Data sets: {0}.': 'Insiemi di dati: {0}.',
  'Delete {0}.': 'Elimina {0}.',
  'Did you mean {0}?': 'Intendevi {0}?',
  'Free some space, then go on from the last checkpoint.': "Libera spazio, poi continua dall'ultimo salvataggio.",
  'Free some space, then: hyena resume {0}': 'Libera spazio, poi: hyena resume {0}',
  'Give --prompt TEXT, --prompt-file FILE or --document DOC.':
    'Indica --prompt TEXT, --prompt-file FILE o --document DOC.',
  'Give the file a shorter name.': 'Dai al file un nome più breve.',
  'Give the path of a file, or what hyena documents list shows.':
    'Indica il percorso di un file, o qualcosa di ciò che mostra hyena documents list.',
  'Go on with it: hyena resume {0}': 'Continuala: hyena resume {0}',
  'Go on: hyena resume {0}': 'Per continuare: hyena resume {0}',
  'HYENA_HOME says where the library is.': 'HYENA_HOME decide dove si trova la libreria.',
  'Hyena Studio was restarted, and this page is not connected to it.':
    'Hyena Studio è stato riavviato e questa pagina non vi è connessa.',
  'If nobody ended it by hand, use a smaller batch, a shorter sequence length or gradient checkpointing.':
    "Se nessuno l'ha terminato a mano, usa un batch più piccolo o una lunghezza di sequenza minore, o attiva il ricalcolo.",
  'Import it first: hyena read {0}': 'Prima importalo: hyena read {0}',
  'In the terminal, remove --permanently deletes it for good.':
    'Nel terminale, remove --permanently elimina in modo definitivo.',
  'It can be started again.': 'Si può avviare di nuovo.',
  'It holds one object such as {"model": {"d_model": 128}, "training": {"max_steps": 100}}.':
    'Contiene un oggetto come {"model": {"d_model": 128}, "training": {"max_steps": 100}}.',
  'It is whole there.': 'Lì è tutto intero.',
  'It was asked to stop.': 'È stato chiesto di fermarsi.',
  'Its filters were made for {0} tokens and now span {1}.':
    'I suoi filtri erano fatti per {0} token e ora ne coprono {1}.',
  'Its last words: {0}': "L'ultima cosa che ha detto: {0}",
  'Leave these keys as they are. Only {0} may differ.':
    'Lascia queste chiavi come sono. Solo {0} possono essere diverse.',
  'Leave vocab_size empty.': 'Lascia vocab_size vuoto.',
  'Line {0} is damaged and is left out.': 'La riga {0} è danneggiata e viene omessa.',
  'More than {0} streams were joined.': 'Sono stati aperti più di {0} flussi.',
  'Name a longer one: hyena extend {0} --context {1}': 'Indicane uno più lungo: hyena extend {0} --context {1}',
  'Name it to score it all the same: hyena eval {0} --data {1}':
    'Indicalo per valutarlo lo stesso: hyena eval {0} --data {1}',
  'Name one by its id: {0}.': 'Indicane uno con il suo id: {0}.',
  'No model is chosen for this chat.': 'Per questa chat non è stato scelto un modello.',
  'No token of the validation text counts: it holds no answer, and nothing is evaluated.':
    'Nessun token del testo di validazione conta: non contiene risposte, e non viene valutato nulla.',
  'Nobody waits for this answer.': 'Nessuno aspetta questa risposta.',
  'None of the {0} tokens of {1} counts: it holds no answer.':
    'Nessuno dei {0} token di {1} conta: non contiene risposte.',
  'Nothing new. What was moved elsewhere still holds the checkpoints.':
    'Nulla di nuovo. Ciò che è stato spostato altrove contiene ancora i salvataggi.',
  'Nothing of the data set; what was half made is removed with the next one.':
    "Dell'insieme di dati non è rimasto nulla; ciò che era a metà viene rimosso quando aggiungi il prossimo.",
  'Nothing of the document was imported.': 'Del documento non è stato importato nulla.',
  'Nothing of this file was kept.': 'Di questo file non è rimasto nulla.',
  'Nothing was changed.': 'Nulla è stato cambiato.',
  'Nothing was copied.': 'Nulla è stato copiato.',
  'Nothing was deleted.': 'Nulla è stato eliminato.',
  'Nothing was kept.': 'Nulla è stato conservato.',
  'Nothing was removed from {0}.': 'Nulla è stato rimosso da {0}.',
  'Nothing was removed.': 'Nulla è stato rimosso.',
  'Nothing was written.': 'Nulla è stato scritto.',
  'Nothing: there was no checkpoint.': "Non è rimasto nulla: non c'era un salvataggio.",
  'Of the {0} training tokens {1} are learned ({2}): only answers count, and questions make up the rest.':
    'Dei {0} token di training se ne imparano {1} ({2}): contano solo le risposte, e il resto sono domande.',
  'Open the new address that it printed when it started.': "Apri il nuovo indirizzo che ha mostrato all'avvio.",
  'Pause the run first.': 'Prima metti in pausa la prova.',
  'Port {0} is taken by another program.': 'La porta {0} è occupata da un altro programma.',
  'Port {0} is taken.': 'La porta {0} è occupata.',
  'Presets: {0}.': 'Punti di partenza: {0}.',
  'Process {0} on {1} has been training this run since {2}.': 'Il processo {0} su {1} addestra questa prova dal {2}.',
  'Process {0} on {1} trains {2} already.': 'Il processo {0} su {1} sta già addestrando {2}.',
  'Put the folder back, or connect its drive again, and resume the run.':
    'Rimetti la cartella al suo posto, o ricollega la sua unità, e riprendi la prova.',
  'Raise l_max or lower sequence_length.': 'Aumenta l_max o riduci sequence_length.',
  'Refused with {0}: {1}': 'Rifiutato con {0}: {1}',
  'Reload the page.': 'Ricarica la pagina.',
  'Remove it and import the file again.': 'Rimuovilo e importa di nuovo il file.',
  'Restore it there, then start the program again.': 'Ripristinalo da lì, poi riavvia il programma.',
  'Runs go on; nothing is lost.': 'Le prove continuano; nulla è andato perso.',
  'Score a longer text.': 'Valuta un testo più lungo.',
  'Score chats with answers.': 'Valuta chat con risposte.',
  'Score the file that it was made of: hyena eval RUN --file PATH.':
    'Valuta il file da cui è stato creato: hyena eval RUN --file PATH.',
  'Set HYENA_HOME to a folder that you may write to.': 'Imposta HYENA_HOME su una cartella in cui puoi scrivere.',
  "Several documents are called '{0}'.": "Ci sono più documenti di nome '{0}'.",
  'Shorten the message, or use a shorter part of the document.':
    'Accorcia il messaggio o usa una parte più breve del documento.',
  'Shorten the message.': 'Accorcia il messaggio.',
  'Start a run with a lower learning rate, a longer warmup or a lower grad_clip.':
    'Avvia una prova con un tasso di apprendimento minore, un avvio più lungo o un grad_clip minore.',
  'Stop it first.': 'Prima fermala.',
  'Stop it there first.': 'Prima fermala lì.',
  'Stop it there first. If no such process exists, delete {0}.':
    'Prima fermala lì. Se quel processo non esiste, elimina {0}.',
  'Stop the run first.': 'Prima ferma la prova.',
  'Stopped before it started.': 'Fermato prima di iniziare.',
  'The benchmark was cancelled.': 'La misura è stata annullata.',
  'The budget is {0} tokens and the data set has {1}: the run reads it {2} times and learns it by heart. Add data, train for fewer steps, or set early_stopping_patience.':
    "Il budget è di {0} token e l'insieme di dati ne ha {1}: la prova lo legge {2} volte e lo impara a memoria. Aggiungi dati, addestra per meno passi o imposta early_stopping_patience.",
  'The chat is unchanged.': 'La chat non è cambiata.',
  'The checkpoint of step {0}: {1}': 'Resta il salvataggio del passo {0}: {1}',
  'The client is gone.': "Il client non c'è più.",
  'The compute process could not be started: {0}': 'Non è stato possibile avviare il processo di calcolo: {0}',
  'The compute process crashed ({0}).': 'Il processo di calcolo si è arrestato in modo anomalo ({0}).',
  'The compute process ended without an answer (exit code {0}).':
    'Il processo di calcolo è finito senza rispondere (codice di uscita {0}).',
  'The compute process ended without an answer ({0}).': 'Il processo di calcolo è finito senza rispondere ({0}).',
  'The compute process gave no sign of life any more and was ended.':
    'Il processo di calcolo non dava più segni di vita ed è stato terminato.',
  'The compute process ran out of memory.': 'Il processo di calcolo ha esaurito la memoria.',
  'The compute process told something malformed: {0}':
    'Il processo di calcolo ha comunicato qualcosa che non ha la forma giusta: {0}',
  'The compute process was ended ({0}) before it had begun.':
    'Il processo di calcolo è stato terminato ({0}) prima di iniziare.',
  'The compute process was killed from outside, as systems do when memory runs out.':
    "Il processo di calcolo è stato terminato dall'esterno, come fanno i sistemi quando la memoria finisce.",
  'The compute process was terminated on request.': 'Il processo di calcolo è stato terminato su richiesta.',
  'The config.json of the model is not JSON.': 'Il config.json del modello non è JSON.',
  'The configuration {0} cannot be read: {1}': 'La configurazione {0} non si può leggere: {1}',
  'The configuration: {0}.': 'La configurazione: {0}.',
  'The connection to Hyena Studio was lost.': 'La connessione a Hyena Studio si è interrotta.',
  "The context of '{0}' is {1} tokens already.": "Il contesto di '{0}' è già di {1} token.",
  'The damaged checkpoint was kept as {0}; delete it when you do not need it.':
    'Il salvataggio danneggiato è stato conservato come {0}; eliminalo quando non ti serve.',
  "The data set '{0}' has another tokenizer than the run '{1}'.":
    "L'insieme di dati '{0}' ha un tokenizzatore diverso da quello della prova '{1}'.",
  "The data set '{0}' is not the one that the run '{1}' was begun with.":
    "L'insieme di dati '{0}' non è quello con cui la prova '{1}' è iniziata.",
  "The data set '{0}' is not the one that the run '{1}' was trained on.":
    "L'insieme di dati '{0}' non è quello su cui è stata addestrata la prova '{1}'.",
  "The data set '{0}' was made with another tokenizer than this model.":
    "L'insieme di dati '{0}' è stato creato con un tokenizzatore diverso da quello di questo modello.",
  'The data set has no validation text: nothing is evaluated.':
    "L'insieme di dati non ha testo di validazione: non viene valutato nulla.",
  'The device or its driver may hang.': 'Forse il dispositivo o il suo driver si è bloccato.',
  'The disk is full: {0}': 'Il disco è pieno: {0}',
  'The document.': 'Il documento resta.',
  'The existing run is unchanged.': 'La prova esistente non è cambiata.',
  'The first one was kept.': 'Il primo resta.',
  'The job was asked to stop.': "È stato chiesto di fermare l'operazione.",
  'The last entry was cut off in the middle and is left out.': "L'ultima voce è troncata a metà e viene omessa.",
  'The library and its runs are not affected.': 'La libreria e le sue prove restano intatte.',
  'The library cannot be kept in {0}: {1}': 'La libreria non può stare in {0}: {1}',
  'The library stays where it is.': "La libreria resta dov'è.",
  'The lock could not be taken over.': 'Non è stato possibile rilevare il blocco.',
  'The model was closed.': 'Il modello è stato chiuso.',
  'The name of an uploaded file is too long.': 'Il nome di un file caricato è troppo lungo.',
  'The name of an uploaded file leads elsewhere.': 'Il nome di un file caricato porta altrove.',
  'The other one goes on.': "L'altra continua.",
  'The places of the document': "L'elenco dei punti del documento",
  'The program is being closed.': 'Il programma si sta chiudendo.',
  'The prompt cannot be read: {0}': 'Il testo iniziale non si può leggere: {0}',
  'The queue could not be saved: {0}': 'Non è stato possibile salvare la coda: {0}',
  'The queue is kept in memory and is lost when the program ends.':
    'La coda resta in memoria e si perde quando il programma termina.',
  'The record': 'Il registro',
  'The record in the trash': 'Il registro nel cestino',
  'The record of the data set': "Il registro dell'insieme di dati",
  'The record of the run': 'Il registro della prova',
  'The request could not be served.': 'Non è stato possibile soddisfare la richiesta.',
  'The request {0} is malformed: {1}.': 'La richiesta {0} non ha la forma giusta: {1}.',
  "The run '{0}' has been trained already.": "La prova '{0}' è già stata addestrata.",
  "The run '{0}' has no checkpoint yet: there is nothing to start from.":
    "La prova '{0}' non ha ancora un salvataggio: non c'è nulla da cui partire.",
  'The run ended within its warmup: the learning rate never reached {0}. Set warmup_steps to fewer steps, or train for longer.':
    'La prova è finita durante il riscaldamento: il tasso di apprendimento non ha mai raggiunto {0}. Riduci warmup_steps, o addestra più a lungo.',
  'The run goes on from its checkpoint of step {0}.': 'La prova continua dal suo salvataggio del passo {0}.',
  'The run goes on from its start, for there was no checkpoint yet.':
    "La prova riparte da capo, perché non c'era ancora un salvataggio.",
  'The run {0} is being trained by process {1} on {2}.': 'Il processo {1} su {2} sta addestrando la prova {0}.',
  'The run {0} is being trained on {1}.': 'La prova {0} è in training su {1}.',
  'The same command goes on.': 'Lo stesso comando riprende da lì.',
  'The state of the run': 'Lo stato della prova',
  'The system does not allow writing to {0}.': 'Il sistema non permette di scrivere in {0}.',
  "The text of the document '{0}' is not what was imported.": "Il testo del documento '{0}' non è quello importato.",
  'The token cannot be used.': 'Questo token non si può usare.',
  'The token file cannot be read: {0}': 'Il file del token non si può leggere: {0}',
  'The upload was interrupted.': 'Il caricamento è stato interrotto.',
  'The upload was refused ({0}).': 'Il caricamento è stato rifiutato ({0}).',
  'The warmup takes {0} of the {1} steps of the run. Set warmup_steps to {2} at most, or train for more steps.':
    'Il riscaldamento occupa {0} dei {1} passi della prova. Imposta warmup_steps a {2} al massimo, o addestra per più passi.',
  'The warmup takes {0} steps and the whole run {1}: it ends at {2} of the learning rate of {3}. Set warmup_steps to {4} at most, or train for more steps.':
    'Il riscaldamento dura {0} passi e tutta la prova {1}: finisce al {2} del tasso di apprendimento di {3}. Imposta warmup_steps a {4} al massimo, o addestra per più passi.',
  'The weights are those of the run {0} after step {1}.': 'I pesi sono quelli della prova {0} dopo il passo {1}.',
  'The window connects again by itself.': 'La finestra si riconnette da sola.',
  'The {0} of the convolution is wrong: {1} instead of {2} at element {3}.':
    "La convoluzione dà un valore errato ({0}): {1} invece di {2} all'elemento {3}.",
  'There is a task {0} already.': "C'è già un'operazione {0}.",
  "There is already a run named '{0}'.": "C'è già una prova di nome '{0}'.",
  "There is neither a file nor a document '{0}'.": "Non c'è né un file né un documento '{0}'.",
  'There is no key {0} in {1}.': 'La chiave {0} non esiste in {1}.',
  'There is no key {0}.': 'La chiave {0} non esiste.',
  'There is no preset {0}.': "Non c'è un punto di partenza {0}.",
  'There is no prompt.': 'Manca il testo iniziale.',
  "There is no request '{0}'.": "La richiesta '{0}' non esiste.",
  "There is no run named '{0}' in {1}.": "Non c'è una prova di nome '{0}' in {1}.",
  "There is no stream '{0}'.": "Il flusso '{0}' non esiste.",
  'There is no such chat any more.': "Quella chat non c'è più.",
  'There is no such message in this chat any more.': 'Quel messaggio non è più in questa chat.',
  'There is no such thing in the trash.': "Nel cestino non c'è nulla del genere.",
  'There is no trained model yet.': "Non c'è ancora un modello addestrato.",
  'There is none yet. Add files: hyena data add PATH --name {0}':
    "Non ce n'è ancora nessuno. Aggiungi dei file: hyena data add PATH --name {0}",
  'There is none yet: hyena train makes one.': "Non ce n'è ancora nessuna: hyena train ne crea una.",
  'There is nothing of the document at that place.': "In quel punto non c'è nulla del documento.",
  'There was no checkpoint yet.': "Non c'era ancora un salvataggio.",
  'These files were chosen before the program was started anew.':
    'Questi file sono stati scelti prima che il programma venisse riavviato.',
  'This data is small: its answers have {0} tokens. The model will repeat them rather than learn to answer.':
    'Questi dati sono pochi: le loro risposte hanno {0} token. Il modello le ripeterà invece di imparare a rispondere.',
  'This device computes wrongly: use another one, and report this.':
    'Questo dispositivo calcola in modo errato: usane un altro e segnala il problema.',
  'This drop already has a file or folder of that name.':
    "Tra ciò che hai trascinato c'è già un file o una cartella con quel nome.",
  'This drop has no file of that name.': "Tra ciò che hai trascinato non c'è un file con quel nome.",
  'This message does not fit: the model looks back at {0} tokens.':
    "Questo messaggio non ci sta: il modello vede {0} token all'indietro.",
  'Train a model first.': 'Prima addestra un modello.',
  'Train a new run on it.': 'Addestra una nuova prova su di esso.',
  'Train it first: hyena resume {0}': 'Prima addestrala: hyena resume {0}',
  'Train on chats with more or longer answers, or with a longer sequence_length.':
    'Addestra su chat con più risposte o risposte più lunghe, o con una sequence_length maggiore.',
  'Try again; if no other program uses the library, delete that file.':
    'Riprova; se nessun altro programma usa la libreria, elimina quel file.',
  'Unset it, then choose here.': 'Elimina quella variabile, poi scegli qui.',
  'Use a smaller batch, a shorter sequence length or gradient checkpointing.':
    'Usa un batch più piccolo o una lunghezza di sequenza minore, o attiva il ricalcolo.',
  'Use another, or 0 for any.': "Usane un'altra, o 0 per una qualsiasi.",
  'Wait for its answer, or stop it.': 'Aspetta la sua risposta, o fermala.',
  'Wait for some of them to finish, or cancel them.': 'Aspetta che alcune finiscano, o annullale.',
  'What was deleted is no longer in the trash.': 'Ciò che è stato eliminato non è più nel cestino.',
  'What was fetched; the device was not made available.':
    'Ciò che è stato scaricato resta; il dispositivo non è stato attivato.',
  'Write for example --set d_model=128.': 'Scrivi per esempio --set d_model=128.',
  'Your message and the answer as far as it was written were kept.':
    'Il tuo messaggio e la risposta, fin dove era scritta, sono stati conservati.',
  'Your message was kept.': 'Il tuo messaggio è stato conservato.',
  'a number': 'un numero',
  'a whole number': 'un numero intero',
  'above {0}': 'maggiore di {0}',
  batches: 'batch',
  'below {0}': 'fino a meno di {0}',
  channels: 'canali',
  epochs: 'epoche',
  evaluations: 'valutazioni',
  'from {0}': 'da {0}',
  'hyena runs list shows the runs there are.': 'hyena runs list elenca le prove che ci sono.',
  'hyena train --help lists every key with its bounds.': 'hyena train --help elenca tutte le chiavi con i loro limiti.',
  'letters, digits, dots, hyphens and underscores': 'lettere, cifre, punti, trattini e trattini bassi',
  'letters, digits, dots, hyphens, underscores and spaces': 'lettere, cifre, punti, trattini, trattini bassi e spazi',
  'may have {0}; {1} is none of them': 'può avere {0}; {1} non è tra questi',
  minutes: 'minuti',
  'must be odd: one time feature and pairs of sine and cosine':
    'deve essere dispari: un tratto di tempo e coppie di seno e coseno',
  'must have at least one letter or digit': 'deve avere almeno una lettera o cifra',
  'must have at most {0} bytes as UTF-8; this one has {1}': 'deve avere al massimo {0} byte in UTF-8; questo ne ha {1}',
  'must have at most {0} characters; this one has {1}': 'deve avere al massimo {0} caratteri; questo ne ha {1}',
  'must not be one that Windows reserves for itself, such as {0}':
    'non deve essere uno di quelli che Windows riserva a sé, come {0}',
  'must not end with a dot, a space or a joiner': 'non deve finire con un punto, uno spazio o un carattere di unione',
  'must start with a letter or digit': 'deve iniziare con una lettera o cifra',
  nats: 'nat',
  sequences: 'sequenze',
  steps: 'passi',
  text: 'testo',
  'the gradient norm is infinite': 'la norma del gradiente è infinita',
  'the gradient norm is not a number': 'la norma del gradiente non è un numero',
  'the loss is infinite': 'la perdita è infinita',
  'the loss is not a number': 'la perdita non è un numero',
  'the loss jumped to {0}, {1} times its average of {2}': 'la perdita è balzata a {0}, {1} volte la sua media di {2}',
  'to {0}': 'a {0}',
  tokens: 'token',
  'training.sequence_length ({0}) is longer than model.l_max ({1}), the longest sequence the filters are defined for.':
    'training.sequence_length ({0}) è maggiore di model.l_max ({1}), la sequenza più lunga per cui i filtri sono definiti.',
  'training.sequence_length_start ({0}) is longer than {1}, the full length.':
    'training.sequence_length_start ({0}) è maggiore di {1}, la lunghezza piena.',
  'up to {0}': 'fino a {0}',
  "vocab_size is {0}, but the tokenizer of '{1}' has {2} tokens.":
    "vocab_size è {0}, ma il tokenizzatore di '{1}' ha {2} token.",
  windows: 'finestre',
  '{0} batches in a row held no learned token.': '{0} batch di seguito non contenevano token da imparare.',
  "{0} cannot be moved to the system's trash: {1}": '{0} non si può spostare nel cestino del sistema: {1}',
  '{0} cannot be shown: {1}': '{0} non si può mostrare: {1}',
  '{0} does not hold an object.': '{0} non contiene un oggetto.',
  '{0} holds {1} tokens: there is nothing to predict.': "{0} contiene {1} token: non c'è nulla da prevedere.",
  '{0} in {1} is not an object.': '{0} in {1} non è un oggetto.',
  '{0} is a file that is not in the library yet.': '{0} è un file che non è ancora nella libreria.',
  '{0} is being trained, so it cannot be deleted.': '{0} è in training, quindi non si può eliminare.',
  '{0} is being trained, so it cannot be renamed.': '{0} è in training, quindi non si può rinominare.',
  '{0} is gone: the folder of the run was removed or moved while it trained.':
    "{0} non c'è più: la cartella della prova è stata rimossa o spostata durante il training.",
  "{0} is in the system's trash by now.": '{0} è ormai nel cestino del sistema.',
  '{0} is missing: it takes {1}.': 'Manca {0}: ammette {1}.',
  '{0} is no whole path.': '{0} non è un percorso completo.',
  '{0} is not JSON: {1}': '{0} non è JSON: {1}',
  '{0} is not a whole model: {1} not found.': '{0} non è un modello completo: non si trova {1}.',
  '{0} is not being trained here.': '{0} non è in training qui.',
  '{0} is not the folder of a run or of a model.': '{0} non è la cartella di una prova né di un modello.',
  '{0} jobs are waiting already.': 'Ci sono già {0} operazioni in attesa.',
  '{0} more requests were refused.': 'Altre {0} richieste sono state rifiutate.',
  '{0} must be {1}; {2} was given.': '{0} deve essere {1}; il valore dato è {2}.',
  '{0} or {1}': '{0} o {1}',
  '{0} requests of this window are not answered yet.': '{0} richieste di questa finestra non hanno ancora risposta.',
  '{0} {1} is not JSON.': '{0} {1} non è JSON.',
  '{0} {1} is not as expected: {2}': '{0} {1} non è come previsto: {2}',
  '{0} {1}; it takes {2}; {3} was given.': '{0} {1}; ammette {2}; il valore dato è {3}.',
  '{0}, or none': '{0}, o none (vuoto)',
  '{0}; the batch is left out': '{0}; il batch viene omesso',
};
