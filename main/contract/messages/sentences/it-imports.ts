import type { Catalogue } from '../language.ts';

/** What imports of published models tell, by its English: see main/contract/message.ts. */
export const itImports: Catalogue = {
  'model.first_mlp is {0}, but model.mlp, {1}, has no gate.': 'model.first_mlp è {0}, ma model.mlp, {1}, non ha gate.',
  'The model was not imported; temporary files will be removed when the next one is.':
    'Il modello non è stato importato; i file temporanei saranno eliminati alla prossima importazione.',
  "'{0}' has shape [{1}], but [{2}] is needed ({3})": "'{0}' ha la forma [{1}], ma serve [{2}] ({3})",
  'If it is one of these, name it.': 'Se è una di queste, indicala.',
  'This is not a model of a known family ({0}).': 'Questo modello non è di una famiglia nota ({0}).',
  'Choose a folder with the weights of the model.': 'Scegli una cartella che contenga i pesi del modello.',
  '{0} is not the configuration of a known family ({1}).': '{0} non è la configurazione di una famiglia nota ({1}).',
  'its configuration is out of bounds ({0})': 'la sua configurazione è fuori dai limiti ({0})',
  'This model cannot be imported: {0}.': 'Questo modello non può essere importato: {0}.',
  '{0} is {1}, which is not supported': '{0} è {1}, e non è supportato',
  "it contains '{0}', which is unknown for {1}": "contiene '{0}', sconosciuto per {1}",
  "'{0}' has shape [{1}], which does not fit": "'{0}' ha la forma [{1}], che non è adatta",
  'the configuration does not state {0}': 'la configurazione non indica {0}',
  "'{0}' and '{1}' are two tensors for one place": "'{0}' e '{1}' sono due tensori per lo stesso posto",
  'All files of a model must be in one folder. Copy or download the missing ones.':
    'Tutti i file di un modello devono stare in una cartella. Copia o scarica quelli mancanti.',
  "The model is not complete: tensor '{0}' not found.": "Il modello non è completo: tensore '{0}' non trovato.",
  "its sine layers have different frequencies ('{0}')": "i suoi strati seno hanno frequenze proprie ('{0}')",
  '{0} says {1} {2}, the tensors have {3}; the tensors count.':
    '{0} dice {1} {2}, i tensori hanno {3}; valgono i tensori.',
  'The filters have no exponential window, as in the published evaluation. If the file was trained with one, set modulate to true.':
    'I filtri non hanno una finestra esponenziale, come nella valutazione pubblicata. Se il file è stato addestrato con una finestra, imposta modulate su true.',
  'The window is shifted by 0.05, as in the released inference code; the training code had no shift. To import the model without it, set modulation_shift to 0.':
    'La finestra è spostata di 0,05, come nel codice di inferenza pubblicato; il codice di training non aveva spostamento. Per importare il modello senza, imposta modulation_shift su 0.',
  'The filters are read channel by channel, as safari writes them. If the file was written by its standalone program, choose order-major filters.':
    'I filtri vengono letti canale per canale, come li scrive safari. Se il file è stato scritto dal suo programma autonomo, scegli i filtri per ordine (order-major).',
  'The licence of LFM2 permits commercial use only to those whose yearly revenue is below 10 million US dollars, and asks that it be passed on with the model.':
    'La licenza di LFM2 consente l’uso commerciale solo a chi ha ricavi annui inferiori a 10 milioni di dollari statunitensi, e chiede che accompagni il modello.',
  'No configuration found: {0} heads and the rotary base were read off the file, epsilon and activation are those of {1}.':
    'Non c’è una configurazione: {0} teste e la base rotatoria sono state lette dal file; epsilon e attivazione sono quelli di {1}.',
  'No configuration found: {0} heads were assumed.': 'Non c’è una configurazione: sono state assunte {0} teste.',
  "Its input projections were trained in FP8, which is not computed here. By NVIDIA's account the 7B models do without; the scores of the 1B model are then near random.":
    'Le sue proiezioni d’ingresso sono state addestrate in FP8, che qui non è calcolato. Secondo NVIDIA i modelli 7B ne fanno a meno; i punteggi del modello 1B sono allora quasi casuali.',
  'Read the licence and accept it.': 'Leggi la licenza e accettala.',
  'The model has the licence {0}, whose terms must be accepted first. {1}':
    'Il modello ha la licenza {0}, le cui condizioni vanno prima accettate. {1}',
  'Download the model, then import its folder.': 'Scarica il modello, poi importa la sua cartella.',
  'The weights of {0} are not here.': 'I pesi di {0} non sono qui.',
  '{0} long {0|one: filter is|other: filters are} shared by {1} channels in the file; here each channel has a copy, which counts as parameters.':
    'Nel file {1} canali condividono {0} {0|one: filtro lungo|other: filtri lunghi}; qui ogni canale ne ha una copia, che conta tra i parametri.',
  'The import was stopped.': 'L’importazione è stata interrotta.',
  'Nothing was imported; the source is unchanged.': 'Non è stato importato nulla; l’origine è invariata.',
  '{0} is truncated: {1} bytes are needed, but the file has {2}.':
    '{0} è troncato: servono {1} byte, ma il file ne ha {2}.',
  '{0} is damaged: {1}.': '{0} è danneggiato: {1}.',
  'the entry {0} is malformed': 'la voce {0} non è valida',
  'its directory cannot be read': 'la sua directory non è leggibile',
  'Unpack the archive and import the folder.': 'Estrai l’archivio e importa la cartella.',
  '{0} in {1} is compressed; tensors must be stored.': '{0} in {1} è compresso; i tensori devono essere non compressi.',
  '{0} is too large: {1} bytes.': '{0} è troppo grande: {1} byte.',
  'File {0} not found in {1}.': 'Non c’è {0} in {1}.',
  '{0} is not one of the known models.': '{0} non è uno dei modelli noti.',
  'The model is not complete: {0} not found.': 'Il modello non è completo: {0} non trovato.',
  'A model has a file that ends in .safetensors, .ckpt, .pt, .pth or .bin.':
    'Un modello ha un file che termina in .safetensors, .ckpt, .pt, .pth o .bin.',
  'No weights found in {0}.': 'Non ci sono pesi in {0}.',
  'Choose one of the files instead of the folder.': 'Scegli uno dei file invece della cartella.',
  '{0} has several files of weights: {1}.': '{0} ha più file di pesi: {1}.',
  '{0} is not an index of files.': '{0} non è un indice di file.',
  '{0} is not valid JSON: {1}': '{0} non è JSON valido: {1}',
  'Use the tokenizer.json file of this model.': 'Usa il file tokenizer.json di questo modello.',
  'tokenizer.json has {0} tokens, but the model has {1}.': 'tokenizer.json ha {0} token, ma il modello ne ha {1}.',
  'tokenizer.model is not read; put the tokenizer.json of the model beside it. Until then texts are numbers of tokens, with spaces between.':
    'tokenizer.model non viene letto; metti accanto il tokenizer.json del modello. Fino ad allora i testi sono numeri di token separati da spazi.',
  'No tokenizer.json found: texts are numbers of tokens, with spaces between.':
    'Non c’è tokenizer.json: i testi sono numeri di token separati da spazi.',
  '{0} is nested too deeply.': '{0} è annidato troppo in profondità.',
  "Tensor '{0}' has type {1}, which is not supported.": "Il tensore '{0}' è di tipo {1}, che non è supportato.",
  'Save it again after contiguous().': 'Salvalo di nuovo dopo contiguous().',
  "Tensor '{0}' is too large to be read across its rows.":
    "Il tensore '{0}' è troppo grande per essere letto attraverso le sue righe.",
  "Tensor '{0}' occurs twice, the second time in {1}.": "Il tensore '{0}' compare due volte, la seconda in {1}.",
  "{0}: tensor '{1}' of shape [{2}] does not fit the numbers that are stored for it.":
    "{0}: il tensore '{1}' di forma [{2}] non corrisponde ai numeri salvati per esso.",
  'Nothing in the file was run, and nothing was imported.':
    'Nulla del file è stato eseguito e nulla è stato importato.',
  'A file of weights has no need of it. Do not open the file with other programs; get the weights as safetensors.':
    'Un file di pesi non ne ha bisogno. Non aprire il file con altri programmi; procurati i pesi come safetensors.',
  '{0} was refused: it asks for {1}, which is neither a tensor nor a known record.':
    '{0} è stato rifiutato: chiede {1}, che non è né un tensore né un record noto.',
  'the description of its tensors is damaged at byte {0}': 'la descrizione dei suoi tensori è danneggiata al byte {0}',
  '{0} is not a valid PyTorch file: {1}.': '{0} non è un file PyTorch valido: {1}.',
  'it has no data.pkl': 'non ha data.pkl',
  "the numbers of tensor '{0}' are missing": "mancano i numeri del tensore '{0}'",
  'its beginning is unknown': 'il suo inizio è sconosciuto',
  'Open it in PyTorch and save it again with torch.save.': 'Aprilo in PyTorch e salvalo di nuovo con torch.save.',
  '{0} has the oldest format of PyTorch, a tar file.': '{0} ha il formato più vecchio di PyTorch, un file tar.',
  'Save it again in PyTorch on another machine, or as safetensors.':
    'Salvalo di nuovo in PyTorch su un altro computer, o come safetensors.',
  '{0} was written on a big-endian machine, which is not supported.':
    '{0} è stato scritto su una macchina big-endian, che non è supportata.',
  'the numbers of storage {0} do not fit': 'i numeri della memoria {0} non corrispondono',
  'A file of weights is a dictionary of tensors, or has one as state_dict.':
    'Un file di pesi è un dizionario di tensori, o ne ha uno come state_dict.',
  '{0} contains no tensors with names.': '{0} non contiene tensori con un nome.',
  "'{0}' does not have the form hf:OWNER/NAME or hf:OWNER/NAME@REVISION.":
    "'{0}' non ha la forma hf:OWNER/NAME o hf:OWNER/NAME@REVISION.",
  'Accept its terms on the page of the model, and store an access token of yours in the settings.':
    'Accetta i suoi termini nella pagina del modello e salva un tuo token di accesso nelle impostazioni.',
  '{0} is not open to everyone, or does not exist ({1}).': '{0} non è aperto a tutti, o non esiste ({1}).',
  'Check the name and the revision.': 'Controlla il nome e la revisione.',
  'The hub has no {0}.': 'L’hub non ha {0}.',
  'The hub refused {0}: {1}.': 'L’hub ha rifiutato {0}: {1}.',
  'Check the connection, or import a folder that was downloaded by other means.':
    'Controlla la connessione, o importa una cartella scaricata in altro modo.',
  'The hub cannot be reached: {0}': 'L’hub non è raggiungibile: {0}',
  "The hub's answer about {0} cannot be read.": 'La risposta dell’hub su {0} non è leggibile.',
  'Its tokenizer is downloaded with it.': 'Il suo tokenizer viene scaricato insieme.',
  'The run is unchanged.': 'L’esecuzione è invariata.',
  'A weight of the model is not a finite number and cannot be quantised.':
    'Un peso del modello non è un numero finito e non può essere quantizzato.',
  'its list of quantised weights is malformed': 'il suo elenco dei pesi quantizzati non è valido',
  "the numbers or the scales of tensor '{0}' do not fit its shape":
    "i numeri o le scale del tensore '{0}' non corrispondono alla sua forma",
  "The weights of run '{0}' are {1}: only adapters can be trained for them.":
    "I pesi dell’esecuzione '{0}' sono {1}: per essi si possono addestrare solo adattatori.",
  'Set an adapter rank, or import the model again with fp32 or bf16 weights and train from that.':
    'Imposta un rango degli adattatori, oppure importa di nuovo il modello con pesi fp32 o bf16 e addestra a partire da quello.',
  "Set an adapter rank, or train from run '{0}', from which it was created.":
    "Imposta un rango degli adattatori, oppure addestra a partire dall’esecuzione '{0}', da cui è stata ottenuta.",
  'The memory of this machine does not suffice to compute with it in this type.':
    'La memoria di questo computer non basta per calcolare con esso in questo tipo.',
  'Quantise the run from which it was created.': 'Quantizza l’esecuzione da cui è stata ottenuta.',
  "The weights of run '{0}' are {1} already.": "I pesi dell’esecuzione '{0}' sono già {1}.",
  'Quantising was stopped.': 'La quantizzazione è stata interrotta.',
  'Nothing was written; the run is unchanged.': 'Non è stato scritto nulla; l’esecuzione è invariata.',
  'Merge them into the weights first.': 'Prima uniscili ai pesi.',
  "Run '{0}' consists of adapters, which are not quantised.":
    "L’esecuzione '{0}' è fatta di adattatori, che non vengono quantizzati.",
};
